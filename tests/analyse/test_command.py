"""`kg analyse` as its user meets it."""

from __future__ import annotations

import csv
import io
import json
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.analyse.tables import FORMS
from kg.cli import main
from kg.export import export
from tests.analyse.graphs import claim, graph_of
from tests.test_architecture import HEAVY

EXPORTS = Path(__file__).parents[2] / "exports"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def kg(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.setenv("COLUMNS", "200")

    def run(*words: str | Path) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["kg", "analyse", *map(str, words)])
        with pytest.raises(SystemExit) as left:
            main()
        shown = capsys.readouterr()
        return int(left.value.code or 0), shown.out, shown.err

    return run


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    graph = graph_of(
        "A aids B",
        "B aids C",
        "C attacks A",
        claim("C attacks A", negated=True, by="C"),
        "P holdsOffice A",
        claim("P praises B", modality="planned"),
        classes={"P": "Person"},
        published={"d1": "2025-01-08"},
    )
    path = tmp_path_factory.mktemp("graph")
    export(graph, path, formats=["jsonl"])
    return path


def test_help_shows_every_question_and_examples(kg: Run) -> None:
    code, shown, _ = kg("--help")
    assert code == 0
    assert "..." not in shown.partition("Commands:")[2]
    for name in (
        "balance",
        "centrality",
        "chains",
        "communities",
        "contradictions",
        "ego",
        "matrix",
        "trend",
    ):
        assert f"  {name} " in shown
        own = kg(name, "--help")[1]
        assert f"kg analyse {name} graph/" in own
        assert all(f"--{option} " in own for option in ("family", "claimant", "since", "clock", "plot", "as"))


def test_table_csv_and_json(kg: Run, folder: Path) -> None:
    code, shown, _ = kg("centrality", folder, "--rank", "degree", "--top", "2")
    assert code == 0
    assert [line.split()[0] for line in shown.splitlines()[3:5]] == ["A", "B"]
    rows = list(csv.DictReader(io.StringIO(kg("centrality", folder, "--as", "csv")[1])))
    found = json.loads(kg("centrality", folder, "--as", "json")[1])
    assert [row["actor"] for row in rows] == [one["actor"] for one in found]
    assert {row["class"] for row in rows} == {"State", "Person"}


def test_filters(kg: Run, folder: Path) -> None:
    def pairs(*options: str) -> list[tuple[str, str]]:
        out = kg("matrix", folder, "--as", "csv", *options)[1]
        return [(row["source_name"], row["target_name"]) for row in csv.DictReader(io.StringIO(out))]

    assert pairs() == [("A", "B"), ("B", "C"), ("C", "A")]
    assert pairs("--family", "materialConflict") == [("C", "A")]
    assert pairs("--type", "aids", "--type", "praises") == [("A", "B"), ("B", "C")]
    assert pairs("--modality", "planned", "--roll-up") == [("A", "B")]
    assert pairs("--modality", "any", "--roll-up", "--type", "praises", "--by", "year") == [("A", "B")]
    assert pairs("--until", "2024") == []
    assert pairs("--undirected") == [("A", "B"), ("A", "C"), ("B", "C")]


def test_balance_sums_up_on_standard_error(kg: Run, folder: Path) -> None:
    code, shown, said = kg("balance", folder)
    assert code == 0
    assert said == "1 triangle (0 +++, 0 +--, 1 ++-, 0 ---); 0% are balanced, by chance 0%\n"
    assert "C attacks A" in shown


def test_chains_and_contradictions(kg: Run, folder: Path) -> None:
    code, shown, _ = kg("chains", folder, "p", "C", "--as", "json", "--count", "1")
    assert code == 0
    (chain,) = json.loads(shown)
    assert [step["two_name"] for step in chain["steps"]] == ["A", "C"]
    _, shown, _ = kg("contradictions", folder, "--kind", "denied")
    assert "not: C attacks A" in shown


