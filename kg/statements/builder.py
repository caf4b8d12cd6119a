"""Drafts become statements: offsets into the document, quotes, times, ids; the same claim twice is one."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import replace

from kg import ids
from kg.model import Document, Span, Statement, Time, outermost
from kg.ontology import relation_types
from kg.statements.draft import Draft
from kg.statements.scene import Scene
from kg.statements.scoring import confidence
from kg.statements.when import Dated, find_times

EXTRACTOR_VERSION = "0.1.0"


def build(scene: Scene, drafts: Iterable[Draft]) -> tuple[Statement, ...]:
    """Return the statements of a Doc by place; what is said twice in the same terms keeps both quotes."""
    found: dict[tuple[object, ...], list[Statement]] = {}
    times: dict[int, list[Dated]] = {}
    for draft in drafts:
        statement = _statement(scene, draft, times)
        key = (
            draft.type,
            *relation_types()[draft.type].ends(statement.source, statement.target),
            statement.negated,
            statement.modality,
            statement.status,
            statement.attributed_to,
        )
        found.setdefault(key, []).append(statement)
    return tuple(sorted((_identified(_merged(s)) for s in found.values()), key=lambda s: (s.evidence, s.id)))


def _statement(scene: Scene, draft: Draft, times: dict[int, list[Dated]]) -> Statement:
    document: Document = scene.doc._.document
    stance = draft.qualifiers
    source, target = scene.mentions[draft.source], scene.mentions[draft.target]
    claimant = scene.mentions[stance.claimant].actor if stance.claimant is not None else ""
    evidence = _whole_words(scene, draft.start, draft.end)
    number = scene.tree.sentences[draft.trigger[0]]
    sentence = _sentence(scene, draft.trigger[0])
    if number not in times:
        times[number] = find_times(
            document.text,
            code=scene.doc.lang_,
            published=document.published,
            start=sentence.start,
            end=sentence.end,
        )
    when = _nearest(times[number], draft, scene)
    return Statement(
        id="",
        document=document.id,
        type=draft.type,
        source=draft.source_actor,
        target=draft.target_actor,
        source_mention=_span(scene, source.start, source.end),
        target_mention=_span(scene, target.start, target.end),
        trigger=_span(scene, *draft.trigger),
        evidence=(evidence,),
        sentence=sentence,
        attributed_to=claimant or None,
        negated=stance.negated,
        modality=stance.modality,
        status=stance.status,
        certainty=stance.certainty,
        time=when.time if when else Time(),
        office=_text(scene, draft.office),
        characterisation=_text(scene, draft.characterisation),
        confidence=confidence(scene.doc.lang_, draft),
        extractor=_maker(draft, weights=scene.doc._.weights),
    )


def _maker(draft: Draft, *, weights: str) -> str:
    """Return "frames/0.1.0+encoder.0a1b…": what found it, its version, what parsed the text."""
    return f"{draft.extractor}/{EXTRACTOR_VERSION}" + (f"+encoder.{weights}" if weights else "")


def _nearest(times: list[Dated], draft: Draft, scene: Scene) -> Dated | None:
    """Return the time expression nearest to the trigger, within the sentence; offices carry none of it."""
    if draft.office is not None or draft.type == "partOf":
        return None
    place = scene.tree.starts[draft.trigger[0]]
    return min(times, key=lambda t: (abs(t.span.start - place), t.span.start), default=None)


def _merged(findings: list[Statement]) -> Statement:
    """Unite the findings of one claim: the surest leads, all quotes stay, what it lacks is added."""
    best, *others = sorted(findings, key=lambda s: -s.confidence)
    return replace(
        best,
        evidence=outermost({span for statement in findings for span in statement.evidence}),
        time=next((s.time for s in (best, *others) if s.time.text), best.time),
        office=next((s.office for s in (best, *others) if s.office), None),
        characterisation=next((s.characterisation for s in (best, *others) if s.characterisation), None),
    )


def _identified(statement: Statement) -> Statement:
    parts = (
        statement.document,
        statement.type,
        statement.source,
        statement.target,
        str(statement.negated),
        statement.modality,
        statement.status,
        statement.attributed_to or "",
        *(f"{span.start}-{span.end}" for span in statement.evidence),
    )
    return replace(statement, id=ids.digest(*parts)[:20])


def _span(scene: Scene, start: int, end: int) -> Span:
    first, last = scene.tree.starts[start], scene.tree.ends[end - 1]
    return Span(first, last, scene.doc._.document.text[first:last])


def _whole_words(scene: Scene, start: int, end: int) -> Span:
    """Return a quote that cuts no clitic off its word: "nya" is who attacks in "anaknya menyerang X"."""
    while start > 0 and _joined(scene, start):
        start -= 1
    while end < len(scene.tree.starts) and _joined(scene, end):
        end += 1
    return _span(scene, start, end)


def _joined(scene: Scene, token: int) -> bool:
    """Say whether a token goes on with the word before it: "pihak|nya", "do|n't"."""
    place = scene.tree.starts[token]
    text = scene.doc._.document.text[place - 1 : place + 1]
    return scene.tree.ends[token - 1] == place and text.isalnum()


def _sentence(scene: Scene, token: int) -> Span:
    sentences = scene.tree.sentences  # ascending numbers
    start, end = bisect_left(sentences, sentences[token]), bisect_right(sentences, sentences[token])
    while start < end - 1 and scene.tree.pos[start] == "SPACE":
        start += 1
    while end - 1 > start and scene.tree.pos[end - 1] == "SPACE":
        end -= 1
    return _span(scene, start, end)


def _text(scene: Scene, tokens: tuple[int, int] | None) -> str | None:
    return None if tokens is None else _span(scene, *tokens).text
