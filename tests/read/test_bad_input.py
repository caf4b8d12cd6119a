"""Every row of docs/bad-input.md."""

from __future__ import annotations

import gzip
import json
import logging
from pathlib import Path

import pyarrow as pa  # type: ignore[import-untyped]  # ships no types
import pyarrow.parquet as pq  # type: ignore[import-untyped]  # ships no types
import pytest

from kg.errors import InputError, UnknownNameError
from kg.read import read

GOOD = '{"id": "good", "text": "Peru welcomed Fiji."}\n'
TEXT = "Peru menyambut Fiji."


def write(folder: Path, name: str, content: bytes | str) -> str:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(path)


def record(**fields: object) -> str:
    return json.dumps({"id": "x", "text": TEXT, **fields}) + "\n"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \r\n\t\n", "white space"),
        ("a.jsonl", b"\n\n", "no document"),
        ("a.jsonl", b"", "no document"),
        ("a.json", b"[]", "no document"),
        ("a.csv", b"id,text\n", "no document"),
        ("a.csv", b"", "empty"),
        ("a.txt", b"ab " * 17_000_000, "too long"),
        ("a.txt", b"ab " * 700_000, "2100000 characters"),
        ("a.html", b"<p>" + b"ab " * 17_000_000, "too long"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\xff\xfe\x00", "binary"),
        ("a.txt", bytes(range(256)) * 20, "binary"),
        ("a.txt", b"\x01\x02\x03\x04 text", "binary"),
        ("a.txt", b"Peru\n\x00Fiji\n", "a.txt:2: a NUL"),
        ("a.xyz", b"Peru", "no reader for .xyz"),
        ("a.txt.gz", gzip.compress(b"Peru", mtime=0)[:-6], "broken gzip"),
        ("a.json", b'[{"id": "x", "text": "T."},\n {"id": "y",', "a.json:2: broken JSON"),
        ("a.json", b'[{"id": "x", "text": "T."}', "not closed"),
        ("a.json", b"[1]", "expected an object"),
        ("a.csv", b"id,body\n1,Peru\n", "a.csv:1: no columns id and text in the first line: 'id,body'"),
        ("a.csv", b'id,text\n1,Peru\n2,"Fiji\n3,Peru\n', "a.csv:3: broken table"),
        ("a.parquet", b"PAR1 and nothing else", "not a readable Parquet file"),
        ("a.html", b"<html><body><nav><a href='/'>Home</a></nav></body></html>", "no article text"),
    ],
)
def test_a_bad_file_is_an_error_that_names_it(
    tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    path = write(tmp_path, name, content)
    with pytest.raises(InputError) as caught:
        list(read([path]))
    assert str(caught.value).startswith(path)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"id": "x"', "broken JSON"),
        ("[1, 2]", "expected an object"),
        ('{"text": "T."}', "id: expected a string, found nothing"),
        ('{"id": "x"}', "text: expected a string, found nothing"),
        (record(text=" "), "text: no text"),
        (record(text=["T."]), "text: expected a string, found a list"),
        (record(title=5), "title: expected a string, found a number"),
        (record(published="yesterday"), "published: not a date"),
        (record(published=2025), "published: not a date"),
        (record(lang="Indonesian language"), "lang: not a language code"),
        (record(id="a\nb"), "id: control characters"),
        (record(id="\u202eabc"), "id: control characters"),
        (record(id="a" * 513), "id: 513 characters"),
        (record(id=" a"), "id: empty or with white space"),
        (record(id=True), "id: expected a string"),
        ('{"id": "x", "text": "\\ud800"}', "surrogate"),
        ('{"id": "x", "text": "T\\u0000"}', "NUL"),
        ('{"id": "x", "text": "' + "a" * 2_000_001 + '"}', "2000001 characters"),
        ('{"id": "x", "text": "' + "a" * 50_000_000 + '"}', "a line of 50000"),
    ],
)
def test_a_bad_line_is_an_error_with_its_number_and_leaves_the_others(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, line: str, message: str
) -> None:
    path = write(tmp_path, "a.jsonl", line.rstrip("\n") + "\n" + GOOD)
    with pytest.raises(InputError) as caught:
        list(read([path]))
    assert str(caught.value).startswith(f"{path}:1: ")
    assert message in str(caught.value)
    with caplog.at_level(logging.WARNING, logger="kg"):
        assert [document.id for document in read([path], on_error="skip")] == ["good"]
    assert message in caplog.text


