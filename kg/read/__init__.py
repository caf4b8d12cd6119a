"""From files, folders, globs and standard input to documents."""

from kg.read.reading import estimate, read

__all__ = ["estimate", "read"]
