"""A store that may only be read is read all the same, and left alone."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from tests.store.conftest import Pool
from tests.store.test_growing import stored

ROOT = Path(__file__).parents[2]
# Whoever is root may write anywhere, and so becomes somebody else first.
SCRIPT = """
import os, sys
from kg.errors import GraphError
from kg.store import GrowingStore, Store, read_graph
path, other = sys.argv[1:]
count = "SELECT (COUNT(?d) AS ?n) { ?d a polkg:Document }"
with GrowingStore(other) as growing:  # loads all that somebody else may not be able to load
    read_graph(other), Store(other).query(count).table()
if os.getuid() == 0:
    os.setuid(65534)
store = Store(path)
print(len(read_graph(path).sources()), store.query(count).table())
try:
    GrowingStore(path)
except GraphError as error:
    print(error)
"""


def test_a_store_that_may_only_be_read(pool: Pool) -> None:
    # pytest's own folders are closed to others.
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        path = stored(Path(name) / "store", [pool["harbour-talks 0", 0], pool["harbour-talks 1", 0]])
        names = sorted(str(file) for file in path.rglob("*"))
        folders = [path, *(folder for folder in path.rglob("*") if folder.is_dir())]
        for folder in folders:
            folder.chmod(0o555)
        other = stored(Path(name) / "other", [pool["harbour-talks 0", 0]])
        command = [sys.executable, "-c", SCRIPT, str(path), str(other)]
        done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
        for folder in folders:
            folder.chmod(0o755)
        assert done.stdout.splitlines() == ["2 [('2',)]", f"{path} may only be read"], done.stderr
        assert sorted(str(file) for file in path.rglob("*")) == names
