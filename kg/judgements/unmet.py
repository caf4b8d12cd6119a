"""Judgements that met nothing: a name misspelt, or a corpus that lacks what they are about."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Final

from kg.judgements.model import Judgement, Judgements

NAMED: Final = 20  # a smaller corpus than the one that was judged may have thousands
_LOG: Final = logging.getLogger("kg")


def warn_of(unmet: Sequence[Judgement], judgements: Judgements) -> None:
    """Warn of judgements that met nothing, by the logger `kg`: the first by name, the others by number."""
    for entry in unmet[:NAMED]:
        _LOG.warning("%s:%d: met nothing: %s", judgements.path, entry.line, entry)
    if len(unmet) > NAMED:
        _LOG.warning("%s: %d more judgements met nothing", judgements.path, len(unmet) - NAMED)
