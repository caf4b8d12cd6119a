"""Make the gazetteer that the package ships from library tables and our own rows, and check its ids.

    python -m training.gazetteer [--check FOLDER]

States come from rigour (Wikidata ids) and Babel (their names); demonyms, seats, other names and all other
actors from the rows in `training/gazetteer/*.psv`. With `--check`, every id is looked up in the tables of
that folder (`gaz/*.jsonl`, `gaz/*.csv`) and in the benchmark beside it: an id that none has is taken out.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from babel import Locale
from rigour.territories import get_territories, get_territory

ROWS = Path(__file__).parent / "gazetteer"
DATA = Path(__file__).parent.parent / "kg" / "actors" / "data"
BOTH = "*"
OTHERS = ("fr", "ms")
"""Languages besides English and Indonesian: states by Babel, all else by `other_languages.psv`."""
SPELLED = ("IntergovernmentalOrganisation", "ArmedGroup", "CivilOrganisation")
"""Classes whose names are nobody else's in the other spelling."""
SPELLINGS = (
    ("Organisation", "Organization"), ("Labour", "Labor"), ("Defence", "Defense"), ("Centre", "Center"),
    ("Programme", "Program"), ("Co-operation", "Cooperation"), ("Mobilisation", "Mobilization"),
)  # fmt: skip
LISTED = re.compile(r" - |[(]|SAR|R[.]A[.]S[.]")
"""Names for lists, not for text: "Congo - Kinshasa"."""


def main(arguments: list[str] | None = None) -> int:
    """Write `actors.tsv`, `names.tsv` and `terms.tsv` into the package; print what the check took out."""
    parser = argparse.ArgumentParser(prog="training.gazetteer", description="Make the gazetteer.")
    parser.add_argument("--check", type=Path, help="folder with gaz/, beside bench/, to look up ids in")
    options = parser.parse_args(arguments)
    rows = [*states(), *bodies(), *persons()]
    keys = [row.key for row in rows]
    add_other_languages({row.key: row for row in rows})
    if doubles := sorted({key for key in keys if keys.count(key) > 1}):
        raise SystemExit(f"keys used twice: {', '.join(doubles)}")
    if options.check:
        known = known_ids(options.check)
        unknown = [row for row in rows if row.qid and row.qid not in known]
        for row in unknown:
            print(f"left out, not in the tables: {row.qid} {row.name}")
        gone = {row.key for row in unknown}
        rows = [replace(row, qid="") if row.key in gone else row for row in rows]
    write(rows)
    print(f"{len(rows)} actors, {sum(bool(row.qid) for row in rows)} with an id")
    return 0


def states() -> Iterator[Row]:
    """Yield states and territories: every country of rigour, and the rows of `states.psv`."""
    own = {cells[0].partition("=")[0]: cells for cells in read_rows("states.psv", 6)}
    english, indonesian = Locale("en").territories, Locale("id").territories
    codes = sorted({t.code for t in get_territories() if t.is_country and not t.is_historical} | set(own))
    for code in codes:
        territory = get_territory(code)
        if territory is None:
            raise SystemExit(f"rigour has no territory {code!r}")
        first, people, seats, seats_id, names, names_id = own.get(code, [code, "", "", "", "", ""])
        name = in_full(territory.name)
        row = Row(key=code, qid=first.partition("=")[2] or territory.qid or "", cls="State", name=name)
        row.add("en", "name", [name, in_full(english.get(code.upper(), "")), *split(names)])
        local = in_full(indonesian.get(code.upper(), ""))
        row.add("id", "name", [*split(names_id), local])
        row.add("en", "metonym", split(seats))
        row.add("id", "metonym", split(seats_id))
        listed = " - " in local  # "Kongo - Kinshasa" is for lists, not for text
        row.label_id = local if local and not listed else (split(names_id) or [name])[0]
        for person in split(people):
            one, _, several = person.partition("/")
            row.add("en", "demonym", [one])
            row.add("en", "people", [several or plural(one)])
        yield row


def bodies() -> Iterator[Row]:
    """Yield bodies, organisations, parties, media, companies and groups of `bodies.psv`."""
    for key, qid, cls, both, english, indonesian, of, concept, home in read_rows("bodies.psv", 9):
        names = [*split(english), *split(both)]
        name = (names or split(indonesian))[0]
        row = Row(key=key, qid=qid, cls=cls, of=of, concept=concept, home=home, name=name)
        row.add(BOTH, "name", split(both))
        row.add("en", "name", split(english))
        if cls in SPELLED:  # Australia's Labor is not Britain's Labour
            row.add("en", "name", other_spellings(split(english)))
        row.add("id", "name", split(indonesian))
        row.label_id = (split(indonesian) or [row.name])[0]
        yield row


def other_spellings(names: Iterable[str]) -> Iterator[str]:
    """Yield English names in all mixtures of British and American spelling: writers mix them, too."""
    for name in names:
        found = [name]
        for pair in SPELLINGS:
            for one, other in (pair, pair[::-1]):
                found += [re.sub(rf"\b{one}\b", other, n) for n in found if re.search(rf"\b{one}\b", n)]
        yield from dict.fromkeys(found[1:])


