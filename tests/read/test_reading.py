"""What comes out of files, folders, patterns and standard input that are as they should be."""

from __future__ import annotations

import datetime
import gzip
import io
import json
import logging
import sys
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa  # type: ignore[import-untyped]  # ships no types
import pyarrow.parquet as pq  # type: ignore[import-untyped]  # ships no types
import pytest

from kg.model import Document
from kg.read import estimate, read, readers
from kg.read.source import Source

RECORD = {
    "id": "a",
    "text": "Peru welcomed Fiji.",
    "lang": "en-GB",
    "title": " Peru and Fiji ",
    "published": "2025-01-21T23:30:00+07:00",
    "url": "https://daily.example/a",
    "publisher": "Daily Example",
    "section": ["ignored"],
}
EXPECTED = Document(
    id="a",
    text="Peru welcomed Fiji.",
    lang="en",
    title="Peru and Fiji",
    published=datetime.date(2025, 1, 21),
    url="https://daily.example/a",
    publisher="Daily Example",
)
PAGE = """<!DOCTYPE html>
<html><head><meta charset="{charset}"><title>Peru and Fiji Meet | Daily Example</title>
<meta property="og:title" content="Peru and Fiji Meet">
<meta property="og:site_name" content="Daily Example">
<meta property="article:published_time" content="2025-01-21T08:00:00+07:00">
<link rel="canonical" href="https://daily.example/peru-fiji"></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav>
<article><h1>Peru and Fiji Meet</h1>
<p>The foreign minister of Peru met the ambassador of Fiji in Lima, an “historic” step, he said.</p>
<p>Both countries want to strengthen their trade, and will hold joint exercises at sea in the coming year.</p>
<p>Fiji had criticised Peru for its fishing fleet, which it accuses of entering its waters.</p>
</article><footer>All rights reserved</footer></body></html>"""


class Stdin:
    """Standard input as a program sees it."""

    def __init__(self, content: bytes) -> None:
        self.buffer = io.BufferedReader(io.BytesIO(content))


