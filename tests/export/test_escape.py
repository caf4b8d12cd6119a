from __future__ import annotations

import json
import re

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from kg.export.escape import cypher, exact, xml
from kg.export.flat import Row

ANY = st.text(st.characters(exclude_categories=()))
UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@given(st.lists(ANY))
def test_xml_gives_back_what_went_in_but_control_characters(strings: list[str]) -> None:
    cells = "".join(f'<c v="{value}">{value}</c>' for value in xml(strings))
    found = [(cell.get("v"), cell.text or "") for cell in etree.fromstring(f"<r>{cells}</r>".encode())]
    assert found == [(UNWRITABLE.sub("\ufffd", string),) * 2 for string in strings]


@given(st.dictionaries(st.sampled_from("abcdef"), ANY | st.none() | st.booleans()))
def test_what_xml_changes_is_kept_exactly(row: Row) -> None:
    texts = {name: value for name, value in row.items() if isinstance(value, str)}
    changed = {name: text for name, text in texts.items() if UNWRITABLE.search(text)}
    kept = exact(row)
    assert (json.loads(kept) if kept else {}) == changed
    assert kept is None or not UNWRITABLE.search(kept)


def test_numbers_and_truth_are_spelled_as_in_xml_schema() -> None:
    assert xml([True, False, 1, 0.5, "x"]) == ["true", "false", "1", "0.5", "x"]


@given(st.lists(ANY))
def test_cypher_gives_back_what_went_in(strings: list[str]) -> None:
    for string, literal in zip(strings, cypher(strings), strict=True):
        assert "\n" not in literal
        assert not re.search(r"(?<!\\)(\\\\)*'", literal)
        # First as Neo4j does, which resolves \u before all else, then as a plain lexer.
        early = re.sub(r"\\u([0-9a-f]{4})", lambda m: chr(int(m[1], 16)), literal)
        assert _unescaped(early) == _unescaped(literal) == string


def _unescaped(literal: str) -> str:
    plain = {"n": "\n", "r": "\r", "t": "\t"}
    return re.sub(
        r"\\(?:u([0-9a-f]{4})|(.))",
        lambda m: chr(int(m[1], 16)) if m[1] else plain.get(m[2], m[2]),
        literal,
        flags=re.DOTALL,
    )
