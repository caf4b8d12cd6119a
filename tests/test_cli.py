"""The command as its user meets it: what is printed where, and exit codes."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg.cli import main

EXAMPLES = Path(__file__).parents[1] / "examples"
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s a polkg:Statement }"


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    code: int
    out: str
    err: str


class Command:
    """Runs `kg` inside this process, so that the pipelines are loaded once."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.monkeypatch, self.capsys = monkeypatch, capsys

    def __call__(self, *arguments: str | Path, stdin: str | None = None) -> Done:
        self.monkeypatch.setattr(sys, "argv", ["kg", *map(str, arguments)])
        if stdin is not None:
            self.monkeypatch.setattr(
                sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(stdin.encode())))
            )
        with pytest.raises(SystemExit) as left:
            main()
        captured = self.capsys.readouterr()
        return Done(code=int(left.value.code or 0), out=captured.out, err=captured.err)


@pytest.fixture
def kg(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    monkeypatch.setenv("COLUMNS", "200")
    return Command(monkeypatch, capsys)


@pytest.fixture(scope="session")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the graph of all sample articles, once."""
    from kg.export import export
    from kg.pipeline import build

    folder = tmp_path_factory.mktemp("graph")
    export(build(EXAMPLES), folder)
    return folder


def test_version_and_help(kg: Command) -> None:
    assert kg("--version").out.startswith("polkg 0.")
    shown = kg("--help").out
    assert all(name in shown for name in ("build", "query", "show", "validate", "export", "eval", "types"))
    for name in ("build", "query", "show", "validate", "export", "review", "eval"):
        assert f"kg {name} " in kg(name, "--help").out.split("Options:")[0].split("\n", 1)[1]


def test_build_writes_a_folder_and_sums_up_on_standard_error(kg: Command, tmp_path: Path) -> None:
    done = kg("build", EXAMPLES / "briefs.jsonl", "-o", tmp_path / "g", "--to", "gexf")
    assert (done.code, done.out) == (0, "")
    assert done.err.startswith("3 documents, ")
    assert (tmp_path / "g" / "graph.gexf").exists()
    assert (tmp_path / "g" / "statements.jsonl").exists()
    assert not (tmp_path / "g" / "graph.cypher").exists()


def test_threads_and_processes_change_no_byte(kg: Command, tmp_path: Path) -> None:
    for name, options in (("one", ()), ("more", ("--threads", "2", "--processes", "2"))):
        done = kg("build", EXAMPLES / "briefs.jsonl", "-o", tmp_path / name, "--quiet", *options)
        assert done.code == 0
    one, more = (
        {path.name: path.read_bytes() for path in (tmp_path / name).rglob("*") if path.is_file()}
        for name in ("one", "more")
    )
    assert len(one) > 10
    assert one == more


def test_quiet_build_says_nothing(kg: Command, tmp_path: Path) -> None:
    done = kg("build", EXAMPLES / "briefs.jsonl", "-o", tmp_path, "--to", "jsonl", "--quiet")
    assert (done.code, done.out, done.err) == (0, "", "")


def test_build_from_standard_input(kg: Command, tmp_path: Path) -> None:
    done = kg("build", "-", "-o", tmp_path, "--to", "jsonl", "--lang", "en", stdin="Brazil praised Ecuador.")
    assert done.code == 0
    rows = [json.loads(line) for line in (tmp_path / "statements.jsonl").read_text("utf8").splitlines()]
    assert [(r["source"]["name"], r["type"], r["target"]["name"]) for r in rows] == [
        ("Brazil", "praises", "Ecuador")
    ]


def test_input_that_is_not_there(kg: Command, tmp_path: Path) -> None:
    done = kg("build", tmp_path / "missing.txt", "-o", tmp_path / "g")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("error: ")
    assert "missing.txt" in done.err
    assert done.err.count("\n") == 1
    assert not (tmp_path / "g").exists()


def test_broken_line_stops_or_is_skipped(kg: Command, tmp_path: Path) -> None:
    news = tmp_path / "news.jsonl"
    news.write_text('{"id": "1", "text": "Russia attacked Ukraine.", "lang": "en"}\n{"id": "2", \n', "utf8")
    stopped = kg("build", news, "-o", tmp_path / "g")
    assert stopped.code == 2
    assert "news.jsonl:2: " in stopped.err
    assert not (tmp_path / "g").exists()
    skipped = kg("build", news, "-o", tmp_path / "g", "--on-error", "skip", "--to", "jsonl")
    assert skipped.code == 0
    assert "warning: " in skipped.err
    assert "news.jsonl:2: " in skipped.err


def test_other_language_stops_or_is_skipped(kg: Command, tmp_path: Path) -> None:
    article = tmp_path / "article.txt"
    article.write_text("Der Bundeskanzler hat am Montag in Berlin den Haushalt vorgestellt.", "utf8")
    stopped = kg("build", article, "-o", tmp_path / "g")
    assert stopped.code == 2
    assert "'de'" in stopped.err
    skipped = kg("build", article, "-o", tmp_path / "g", "--unsupported", "skip", "--to", "jsonl")
    assert skipped.code == 0
    assert "0 documents" in skipped.err


@pytest.fixture
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("_elsewhere")
@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("build", EXAMPLES, "-o", "x", "--to", "docx"), "graphml"),
        (("build", EXAMPLES), "--output"),
        (("build", EXAMPLES, "-o", "x", "--unsupported", "ignore"), "skip"),
        (("frobnicate",), "frobnicate"),
        (("export", EXAMPLES, "-o", "x"), "documents.jsonl"),
        (("query", EXAMPLES), "--question"),
        (("eval", EXAMPLES / "briefs.jsonl", EXAMPLES / "briefs.jsonl", "--min", "f1"), "MEASURE=VALUE"),
    ],
)
def test_wrong_usage_says_what_would_be_right(
    kg: Command, arguments: tuple[str | Path, ...], named: str
) -> None:
    done = kg(*arguments)
    assert (done.code, done.out) == (2, "")
    assert named in done.err
    assert "Traceback" not in done.err
    assert not Path("x").exists()


def test_query_as_table_csv_and_json(kg: Command, graph: Path) -> None:
    number = len((graph / "statements.jsonl").read_text("utf8").splitlines())
    assert number > 0
    assert str(number) in kg("query", graph, COUNT).out
    assert list(csv.reader(io.StringIO(kg("query", graph, COUNT, "--as", "csv").out))) == [
        ["n"],
        [str(number)],
    ]
    answer = json.loads(kg("query", graph, COUNT, "--as", "json").out)
    assert answer["results"]["bindings"][0]["n"]["value"] == str(number)
    assert "yes" in kg("query", graph, "ASK { ?s a polkg:Statement }").out
    assert kg("query", graph, "-", "--as", "csv", stdin=COUNT).out == f"n\n{number}\n"


def test_query_that_does_not_parse(kg: Command, graph: Path) -> None:
    done = kg("query", graph, "SELECT WHERE")
    assert done.code == 2
    assert done.err.startswith("error: ")


def test_questions_can_be_asked(kg: Command, graph: Path) -> None:
    known = json.loads(kg("questions", "--as", "json").out)
    assert known
    for question in known:
        if not question["parameters"]:
            assert kg("query", graph, "--question", question["question"]).code == 0
    done = kg("query", graph, "--question", "nonsense")
    assert done.code == 2
    assert known[0]["question"] in done.err


def test_graph_is_valid(kg: Command, graph: Path) -> None:
    assert kg("validate", graph).code == 0


def test_export_of_a_folder_is_what_build_wrote(kg: Command, graph: Path, tmp_path: Path) -> None:
    assert kg("export", graph, "-o", tmp_path).code == 0
    written = sorted(path.relative_to(graph) for path in graph.rglob("*") if path.is_file())
    assert sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file()) == written
    for path in written:
        assert (tmp_path / path).read_bytes() == (graph / path).read_bytes(), path


def test_folder_never_holds_two_graphs(kg: Command, graph: Path, tmp_path: Path) -> None:
    assert kg("export", graph, "-o", tmp_path, "--to", "rdf", "--to", "gexf").code == 0
    assert kg("export", tmp_path, "-o", tmp_path, "--to", "graphml").code == 0
    assert {"graph.nq", "graph.gexf", "graph.graphml"} <= {path.name for path in tmp_path.iterdir()}
    assert kg("build", EXAMPLES / "briefs.jsonl", "-o", tmp_path, "--to", "gexf").code == 0
    assert not {"graph.nq", "graph.graphml"} & {path.name for path in tmp_path.iterdir()}
    number = len((tmp_path / "statements.jsonl").read_text("utf8").splitlines())
    assert kg("query", tmp_path, COUNT, "--as", "csv").out == f"n\n{number}\n"


def test_show_marks_statements_under_the_article(kg: Command, tmp_path: Path) -> None:
    article = tmp_path / "article.txt"
    article.write_text("Russia attacked Ukraine. Brazil did not sanction Russia.", "utf8")
    done = kg("show", article, "--lang", "en")
    assert done.code == 0
    assert "Russia —attacks→ Ukraine" in done.out
    assert "Brazil —sanctions→ Russia  [negated]" in done.out
    assert "“Russia attacked Ukraine" in done.out


def test_types_are_listed(kg: Command) -> None:
    rows = json.loads(kg("types", "--as", "json").out)
    assert {"type": "meets", "family": "verbalCooperation", "quad": 1, "symmetric": "yes"}.items() <= {
        row["type"]: row for row in rows
    }["meets"].items()


def test_eval_prints_measures_and_holds_thresholds(kg: Command, graph: Path, tmp_path: Path) -> None:
    statements = [json.loads(line) for line in (graph / "statements.jsonl").read_text("utf8").splitlines()]
    first = statements[0]
    actors = {end: {"name": first[end]["name"]} for end in ("source", "target")}
    claim = {"source": "source", "type": first["type"], "target": "target", "negated": first["negated"]}
    gold, documents = tmp_path / "gold.jsonl", tmp_path / "documents.jsonl"
    item = {"id": first["document"], "lang": "en", "actors": actors, "statements": [claim]}
    gold.write_text(json.dumps(item), "utf8")
    documents.write_text(json.dumps({"id": first["document"], "lang": "en", "text": ""}), "utf8")
    done = kg("eval", gold, documents, graph, "--as", "json", "--min", "strict_recall=1")
    assert done.code == 0
    assert {"measure": "strict_recall", "value": 1.0} in json.loads(done.out)
    failed = kg("eval", gold, documents, graph, "--min", "evidence_exact=1")
    assert failed.code == 1
    assert "evidence_exact" in failed.err
    assert kg("eval", gold, documents, graph, "--min", "nonsense=1").code == 2


def test_eval_builds_the_documents_where_no_graph_is_given(kg: Command, tmp_path: Path) -> None:
    text = "Brazil criticised Ecuador."
    gold, documents = tmp_path / "gold.jsonl", tmp_path / "documents.jsonl"
    item = {
        "id": "a",
        "lang": "en",
        "actors": {"b": {"name": "Brazil"}, "e": {"name": "Ecuador"}},
        "statements": [{"source": "b", "type": "criticises", "target": "e"}],
    }
    gold.write_text(json.dumps(item), "utf8")
    documents.write_text(json.dumps({"id": "a", "lang": "en", "text": text}), "utf8")
    least = ("--min", "strict_f1=1", "--min", "evidence_exact=1")
    assert kg("eval", gold, documents, "--min-confidence", "0.5", *least).code == 0


def test_eval_takes_texts_from_the_gold(kg: Command, two_languages: Path, tmp_path: Path) -> None:
    gold = two_languages
    rows = list(csv.DictReader(io.StringIO(kg("eval", gold, "--as", "csv").out)))
    assert {"measure": "strict_recall", "value": "1.0", "en": "1.0", "id": "1.0"} in rows
    shown = kg("eval", gold, "--lang", "id", "--as", "markdown").out
    assert [line for line in shown.splitlines() if line.startswith("## ")] == ["## Language id"]
    assert "### Thresholds" in shown
    kg("build", gold, "-o", tmp_path / "graph", "--to", "jsonl", "-q")
    for found in (tmp_path / "graph", tmp_path / "graph" / "statements.jsonl"):
        assert (
            kg("eval", gold, found, "--lang", "id", "--as", "markdown").out.count("`strict_recall` | 1.0")
            == 1
        )
    items = [json.loads(row) for row in gold.read_text("utf8").splitlines()]
    del items[1]["text"]
    gold.write_text("".join(json.dumps(item) + "\n" for item in items), "utf8")
    done = kg("eval", gold, tmp_path / "graph", "--only", "types", "--as", "json")
    assert {"type": "criticises", "gold": 1, "hit": 1}.items() <= json.loads(done.out)[0].items()
    assert done.err == "1 item without a text left out\n"
    del items[0]["text"]
    gold.write_text("".join(json.dumps(item) + "\n" for item in items), "utf8")
    blind = json.loads(kg("eval", gold, tmp_path / "graph", "--as", "json").out)
    figures = {row["measure"]: row["value"] for row in blind}
    assert (figures["strict_recall"], figures["evidence_exact"]) == (1.0, None)
    failed = kg("eval", gold)
    assert (failed.code, failed.out) == (2, "")
    assert "no texts" in failed.err


def test_eval_with_another_threshold_and_a_wrong_table(kg: Command, graph: Path, tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    statement = json.loads((graph / "statements.jsonl").read_text("utf8").splitlines()[0])
    gold.write_text(
        json.dumps({"id": statement["document"], "lang": "en", "actors": {}, "statements": []}), "utf8"
    )
    found = [
        json.loads(kg("eval", gold, graph, "--only", "calibration", "--as", "json", *options).out)
        for options in ((), ("--min-confidence", "1"))
    ]
    assert found[0] == found[1] != []
    shown = kg("eval", gold, graph, "--min-confidence", "1", "--only", "types", "--as", "csv").out
    assert shown == "type,gold,hit,predicted,right,precision,recall\n"
    done = kg("eval", gold, graph, "--only", "nonsense")
    assert (done.code, done.out) == (2, "")
    assert "thresholds" in done.err


def test_module_runs_as_command_and_interrupting_it_exits_with_130(tmp_path: Path) -> None:
    script = (
        "import sys, kg.pipeline, kg.cli\n"
        "def interrupted(*_, **__): raise KeyboardInterrupt\n"
        "kg.pipeline.build = interrupted\n"
        f"sys.argv = ['kg', 'build', {str(EXAMPLES)!r}, '-o', {str(tmp_path / 'g')!r}]\n"
        "kg.cli.main()"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, (tmp_path / "g").exists()) == (130, False)
    shown = subprocess.run([sys.executable, "-m", "kg", "types"], capture_output=True, text=True, check=True)
    assert "partnerOf" in shown.stdout


def test_same_bytes_in_another_process_with_another_hash_seed(graph: Path, tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "kg",
        "build",
        str(EXAMPLES),
        "-o",
        str(tmp_path),
        "--processes",
        "2",
        "-q",
    ]
    subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": "7"})
    for path in sorted(path for path in graph.rglob("*") if path.is_file()):
        assert (tmp_path / path.relative_to(graph)).read_bytes() == path.read_bytes(), path