def write(folder: Path, name: str, content: bytes | str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def texts(*sources: Path) -> list[str]:
    return [document.text for document in read(sources)]


def test_json_lines_give_all_fields_and_ignore_others(tmp_path: Path) -> None:
    path = write(tmp_path, "a.jsonl", json.dumps(RECORD) + "\n\n" + '{"id": 7, "text": "T.", "title": ""}')
    assert list(read([path])) == [EXPECTED, Document(id="7", text="T.")]


@pytest.mark.parametrize("layout", ["[{0},\n {1}]", "{0}\n{1}\n", "[{0}, {1}]", " [\n{0}\n,{1}\n]\n"])
def test_json_arrays_and_objects_in_a_row(tmp_path: Path, layout: str) -> None:
    content = layout.replace("{0}", json.dumps(RECORD)).replace("{1}", '{"id": "b", "text": "T."}')
    assert list(read([write(tmp_path, "a.json", content)])) == [EXPECTED, Document(id="b", text="T.")]


def test_a_json_array_longer_than_what_is_held_at_a_time(tmp_path: Path) -> None:
    records = [{"id": str(number), "text": f"Text {number}: " + "é" * 900} for number in range(500)]
    path = write(tmp_path, "a.json", json.dumps([*records, {"id": "x", "text": "y" * 300_000}]))
    found = list(read([path]))
    assert [document.text for document in found[:500]] == [record["text"] for record in records]
    assert len(found[500].text) == 300_000


def test_a_json_file_of_one_object_may_do_without_an_id(tmp_path: Path) -> None:
    path = write(tmp_path, "a.json", '{"text": "T."}')
    assert list(read([path])) == [Document(id="a.json", text="T.")]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_tables_give_the_same_fields(tmp_path: Path, delimiter: str) -> None:
    names = [name for name in RECORD if name != "section"]
    rows = [[*names, "other"], [str(RECORD[name]).strip() for name in names] + ["x"]]
    content = "\r\n".join(delimiter.join(row) for row in rows)
    assert list(read([write(tmp_path, "a.csv", content)])) == [EXPECTED]


def test_a_cell_keeps_its_line_ends_quotes_and_length(tmp_path: Path) -> None:
    content = 'ID,Text\r\n1,"Peru said ""no"".\r\nFiji\nagreed."\r\n\r\n2,"' + "a" * 200_000 + '"\r\n'
    assert texts(write(tmp_path, "a.csv", content)) == ['Peru said "no".\r\nFiji\nagreed.', "a" * 200_000]


def test_parquet_gives_the_same_fields(tmp_path: Path) -> None:
    fields = {**RECORD, "published": datetime.datetime(2025, 1, 21, 8), "section": 1}
    path = tmp_path / "a.parquet"
    pq.write_table(pa.Table.from_pylist([fields]), path)
    assert list(read([path])) == [EXPECTED]


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252"])
def test_a_web_page_gives_its_article_and_metadata(tmp_path: Path, charset: str) -> None:
    path = write(tmp_path, "a.html", PAGE.replace("{charset}", charset).encode(charset))
    (document,) = read([path])
    assert "“historic” step" in document.text
    assert "Home" not in document.text
    assert "All rights reserved" not in document.text
    assert document.title == "Peru and Fiji Meet"
    assert document.published == datetime.date(2025, 1, 21)
    assert document.publisher == "Daily Example"
    assert document.url == "https://daily.example/peru-fiji"
    assert document.id == "a.html"


def test_broken_html_is_read(tmp_path: Path) -> None:
    page = PAGE.replace("</p>", "").replace("</article>", "<div><b").replace("</html>", "")
    (document,) = read([write(tmp_path, "a.html", page)])
    assert "joint exercises" in document.text


def test_a_web_page_without_a_date_has_none(tmp_path: Path) -> None:
    page = "".join(line for line in PAGE.splitlines(keepends=True) if "published_time" not in line)
    (document,) = read([write(tmp_path, "a.html", page)])
    assert document.published is None


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_encodings_are_told(tmp_path: Path, encoding: str) -> None:
    text = "São Paulo: “Kami setuju,” kata menteri Peru — dan Fiji’s café tutup.\r\n"
    assert texts(write(tmp_path, "a.txt", text.encode(encoding))) == [text]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_encodings_of_records_are_told(tmp_path: Path, encoding: str) -> None:
    line = json.dumps({"id": "a", "text": "“Café”"}, ensure_ascii=False) + "\n"
    assert texts(write(tmp_path, "a.jsonl", line.encode(encoding))) == ["“Café”"]
    assert texts(write(tmp_path, "a.json", line.encode(encoding))) == ["“Café”"]
    assert texts(write(tmp_path, "a.csv", "id,text\r\n1,“Café”\r\n".encode(encoding))) == ["“Café”"]


def test_text_is_kept_as_it_is(tmp_path: Path) -> None:
    text = "  Peru\r\n\tsaid:\u00a0“no”.\n\n\u2028Fiji\r"
    assert texts(write(tmp_path, "a.txt", text)) == [text]


@pytest.mark.parametrize("name", ["a.txt.gz", "b.jsonl.gz", "c.csv.gz", "d.json.gz"])
def test_gzip_is_unpacked(tmp_path: Path, name: str) -> None:
    content = {"a": "T.", "b": '{"id": "1", "text": "T."}', "c": "id,text\n1,T.", "d": '{"text": "T."}'}[
        name[0]
    ]
    assert texts(write(tmp_path, name, gzip.compress(content.encode()))) == ["T."]


def test_folders_are_read_in_order_with_ids_relative_to_them(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/y.TXT", ".hidden.txt", ".git/x.txt", "notes.docx"):
        write(tmp_path / "news", name, "T.")
    assert [document.id for document in read([tmp_path / "news"])] == ["a/y.TXT", "a/z.txt", "b.txt"]
    assert [document.id for document in read([str(tmp_path / "news" / "*" / "*.txt")])] == ["a/z.txt"]
    assert [document.id for document in read([str(tmp_path / "news" / "**" / "*.txt")])] == [
        "a/z.txt",
        "b.txt",
    ]
    assert [document.id for document in read([tmp_path / "news" / "a" / "z.txt"])] == ["z.txt"]


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", "T.")
    assert len(list(read([path, tmp_path, str(tmp_path / "*.txt")]))) == 1


@pytest.mark.parametrize(
    ("content", "id_"),
    [
        (b"Peru welcomed Fiji.", "stdin"),
        (b'{"id": "a", "text": "Peru welcomed Fiji."}\n', "a"),
        (b'[\n{"id": "a", "text": "Peru welcomed Fiji."}]', "a"),
        (b'{\n "id": "a",\n "text": "Peru welcomed Fiji."\n}', "a"),
        (gzip.compress(b'{"id": "a", "text": "Peru welcomed Fiji."}\n', mtime=0), "a"),
    ],
)
def test_standard_input_is_sniffed(monkeypatch: pytest.MonkeyPatch, content: bytes, id_: str) -> None:
    monkeypatch.setattr(sys, "stdin", Stdin(content))
    assert list(read(["-"])) == [Document(id=id_, text="Peru welcomed Fiji.")]


def test_the_format_can_be_given(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "stdin", Stdin(b"id,text\n1,Peru\n"))
    assert [document.text for document in read(["-"], format="csv")] == ["Peru"]
    assert texts_of_format(write(tmp_path, "a.log", "Peru"), "txt") == ["Peru"]


def texts_of_format(path: Path, format: str) -> list[str]:
    return [document.text for document in read([path], format=format)]


def test_a_file_without_suffix_is_sniffed(tmp_path: Path) -> None:
    (document,) = read([write(tmp_path, "page", PAGE.replace("{charset}", "utf-8"))])
    assert document.publisher == "Daily Example"


def test_reading_is_lazy(tmp_path: Path) -> None:
    path = write(tmp_path, "a.jsonl", '{"id": "a", "text": "T."}\nbroken\n')
    assert next(read([path])).id == "a"


def test_skipping_logs_and_goes_on(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    good = write(tmp_path, "b.txt", "T.")
    with caplog.at_level(logging.WARNING, logger="kg"):
        assert len(list(read([tmp_path / "a.txt", good], on_error="skip"))) == 1
    assert "a.txt: no such file" in caplog.text


def test_estimate_counts_what_is_cheap_to_count(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "T.")
    pq.write_table(pa.table({"id": ["1", "2"], "text": ["T.", "U."]}), tmp_path / "b.parquet")
    assert estimate([tmp_path]) == 3
    assert estimate([tmp_path, "-"]) is None
    assert estimate([tmp_path / "missing"]) is None


def test_outsiders_add_readers_by_entry_point(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def read_lines(source: Source) -> Iterator[Document]:
        assert source.path is not None
        yield from (Document(id=line, text=line) for line in source.path.read_text().split())

    class Point:
        name = "lst"

        def load(self) -> object:
            return read_lines

    monkeypatch.setattr(readers, "entry_points", lambda group: [Point()] if group == "kg.readers" else [])
    readers._table.cache_clear()
    try:
        assert texts(write(tmp_path, "a.lst", "Peru Fiji")) == ["Peru", "Fiji"]
    finally:
        readers._table.cache_clear()
