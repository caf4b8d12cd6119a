"""The house rules that can be checked: imports go one way, modules are short, only the command prints."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# A room may import from its own line and from the lines above it.
ROOMS = (
    ("errors", "model", "ids", "workers"),
    ("ontology", "lang"),
    ("read",),
    ("understand",),
    ("mentions",),
    ("actors",),
    ("statements",),
    ("annotating",),
    ("graph",),
    ("folder", "naming", "export", "store", "questions", "validate", "gold", "score", "show"),
    ("judgements", "analyse", "load"),
    ("extracting",),
    ("pipeline", "growing"),
    ("serve",),
    ("command",),
    ("cli", "__init__"),
    ("__main__",),
)
RANK = {room: rank for rank, rooms in enumerate(ROOMS) for room in rooms}
HEAVY = {
    "spacy": {"understand", "mentions", "actors", "statements"},
    "rdflib": {"ontology", "store", "validate", "export.rdf"},
    "pyoxigraph": {"ontology", "store", "questions", "validate", "export.rdf"},
    "networkx": {"graph", "export", "analyse"},
    "igraph": {"analyse"},
    "matplotlib": {"analyse"},
    "neo4j": {"load"},
    "ladybug": {"load"},
    "starlette": {"serve"},
    "uvicorn": {"serve"},
    "pandas": {"export"},
}
MODULES = sorted((ROOT / "kg").rglob("*.py"))
SUFFIXES = {".py", ".yaml", ".ttl", ".rq", ".md", ".toml", ".tsv", ".psv", ".txt", ".svg"}
OURS = [
    *(p for folder in ("kg", "ontology", "training", "tests") for p in sorted((ROOT / folder).rglob("*"))),
    *(p for folder in ("bench", "docs", "examples", ".ci") for p in sorted((ROOT / folder).rglob("*"))),
    *sorted(ROOT.glob("*")),
]
TEXTS = [p for p in OURS if p.is_file() and (p.suffix in SUFFIXES or p.name in {"Makefile", "run"})]


def name_of(path: Path) -> str:
    """Return `export.rdf` for `kg/export/rdf.py` and `read` for `kg/read/__init__.py`."""
    parts = path.relative_to(ROOT / "kg").with_suffix("").parts
    return ".".join(parts[:-1] if len(parts) > 1 and parts[-1] == "__init__" else parts)


def room_of(path: Path) -> str:
    return name_of(path).partition(".")[0]


def imports(path: Path, *, with_typing: bool) -> Iterator[str]:
    """Yield the modules that a file imports anywhere, those for type checkers too where asked for."""
    tree = ast.parse(path.read_text("utf8"))
    guarded = {
        node
        for block in ast.walk(tree)
        if isinstance(block, ast.If) and ast.unparse(block.test) == "TYPE_CHECKING"
        for node in ast.walk(block)
    }
    for node in ast.walk(tree):
        if node in guarded and not with_typing:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            if node.module == "kg":
                yield from (f"kg.{alias.name}" for alias in node.names)


def test_every_room_has_its_place() -> None:
    assert {room_of(path) for path in MODULES} <= RANK.keys()


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_go_one_way(path: Path) -> None:
    if room_of(path) == "__init__":
        return  # the public API names them all, and imports none before it is used
    used = {name.split(".")[1] for name in imports(path, with_typing=True) if name.startswith("kg.")}
    assert not {room for room in used if RANK.get(room, 0) > RANK[room_of(path)]}


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_heavy_libraries_stay_in_their_rooms(path: Path) -> None:
    used = {name.partition(".")[0] for name in imports(path, with_typing=False)}
    for library in used & HEAVY.keys():
        assert any(name_of(path).startswith(room) for room in HEAVY[library]), library


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_modules_are_short_and_silent(path: Path) -> None:
    source = path.read_text("utf8")
    assert len(source.splitlines()) <= 320
    if room_of(path) not in {"cli", "command"}:
        assert not re.search(r"\bprint\(|sys\.std(out|err)\b", source)


def test_no_path_of_one_machine() -> None:
    machine = re.compile(r"(?<![\w.])/(?:home|work|opt|root|Users)/\w")
    assert not [path for path in TEXTS if machine.search(path.read_text("utf8"))]


def test_importing_the_package_and_asking_for_help_load_nothing_heavy() -> None:
    script = (
        "import sys, kg, kg.cli\nsys.argv = ['kg', '--help']\n"
        "try:\n    kg.cli.main()\nexcept SystemExit:\n    pass\n"
        f"print('loaded:', *sorted({set(HEAVY)} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stderr.strip() == "loaded:"


def test_public_names_exist() -> None:
    import kg

    assert all(getattr(kg, name) is not None for name in kg.__all__ if name != "__version__")
    with pytest.raises(AttributeError, match="nonsense"):
        _ = kg.nonsense
