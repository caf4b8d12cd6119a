"""Expressions of time in both languages, counted from Tuesday, 21 January 2025."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest

import kg.lang
from kg.errors import LanguageError, ResourceError
from kg.statements.when import Dated, find_times
from kg.statements.when_patterns import table

TUESDAY = datetime.date(2025, 1, 21)

Case = tuple[str, str, str | None, str | None]

ENGLISH: list[Case] = [
    ("The pact was signed on 21 January 2025 in Oslo.", "21 January 2025", "2025-01-21", "2025-01-21"),
    ("On January 3, 2024, the envoys met.", "January 3, 2024", "2024-01-03", "2024-01-03"),
    ("The envoys met Jan. 9 in Oslo.", "Jan. 9", "2025-01-09", "2025-01-09"),
    ("The envoys met on the 4th of March 2022.", "4th of March 2022", "2022-03-04", "2022-03-04"),
    ("Talks opened on Dec. 30.", "Dec. 30", "2024-12-30", "2024-12-30"),
    ("Signed 2024-11-05 in Quito.", "2024-11-05", "2024-11-05", "2024-11-05"),
    ("The note of 11/25/2024 was leaked.", "11/25/2024", "2024-11-25", "2024-11-25"),
    ("Chad left the bloc in 1991.", "1991", "1991", "1991"),
    ("Chad's 2014 invasion of Mali failed.", "2014", "2014", "2014"),
    ("The two fought a war in the 1990s.", "1990s", "1990", "1999"),
    ("A rivalry of the 19th century returned.", "19th century", "1801", "1900"),
    ("The nineteenth century was theirs.", "nineteenth century", "1801", "1900"),
    ("The 1998–2003 regime fell.", "1998–2003", "1998", "2003"),
    ("He ruled from 2003 to 2011.", "from 2003 to 2011", "2003", "2011"),
    ("Between 2003 and 2011 he ruled.", "Between 2003 and 2011", "2003", "2011"),
    ("It has armed them since 2014.", "since 2014", "2014", None),
    ("It has armed them since March.", "since March", "2024-03", None),
    ("The truce holds until March.", "until March", None, "2025-03"),
    ("The truce holds until 1 March 2026.", "until 1 March 2026", None, "2026-03-01"),
    ("The offer stands until now.", "until now", None, "2025-01-21"),
    ("The minister resigned on Monday.", "Monday", "2025-01-20", "2025-01-20"),
    ("The minister resigned on Tuesday.", "Tuesday", "2025-01-21", "2025-01-21"),
    ("The minister will resign on Friday.", "Friday", "2025-01-24", "2025-01-24"),
    ("On Thursday, the two leaders will meet.", "Thursday", "2025-01-23", "2025-01-23"),
    ("The two will meet, he said on Thursday.", "Thursday", "2025-01-16", "2025-01-16"),
    ("He said on Thursday that they will meet.", "Thursday", "2025-01-16", "2025-01-16"),
    ("It struck the port last Tuesday.", "last Tuesday", "2025-01-14", "2025-01-14"),
    ("The summit is next Tuesday.", "next Tuesday", "2025-01-28", "2025-01-28"),
    ("It struck the port on Friday last week.", "Friday last week", "2025-01-17", "2025-01-17"),
    ("It struck the port yesterday.", "yesterday", "2025-01-20", "2025-01-20"),
    ("It strikes the port today.", "today", "2025-01-21", "2025-01-21"),
    ("They leave tomorrow.", "tomorrow", "2025-01-22", "2025-01-22"),
    ("They left last week.", "last week", "2025-01-13", "2025-01-19"),
    ("They leave next week.", "next week", "2025-01-27", "2025-02-02"),
    ("They left last month.", "last month", "2024-12", "2024-12"),
    ("They left last December.", "last December", "2024-12", "2024-12"),
    ("They left last year.", "last year", "2024", "2024"),
    ("They leave next year.", "next year", "2026", "2026"),
    ("They leave this month.", "this month", "2025-01", "2025-01"),
    ("They left two days ago.", "two days ago", "2025-01-19", "2025-01-19"),
    ("They left 3 months ago.", "3 months ago", "2024-10", "2024-10"),
    ("They left twenty-six years ago.", "twenty-six years ago", "1999", "1999"),
    ("They left a year ago.", "a year ago", "2024", "2024"),
    ("They left two weeks ago.", "two weeks ago", "2025-01-06", "2025-01-12"),
    ("They quarrelled over the past two years.", "past two years", "2023", "2025-01-21"),
    ("It plans an attack in the next three months.", "next three months", "2025-01-21", "2025-04"),
    ("In early 2014 they met.", "early 2014", "2014", "2014"),
    ("The base closes at the end of the year.", "end of the year", "2025", "2025"),
    ("The talks were held in mid-May.", "mid-May", "2024-05", "2024-05"),
    ("They met in May 2023.", "May 2023", "2023-05", "2023-05"),
    ("They met in December last year.", "December last year", "2024-12", "2024-12"),
    ("They met on January 5-7.", "January 5-7", "2025-01-05", "2025-01-07"),
    (
        "It ran from November 2024 to January 2025.",
        "from November 2024 to January 2025",
        "2024-11",
        "2025-01",
    ),
    ("It ran from November to January 2025.", "from November to January 2025", "2024-11", "2025-01"),
    ("They met on Tuesday, 14 January.", "Tuesday, 14 January", "2025-01-14", "2025-01-14"),
    ("The January attack was denied.", "January", "2025-01", "2025-01"),
    ("A truce came earlier in the week.", "earlier in the week", "2025-01-20", "2025-01-26"),
    ("They met at the beginning of the 1990s.", "beginning of the 1990s", "1990", "1999"),
    ("They met on Tuesday night.", "Tuesday night", "2025-01-21", "2025-01-21"),
    ("The court ruled in April.", "April", "2024-04", "2024-04"),
    ("Talks open 2 February.", "2 February", "2025-02-02", "2025-02-02"),
    ("They have quarrelled since the 1990s.", "since the 1990s", "1990", None),
    ("They quarrelled two decades ago.", "two decades ago", "2005", "2005"),
    ("They quarrelled last decade.", "last decade", "2010", "2019"),
    ("They will leave by the end of next year.", "by the end of next year", None, "2026"),
    ("The vote will be held in March.", "March", "2025-03", "2025-03"),
    ("They quarrelled recently.", "recently", None, None),
    ("They met several years ago.", "several years ago", None, None),
]

INDONESIAN: list[Case] = [
    ("Pakta itu diteken pada 21 Januari 2025.", "21 Januari 2025", "2025-01-21", "2025-01-21"),
    ("Keduanya bertemu pada tanggal 3 Pebruari 2024.", "tanggal 3 Pebruari 2024", "2024-02-03", "2024-02-03"),
    ("Keduanya bertemu, Selasa (21/1/2025).", "Selasa (21/1/2025)", "2025-01-21", "2025-01-21"),
    ("Keduanya bertemu, Senin (20/1).", "Senin (20/1)", "2025-01-20", "2025-01-20"),
    ("Keduanya bertemu, Senin (20/1/2025) lalu.", "Senin (20/1/2025) lalu", "2025-01-20", "2025-01-20"),
    ("Nota itu bertanggal 05/11/2024.", "05/11/2024", "2024-11-05", "2024-11-05"),
    ("Chad keluar dari blok itu pada tahun 1991.", "tahun 1991", "1991", "1991"),
    ("Chad menyerang Mali pada 2014.", "2014", "2014", "2014"),
    ("Mereka berperang pada tahun 1970-an.", "tahun 1970-an", "1970", "1979"),
    ("Permusuhan sejak abad ke-19 muncul lagi.", "sejak abad ke-19", "1801", None),
    ("Mereka bermusuhan pada abad XIX.", "abad XIX", "1801", "1900"),
    ("Rezim 1998–2003 jatuh.", "1998–2003", "1998", "2003"),
    ("Ia berkuasa dari 2003 hingga 2011.", "dari 2003 hingga 2011", "2003", "2011"),
    ("Antara 2003 dan 2011 ia berkuasa.", "Antara 2003 dan 2011", "2003", "2011"),
    (
        "Ia memimpin sejak tahun 2003 sampai dengan tahun 2011.",
        "sejak tahun 2003 sampai dengan tahun 2011",
        "2003",
        "2011",
    ),
    ("Mereka dipersenjatai sejak 2014.", "sejak 2014", "2014", None),
    ("Gencatan senjata berlaku hingga Maret 2026.", "hingga Maret 2026", None, "2026-03"),
    ("Gencatan senjata berlaku hingga Maret.", "hingga Maret", None, "2025-03"),
    ("Mereka berselisih sejak 2014 hingga kini.", "sejak 2014 hingga kini", "2014", "2025-01-21"),
    ("Menteri itu mundur pada hari Senin.", "hari Senin", "2025-01-20", "2025-01-20"),
    ("Menteri itu mundur pada Minggu.", "Minggu", "2025-01-19", "2025-01-19"),
    ("Menteri itu mundur, hari minggu.", "hari minggu", "2025-01-19", "2025-01-19"),
    ("Menteri itu mundur pada Minggu lalu.", "Minggu lalu", "2025-01-19", "2025-01-19"),
    ("Menteri itu mundur minggu lalu.", "minggu lalu", "2025-01-13", "2025-01-19"),
    ("Minggu lalu menteri itu mundur.", "Minggu lalu", "2025-01-13", "2025-01-19"),
    ("Menteri itu akan mundur pada Jumat.", "Jumat", "2025-01-24", "2025-01-24"),
    ("Ia akan mundur, kata Budi, Kamis.", "Kamis", "2025-01-16", "2025-01-16"),
    ("Menteri itu mundur Jumat lalu.", "Jumat lalu", "2025-01-17", "2025-01-17"),
    ("Menteri itu mundur Selasa lalu.", "Selasa lalu", "2025-01-14", "2025-01-14"),
    ("Keduanya bertemu Kamis depan.", "Kamis depan", "2025-01-23", "2025-01-23"),
    ("Keduanya bertemu Kamis pekan depan.", "Kamis pekan depan", "2025-01-30", "2025-01-30"),
    ("Keduanya bertemu kemarin.", "kemarin", "2025-01-20", "2025-01-20"),
    ("Keduanya bertemu hari ini.", "hari ini", "2025-01-21", "2025-01-21"),
    ("Keduanya bertemu besok.", "besok", "2025-01-22", "2025-01-22"),
    ("Keduanya bertemu pekan lalu.", "pekan lalu", "2025-01-13", "2025-01-19"),
    ("Keduanya bertemu minggu depan.", "minggu depan", "2025-01-27", "2025-02-02"),
    ("Keduanya bertemu bulan ini.", "bulan ini", "2025-01", "2025-01"),
    ("Keduanya bertemu Desember lalu.", "Desember lalu", "2024-12", "2024-12"),
    ("Keduanya bertemu pada Mei tahun lalu.", "Mei tahun lalu", "2024-05", "2024-05"),
    ("Keduanya bertemu tahun depan.", "tahun depan", "2026", "2026"),
    ("Keduanya bertemu tiga tahun lalu.", "tiga tahun lalu", "2022", "2022"),
    ("Keduanya bertemu dua puluh enam tahun yang lalu.", "dua puluh enam tahun yang lalu", "1999", "1999"),
    ("Keduanya bertemu 2 hari lalu.", "2 hari lalu", "2025-01-19", "2025-01-19"),
    ("Keduanya bertemu sebulan lalu.", "sebulan lalu", "2024-12", "2024-12"),
    ("Mereka berselisih dalam dua tahun terakhir.", "dua tahun terakhir", "2023", "2025-01-21"),
    ("Pangkalan itu ditutup pada akhir tahun.", "akhir tahun", "2025", "2025"),
    ("Pangkalan itu ditutup akhir pekan lalu.", "akhir pekan lalu", "2025-01-18", "2025-01-19"),
    ("Pada awal 2014 mereka bertemu.", "awal 2014", "2014", "2014"),
    ("Pada pertengahan bulan Mei 2014 mereka bertemu.", "pertengahan bulan Mei 2014", "2014-05", "2014-05"),
    ("Latihan itu berlangsung 9-11 November 2024.", "9-11 November 2024", "2024-11-09", "2024-11-11"),
    ("Latihan itu berlangsung Senin hingga Rabu.", "Senin hingga Rabu", "2025-01-20", "2025-01-22"),
    (
        "Latihan itu berlangsung 28 Desember 2024--3 Januari 2025.",
        "28 Desember 2024--3 Januari 2025",
        "2024-12-28",
        "2025-01-03",
    ),
    ("Latihan itu berlangsung Desember--Januari 2025.", "Desember--Januari 2025", "2024-12", "2025-01"),
    ("Keduanya bertemu pada 2023 lalu.", "2023 lalu", "2023", "2023"),
    ("Keduanya bertemu pada akhir pekan.", "akhir pekan", "2025-01-25", "2025-01-26"),
    ("Pemilu akan digelar pada Maret.", "Maret", "2025-03", "2025-03"),
    ("Keduanya bertemu beberapa tahun lalu.", "beberapa tahun lalu", None, None),
    ("Keduanya bertemu baru-baru ini.", "baru-baru ini", None, None),
]

NO_TIMES = [
    ("en", "Chad sent 2,000 troops, and 1990 people fled."),
    ("en", "They may march on Paris, and a second minister may resign."),
    ("en", "Theresa May thanked the Sun and the marchers."),
    ("en", "March with us, said Mar Elias."),
    ("en", "The court fined the party $2000 under Resolution 1973."),
    ("en", "It fired 1,990 shells over 2.2014 square miles."),
    ("en", "The last minute of the last day came at last."),
    ("en", "The council meets every Friday and each May."),
    ("id", "Dewan bersidang setiap Jumat dan tiap bulan Mei."),
    ("en", "The actor April Ryan met Nora June Smith."),
    ("id", "Menteri Raja Juli hadir, begitu pula Maret Simanjuntak."),
    ("en", "Shops opened on Black Friday."),
    ("id", "Warga Pasar Minggu menunggu 2 Minggu."),
    ("id", "Sebanyak 1990 orang mengungsi, dan 2.000 tentara datang."),
    ("id", "Mei Ling memuji Mar Elias di depan gedung parlemen."),
    ("id", "Ia mengatur lalu lintas, lalu pergi ke masa depan kota."),
    ("id", "Undang-Undang Nomor 5 Tahun 2004 dikritik parlemen."),
    ("id", "Perang itu berlangsung dua minggu dan menelan biaya Rp 2.014 triliun."),
]

PAST = [
    ("en", "They met last week.", True),
    ("en", "They met on 3 May 2019.", True),
    ("en", "They meet in 2031.", False),
    ("en", "They meet next Friday.", False),
    ("en", "They meet today.", None),
    ("en", "They quarrel since 2014.", None),
    ("en", "He ruled until 2011.", True),
    ("en", "They met earlier this month.", True),
    ("en", "They meet later this year.", False),
    ("en", "They met in 2025.", None),
    ("id", "Keduanya bertemu pekan lalu.", True),
    ("id", "Keduanya bertemu Kamis depan.", False),
    ("id", "Keduanya bertemu beberapa waktu lalu.", True),
    ("id", "Keduanya berselisih sejak 2014.", None),
    ("id", "Keduanya bertemu pada akhir tahun.", False),
]


def only(text: str, code: str, published: datetime.date | None = TUESDAY) -> Dated:
    found = find_times(text, code=code, published=published)
    assert len(found) == 1, [dated.span.text for dated in found]
    return found[0]


@pytest.mark.parametrize(
    ("code", "case"),
    [*(("en", case) for case in ENGLISH), *(("id", case) for case in INDONESIAN)],
    ids=lambda value: value if isinstance(value, str) else value[1],
)
def test_an_expression_gets_its_dates_and_keeps_its_words(code: str, case: Case) -> None:
    text, words, start, end = case
    dated = only(text, code)
    assert (dated.span.text, dated.time.start, dated.time.end) == (words, start, end)
    assert dated.time.text == words
    assert text[dated.span.start : dated.span.end] == words


@pytest.mark.parametrize(("code", "text"), NO_TIMES)
def test_what_only_looks_like_a_time_is_none(code: str, text: str) -> None:
    assert find_times(text, code=code, published=TUESDAY) == []


@pytest.mark.parametrize(("code", "text", "past"), PAST)
def test_past_says_on_which_side_of_the_publication_a_time_lies(
    code: str, text: str, past: bool | None
) -> None:
    assert only(text, code).past is past


@pytest.mark.parametrize(
    ("code", "text", "past"),
    [
        ("en", "They met last week.", True),
        ("en", "They met on Friday.", None),
        ("en", "They meet next year.", False),
        ("id", "Keduanya bertemu dua hari lalu.", True),
        ("id", "Keduanya bertemu tahun depan.", False),
        ("id", "Keduanya bertemu pada 3 Mei.", None),
    ],
)
def test_without_publication_a_relative_time_keeps_only_its_words(
    code: str, text: str, past: bool | None
) -> None:
    dated = only(text, code, published=None)
    assert (dated.time.start, dated.time.end, dated.past) == (None, None, past)
    assert dated.time.text


def test_without_publication_absolute_times_are_resolved() -> None:
    assert only("They met on 3 May 2019.", "en", published=None).time.start == "2019-05-03"
    assert only("Mereka bersekutu sejak 2014.", "id", published=None).time.start == "2014"


def test_only_the_given_stretch_is_searched() -> None:
    text = "They met in 2014. They parted in 2016. They met again in 2018."
    found = find_times(text, code="en", published=None, start=18, end=38)
    assert [(dated.span.start, dated.span.text) for dated in found] == [(33, "2016")]


def test_several_times_come_in_order() -> None:
    text = "Pada 2014 mereka bersekutu, tetapi sejak 3 Mei 2016 mereka bermusuhan."
    assert [dated.span.text for dated in find_times(text, code="id", published=TUESDAY)] == [
        "2014",
        "sejak 3 Mei 2016",
    ]


def test_a_line_break_may_stand_within_an_expression_but_not_an_empty_line() -> None:
    assert only("Signed on 21\nJanuary 2025.", "en").time.text == "21 January 2025"
    assert only("Rule 21\n\nJanuary 2025 began.", "en").span.text == "January 2025"


def test_a_day_that_no_calendar_has_is_no_time() -> None:
    assert find_times("Diteken pada (31/2/2025).", code="id", published=TUESDAY) == []
    assert only("The pact was signed on 31 February 2024.", "en").span.text == "February 2024"


HOSTILE = [
    ("1", 100_000),
    ("1 ", 10_000),
    ("1/", 10_000),
    ("2014-", 5_000),
    ("last ", 5_000),
    ("since ", 5_000),
    ("the end of the ", 3_000),
    ("dua puluh ", 3_000),
    ("21 Januari ", 1_000),
    ("May-", 2_000),
    (" ", 100_000),
]


@pytest.mark.parametrize("code", ["en", "id"])
@pytest.mark.parametrize(("piece", "times"), HOSTILE)
def test_a_hostile_text_is_read_through(code: str, piece: str, times: int) -> None:
    assert find_times(piece * times + " 3 May 2019, 3 Mei 2019", code=code, published=TUESDAY)[
        -1
    ].time.start == ("2019-05-03")


def test_years_outside_the_calendar_are_not_resolved() -> None:
    assert only("The tribe came 5000 years ago.", "en").time.start is None


def test_an_unknown_language_is_an_error() -> None:
    with pytest.raises(LanguageError, match="xx"):
        find_times("2014", code="xx", published=None)


PACK = """
months: [[januar], [februar], [märz], [april], [mai], [juni], [juli], [august], [september], [oktober],
  [november], [dezember]]
