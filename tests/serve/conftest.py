"""A server for the sample articles' graph, shared by the tests that leave it as it is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.serve.servers import ROOT, Served, serving


@pytest.fixture(scope="session")
def served() -> Iterator[Served]:
    with serving(ROOT / "exports") as found:
        yield found