def persons() -> Iterator[Row]:
    """Yield the people of `persons.psv`, with their terms of office."""
    for key, qid, name, both, english, indonesian, alone, terms in read_rows("persons.psv", 8):
        row = Row(key=key, qid=qid, cls="Person", name=name, label_id=(split(indonesian) or [name])[0])
        row.add(BOTH, "name", [name, *split(both)])
        row.add("en", "name", split(english))
        row.add("id", "name", split(indonesian))
        row.add(BOTH, "surname", split(alone))
        row.terms = [tuple(term.split(",")) for term in terms.split(";") if term]
        yield row


def add_other_languages(rows: Mapping[str, Row]) -> None:
    """Add the names in further languages, last: a form's first name is the preferred one."""
    for lang in OTHERS:
        for code, name in sorted(Locale(lang).territories.items()):
            row = rows.get(code.lower())
            if row is not None and row.cls == "State" and not LISTED.search(name):
                row.add(lang, "name", [name.replace("’", "'")])
    for key, lang, form, names in read_rows("other_languages.psv", 4):
        if key not in rows:
            raise SystemExit(f"other_languages.psv: no actor has the key {key!r}")
        rows[key].add(lang, form, split(names))


def known_ids(folder: Path) -> set[str]:
    """Return every Wikidata id that the tables to check against have."""
    ids: set[str] = set()
    for name in ("states", "leaders", "igos"):
        for line in (folder / "gaz" / f"{name}.jsonl").read_text("utf8").splitlines():
            row = json.loads(line)
            ids.update([row["qid"], *row.get("other_qids", [])])
    with (folder / "gaz" / "partyfacts_wikidata.csv").open(encoding="utf8") as lines:
        ids.update(row["wikidata_id"] for row in csv.DictReader(lines))
    for name in ("igo_id_names_draft", "groups_id_en"):
        ids.update(row["qid"] for row in json.loads((folder / "gaz" / f"{name}.json").read_text("utf8")))
    for line in (folder.parent / "bench" / "train.gold.jsonl").read_text("utf8").splitlines():
        ids.update(actor.get("qid") for actor in json.loads(line)["actors"].values())
    return ids


def write(rows: Iterable[Row]) -> None:
    """Write the three tables, by class and key; the first name of a form is the preferred one."""
    ordered = sorted(rows, key=lambda row: (row.cls, row.key))
    table("actors.tsv", "key qid class name label_id of concept home", [
        (r.key, r.qid, r.cls, r.name, r.label_id, r.of, r.concept, r.home) for r in ordered
    ])  # fmt: skip
    table(
        "names.tsv",
        "key lang form text",
        [(r.key, *name) for r in ordered for name in dict.fromkeys(r.names)],
    )
    table(
        "terms.tsv", "key office state from to", [(r.key, *term) for r in ordered for term in sorted(r.terms)]
    )


def table(name: str, header: str, rows: Iterable[tuple[str, ...]]) -> None:
    """Write one tab-separated table."""
    DATA.mkdir(parents=True, exist_ok=True)
    lines = ["\t".join(row) for row in [tuple(header.split()), *rows]]
    (DATA / name).write_text("\n".join(lines) + "\n", "utf8")


def read_rows(name: str, width: int) -> Iterator[list[str]]:
    """Yield the cells of each row of one of our files; lines that start with # are comments."""
    for number, line in enumerate((ROWS / name).read_text("utf8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) != width:
            raise SystemExit(f"{name}:{number}: {len(cells)} cells instead of {width}")
        yield cells


def split(cell: str) -> list[str]:
    """Return the names in a cell, separated by commas."""
    return [name.strip() for name in cell.split(",") if name.strip()]


def in_full(name: str) -> str:
    """Write out what a list abbreviates: 'Bosnia & Herzegovina', 'St. Lucia', 'Hong Kong SAR China'."""
    name = name.partition(" SAR ")[0].partition(" DAK ")[0].partition(" (")[0]
    return name.replace(" & ", " and ").replace("St. ", "Saint ").strip()


def plural(word: str) -> str:
    """Return the plural of a noun for people; those in -ese, -ish, -ch, -ss and -swiss have none."""
    return "" if word.endswith(("ese", "ish", "ch", "ss", "i-Vanuatu")) else word + "s"


def plain(name: str) -> str:
    """Return the name without accents, as wire services write it."""
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))


@dataclass(slots=True, kw_only=True)
class Row:
    """One actor: `names` are (language, form, text); `of` is the key of the state or body it is a part of.

    `home` is the key of a party's state.
    """

    key: str
    cls: str
    name: str
    qid: str = ""
    label_id: str = ""
    of: str = ""
    concept: str = ""
    home: str = ""
    names: list[tuple[str, str, str]] = field(default_factory=list)
    terms: list[tuple[str, ...]] = field(default_factory=list)

    def add(self, lang: str, form: str, names: Iterable[str]) -> None:
        """Add names, each also in its spelling without accents."""
        self.names += [(lang, form, text) for name in names if name for text in (name, plain(name))]


if __name__ == "__main__":
    raise SystemExit(main())
