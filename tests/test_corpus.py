"""Our own annotated sentences can be read, whole, by what measures and by what learns."""

from __future__ import annotations

from pathlib import Path

from training import corpus


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
