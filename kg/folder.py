"""An export folder back into memory: the graph exactly as it was written."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Final

from pydantic import Field, TypeAdapter, ValidationError
from typing_extensions import TypedDict

from kg.errors import GraphError, InputError
from kg.graph import Extraction, KnowledgeGraph, Source
from kg.model import Actor, ActorClass, Certainty, Form, Mention, Modality, Span, Statement, Status, Time

FILES: Final = ("documents.jsonl", "actors.jsonl", "mentions.jsonl", "statements.jsonl")


def read_folder(path: str | Path) -> KnowledgeGraph:
    """Return the graph in an export folder.

    Raises `GraphError` if `path` is no export folder and `InputError`, with file and line, if one of its
    files is damaged or refers to something that the others do not have.
    """
    folder = Path(path)
    for name in FILES:
        if not (folder / name).is_file():
            raise GraphError(f"{folder} is no export folder: it has no {name} (`kg build -o` makes one)")
    documents: dict[str, tuple[Source, tuple[Actor, ...]]] = {}
    for line, row in _rows(folder / "documents.jsonl", DocumentRow):
        _unique(row["id"], documents, at=(folder / "documents.jsonl", line))
        documents[row["id"]] = _source(row), tuple(map(_actor, row["actors"]))
    actors: dict[str, None] = {}
    for line, row in _rows(folder / "actors.jsonl", ActorRow):
        _unique(row["id"], actors, at=(folder / "actors.jsonl", line))
        actors[row["id"]] = None
    mentions: defaultdict[str, list[Mention]] = defaultdict(list)
    for line, row in _rows(folder / "mentions.jsonl", MentionRow):
        at = (folder / "mentions.jsonl", line)
        _refer(row["document"], documents, at=at, what="document")
        _refer(row["actor"]["id"], actors, at=at, what="actor")
        span = _span(row, at=at)
        mentions[row["document"]].append(
            Mention(document=row["document"], span=span, form=row["form"], actor=row["actor"]["id"])
        )
    statements: defaultdict[str, list[Statement]] = defaultdict(list)
    ids: dict[str, None] = {}
    for line, row in _rows(folder / "statements.jsonl", StatementRow):
        at = (folder / "statements.jsonl", line)
        _unique(row["id"], ids, at=at)
        ids[row["id"]] = None
        _refer(row["document"], documents, at=at, what="document")
        for role in ("source", "target", "attributed_to"):
            if row[role] is not None:
                _refer(row[role]["id"], actors, at=at, what="actor")
        statements[row["document"]].append(_statement(row, at=at))
    graph = KnowledgeGraph()
    for key, (source, own) in documents.items():
        graph.add(
            Extraction(
                source=source, actors=own, mentions=tuple(mentions[key]), statements=tuple(statements[key])
            )
        )
    return graph


def _rows(path: Path, shape: Any) -> Iterator[tuple[int, Any]]:
    adapter = TypeAdapter(shape)
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            try:
                yield number, adapter.validate_json(line, strict=True)
            except ValidationError as error:
                fault = error.errors(include_url=False)[0]
                key = ".".join(map(str, fault["loc"]))
                message = f"{key}: {fault['msg']}" if key else fault["msg"]
                raise InputError(message, path=str(path), line=number) from error


def _unique(key: str, known: dict[str, Any], *, at: tuple[Path, int]) -> None:
    if key in known:
        raise InputError(f"id {key!r} stands on an earlier line too", path=str(at[0]), line=at[1])


def _refer(key: str, known: dict[str, Any], *, at: tuple[Path, int], what: str) -> None:
    if key not in known:
        raise InputError(f"{what} {key!r} is not in {what}s.jsonl", path=str(at[0]), line=at[1])


def _source(row: DocumentRow) -> Source:
    return Source(
        id=row["id"],
        lang=row["lang"],
        title=row["title"],
        published=None if row["published"] is None else row["published"].isoformat(),
        url=row["url"],
        publisher=row["publisher"],
        sha256=row["sha256"],
        length=row["length"],
    )


def _actor(row: ActorRow) -> Actor:
    return Actor(
        id=row["id"],
        name=row["name"],
        cls=row["class"],
        labels=tuple(row["labels"].items()),
        aliases=tuple(row["aliases"]),
    )


def _span(row: Any, *, at: tuple[Path, int]) -> Span:
    if row["end"] - row["start"] != len(row["text"]):
        raise InputError(
            f"text {row['text']!r:.60} is not as long as its offsets say", path=str(at[0]), line=at[1]
        )
    return Span(row["start"], row["end"], row["text"])


def _statement(row: StatementRow, *, at: tuple[Path, int]) -> Statement:
    if not row["evidence"]:
        raise InputError("a statement without evidence", path=str(at[0]), line=at[1])
    claimant = row["attributed_to"]
    return Statement(
        id=row["id"],
        document=row["document"],
        type=row["type"],
        source=row["source"]["id"],
        target=row["target"]["id"],
        source_mention=_span(row["source_mention"], at=at),
        target_mention=_span(row["target_mention"], at=at),
        trigger=_span(row["trigger"], at=at),
        evidence=tuple(_span(span, at=at) for span in row["evidence"]),
        sentence=_span(row["sentence"], at=at),
        attributed_to=None if claimant is None else claimant["id"],
        negated=row["negated"],
        modality=row["modality"],
        status=row["status"],
        certainty=row["certainty"],
        time=Time(**row["time"]),
        office=row["office"],
        characterisation=row["characterisation"],
        confidence=row["confidence"],
        extractor=row["extractor"],
        inferred=row["inferred"],
    )


class SpanRow(TypedDict):
    """A span inside of a line."""

    start: int
    end: int
    text: str


class TimeRow(TypedDict):
    """The time inside of a statement's line."""

    start: str | None
    end: str | None
    text: str | None


class Reference(TypedDict):
    """An actor inside of another line; only the id counts, the rest stands there for other readers."""

    id: str


ActorRow = TypedDict(
    "ActorRow",
    {"id": str, "name": str, "class": ActorClass, "labels": dict[str, str], "aliases": list[str]},
)


class DocumentRow(TypedDict):
    """A line of `documents.jsonl`."""

    id: str
    lang: str
    title: str | None
    published: datetime.date | None
    url: str | None
    publisher: str | None
    sha256: str
    length: int
    actors: list[ActorRow]


class MentionRow(TypedDict):
    """A line of `mentions.jsonl`."""

    document: str
    start: int
    end: int
    text: str
    form: Form
    actor: Reference


class StatementRow(TypedDict):
    """A line of `statements.jsonl`."""

    id: str
    document: str
    type: str
    source: Reference
    target: Reference
    attributed_to: Reference | None
    negated: bool
    modality: Modality
    status: Status
    certainty: Certainty
    time: TimeRow
    office: str | None
    characterisation: str | None
    confidence: Annotated[float, Field(ge=0, le=1)]
    extractor: str
    inferred: bool
    trigger: SpanRow
    source_mention: SpanRow
    target_mention: SpanRow
    evidence: list[SpanRow]
    sentence: SpanRow
