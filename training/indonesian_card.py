"""The model card of the Indonesian pipeline, with the scores of the run that made it."""

from __future__ import annotations

from pathlib import Path

from training.indonesian_score import Row

TEMPLATE = Path(__file__).with_name("indonesian_card.md")


def write_card(target: Path, scores: dict[str, Row]) -> None:
    """Write `MODEL_CARD.md` beside the pipeline's folder."""
    size = sum(file.stat().st_size for file in target.rglob("*") if file.is_file()) / 1e6
    treebanks = {name: row for name, row in scores.items() if "upos" in row}
    entities = {name: row for name, row in scores.items() if "upos" not in row}
    text = TEMPLATE.read_text("utf8").format(
        size=f"{size:.1f}", treebanks=_table(treebanks), entities=_table(entities)
    )
    (target.parent / "MODEL_CARD.md").write_text(text, "utf8")


def _table(rows: dict[str, Row]) -> str:
    columns = list(next(iter(rows.values())))
    lines = [["test part", *columns], ["---"] * (len(columns) + 1)]
    lines += [[name, *(f"{row[column]:.1f}" for column in columns)] for name, row in rows.items()]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
