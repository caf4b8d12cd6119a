"""`kg analyse`: statistics of a whole graph as table, CSV, JSON and plot; a subcommand for each question."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from kg.command import terminal
from kg.command.filters import filtered

if TYPE_CHECKING:
    from kg.analyse import Selection
    from kg.analyse.tables import Result


def _drawable(path: Path | None) -> Path | None:
    """Return the plot's path, found wrong before the work and not after it."""
    if path is None:
        return None
    from kg.analyse.plots.canvas import checked_path

    return checked_path(path)


Graph = Annotated[Path, typer.Argument(help="Folder that `kg build` has written, or a store.")]
As = Annotated[terminal.Style, typer.Option("--as", help="How to print the result.")]
Plot = Annotated[
    Path | None,
    typer.Option(metavar="FILE", callback=_drawable, help="Draw it too, into a .svg or .png file."),
]
Actor = Annotated[str, typer.Argument(help="An actor: Wikidata id, IRI, or any of its names.")]
Other = Annotated[str, typer.Argument(help="Another one.")]
By = Annotated[Literal["year", "quarter", "month"] | None, typer.Option(help="Split it by these periods.")]
RollUp = Annotated[
    bool, typer.Option("--roll-up", help="Count persons and bodies for their state, an inference.")
]
Per = Annotated[Literal["family", "type"] | None, typer.Option(help="One result for each of these.")]

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@app.command()
@filtered
def centrality(  # noqa: PLR0913 - typer makes an option of every parameter
    graph: Graph,
    selection: Selection,
    per: Per = None,
    rank: Annotated[
        Literal["degree", "statements", "pagerank", "betweenness"],
        typer.Option(help="Highest first."),
    ] = "pagerank",
    top: Annotated[int, typer.Option(min=1, help="So many actors.")] = 20,
    style: As = "table",
    plot: Plot = None,
) -> None:
    """Who stands in the middle.

    Degree, number of statements, PageRank and betweenness.

    \b
    kg analyse centrality graph/ --top 10
    kg analyse centrality graph/ --rank betweenness --class State --class Person
    kg analyse centrality graph/ --per family --as csv
    kg analyse centrality graph/ --family materialConflict --plot conflict.svg
    """
    from kg.analyse import centrality
    from kg.store import read_graph

    found = centrality(read_graph(graph), selection, per=per, rank=rank, top=top)
    _show("centrality", found, style=style, plot=plot)


@app.command()
@filtered
def communities(  # noqa: PLR0913 - typer makes an option of every parameter
    graph: Graph,
    selection: Selection,
    per: Per = None,
    method: Annotated[Literal["leiden", "louvain"], typer.Option(help="How to look for them.")] = "leiden",
    seed: Annotated[int, typer.Option(help="Another seed may find another, as good partition.")] = 0,
    style: As = "table",
    plot: Plot = None,
) -> None:
    """Which actors belong together.

    \b
    kg analyse communities graph/
    kg analyse communities graph/ --family verbalCooperation --family materialCooperation
    kg analyse communities graph/ --method louvain --seed 7 --plot communities.svg
    """
    from kg.analyse import communities
    from kg.store import read_graph

    found = communities(read_graph(graph), selection, per=per, method=method, seed=seed)
    _show("communities", found, style=style, plot=plot)


@app.command()
@filtered
def matrix(  # noqa: PLR0913 - typer makes an option of every parameter
    graph: Graph,
    selection: Selection,
    by: By = None,
    roll_up: RollUp = False,
    undirected: Annotated[bool, typer.Option("--undirected", help="Put both directions into one.")] = False,
    style: As = "table",
    plot: Plot = None,
) -> None:
    """Who cooperates and who is in conflict.

    State by state, and period by period where asked for.

    \b
    kg analyse matrix graph/ --roll-up
    kg analyse matrix graph/ --by year --clock publication --as csv
    kg analyse matrix graph/ --roll-up --plot matrix.svg
    kg analyse matrix graph/ --class ArmedForce --class ArmedGroup --undirected
    """
    from kg.analyse import matrix
    from kg.store import read_graph

    found = matrix(read_graph(graph), selection, by=by, roll_up=roll_up, directed=not undirected)
    _show("matrix", found, style=style, plot=plot)


