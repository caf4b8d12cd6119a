"""Programs that read the exports, which other tests start too."""

from tests.consumers.conftest import read_gexf as read_gexf
from tests.consumers.conftest import worker_folder as worker_folder
from tests.servers import bolt as bolt
from tests.servers import bolt_url as bolt_url
from tests.servers import database as database
from tests.servers import oxigraph as oxigraph
from tests.servers import virtuoso as virtuoso
