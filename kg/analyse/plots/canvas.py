"""The sheet that all plots are drawn on: sizes in inches, fonts, colours, and a file of the same bytes."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final

from pydantic import ConfigDict

from kg.errors import GraphError, KgError
from kg.lang import checked, read_yaml
from kg.show import visible

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.colors import Colormap
    from matplotlib.figure import Figure

FILE: Final = Path(__file__).with_name("style.yaml")
ENDINGS: Final = (".svg", ".png")
RESOLUTION: Final = 150
LONGEST: Final = 30  # characters of a name on a plot


def checked_path(path: Path) -> Path:
    """Return the path if a plot can be written there by its ending, else raise `KgError`."""
    if path.suffix.lower() not in ENDINGS:
        raise KgError(f"{path}: a plot is a file that ends in {' or '.join(ENDINGS)}")
    return path


@contextmanager
def sheet(path: Path, size: tuple[float, float]) -> Iterator[Figure]:
    """Give a figure to draw on, and write it when all is drawn.

    The user's own settings of matplotlib do not count, ids come from a fixed salt, and no date is written.
    """
    try:
        import matplotlib as mpl
        from matplotlib.figure import Figure
    except ImportError as error:
        raise KgError("a plot needs matplotlib: pip install 'polkg[analyse]'") from error

    with mpl.rc_context(), warnings.catch_warnings():
        mpl.rcdefaults()
        mpl.rcParams.update(_settings())
        # A letter that the font lacks is drawn as a box; that is no reason to warn of each.
        warnings.filterwarnings("ignore", message="Glyph", category=UserWarning)
        figure = Figure(figsize=size, dpi=RESOLUTION)
        yield figure
        metadata: dict[str, Any] = {"Date": None} if path.suffix.lower() == ".svg" else {"Software": None}
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            figure.savefig(path, metadata=metadata, bbox_inches="tight", pad_inches=0.15)
        except OSError as error:
            raise GraphError(f"cannot write {path}: {error.strerror or error}") from error


def panel(figure: Figure, box: tuple[float, float, float, float]) -> Axes:
    """Return axes at left, top, width and height in inches, from the figure's upper left corner."""
    width, height = figure.get_size_inches()
    left, top, wide, high = box
    axes = figure.add_axes((left / width, 1 - (top + high) / height, wide / width, high / height))
    axes.tick_params(length=0)
    return axes


def surface(figure: Figure) -> Axes:
    """Return axes over the whole figure that count inches from its upper left corner."""
    width, height = figure.get_size_inches()
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, width)
    axes.set_ylim(height, 0)
    axes.set_axis_off()
    return axes


def heading(figure: Figure, title: str, note: str) -> None:
    """Write the title and a line below it that says how to read the plot."""
    width, height = figure.get_size_inches()
    figure.text(0.1 / width, 1 - 0.1 / height, title, va="top", fontsize=13, fontweight="bold")
    figure.text(0.1 / width, 1 - 0.42 / height, note, va="top", fontsize=9, color=style().quiet)


def legend(axes: Axes, entries: Sequence[tuple[str, str]]) -> None:
    """Write what colours mean, in one line below the heading of a `surface`."""
    left = 0.1
    for colour, words in entries:
        axes.text(left, 0.75, "■", color=colour, va="center", fontsize=10)
        axes.text(left + 0.16, 0.75, words, va="center", fontsize=8, color=style().quiet)
        left += 0.38 + 0.068 * len(words)


def name(text: str, *, longest: int = LONGEST) -> str:
    """Return a name as it is drawn: without control characters, and cut where it is too long."""
    clean = visible(" ".join(text.split()))
    return clean if len(clean) <= longest else clean[: longest - 1].rstrip() + "…"


def signs() -> Colormap:
    """Return the colours from conflict (−1) to cooperation (+1)."""
    from matplotlib.colors import LinearSegmentedColormap

    return LinearSegmentedColormap.from_list("signs", style().signs)


@cache
def style() -> Style:
    """Return what `style.yaml` says."""
    return checked(read_yaml(FILE), Style, path="kg/analyse/plots/style.yaml")


def _settings() -> Any:
    ink = style().ink
    return {
        "svg.hashsalt": "polkg",
        "svg.fonttype": "path",
        "text.parse_math": False,  # a name may have a dollar sign in it
        "font.family": ["DejaVu Sans"],  # comes with matplotlib, so that it looks the same everywhere
        "font.size": 9,
        "text.color": ink,
        "axes.labelcolor": ink,
        "axes.edgecolor": style().rule,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "xtick.color": style().quiet,
        "ytick.color": ink,
        "figure.facecolor": style().paper,
        "savefig.facecolor": style().paper,
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """Colours of text, lines and grounds, of signs from conflict to cooperation, and of groups."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")
    ink: str
    quiet: str
    rule: str
    paper: str
    empty: str
    signs: list[str]
    groups: list[str]
    others: str
