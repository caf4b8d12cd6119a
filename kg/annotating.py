"""Every document as a spaCy `Doc` on which stands what was found: mentions, actors, statements."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Final, Literal

from kg.model import Document

if TYPE_CHECKING:
    from spacy.tokens import Doc

STAGES: Final = ("kg_mentions", "kg_actors", "kg_statements")


def annotate(
    documents: Iterable[Document], *, unsupported: Literal["error", "skip"] = "error", threads: int = 1
) -> Iterator[Doc]:
    """Yield a spaCy `Doc` for each document, with `doc._.mentions`, `doc._.actors` and `doc._.statements`.

    The stages run behind the language's pipeline and not in it: they need the whole document, and the parser
    sees a long one in pieces.
    """
    from kg.understand import understand

    for doc in understand(documents, unsupported=unsupported, threads=threads):
        for stage in stages(doc.lang_, threads=threads):
            stage(doc)
        yield doc


def stages(code: str, *, threads: int = 1) -> tuple[Callable[[Doc], Doc], ...]:
    """Return the stages that make mentions, actors and statements, in this order.

    `threads` names the pipeline whose vocabulary they share; they themselves use one.
    """
    return _stages(code, threads)


@cache
def _stages(code: str, threads: int) -> tuple[Callable[[Doc], Doc], ...]:
    import kg.actors.component
    import kg.mentions.component
    import kg.statements.component
    import kg.understand

    nlp = kg.understand.pipeline(code, threads=threads)
    return tuple(nlp.create_pipe(name) for name in STAGES)
