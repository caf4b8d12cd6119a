"""Real programs that load the exports, started here and stopped at the end."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from collections.abc import Callable
from json import loads
from pathlib import Path
from typing import Any

import pytest

from tests.servers import bolt as bolt
from tests.servers import bolt_url as bolt_url
from tests.servers import database as database
from tests.servers import oxigraph as oxigraph
from tests.servers import virtuoso as virtuoso

HERE = Path(__file__).parent
BUILD = HERE.parents[1] / "build"


@pytest.fixture(scope="session")
def read_gexf(worker_folder: Path) -> Callable[[Path], Any]:
    """Return a function that gives what graphology reads in a GEXF file."""
    for name in ("package.json", "package-lock.json", ".npmrc", "read_gexf.mjs"):
        shutil.copy(HERE / name, worker_folder / name)
    if not (worker_folder / "node_modules").is_dir():
        subprocess.run(["npm", "ci", "--silent"], cwd=worker_folder, check=True)

    def read(path: Path) -> Any:
        command = ["node", "read_gexf.mjs", str(path)]
        return loads(subprocess.run(command, cwd=worker_folder, capture_output=True, check=True).stdout)

    return read


@pytest.fixture(scope="session")
def worker_folder(request: pytest.FixtureRequest) -> Path:
    """Return a folder below `build/` that stays from run to run, one a worker and lock file."""
    worker = getattr(request.config, "workerinput", {}).get("workerid", "main")
    lock = hashlib.sha256((HERE / "package-lock.json").read_bytes()).hexdigest()[:8]
    folder = BUILD / f"consumers-{lock}-{worker}"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
