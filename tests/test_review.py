"""`kg review` as its user meets it, and builds that honour the answers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.test_cli import Command


@pytest.fixture
def kg(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    monkeypatch.setenv("COLUMNS", "200")
    return Command(monkeypatch, capsys)


def folder(path: Path) -> dict[str, bytes]:
    files = (file for file in path.rglob("*") if file.is_file() and file.name != "judgements.yaml")
    return {str(file.relative_to(path)): file.read_bytes() for file in files}


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    path = tmp_path / "notes.jsonl"
    texts = {"one": "Brazil criticised Ecuador. Peru praised Chile.", "two": "Retno Wiryawan praised Peru."}
    lines = [json.dumps({"id": id_, "lang": "en", "text": text}) for id_, text in texts.items()]
    path.write_text("\n".join(lines), "utf8")
    return path


def claims(path: Path) -> list[tuple[str, str, str, float]]:
    rows = [json.loads(line) for line in (path / "statements.jsonl").read_text("utf8").splitlines()]
    return [(r["source"]["name"], r["type"], r["target"]["name"], r["confidence"]) for r in rows]


def test_review_asks_writes_each_answer_and_the_next_build_honours_it(
    kg: Command, notes: Path, tmp_path: Path
) -> None:
    out, file = tmp_path / "g", tmp_path / "g" / "judgements.yaml"
    assert kg("build", notes, "-o", out, "-q").code == 0
    number = len(claims(out))
    done = kg("review", out, stdin="what?\nno\ny\n")
    assert done.code == 0
    assert done.out.count("Does the text say so?") == 4  # one again for "what?", the last at the end of input
    assert "⟦" in done.out
    assert "says the narrator" in done.out
    assert f"2 judgements given -> {file}" in done.err
    first = file.read_text("utf8")
    assert kg("review", out, "--limit", "1", stdin="q\n").out.count("say so?") == 1
    assert file.read_text("utf8") == first
    assert kg("export", out, "-o", tmp_path / "exported").code == 0
    built = kg("build", notes, "-o", out)
    assert (built.code, "warning" in built.err) == (0, False)
    assert len(claims(out)) == number - 1
    assert 1.0 in [confidence for *_, confidence in claims(out)]
    assert folder(tmp_path / "exported") == folder(out)
    again = folder(out)
    assert kg("build", notes, "-o", out, "-q", "--processes", "2").code == 0
    assert folder(out) == again


def test_right_statement_is_kept_below_the_threshold(kg: Command, notes: Path, tmp_path: Path) -> None:
    file, out = tmp_path / "mine.yaml", tmp_path / "g"
    file.write_text(
        "- right: {document: one, source: Brazil, type: criticises, target: Ecuador}\n"
        "- wrong: {document: elsewhere, source: Brazil, type: criticises, target: Ecuador}\n",
        "utf8",
    )
    done = kg("build", notes, "-o", out, "--min-confidence", "1", "--judgements", file)
    assert claims(out) == [("Brazil", "criticises", "Ecuador", 1.0)]
    assert f"warning: {file}:2: met nothing: wrong: Brazil criticises Ecuador in 'elsewhere'\n" in done.err
    assert done.code == 0


def test_review_of_actors(kg: Command, tmp_path: Path) -> None:
    news, out = tmp_path / "news.jsonl", tmp_path / "g"
    texts = ("Retno Wiryawan praised Peru.", "Retno Wiryavan criticised Chile.")
    lines = [json.dumps({"id": str(n), "lang": "en", "text": text}) for n, text in enumerate(texts)]
    news.write_text("\n".join(lines), "utf8")
    assert kg("build", news, "-o", out, "-q").code == 0
    done = kg("review", out, "--about", "actors", stdin="y\n")
    assert done.out.count("one and the same?") == 1
    assert "Retno Wiryavan" in done.out
    assert "1 judgement given" in done.err
    assert kg("build", news, "-o", out).code == 0
    assert len({source for source, *_ in claims(out)}) == 1
    assert kg("review", out, "--about", "actors", stdin="").out == ""


def test_faulty_judgements_stop_before_the_work(kg: Command, notes: Path, tmp_path: Path) -> None:
    (tmp_path / "j.yaml").write_text("- same: [A, B]\n- wrong: {document: one}\n", "utf8")
    done = kg("build", notes, "-o", tmp_path / "g", "--judgements", tmp_path / "j.yaml")
    assert done.code == 2
    assert "j.yaml:2: wrong.source: " in done.err
    assert not (tmp_path / "g").exists()
    assert kg("build", notes, "-o", tmp_path / "g", "--judgements", tmp_path / "none.yaml").code == 2
