"""Quotation marks pair up, whatever their kind, and apostrophes are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.understand.quotes import find_quotes


def quoted(text: str) -> list[str]:
    starts = [0] + [place + 1 for place, char in enumerate(text) if char == "\n"]
    return [text[q.start : q.end] for q in find_quotes(text, starts)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said: "We agree." She left.', ["We agree."]),
        ("“Kami setuju,” kata Menlu Oman.", ["Kami setuju,"]),
        ("Ils ont dit «d'accord» hier.", ["d'accord"]),
        ("‘We agree,’ she said.", ["We agree,"]),
        ("She said: 'We can't agree,' and left.", ["We can't agree,"]),
        ("“We told them ‘no deal’ twice,” he said.", ["We told them ‘no deal’ twice,", "no deal"]),
        ("\"We told them 'no deal' twice,\" he said.", ["We told them 'no deal' twice,", "no deal"]),
        ("``We agree,'' he said.", ["We agree,"]),
        ('"Kami setuju,"kata dia. "Tentu saja."', ["Kami setuju,", "Tentu saja."]),
        ('" Kami setuju " kata dia', [" Kami setuju "]),
        ('The "peace plan" and the ("new") map', ["peace plan", "new"]),
    ],
)
def test_pairs(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Iran's envoys didn't come; the parties' plan isn't dead.",
        "Iran’s envoys didn’t come; the parties’ plan isn’t dead.",
        "It began in the '90s, and rock 'n' roll went on.",
        "Ma'ruf Amin dan Ja'far, Qur'an, Jum’at",
        'The 12" gun was silent.',
        'A stray mark" stands here.',
        'An open mark "stands here.',
        "",
        '""',
    ],
)
def test_no_quotation(text: str) -> None:
    assert quoted(text) == []


def test_apostrophes_inside_single_marks() -> None:
    assert quoted("He said 'the parties' plan is dead' and left.") == ["the parties' plan is dead"]


def test_quotation_goes_on_where_the_next_paragraph_repeats_the_mark() -> None:
    text = 'He said: "First.\n"Second.\n"Third," and left.'
    [quote] = find_quotes(text, [0, 17, 26])
    assert (text[quote.start : quote.end], quote.paragraphs) == ('First.\n"Second.\n"Third,', 3)


def test_a_slip_does_not_swallow_the_rest() -> None:
    assert quoted('He said: "First, and left.\nShe said: "Second."') == ["Second."]
    assert quoted('He "began and then said "we agree" to all') == ["we agree"]
    assert quoted("Ia berkata: “Satu, lalu pergi.\nDia berkata: “Dua.”") == ["Dua."]


def test_depth_tells_a_quotation_in_a_quotation() -> None:
    assert [q.depth for q in find_quotes("“We told them ‘no deal’ twice,” he said.")] == [0, 1]


@given(st.text(alphabet="ab s.,\n\"'“”‘’«»`", max_size=60))
def test_quotations_lie_in_the_text_and_never_cross(text: str) -> None:
    starts = [place + 1 for place, char in enumerate(text) if char == "\n"]
    found = find_quotes(text, starts)
    assert all(0 <= q.start < q.end <= len(text) for q in found)
    for first in found:
        for second in found:
            assert not first.start < second.start < first.end < second.end
