"""Precision and recall of statements against gold: the measures of the benchmark, over its JSON lines.

A statement is right (strict) when its type is the gold's or one that the gold accepts, both actors are the
gold's or ones it accepts (either way round for a symmetric type), and the negation agrees. `pair` ignores
type, direction and negation. Optional gold counts neither when found nor when missed.
"""

from kg.score.actors import score_actors
from kg.score.calibration import Bin, calibration_error, reliability
from kg.score.counting import score
from kg.score.evaluation import Evaluation, Found, at_least, by_language, evaluation
from kg.score.markdown import markdown
from kg.score.matching import Grade, grade
from kg.score.report import Report
from kg.score.tables import TABLES, Table, tables

__all__ = [
    "TABLES",
    "Bin",
    "Evaluation",
    "Found",
    "Grade",
    "Report",
    "Table",
    "at_least",
    "by_language",
    "calibration_error",
    "evaluation",
    "grade",
    "markdown",
    "reliability",
    "score",
    "score_actors",
    "tables",
]
