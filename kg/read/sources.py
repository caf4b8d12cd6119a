"""Which files the user named: folders and patterns resolved, each file once, in a fixed order."""

from __future__ import annotations

import glob
import os
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

from kg.errors import InputError
from kg.read.readers import known
from kg.read.source import Source, suffix

STDIN = "-"
STDIN_ID = "stdin"
"""The id of an article from standard input that has none."""


def expand(sources: Sequence[str | Path], *, all_files: bool) -> Iterator[Source | InputError]:
    """Yield the files that `sources` name, and a fault for each that names none.

    A folder or pattern gives the files whose suffix a reader knows (any file, if `all_files`), never hidden
    ones. A file that is named twice is read once.
    """
    seen: set[str] = set()
    for given in sources:
        try:
            found = _expand(str(given), all_files=all_files)
        except OSError as error:
            found = [InputError(f"cannot be read: {error.strerror}", path=str(given))]
        for source in found:
            key = str(source.path.resolve()) if isinstance(source, Source) and source.path else STDIN
            if isinstance(source, InputError) or key not in seen:
                yield source
            if isinstance(source, Source):
                seen.add(key)


def _expand(given: str, *, all_files: bool) -> Sequence[Source | InputError]:
    path = Path(given)
    if given == STDIN:
        return [Source(name=STDIN_ID, place="standard input", path=None)]
    if path.is_dir():
        return _folder(path, base=path, all_files=all_files)
    if path.exists():
        return [_source(path, base=path.parent)]
    if glob.has_magic(given):
        return _matches(path, all_files=all_files)
    return [InputError("no such file or folder", path=given)]


def _folder(folder: Path, *, base: Path, all_files: bool) -> Sequence[Source | InputError]:
    """Return the files below a folder; links to folders are not followed, since they may run in circles."""
    faults: list[OSError] = []
    found: list[Source] = []
    for root, folders, names in os.walk(folder, onerror=faults.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        paths = [Path(root, name) for name in names if not name.startswith(".")]
        found += [_source(path, base=base) for path in paths if all_files or suffix(path) in known()]
    problems = [InputError(f"cannot be read: {fault.strerror}", path=str(fault.filename)) for fault in faults]
    if not found and not faults:
        problems = [InputError(f"no file in it that can be read ({', '.join(known())})", path=str(folder))]
    return [*sorted(problems, key=str), *sorted(found, key=lambda source: source.name)]


def _matches(pattern: Path, *, all_files: bool) -> Sequence[Source | InputError]:
    """Return the files that a pattern matches; the names are relative to its part without wildcards."""
    fixed = next(number for number, part in enumerate(pattern.parts) if glob.has_magic(part))
    base = Path(*pattern.parts[:fixed])
    found: list[Source | InputError] = []
    for path in sorted(base.glob(str(Path(*pattern.parts[fixed:])))):
        hidden = any(part.startswith(".") for part in path.relative_to(base).parts)
        if path.is_dir() and not hidden and "**" not in pattern.parts:
            found += _folder(path, base=base, all_files=all_files)
        elif path.is_file() and not hidden and (all_files or suffix(path) in known()):
            found.append(_source(path, base=base))
    return found or [InputError("no file that can be read matches this pattern", path=str(pattern))]


def _source(path: Path, *, base: Path) -> Source:
    """Return a file as a source; systems store accents in different ways, the id must not differ."""
    name = unicodedata.normalize("NFC", path.relative_to(base).as_posix())
    return Source(name=name, place=str(path), path=path)