def test_ego_and_trend(kg: Run, folder: Path) -> None:
    code, shown, _ = kg("ego", folder, "a", "--as", "csv")
    assert code == 0
    rows = {row["name"]: row for row in csv.DictReader(io.StringIO(shown))}
    assert rows["C"]["families"] == "1 materialConflict"
    assert rows["P"]["quote"] == "P holdsOffice A"
    code, shown, _ = kg("trend", folder, "C", "A", "--by", "month", "--as", "json")
    assert code == 0
    assert [(cell["period"], cell["material_conflict"]) for cell in json.loads(shown)["cells"]] == [
        ("2025-01", 1)
    ]


def test_the_table_is_printed_where_nothing_can_be_drawn(kg: Run, folder: Path, tmp_path: Path) -> None:
    code, shown, said = kg("chains", folder, "A", "P", "--type", "arms", "--plot", tmp_path / "p.svg")
    assert code == 2
    assert shown.strip().startswith("chain")
    assert said == "error: nothing to draw for chains: the result is empty, or nothing in it has a date\n"
    assert not (tmp_path / "p.svg").exists()


@pytest.mark.parametrize("name", sorted(FORMS))
def test_examples_in_the_help_find_something(kg: Run, name: str, tmp_path: Path) -> None:
    lines = [line.strip() for line in kg(name, "--help")[1].splitlines()]
    examples = [line for line in lines if line.startswith("kg analyse ")]
    assert examples
    for example in examples:
        words = [str(EXPORTS) if word == "graph/" else word for word in shlex.split(example)[2:]]
        words = [str(tmp_path / word) if word.endswith(".svg") else word for word in words]
        code, shown, said = kg(*words)
        assert code == 0, (example, said)
        assert len(shown.splitlines()) > 1, example


def test_what_is_planned_says_so(kg: Run, folder: Path) -> None:
    _, shown, _ = kg("ego", folder, "P", "--modality", "any", "--type", "praises")
    assert "planned: P praises B" in " ".join(kg("chains", folder, "P", "B", "--modality", "any")[1].split())
    assert "B" in shown


def test_plot_beside_the_table(kg: Run, folder: Path, tmp_path: Path) -> None:
    code, shown, _ = kg("communities", folder, "--plot", tmp_path / "p.svg")
    assert code == 0
    assert "modularity" in shown
    assert (tmp_path / "p.svg").read_bytes().startswith(b"<?xml")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("chains", "A", "Nobody"), "error: no actor is named 'Nobody'"),
        (("matrix", "--family", "love"), "error: unknown family 'love'; known: material"),
        (("matrix", "--negated", "include"), "error: a negated statement is neither"),
        (("matrix", "--plot", "x.pdf"), "error: x.pdf: a plot is a file that ends in .svg or .png"),
        (("contradictions", "--kind", "x"), "error: unknown kind of contradiction 'x'"),
        (("matrix", "--class", "Country"), "error: unknown actor class 'Country'"),
        (("contradictions", "--negated", "only"), "error: contradictions always look at what is denied"),
    ],
)
def test_mistakes_are_one_line(kg: Run, folder: Path, words: tuple[str, ...], message: str) -> None:
    code, shown, said = kg(words[0], folder, *words[1:])
    assert (code, shown) == (2, "")
    assert said.startswith(message)
    assert said.count("\n") == 1


def test_help_loads_nothing_heavy() -> None:
    script = (
        "import sys; sys.argv = ['kg', 'analyse', 'matrix', '--help']\n"
        "from kg.cli import main\n"
        "try:\n    main()\nfinally:\n"
        f"    print('loaded:', *sorted({set(HEAVY)} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "loaded:"


@pytest.mark.parametrize(
    ("library", "words"), [("igraph", ["centrality"]), ("matplotlib", ["matrix", "--plot", "x.svg"])]
)
def test_a_missing_library_is_named_with_its_extra(folder: Path, library: str, words: list[str]) -> None:
    script = f"import sys; sys.modules[{library!r}] = None; from kg.cli import main; main()"
    call = [sys.executable, "-c", script, "analyse", words[0], str(folder), *words[1:]]
    done = subprocess.run(call, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.endswith(f"needs {library}: pip install 'polkg[analyse]'\n")