@app.command()
@filtered
def balance(
    graph: Graph,
    selection: Selection,
    top: Annotated[int, typer.Option(min=1, help="List so many unbalanced triangles.")] = 10,
    style: As = "table",
    plot: Plot = None,
) -> None:
    """Whether friends of friends are friends.

    How many triangles are balanced, and the most unbalanced of the others.

    \b
    kg analyse balance graph/
    kg analyse balance graph/ --class State --top 3 --as json
    kg analyse balance graph/ --plot triangles.svg
    """
    from kg.analyse import balance
    from kg.store import read_graph

    found = balance(read_graph(graph), selection, top=top)
    counts = ", ".join(f"{number} {kind}" for kind, number in found.kinds)
    share = f"; {found.share:.0%} are balanced, by chance {found.expected:.0%}" if found.triangles else ""
    terminal.complain(f"{terminal.counted(found.triangles, 'triangle')} ({counts}){share}")
    _show("balance", found, style=style, plot=plot)


@app.command()
@filtered
def chains(  # noqa: PLR0913 - typer makes an option of every parameter
    graph: Graph,
    one: Actor,
    other: Other,
    selection: Selection,
    count: Annotated[int, typer.Option(min=1, help="The so many shortest.")] = 3,
    directed: Annotated[bool, typer.Option("--directed", help="Only from source to target.")] = False,
    style: As = "table",
    plot: Plot = None,
) -> None:
    """How two actors are connected.

    The shortest chains, with the quotes of every step.

    \b
    kg analyse chains graph/ Indonesia Rusia
    kg analyse chains graph/ Q252 "Prabowo Subianto" --count 5 --directed
    kg analyse chains graph/ "Amerika Serikat" Turki --family verbalConflict --plot chains.svg
    """
    from kg.analyse import chains
    from kg.store import read_graph

    found = chains(read_graph(graph), (one, other), selection, count=count, directed=directed)
    _show("chains", found, style=style, plot=plot)


@app.command()
@filtered
def trend(  # noqa: PLR0913 - typer makes an option of every parameter
    graph: Graph,
    one: Actor,
    other: Other,
    selection: Selection,
    by: By = "year",
    roll_up: RollUp = False,
    style: As = "table",
    plot: Plot = None,
) -> None:
    """How two actors get on, period by period.

    \b
    kg analyse trend graph/ Indonesia Tiongkok
    kg analyse trend graph/ Q252 Q43 --by year --roll-up --plot trend.svg
    """
    from kg.analyse import trend
    from kg.store import read_graph

    found = trend(read_graph(graph), (one, other), selection, by=by or "year", roll_up=roll_up)
    _show("trend", found, style=style, plot=plot)


@app.command()
@filtered
def ego(
    graph: Graph,
    actor: Actor,
    selection: Selection,
    style: As = "table",
    plot: Plot = None,
) -> None:
    """Whom an actor has to do with.

    \b
    kg analyse ego graph/ Indonesia
    kg analyse ego graph/ Erdogan --class State --plot erdogan.svg
    kg analyse ego graph/ Q252 --claimant narrator --as json
    """
    from kg.analyse import ego
    from kg.store import read_graph

    _show("ego", ego(read_graph(graph), actor, selection), style=style, plot=plot)


@app.command()
@filtered
def contradictions(  # noqa: PLR0913 - typer makes an option of every parameter
    graph: Graph,
    selection: Selection,
    kind: Annotated[
        list[str] | None,
        typer.Option(show_default="all", help="denied, rejected or opposite; may be repeated."),
    ] = None,
    match: Annotated[
        Literal["type", "family"], typer.Option(help="What must be the same where one denies the other.")
    ] = "type",
    style: As = "table",
    plot: Plot = None,
) -> None:
    """Where the texts disagree.

    Who says it and who denies it, with both quotes.

    \b
    kg analyse contradictions graph/
    kg analyse contradictions graph/ --kind denied --match family
    kg analyse contradictions graph/ --modality any --status any --as json
    """
    from kg.analyse import contradictions
    from kg.analyse.contradictions import KINDS
    from kg.store import read_graph

    found = contradictions(read_graph(graph), selection, kinds=kind or KINDS, match=match)
    _show("contradictions", found, style=style, plot=plot)


def _show(question: str, result: Result, *, style: terminal.Style, plot: Path | None) -> None:
    from kg.analyse import as_json, table
    from kg.analyse.plots import plot as draw

    if style == "json":
        terminal.say(as_json(result))
    else:
        found = table(question, result, narrow=style == "table")
        terminal.rows(found.columns, found.rows, style=style)
    if plot is not None:
        draw(question, result, plot)


@app.callback()
def _about() -> None:
    """Ask statistics of a whole graph; each question has a --help of its own.

    Unless filters say otherwise, what the texts assert as certain, actual and current counts, and
    perceptions stand apart.

    \b
    kg analyse centrality graph/ --top 20
    kg analyse matrix graph/ --by year --roll-up --plot matrix.svg
    kg analyse chains graph/ Indonesia Rusia
    kg analyse contradictions graph/ --as json
    """