def test_a_line_in_another_encoding_than_its_file_leaves_the_others(tmp_path: Path) -> None:
    filler = "".join(record(id=f"f{number}", text="é" * 1000) for number in range(100))
    start = (
        filler.encode() + json.dumps({"id": "u", "text": "é" * 40_000}, ensure_ascii=False).encode() + b"\n"
    )
    path = write(tmp_path, "a.jsonl", start + b'{"id": "x", "text": "caf\xe9"}\n' + GOOD.encode())
    with pytest.raises(InputError, match=r"a\.jsonl:102: not valid utf_8"):
        list(read([path]))
    assert [document.id for document in read([path], on_error="skip")][-2:] == ["u", "good"]


@pytest.mark.parametrize("name", ["missing.txt", "missing/*.txt", "x\0y.txt", "a" * 5000])
def test_what_is_not_there_is_an_error(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError):
        list(read([tmp_path / name]))


def test_a_folder_without_a_readable_file_is_an_error(tmp_path: Path) -> None:
    write(tmp_path, "a.xyz", "Peru")
    with pytest.raises(InputError, match="no file in it that can be read"):
        list(read([tmp_path]))


def test_a_file_that_the_system_refuses_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    path = write(tmp_path, "a.txt", "Peru")
    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(InputError, match=r"a\.txt: cannot be read: Permission denied"):
        list(read([path]))


def test_a_document_of_a_million_characters_is_read(tmp_path: Path) -> None:
    text = "Peru said. " * 91_000
    assert [document.text for document in read([write(tmp_path, "a.txt", text)])] == [text]


@pytest.mark.parametrize("id_", ["../../etc/passwd", "مرحبا", "a b", "C:\\x", "<script>"])
def test_odd_ids_are_kept(tmp_path: Path, id_: str) -> None:
    assert [document.id for document in read([write(tmp_path, "a.jsonl", record(id=id_))])] == [id_]


def test_an_id_given_twice_names_both_places(tmp_path: Path) -> None:
    first, second = write(tmp_path, "a.jsonl", GOOD), write(tmp_path, "b.jsonl", record() + GOOD)
    with pytest.raises(InputError) as caught:
        list(read([first, second]))
    assert f"{second}: id 'good' of document 2 was given before, in document 1 of {first}" in str(
        caught.value
    )


def test_a_csv_row_with_a_column_too_few_leaves_the_others(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", 'id,text,lang\n1,"Peru\nand Fiji",en\n2,Fiji\n3,Peru,en\n')
    with pytest.raises(InputError, match=r"a\.csv:4: a row of 2 columns; the first line has 3"):
        list(read([path]))
    assert [document.id for document in read([path], on_error="skip")] == ["1", "3"]


def test_parquet_without_the_columns_or_the_text_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"id": ["a"], "body": ["Peru"]}), path)
    with pytest.raises(InputError, match="no columns id and text; columns found: id, body"):
        list(read([path]))
    pq.write_table(pa.table({"id": ["a", "b"], "text": [None, "Peru"]}), path)
    with pytest.raises(InputError, match="row 1: text: expected a string"):
        list(read([path]))
    assert [document.id for document in read([path], on_error="skip")] == ["b"]


def test_unknown_names_list_the_known(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", "Peru")
    with pytest.raises(UnknownNameError, match="jsonl"):
        list(read([path], format="docx"))
    with pytest.raises(UnknownNameError, match="stop"):
        list(read([path], on_error="ignore"))  # type: ignore[arg-type]  # what a user without types may do
