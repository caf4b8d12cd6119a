"""Kill a build again and again, and see whether anything is lost: `python -m bench.kill`.

`kg add` reads short articles into a store and is ended by SIGKILL at random moments: while it starts, between
two documents, inside of one, while it closes. Each time, all that it had reported must be there. At last it
may finish, and the store must hold, and export, what a build without a store and without an end gives.
"""

from __future__ import annotations

import argparse
import json
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pyoxigraph as ox

from kg.store import Store, read_graph

STATES = ("Brazil", "Chile", "Ecuador", "Ghana", "Japan", "Kenya", "Norway", "Peru", "Sweden", "Vietnam")
PEOPLE = ("Ana Quiroga", "Bambang Satriyo", "Kari Holmsen", "Musa Adeyemi", "Retno Wiryawan")
SENTENCES = (
    "{0} criticised {1}.",
    "{0} praised {1} in {year}.",
    "{0} and {1} signed a trade agreement.",
    "{0} did not threaten {1}.",
    "The foreign minister of {0}, {person}, accused {1}.",
    "{person} said {0} will support {1}.",
    "{0} expelled two diplomats of {1}, {person} said.",
    "{0} regards {1} as a rival.",
)
COUNT = "SELECT (COUNT(?document) AS ?number) { ?document a polkg:Document }"


def main() -> None:
    """Kill, look, and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=500, help="articles to read (500)")
    parser.add_argument("--kills", type=int, default=20, help="how often (20)")
    parser.add_argument("--processes", type=int, default=1, help="of the build (1)")
    parser.add_argument("--seed", type=int, default=1, help="of articles and moments (1)")
    options = parser.parse_args()
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        corpus = folder / "corpus.jsonl"
        corpus.write_text("".join(articles(options.documents, chance)), "utf8")
        command = ["add", str(corpus), "--store", str(folder / "killed"), "-v", "-q"]
        command += ["--processes", str(options.processes)]
        reported: set[str] = set()
        for number in range(options.kills):
            left = options.documents - len(reported)
            share = left // (options.kills - number)
            after = chance.randrange(max(1, min(2 * share, left - 10)))
            done = killed(command, after=after, wait=chance.random())
            reported |= done
            there = looked_at(folder / "killed")
            lost = reported - there
            say(f"kill {number + 1:2}: {len(done):3} reported, {len(there):3} there, {len(lost)} lost")
            if lost:
                sys.exit(f"lost: {sorted(lost)}")
        kg(command)
        kg(["build", str(corpus), "-o", str(folder / "plain"), "-q"])
        kg(["export", str(folder / "killed"), "-o", str(folder / "grown")])
        kg(["add", str(corpus), "--store", str(folder / "whole"), "-q"])
        same_files = files(folder / "plain") == files(folder / "grown")
        same_store = held(folder / "killed") == held(folder / "whole")
        say(f"exports: {'the same bytes' if same_files else 'OTHER BYTES'}")
        say(f"quads and records: {'the same' if same_store else 'NOT THE SAME'}")
        sys.exit(0 if same_files and same_store else 1)


def articles(number: int, chance: random.Random) -> list[str]:
    """Return so many short articles, a line of JSON each."""
    rows = []
    for place in range(number):
        sentences = []
        for sentence in chance.sample(SENTENCES, 4):
            states = chance.sample(STATES, 2)
            year, person = chance.randrange(2019, 2026), chance.choice(PEOPLE)
            sentences.append(sentence.format(*states, year=year, person=person))
        row = {"id": f"note-{place:04}", "lang": "en", "text": " ".join(sentences)}
        rows.append(json.dumps(row) + "\n")
    return rows


def killed(command: list[str], *, after: int, wait: float) -> set[str]:
    """Run a command, kill it after so many documents and a part of a second; return what it reported."""
    started = time.monotonic()
    with subprocess.Popen(started_by(command), stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        done: set[str] = set()
        if after == 0:
            time.sleep(wait * 8)  # while it starts
            process.send_signal(signal.SIGKILL)
        for line in process.stdout:
            change, _, document = line.rstrip("\n").partition("\t")
            done.add(document)
            after -= change != "unchanged"
            if after == 0:
                time.sleep(wait / 10)
                process.send_signal(signal.SIGKILL)
    if process.returncode != -signal.SIGKILL:
        sys.exit(f"ended by itself with {process.returncode}")
    say(f"         after {time.monotonic() - started:.1f} s")
    return done


def looked_at(path: Path) -> set[str]:
    """Return the documents of a store, after seeing that its quads and its records say the same."""
    if not (path / "quads" / "CURRENT").exists():
        return set()
    store = Store(path)
    there = {source.id for source in read_graph(path).sources()}
    if store.query(COUNT).table() != [(str(len(there)),)]:
        sys.exit("quads and records differ")
    return there


def kg(command: list[str]) -> None:
    """Run a command to its end."""
    subprocess.run(started_by(command), check=True, stdout=subprocess.DEVNULL)


def started_by(command: list[str]) -> list[str]:
    """Return the whole command line."""
    return [sys.executable, "-m", "kg", *command]


def files(folder: Path) -> dict[str, bytes]:
    """Return the content of all files in a folder."""
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}


def held(path: Path) -> tuple[list[str], list[tuple[object, ...]]]:
    """Return all quads and all records of a store, sorted."""
    quads = sorted(map(str, ox.Store.read_only(str(path / "quads"))))
    db = sqlite3.connect(path / "records.sqlite")
    rows = [
        row
        for table in ("documents", "shared", "forms", "pending")
        for row in sorted(db.execute(f"SELECT * FROM {table}").fetchall())
    ]
    db.close()
    return quads, rows


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
