"""An article and its statements as text for a terminal; the command prints what this module returns."""

from __future__ import annotations

import re
from collections.abc import Mapping

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.text import Text

from kg.graph import Extraction, quote
from kg.model import Actor, Document, Span, Statement

# All but tab and line feed; each gives way to one character, so that offsets stay.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def render(document: Document, extraction: Extraction) -> RenderableType:
    """Return the article with its quotes marked, and under it each statement with its quote."""
    statements = sorted(extraction.statements, key=lambda s: (s.evidence[0], s.id))
    actors = {actor.id: actor for actor in extraction.actors}
    listed = [statement_text(s, actors=actors) for s in statements]
    return Group(
        Rule(Text(visible(document.title or document.id)), style="bold"),
        Padding(_marked(document, extraction), (1, 2)),
        *(Padding(text, (0, 0, 1, 2)) for text in listed or [Text("no statements", style="dim")]),
    )


def statement_text(statement: Statement, *, actors: Mapping[str, Actor]) -> Text:
    """Return a statement as an arrow, what qualifies it, and its quote."""
    text = Text()
    text.append(visible(actors[statement.source].name), style="bold cyan")
    text.append(" —" + statement.type + "→ ", style="bold red" if statement.negated else "bold green")
    text.append(visible(actors[statement.target].name), style="bold cyan")
    for flag in flags(statement, actors=actors):
        text.append(f"  [{visible(flag)}]", style="yellow")
    text.append(f"\n“{visible(' '.join(quote(statement).split()))}”", style="italic")
    return text


def doubt_text(statement: Statement, *, actors: Mapping[str, Actor]) -> RenderableType:
    """Return a statement to be judged: its sentence with ⟦the quote⟧ marked, who claims what, how sure."""
    sentence, text, place = statement.sentence, Text(), statement.sentence.start
    for span in statement.evidence:
        start, end = max(span.start, place), min(span.end, sentence.end)
        if start < end:
            text.append(_line(sentence, place, start))
            text.append(f"⟦{_line(sentence, start, end)}⟧", style="underline")
            place = end
    text.append(_line(sentence, place, sentence.end))
    claimant = actors[statement.attributed_to].name if statement.attributed_to else "the narrator"
    about = f"{statement.document}: says {claimant}, confidence {statement.confidence:g}"
    claim = statement_text(statement, actors=actors)
    return Group(Rule(style="dim"), text, Padding(claim, (1, 2)), Text(visible(about), style="dim"))


def pair_text(one: Actor, two: Actor, *, sentences: Mapping[str, str]) -> RenderableType:
    """Return two actors that may be one, each with its class, id, other names and a sentence."""
    parts: list[RenderableType] = [Rule(style="dim")]
    for actor in (one, two):
        text = Text(visible(actor.name), style="bold cyan")
        text.append(f"  {actor.cls}  {visible(actor.id)}", style="dim")
        if actor.aliases:
            text.append(f"\n  also: {visible(', '.join(actor.aliases))}", style="default")
        if actor.id in sentences:
            text.append(f"\n  {visible(' '.join(sentences[actor.id].split()))}", style="italic")
        parts.append(text)
    return Group(*parts)


def flags(statement: Statement, *, actors: Mapping[str, Actor]) -> list[str]:
    """Return what sets a statement apart from plain, current fact told by the narrator."""
    found = ["negated"] if statement.negated else []
    plain = ("actual", "current", "certain")
    found += [v for v in (statement.modality, statement.status, statement.certainty) if v not in plain]
    if statement.attributed_to:
        found.append(f"by {actors[statement.attributed_to].name}")
    found += [f"as {words}" for words in (statement.office, statement.characterisation) if words]
    when = statement.time.text or statement.time.start
    return [*found, *([when] if when else []), *(["inferred"] if statement.inferred else [])]


def visible(text: str) -> str:
    """Return the text with control characters replaced, by which an article could command the terminal."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)


def _line(span: Span, start: int, end: int) -> str:
    return visible(re.sub(r"\s", " ", span.text[start - span.start : end - span.start]))


def _marked(document: Document, extraction: Extraction) -> Text:
    text = Text(visible(document.text))
    for mention in extraction.mentions:
        text.stylize("cyan", mention.span.start, mention.span.end)
    for statement in extraction.statements:
        for span in statement.evidence:
            text.stylize("underline", span.start, span.end)
        text.stylize("bold", statement.trigger.start, statement.trigger.end)
    return text
