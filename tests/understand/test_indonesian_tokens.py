"""What the Indonesian tokenizer cuts and what it leaves whole; all sentences are made up."""

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from kg.understand.indonesian_tokens import IndonesianTokenizer, is_redoubled

TOKENIZER = IndonesianTokenizer(spacy.blank("id").vocab)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("pesaingnya", "pesaing|nya"),
        ("hanya Kenya biasanya bertanya", "hanya|Kenya|biasanya|bertanya"),
        ("negaraku dan hatimu", "negara|ku|dan|hati|mu"),
        ("suku itu bertemu tamu", "suku|itu|bertemu|tamu"),
        ("itulah adalah siapakah", "itu|lah|adalah|siapa|kah"),
        ("presiden ke-47", "presiden|ke-47"),
        ("kemitraan Rusia-Tiongkok", "kemitraan|Rusia|-|Tiongkok"),
        ("segitiga AS-Jepang-Korsel", "segitiga|AS|-|Jepang|-|Korsel"),
        ("negara-negara Negara-Negara", "negara-negara|Negara-Negara"),
        ("menteri-menterinya", "menteri-menteri|nya"),
        ("Tolong-Menolong Bolak-Balik Besar-Besaran", "Tolong-Menolong|Bolak-Balik|Besar-Besaran"),
        ("Al-Shabaab di Guinea-Bissau", "Al-Shabaab|di|Guinea-Bissau"),
        ("Park Geun-Hye", "Park|Geun-Hye"),
        ("KTT-nya", "KTT|-|nya"),
        ("ASEAN/PBB", "ASEAN|/|PBB"),
        ("Liga Arab (LA), kata", "Liga|Arab|(|LA|)|,|kata"),
        ("Dr. Ani dan H. Budi.", "Dr.|Ani|dan|H.|Budi|."),
        ("Rp1.000 atau US$60.000", "Rp|1.000|atau|US|$|60.000"),
        ("“Kami siap,” ujar dia.", "“|Kami|siap|,|”|ujar|dia|."),
        ("naik 5%", "naik|5|%"),
        ("damai.Dia pulang", "damai|.|Dia|pulang"),
        ("laman contoh.co.id.", "laman|contoh.co.id|."),
        ("Kerja Sama dan kerja samanya", "Kerja Sama|dan|kerja sama|nya"),
        ("bekerja  sama", "bekerja| |sama"),
    ],
)
def test_cuts(text: str, words: str) -> None:
    assert [t.text for t in TOKENIZER(text)] == words.split("|")


@given(st.text(alphabet="aA -–nyaku.,'\"()\n\t/5RpéΩ“”’%$", max_size=60))
def test_text_comes_back(text: str) -> None:
    doc = TOKENIZER(text)
    assert doc.text == text
    assert all(text[t.idx : t.idx + len(t)] == t.text for t in doc)


def test_redoubling_is_no_pair_of_names() -> None:
    assert is_redoubled("sayur", "mayur")
    assert not is_redoubled("Niger", "Nigeria")
    assert not is_redoubled("Iran", "Irak")
