"""Errors come back from worker processes as they were raised."""

from __future__ import annotations

import pickle

import pytest

from kg.errors import InputError, KgError, LanguageError, ResourceError, UnknownNameError


@pytest.mark.parametrize(
    "error",
    [
        InputError("is empty", path="a.txt", line=3),
        ResourceError("is missing", path="frames.yaml", key="attacks.0"),
        UnknownNameError("format", "gexg", ["gexf", "rdf"]),
        LanguageError("no language pack for 'zz'"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_errors_survive_pickling(error: KgError) -> None:
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is type(error)
    assert str(again) == str(error)
    assert vars(again) == vars(error)
