"""Counts of a scoring, and the measures made of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from kg.gold import GoldItem, GoldStatement, PredictedStatement

NEGATED = ("negated", "yes")
ATTRIBUTED = ("attributed_to", "an actor")


def ratio(part: int, whole: int) -> float | None:
    """Return part / whole, or None where there is nothing to divide."""
    return round(part / whole, 4) if whole else None


def _prf(name: str, *, precision: tuple[int, int], recall: tuple[int, int]) -> dict[str, float | None]:
    p = precision[0] / precision[1] if precision[1] else 0.0
    r = recall[0] / recall[1] if recall[1] else 0.0
    f1 = 2 * p * r / (p + r) if p + r else 0.0
    return {f"{name}_precision": round(p, 4), f"{name}_recall": round(r, 4), f"{name}_f1": round(f1, 4)}


@dataclass(slots=True)
class Report:
    """Counts over all items; `figures` makes measures of them.

    `types` has `gold` and `hit` by the type of the gold, `predicted` and `right` by that of the prediction,
    which differ where the gold accepts other types. `attributes` has `gold`, `found` and `right` by attribute
    and value. `judged` has the confidence of each prediction that counts, and whether it is right.
    """

    n: Counter[str] = field(default_factory=Counter)
    types: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    attributes: dict[tuple[str, str], Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    judged: list[tuple[float, bool]] = field(default_factory=list)
    missed: list[tuple[GoldItem, GoldStatement]] = field(default_factory=list)
    wrong: list[tuple[GoldItem, PredictedStatement]] = field(default_factory=list)

    def mark(self, value: tuple[str, str], *, gold: bool, found: bool, right: bool) -> None:
        """Count an attribute's value as the gold has it, as it was found, and whether that agrees."""
        counts = {"gold": int(gold), "found": int(found), "right": int(right)}
        self.attributes[value].update(counts)

    def figures(self) -> dict[str, float | None]:
        """Return every measure by name, None where nothing was there to be measured."""
        n, negated = self.n, self.attributes.get(NEGATED, Counter())
        return {
            **_prf("strict", precision=(n["hit"], n["predicted"]), recall=(n["hit"], n["gold"])),
            **_prf(
                "pair",
                precision=(n["predicted paired"], n["predicted"]),
                recall=(n["gold paired"], n["gold"]),
            ),
            "core_recall": ratio(n["hit core"], n["gold core"]),
            "secondary_recall": ratio(n["hit secondary"], n["gold secondary"]),
            "attribution": ratio(n["attribution"], n["matched"]),
            "attribution_recall": ratio(n["attributed hit"], n["attributed"]),
            "negation": ratio(n["negation"], n["matched but for negation"]),
            "negation_recall": ratio(negated["right"], negated["gold"]),
            "modality": ratio(n["modality"], n["matched"]),
            "status": ratio(n["status"], n["matched"]),
            "evidence_exact": ratio(n["exact quotes"], n["quotes"]),
        }
