"""One error tree: everything the package raises on purpose is a `KgError`, and says where the fault lies."""

from __future__ import annotations

from collections.abc import Iterable


class KgError(Exception):
    """Base of all errors that the package raises on purpose; the command prints it and exits with 2."""

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle by the finished message, whatever a subclass is made from: workers hand errors back so."""
        return _restored, (type(self), self.args, self.__dict__)


class InputError(KgError):
    """Input that cannot be read; names the file, and the line where there is one."""

    def __init__(self, message: str, *, path: str, line: int | None = None) -> None:
        self.path, self.line = path, line
        super().__init__(f"{path}:{line}: {message}" if line is not None else f"{path}: {message}")


class LanguageError(KgError):
    """A document in a language for which there is no language pack."""


class ResourceError(KgError):
    """A language pack, gazetteer or ontology file of the package that breaks its own rules."""

    def __init__(self, message: str, *, path: str, key: str | None = None) -> None:
        self.path, self.key = path, key
        super().__init__(f"{path}: {key}: {message}" if key else f"{path}: {message}")


class GraphError(KgError):
    """A folder or graph that is not what the command expects, such as an export folder without statements."""


class QueryError(KgError):
    """A SPARQL query that does not parse, or a named question with a wrong parameter."""


class UnknownNameError(KgError):
    """A name (format, reader, relation type, question) that no table has; lists the known ones."""

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        super().__init__(f"unknown {kind} {name!r}; known: {', '.join(sorted(known))}")


def _restored(cls: type[KgError], args: tuple[object, ...], state: dict[str, object]) -> KgError:
    error = cls.__new__(cls, *args)
    error.args = args
    error.__dict__.update(state)
    return error
