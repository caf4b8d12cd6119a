"""Furniture is told from text, by layout and cue, in both languages; offsets stay."""

from __future__ import annotations

import pytest

from kg.understand.layout import layout, masked, paragraph_starts

ID1 = "Menteri luar negeri Peru bertemu duta besar Fiji di Lima untuk membahas perjanjian dagang."
ID2 = "Ia mengatakan bahwa pembicaraan itu akan dilanjutkan pada bulan depan di ibu kota Fiji."
EN1 = "The foreign minister of Peru met the ambassador of Fiji in Lima to discuss a trade agreement."
EN2 = "He said that the talks would go on next month in the capital of Fiji."


def kept(text: str, code: str | None) -> str:
    """Return what is left to be read, and check what must hold for every text."""
    found = layout(text, code)
    result = masked(text, found)
    assert len(result) == len(text)
    assert [at for at, c in enumerate(result) if c == "\n"] == [at for at, c in enumerate(text) if c == "\n"]
    assert all(a in (b, " ") for a, b in zip(result, text, strict=True))
    assert all(a.end <= b.start for a, b in zip(found.blocks, found.blocks[1:], strict=False))
    covered = {at for block in found.blocks for at in range(block.start, block.end)}
    assert all(at in covered for at, c in enumerate(text) if not c.isspace())
    assert all(result[start].strip() for start in paragraph_starts(found))
    return " ".join(result.split())


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("id", "Baca Juga: Fiji Kirim Utusan Khusus ke Lima"),
        ("id", "Baca juga Fiji Kirim Utusan Khusus ke Lima"),
        ("id", "Simak juga: Fiji Tolak Tawaran Peru"),
        ("id", "Lihat Juga :\nFiji Tolak Tawaran Peru"),
        ("id", "ADVERTISEMENT\n\nSCROLL TO CONTINUE WITH CONTENT"),
        ("id", "Penulis: Ana Putri"),
        ("id", "(Reporter: Ana Putri | Editor: Budi Satria)"),
        ("id", "(Foto: Dok. Kedutaan Besar Peru)"),
        ("id", "Oleh Ana Putri"),
        ("id", "(ap/bs)"),
        ("id", "[img.2]"),
        ("id", "[Gambas:Video Harian Contoh]"),
        ("id", "Selasa, 21 Januari 2025 | 10:15 WIB"),
        ("id", "Ikuti kami di WhatsApp untuk berita terbaru."),
        ("id", "Artikel ini telah tayang di Harian Contoh dengan judul Peru dan Fiji Bertemu."),
        ("id", "Berita Terkait\n-\nFiji Tolak Tawaran Peru\n-\nPeru Kecam Serangan Fiji, Ada Apa?"),
        ("en", "Read also: Fiji sends special envoy to Lima"),
        ("en", "Related\n- Fiji Rejects Offer\n- Peru Slams Tariffs"),
        ("en", "By John Doe and Ana van Dijk"),
        ("en", "Photo: Embassy of Peru"),
        ("en", "Reporting by John Doe; editing by Jane Roe"),
        ("en", "Follow us on Example for more."),
        ("en", "© 2025 Daily Example. All rights reserved."),
        ("en", "Updated January 21, 2025 10:15 AM"),
        ("en", "* * *"),
        ("xx", "Baca juga: Fiji Kirim Utusan"),
        (None, "Read also: Fiji sends envoy"),
    ],
)
def test_furniture_between_paragraphs_is_masked(code: str | None, line: str) -> None:
    first, second = (ID1, ID2) if code == "id" else (EN1, EN2)
    assert kept(f"{first}\n{line}\n{second}", code) == f"{first} {second}"


@pytest.mark.parametrize(
    ("code", "foot"),
    [
        (
            "id",
            "Terpopuler\n1\nPeru Kecam\nBerita lain diringkas dalam satu kalimat saja di sini.\n2\nFiji",
        ),
        ("id", "Pilihan\n-\nPeru Kecam Fiji\nTerkini\n-\nFiji Menang Telak atas Peru"),
        ("id", "---\nRingkasan\n\n" + ID1 + "\n\n" + ID2),
        ("id", "Peru Kecam Keras Serangan Fiji\nFiji Tolak Tawaran Baru Peru\nLima Siapkan Pasukan di Batas"),
        ("id", "Tags:\nPeru\nFiji\nPerdagangan"),
        ("en", "Most read\nFiji Rejects Offer From Peru\nPeru Slams New Tariffs"),
        ("en", "Trending\nThe story of another day told in one sentence here.\nFiji Rejects Offer From Peru"),
    ],
)
def test_the_foot_of_a_page_is_masked_to_the_end(code: str, foot: str) -> None:
    first, second = (ID1, ID2) if code == "id" else (EN1, EN2)
    assert kept(f"{first}\n{second}\n{first}\n{foot}", code) == f"{first} {second} {first}"


def test_the_head_of_a_page_is_masked() -> None:
    text = f"Home\nWorld\nPolitics\nSport\n\nPeru and Fiji Meet in Lima\n\nBy John Doe\n\n{EN1}\n\n{EN2}"
    assert kept(text, "en") == f"Peru and Fiji Meet in Lima {EN1} {EN2}"
    headlines = [text[b.start : b.end] for b in layout(text, "en").blocks if b.kind == "headline"]
    assert headlines == ["Peru and Fiji Meet in Lima"]


