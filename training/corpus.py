"""Our own annotated sentences, `training/corpus/*.yaml`: read, checked, and written as a benchmark's files.

    python -m training.corpus FOLDER    # gold.jsonl and documents.jsonl, for `kg eval`

An item of a file has an id that begins with its language, a text, actors by key with every place where they
are named, and statements whose evidence is a literal part of the text.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.errors import ResourceError
from kg.gold import GoldItem, Text, read_rows
from kg.lang import read_yaml
from kg.ontology import relation_types

CORPUS = Path(__file__).parent / "corpus"
_ITEM = {"id", "text", "actors", "statements"}
_ACTOR = {"name", "name_id", "qid", "class", "aliases", "surfaces"}


def write(folder: Path) -> tuple[Path, Path]:
    """Write all items to `gold.jsonl` and `documents.jsonl` in a folder, and return both paths."""
    folder.mkdir(parents=True, exist_ok=True)
    gold, documents = folder / "gold.jsonl", folder / "documents.jsonl"
    found = [item for path in sorted(CORPUS.glob("*.yaml")) for item in _items(path)]
    texts = [{key: item[key] for key in ("id", "lang", "text")} for item in found]
    marked = [{key: item[key] for key in ("id", "lang", "actors", "statements")} for item in found]
    for path, rows in ((gold, marked), (documents, texts)):
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf8")
    return gold, documents


def read(folder: Path) -> tuple[list[GoldItem], list[Text]]:
    """Return all items and their texts, by way of the files that `write` leaves in `folder`."""
    gold, documents = write(folder)
    return read_rows(gold, GoldItem), read_rows(documents, Text)


def language_of(name: str) -> str:
    """Return the language of a text by its id: "en" of "12.en" and of "en-labour-3"."""
    return "en" if name.endswith(".en") or name.startswith("en-") else "id"


def pair_of(name: str) -> str:
    """Return what the ids of both languages of an aligned pair share: "12" of "12.en"."""
    return name.removesuffix(".en").removesuffix(".id")


def _items(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the items of a file; raises `ResourceError` with the item's id at the first one that is wrong."""
    for item in read_yaml(path):
        wrong = next(_faults(item), None)
        if wrong:
            raise ResourceError(f"{item.get('id')}: {wrong}", path=str(path))
        text = item["text"]
        statements = [{**s, "evidence": [_quote(text, s["evidence"])]} for s in item.get("statements") or ()]
        yield {
            "id": item["id"],
            "lang": item["id"].partition("-")[0],
            "text": text,
            "actors": item.get("actors") or {},
            "statements": statements,
        }


def _faults(item: dict[str, Any]) -> Iterator[str]:
    actors = item.get("actors") or {}
    yield from (f"unknown key {key!r}" for key in sorted(set(item) - _ITEM))
    for key, actor in actors.items():
        yield from (f"{key}: unknown key {name!r}" for name in sorted(set(actor) - _ACTOR))
        yield from (f"{key}: no {s!r} in the text" for s in actor["surfaces"] if s not in item["text"])
    for statement in item.get("statements") or ():
        ends = [statement["source"], statement["target"], statement.get("attributed_to")]
        ends += [*statement.get("accept_sources", ()), *statement.get("accept_targets", ())]
        yield from (f"no actor {key!r}" for key in ends if key is not None and key not in actors)
        kinds = (statement["type"], *statement.get("accept_types", ()))
        yield from (f"no relation type {name!r}" for name in kinds if name not in relation_types())
        if statement["evidence"] not in item["text"]:
            yield f"no {statement['evidence']!r} in the text"


def _quote(text: str, quote: str) -> dict[str, Any]:
    start = text.index(quote)
    return {"start": start, "end": start + len(quote), "text": quote}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    write(parser.parse_args().folder)
