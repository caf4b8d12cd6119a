"""Updates of a store: in graphs of the user's own, which lie beside the records and never among them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg.errors import GraphError, QueryError
from kg.export.rdf_terms import BASE, PREFIXES
from kg.store.querying import Store, fault, faults
from kg.store.refusal import refuse_load, refuse_service

if TYPE_CHECKING:
    import pyoxigraph as ox

FILE: Final = "annotations.nq"
_OWN: Final = f"named graphs of your own, whose names do not begin with {BASE}"


def update(store: Store, sparql: str) -> bytes:
    """Carry an update out on a store in memory, and return the user's own graphs as N-Quads.

    Raises `QueryError` if it is no update, or if it touches anything but named graphs of the user's own. The
    store must be one that can be thrown away: only what has been done shows what was touched.
    """
    refuse_service(sparql)
    refuse_load(sparql)
    before = iter(store.dataset)  # it goes on giving what was there when it began
    try:
        store.dataset.update(sparql, prefixes=dict(PREFIXES))
    except SyntaxError as error:
        raise QueryError(fault(error, sparql, updates=True)) from error
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryError(f"the update failed: {error}") from error
    for was, now in zip_longest(_ours(before), _ours(store.dataset)):
        if was != now:
            raise QueryError(
                f"an update may touch only {_OWN}: "
                "what was read from documents changes with the documents alone"
            )
    return _text(quad for quad in store.dataset if _is_own(quad))


def load_annotations(store: Store, folder: Path) -> None:
    """Put the user's own graphs of a store on disk into a store in memory.

    Raises `GraphError` if the file, which people edit, is no N-Quads or has quads outside of such graphs.
    """
    import pyoxigraph as ox

    path = folder / FILE
    if not path.is_file():
        return
    with faults(path, ox.RdfFormat.N_QUADS):
        quads = list(ox.parse(nquads := path.read_bytes(), format=ox.RdfFormat.N_QUADS))
    if not all(map(_is_own, quads)):
        raise GraphError(f"{path}:{_first_foreign(nquads)}: only {_OWN} may lie here")
    _replace(store, quads)


def keep_annotations(folder: Path, nquads: bytes) -> None:
    """Write the user's own graphs to a store on disk; after a power cut there are the new or the old ones."""
    new = folder / f"{FILE}.new"
    with new.open("wb") as file:
        file.write(nquads)
        file.flush()
        os.fsync(file.fileno())
    new.replace(folder / FILE)


def replace(store: Store, nquads: bytes) -> None:
    """Put these graphs in the place of the user's own ones."""
    import pyoxigraph as ox

    _replace(store, ox.parse(nquads, format=ox.RdfFormat.N_QUADS))


def _replace(store: Store, quads: Iterable[Any]) -> None:
    import pyoxigraph as ox

    dataset = store.dataset
    for name in list(dataset.named_graphs()):
        if isinstance(name, ox.NamedNode) and not name.value.startswith(BASE):
            dataset.remove_graph(name)
    dataset.extend(quads)


def _first_foreign(nquads: bytes) -> int:
    """Return the first line with a quad outside of the user's own graphs."""
    import pyoxigraph as ox

    lines = enumerate(nquads.splitlines(), start=1)
    return next(n for n, line in lines if not all(map(_is_own, ox.parse(line, format=ox.RdfFormat.N_QUADS))))


def _ours(quads: Iterable[Any]) -> Iterator[Any]:
    return (quad for quad in quads if not _is_own(quad))


def _is_own(quad: ox.Quad) -> bool:
    import pyoxigraph as ox

    return isinstance(quad.graph_name, ox.NamedNode) and not quad.graph_name.value.startswith(BASE)


def _text(quads: Iterable[Any]) -> bytes:
    return "".join(sorted(f"{quad} .\n" for quad in quads)).encode()