def test_a_summary_box_at_the_top_is_masked_and_what_follows_is_not() -> None:
    text = f"Peru dan Fiji Bertemu\nRingkasan\n- Peru bertemu Fiji.\n- Perundingan berlanjut.\n{ID1}\n{ID2}"
    assert kept(text, "id") == f"Peru dan Fiji Bertemu {ID1} {ID2}"


@pytest.mark.parametrize(
    "dateline",
    [
        "JAKARTA, HARIAN.com – ",
        "Harian.com - ",
        "HARIAN.CO, Jakarta - ",
        "Jakarta, CNN Indonesia -- ",
        "Jakarta (ANTARA) - ",
        "Jakarta - ",
        "Jakarta, 5 Januari 2025 - ",
        "WASHINGTON (Reuters) - ",
        "WASHINGTON, Jan. 5 (Reuters) - ",
        "GAZA CITY, Gaza Strip (AP) — ",
        "LONDON — ",
        "Kyiv, Ukraine — ",
        "(CNN) — ",
    ],
)
def test_datelines_are_masked(dateline: str) -> None:
    assert kept(f"Peru and Fiji Meet\n\n{dateline}{EN1}\n\n{EN2}", None) == f"Peru and Fiji Meet {EN1} {EN2}"


@pytest.mark.parametrize(
    "sentence",
    [
        "Iran - Israel relations have been hostile for as long as he has been in office.",
        "Putin — Russia's longest-serving leader — met the ambassador of Fiji on Monday.",
        "ASEAN - Japan trade grew by a tenth in the year in which both signed the pact.",
        "He related the story of the war to the ambassador of Fiji on Monday.",
        "By Monday, Peru had withdrawn its ambassador from the capital of Fiji.",
        "Followers of the former leader of Peru attacked the embassy of Fiji.",
        "Latest figures show that Peru sells more to Fiji than it buys from it.",
        "Copyrights of Fiji are protected in Peru under the agreement of last year.",
        "Lihat juga laporan itu sebagai ancaman, kata menteri Peru kepada duta besar Fiji.",
        "Penulis Peru itu mengecam pemerintah Fiji dalam pidatonya di Lima kemarin.",
        "Terkini, Peru menolak tawaran Fiji untuk membuka kembali pelabuhannya.",
    ],
)
def test_sentences_that_look_like_furniture_are_kept(sentence: str) -> None:
    assert kept(f"{EN1}\n{sentence}\n{EN2}", None) == f"{EN1} {sentence} {EN2}"
    assert kept(sentence, None) == sentence


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"{ID1} Baca juga: Fiji Kirim Utusan Khusus\n{ID2}", f"{ID1} {ID2}"),
        (f"{ID1} Baca juga: Fiji Kirim Utusan Khusus. {ID2}", f"{ID1} {ID2}"),
        (f"{ID1} [Gambas:Video Contoh] {ID2}", f"{ID1} {ID2}"),
        (f"[video.1] {ID1} (Foto: Kedutaan)", ID1),
        (
            "Laporan *Harian Contoh* itu **penting**, kata Peru.",
            "Laporan Harian Contoh itu penting , kata Peru.",
        ),
        ('Peru menang{target="_self"} atas Fiji.', "Peru menang atas Fiji."),
        (f"{ID1} ADVERTISEMENT {ID2}", f"{ID1} {ID2}"),
    ],
)
def test_furniture_inside_a_paragraph_is_masked(text: str, left: str) -> None:
    assert kept(text, "id") == left


def test_lists_that_belong_to_the_article_are_kept() -> None:
    text = f"{EN1}\n\nThe agreement says:\n- Peru lifts its tariffs.\n- Fiji opens its ports.\n\n{EN2}"
    assert kept(text, "en") == " ".join(text.split())


def test_paragraphs_of_soft_wrapped_text_begin_where_the_author_began_them() -> None:
    text = (
        "Peru and Fiji meet\n\n"
        "The foreign minister of Peru met the ambassador of Fiji in Lima on\n"
        "Monday to discuss a trade agreement between both countries, which\n"
        "Parliament has yet to approve. Talks go on next month.\n\n"
        "Fiji had sent its envoy in December, when Peru's government was in\n"
        "the midst of an election."
    )
    starts = paragraph_starts(layout(text, "en"))
    assert [text[at : at + 8] for at in starts] == ["Peru and", "The fore", "Fiji had"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\n\n", "\u2028"])
def test_every_line_of_other_text_begins_a_paragraph(end: str) -> None:
    text = end.join([EN1, "Fiji denied it.", EN2, "Peru rejected the claim"])
    starts = paragraph_starts(layout(text, "en"))
    assert [text[at : at + 4] for at in starts] == ["The ", "Fiji", "He s", "Peru"]


def test_a_paragraph_begins_after_its_dateline() -> None:
    text = f"LIMA (Reuters) - {EN1}"
    assert paragraph_starts(layout(text, "en")) == (text.index("The"),)


@pytest.mark.parametrize("text", ["", " \n ", "-", "Peru", "*", "[", "\r\n\r\n", "Baca juga:", "Terpopuler"])
def test_scraps_do_no_harm(text: str) -> None:
    kept(text, "id")