weekdays: [[montag], [dienstag], [mittwoch], [donnerstag], [freitag], [samstag], [sonntag]]
units: {day: [tag, tage, tagen], week: [woche, wochen], year: [jahr, jahre, jahren]}
numbers: {zwei: 2, drei: 3}
vague_numbers: [einigen]
last: [letzte, letzten]
this: [diese, dieses]
next: [nächste, nächsten]
ago: [vor]
ahead: [in]
within_last: [letzten]
within_next: [nächsten]
parts: {start: [anfang], end: [ende]}
deictic: [{unit: day, shift: -1, words: [gestern]}]
now: [heute]
vague_past: [kürzlich]
vague_future: [bald]
patterns: ["{day}. {month}[ {year}]", "{ago} {count}", "{last} {unit}", "{weekday}", "{year}"]
year_leads: [im, jahr, seit]
name_leads: [am, im]
since: [seit]
until: [bis]
ranges: [{open: [von], join: [bis]}]
future: [wird]
reporting: [sagte]
"""


@pytest.fixture
def packs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Language packs of which the only one is German, 'de'."""
    (tmp_path / "de").mkdir()
    (tmp_path / "de" / "time.yaml").write_text(PACK, "utf8")
    monkeypatch.setattr(kg.lang, "PACKS", tmp_path)
    kg.lang.languages.cache_clear()
    table.cache_clear()
    yield tmp_path / "de" / "time.yaml"
    kg.lang.languages.cache_clear()
    table.cache_clear()


@pytest.mark.usefixtures("packs")
def test_a_further_language_needs_its_words_and_no_code() -> None:
    text = "Seit 2014 herrscht Streit; am 3. März 2019 und vor zwei Tagen trafen sie sich, am Freitag wieder."
    found = find_times(text, code="de", published=TUESDAY)
    assert [(dated.span.text, dated.time.start) for dated in found] == [
        ("Seit 2014", "2014"),
        ("3. März 2019", "2019-03-03"),
        ("vor zwei Tagen", "2025-01-19"),
        ("Freitag", "2025-01-17"),
    ]


def test_a_pattern_with_an_unknown_slot_is_an_error_that_names_it(packs: Path) -> None:
    packs.write_text(PACK.replace("{weekday}", "{weekdy}"), "utf8")
    with pytest.raises(ResourceError, match=r"time\.yaml.*weekdy"):
        find_times("Am Freitag.", code="de", published=None)
