"""Our own annotated sentences can be read, whole, by what measures and by what learns."""

from __future__ import annotations

from pathlib import Path

from training import corpus, pronouns


def test_every_item_reads_and_its_quotes_stand_in_its_text(tmp_path: Path) -> None:
    items, texts = corpus.read(tmp_path)
    text_of = {text.id: text.text for text in texts}
    assert len(text_of) == len(items) >= 600
    assert {item.lang for item in items} == {"en", "id"}
    for item in items:
        for statement in item.statements:
            assert {statement.source, statement.target} <= set(item.actors)
            for quote in statement.evidence:
                assert text_of[item.id][quote.start : quote.end] == quote.text


def test_every_marked_pronoun_and_whom_it_means_stand_in_their_text(tmp_path: Path) -> None:
    _, texts = corpus.read(tmp_path)
    more, sentences = pronouns.constructions()
    text_of = {text.id: text.text for text in texts} | {text.id: text.text for text in sentences}
    marked = [*pronouns.marked(), *more]
    assert len(marked) >= 4000
    for one in marked:
        assert text_of[one.text].startswith(one.word, one.start), one
        assert all(surface in text_of[one.text] for surface in one.means), one
