"""The tables as pandas' data frames, without a file between."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from kg.errors import KgError
from kg.export.tables import arrow_tables
from kg.graph import KnowledgeGraph

if TYPE_CHECKING:
    import pandas as pd  # type: ignore[import-untyped]  # its stubs are a package of their own


def frames(graph: KnowledgeGraph) -> dict[str, pd.DataFrame]:
    """Return `statements`, `actors`, `mentions` and `documents`.

    Dates are pandas' own, so that they can be grouped by month; labels are dictionaries.
    """
    if find_spec("pandas") is None:
        raise KgError("pandas is not installed: pip install 'polkg[pandas]'")
    return {
        name: table.to_pandas(date_as_object=False, maps_as_pydicts="strict")
        for name, table in arrow_tables(graph).items()
    }
