"""Text becomes a spaCy `Doc`: language, layout, Universal Dependencies, entities and quotations."""

from kg.understand.frame import languages, pipeline, understand
from kg.understand.identify import identify

__all__ = ["identify", "languages", "pipeline", "understand"]
