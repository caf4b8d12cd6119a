"""Languages are told apart, the supported ones from their nearest kin above all."""

from __future__ import annotations

import pytest

from kg.understand.identify import identify


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("id", "Menteri luar negeri mengecam serangan ke Gaza."),
        ("id", "Perundingan itu diikuti Cina, Rusia dan Jepang."),
        ("id", "Iran tolak tawaran AS"),
        ("id", "PRESIDEN BERTEMU PERDANA MENTERI DI JAKARTA"),
        ("ms", "Perdana Menteri berkata kerajaan akan membantu rakyat yang terjejas akibat banjir."),
        ("ms", "Presiden Amerika Syarikat bertemu Presiden Rusia di Alaska pada Jumaat lepas."),
        ("ms", "Polis menahan lima suspek berhubung kes rasuah itu."),
        ("ms", "Timbalan Perdana Menteri melawat Jepun bagi mengukuhkan hubungan dua hala."),
        ("ms", "Tentera Israel membunuh pejuang Hamas."),
        ("ms", "Parlimen Jepun meluluskan undang-undang baharu."),
        ("id", "Rusia menyerang Ukraina dan Moldova."),
        ("en", "Moscow and Beijing agreed to work together."),
        ("en", "Iran rejects US offer"),
        ("en", "The party won with 40 votes for and 12 against."),
        ("de", "Der Bundeskanzler traf am Montag den französischen Präsidenten in Berlin."),
        ("fr", "La Chine a condamné la décision des États-Unis."),
        ("es", "La oposición acusó al gobierno de corrupción."),
        ("nl", "Het kabinet steunt de sancties tegen Rusland."),
        ("jv", "Pak Lurah ngendika yen dalan kuwi arep didandani taun ngarep."),
        ("tl", "Sinabi ng senador na hindi niya susuportahan ang panukala."),
        ("zh", "中国外交部长星期一在北京会见了俄罗斯外长。"),
        ("ar", "أدانت الحكومة الهجوم على السفارة."),
    ],
)
def test_language_of_a_sentence(code: str, text: str) -> None:
    assert identify(text) == code


@pytest.mark.parametrize("text", ["", " \n", "2025 - 12:30", "???"])
def test_no_words_no_language(text: str) -> None:
    assert identify(text) == "und"
