"""`judgements.yaml`: a list that people edit and programs append to, read with the line of every fault."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Annotated, Any, Final

import yaml
from pydantic import Field, TypeAdapter, ValidationError

from kg.errors import InputError
from kg.export.files import REPLACEMENT, SURROGATE
from kg.ids import WIKIDATA
from kg.judgements.model import KINDS, NARRATOR, Claim, Judgement, Judgements, Ref, Reference

NAME: Final = "judgements.yaml"
# All scalars stay text: a document may be called 7, and a state NO.
_Loader: Final = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_SHAPES: Final[dict[str, TypeAdapter[Any]]] = {
    "same": TypeAdapter(Annotated[tuple[Ref, ...], Field(min_length=2)]),
    "not_same": TypeAdapter(tuple[Ref, Ref]),
    "wrong": TypeAdapter(Claim),
    "right": TypeAdapter(Claim),
}


def read_judgements(path: str | Path) -> Judgements:
    """Return the judgements of a file; the first fault raises `InputError` with its line and key."""
    try:
        text = Path(path).read_text("utf-8-sig")
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", path=str(path)) from error
    except UnicodeDecodeError as error:
        raise InputError(f"is not UTF-8: {error.reason}", path=str(path)) from error
    return collected(_parsed(text, str(path)), path=str(path))


def collected(entries: Iterable[Judgement], *, path: str = "") -> Judgements:
    """Return entries as `Judgements`; raises `InputError` where some contradict each other."""
    listed = tuple(entries)
    claims: defaultdict[str, list[Judgement]] = defaultdict(list)
    groups: dict[str, tuple[Reference, ...]] = {}
    for entry in listed:
        if entry.claim is not None:
            claims[entry.claim.document].append(entry)
        elif entry.kind == "same":
            united = {ref: None for one in entry.actors for ref in (*groups.get(one.key, ()), one)}
            groups |= dict.fromkeys((ref.key for ref in united), tuple(united))
    for entry in listed:
        if entry.kind == "not_same" and entry.document is None:
            one, two = (ref.key for ref in entry.actors)
            if one == two or any(ref.key == two for ref in groups.get(one, ())):
                why = "it names one actor twice" if one == two else "other entries say that they are the same"
                raise InputError(f"{entry}, but {why}", path=path, line=entry.line)
    frozen = {document: tuple(found) for document, found in claims.items()}
    return Judgements(path=path, entries=listed, claims=frozen, groups=groups)


def append(path: Path, judgement: Judgement) -> None:
    """Add a judgement at the end of the file and see it onto the disk; what stood there stays as it is."""
    try:
        with path.open("ab+") as file:
            file.seek(0)
            before = file.read()
            newline = "" if before.endswith(b"\n") or not before else "\n"
            file.write((newline + written(judgement)).encode())
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror or error}", path=str(path)) from error


def check_appendable(path: Path) -> Judgements:
    """Return the file's judgements, none where there is no file; raise `InputError` if more cannot follow.

    A list in brackets, an indented one or an end mark is good YAML, but nothing can be added behind it.
    """
    if not path.exists():
        return Judgements(path=str(path))
    known = read_judgements(path)
    probe = Judgement(kind="same", actors=(Reference(id="a"), Reference(id="b")))
    try:
        more = _parsed(f"{path.read_text('utf8').rstrip()}\n{written(probe)}", str(path))
    except InputError as error:
        raise InputError(
            "nothing can be added: begin each entry with - at the margin", path=str(path)
        ) from error
    assert len(more) == len(known.entries) + 1
    return known


def written(judgement: Judgement) -> str:
    """Return a judgement as the lines that `read_judgements` reads."""
    if judgement.claim is None:
        entry: dict[str, Any] = {judgement.kind: [_brief(ref) for ref in judgement.actors]}
        if judgement.document is not None:
            entry["document"] = judgement.document
    else:
        entry = {judgement.kind: _claim(judgement.claim)}
    text: str = yaml.safe_dump(
        [entry], allow_unicode=True, default_flow_style=None, sort_keys=False, width=110
    )
    return SURROGATE.sub(REPLACEMENT, text)


def _claim(claim: Claim) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for one in fields(claim):
        value = getattr(claim, one.name)
        if isinstance(value, Reference):
            value = NARRATOR if value == Reference(name=NARRATOR) else _brief(value)
        elif isinstance(value, tuple):
            value = value[0] if len(value) == 1 else list(value)
        if value is not None and value != []:
            values[one.name] = value
    return values


def _brief(ref: Reference) -> dict[str, str]:
    qid = ref.id.removeprefix(WIKIDATA)
    return {key: value for key, value in (("id", qid), ("name", ref.name)) if value}


def _parsed(text: str, path: str) -> list[Judgement]:
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        values = [] if node is None else loader.construct_document(node)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        message = getattr(error, "problem", None) or str(error)
        raise InputError(
            f"not valid YAML: {message}", path=path, line=mark.line + 1 if mark else None
        ) from error
    finally:
        loader.dispose()
    if values == "" or node is None:
        return []
    if not isinstance(values, list):
        raise InputError(f"must be a list of entries, each with one of {', '.join(KINDS)}", path=path, line=1)
    _unique_keys(node, path)
    return [_entry(value, child, path) for value, child in zip(values, node.value, strict=True)]


def _entry(value: Any, node: yaml.Node, path: str) -> Judgement:
    line = node.start_mark.line + 1
    given = list(value) if isinstance(value, dict) else []
    kinds = [kind for kind in KINDS if kind in given]
    if len(kinds) != 1:
        found = f"found {', '.join(map(repr, given))}" if given else f"found {value!r:.80}"
        raise InputError(f"an entry needs one of {', '.join(KINDS)}; {found}", path=path, line=line)
    kind = kinds[0]
    for key in given:
        if key != kind and (key, kind) != ("document", "not_same"):
            also = ", document" if kind == "not_same" else ""
            raise InputError(f"unknown key {key!r}; known: {kind}{also}", path=path, line=_line(node, (key,)))
    try:
        content = _SHAPES[kind].validate_python(value[kind])
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        where = (kind, *fault["loc"])
        message = fault["msg"].removeprefix("Value error, ")
        if fault["type"] == "unexpected_keyword_argument":
            shape = Claim if kind in ("wrong", "right") and len(where) == 2 else Reference
            message = f"unknown key; known: {', '.join(one.name for one in fields(shape))}"
        message = f"{'.'.join(map(str, where))}: {message} (found {fault['input']!r:.80})"
        raise InputError(message, path=path, line=_line(node, where)) from error
    if isinstance(content, Claim):
        return Judgement(kind=kind, line=line, claim=content)
    document = value.get("document")
    if not (document is None or isinstance(document, str)):
        message = f"document: must be one id (found {document!r:.80})"
        raise InputError(message, path=path, line=_line(node, ("document",)))
    return Judgement(kind=kind, line=line, actors=content, document=document)


def _line(node: yaml.Node, where: Sequence[str | int]) -> int:
    """Return the line of the innermost part of `where` that the file has."""
    line = node.start_mark.line
    for step in where:
        if isinstance(node, yaml.MappingNode):
            found = next((pair for pair in node.value if pair[0].value == step), None)
            if found is None:
                break
            line, node = found[0].start_mark.line, found[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line
        else:
            break
    return line + 1


def _unique_keys(top: yaml.Node, path: str) -> None:
    """Refuse a key that stands twice, of which YAML would keep the last without a word."""
    waiting, seen = [top], {id(top)}
    while waiting:
        node = waiting.pop()
        keys: set[str] = set()
        children = node.value if isinstance(node, yaml.CollectionNode) else ()
        for child in children:
            if isinstance(child, tuple):
                key, child = child
                if str(key.value) in keys:
                    raise InputError(
                        f"the key {key.value!r} stands twice", path=path, line=key.start_mark.line + 1
                    )
                keys.add(str(key.value))
            if id(child) not in seen:
                seen.add(id(child))
                waiting.append(child)
