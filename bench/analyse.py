"""igraph against networkx, and every question of `kg analyse`, on a large graph: `python -m bench.analyse`.

The graph is drawn at random from a seed: a few actors take part in most statements, as in news. Both
libraries get the same pairs and weights in one run, and the quickest turn of each counts, in seconds of the
processor, which other jobs on the machine change little. For PageRank networkx needs scipy. Its betweenness
takes many minutes at full size, so it is measured from some actors only and divided by their share of all.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable, Mapping
from typing import Any

import networkx as nx

from bench.speed import peak_memory
from kg.analyse import balance, centrality, chains, communities, contradictions, ego, matrix, trend
from kg.analyse.centrality import DAMPING
from kg.analyse.network import arrows, groups, igraph_of, pairs
from kg.analyse.selection import ASSERTED, select
from kg.graph import Extraction, KnowledgeGraph, Source
from kg.model import Actor, Span, Statement, Time
from kg.ontology import relation_types


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--actors", type=int, default=10_000, metavar="N")
    parser.add_argument("--statements", type=int, default=30_000, metavar="N")
    parser.add_argument("--turns", type=int, default=2, metavar="N", help="turns of each (2)")
    parser.add_argument(
        "--pivots", type=int, default=100, metavar="N", help="actors for networkx' betweenness"
    )
    options = parser.parse_args()
    graph = drawn(options.actors, options.statements)
    view = select(graph, ASSERTED)
    ((_, statements),) = groups(view, per=None)
    links, ways = pairs(statements), arrows(statements, view.relations)
    sys.stdout.write(f"{len(statements):,} statements count, between {len(links):,} pairs\n")
    fast_ways, fast_links = igraph_of(ways, directed=True), igraph_of(links, directed=False)
    slow_ways, slow_links = weighted(ways, nx.DiGraph()), weighted(links, nx.Graph())
    share = options.pivots / slow_links.number_of_nodes()
    rows: list[tuple[str, Callable[[], Any], Callable[[], Any], float]] = [
        (
            "build",
            lambda: igraph_of(links, directed=False),
            lambda: weighted(links, nx.Graph()),
            1.0,
        ),
        (
            "PageRank",
            lambda: fast_ways.pagerank(damping=DAMPING, weights="weight"),
            lambda: nx.pagerank(slow_ways, alpha=DAMPING, weight="weight"),
            1.0,
        ),
        (
            "Louvain",
            lambda: fast_links.community_multilevel(weights="weight"),
            lambda: nx.community.louvain_communities(slow_links, weight="weight", seed=0),
            1.0,
        ),
        (
            "betweenness",
            lambda: fast_links.betweenness(directed=False),
            lambda: nx.betweenness_centrality(slow_links, k=options.pivots, seed=0),
            share,
        ),
    ]
    sys.stdout.write(f"{'':14}{'igraph, s':>12}{'networkx, s':>13}{'ratio':>8}\n")
    for name, fast, slow, part in rows:
        one = min(seconds(fast) for _ in range(options.turns))
        two = min(seconds(slow) for _ in range(options.turns)) / part
        sys.stdout.write(f"{name:14}{one:12.3f}{two:13.3f}{two / one:8.1f}\n")
    busiest = [row.actor for row in centrality(graph, rank="statements", top=2000)]
    questions: dict[str, Callable[[], Any]] = {
        "centrality": lambda: centrality(graph),
        "communities": lambda: communities(graph),
        "matrix": lambda: matrix(graph, by="month", roll_up=True),
        "balance": lambda: balance(graph),
        "trend": lambda: trend(graph, (busiest[0], busiest[1]), by="month", roll_up=True),
        "ego": lambda: ego(graph, busiest[0]),
        "chains": lambda: chains(graph, (busiest[500], busiest[-1]), count=5),
        "contradictions": lambda: contradictions(graph),
    }
    for name, question in questions.items():
        sys.stdout.write(f"{name:14}{seconds(question):12.3f}\n")
    sys.stdout.write(f"{'peak MB':14}{peak_memory():12.0f}\n")


def weighted(links: Mapping[tuple[str, str], int], network: nx.Graph[str]) -> nx.Graph[str]:
    """Return the network with the links in it."""
    for (one, two), number in sorted(links.items()):
        network.add_edge(one, two, weight=number)
    return network


def seconds(run: Callable[[], Any]) -> float:
    """Return how many seconds of the processor it takes."""
    started = time.process_time()
    run()
    return time.process_time() - started


def drawn(actors: int, statements: int) -> KnowledgeGraph:
    """Return a random graph of a hundred documents, the same for the same numbers."""
    chance = random.Random(5)
    keys = [f"https://w3id.org/polkg/actor/State/{i:06}" for i in range(actors)]
    weights = [1 / (i + 10) ** 0.8 for i in range(actors)]
    ends = chance.choices(keys, weights, k=statements * 2)
    # Everybody takes part in something.
    ends[: min(actors, len(ends))] = keys[: len(ends)]
    chance.shuffle(ends)
    types = sorted(relation_types())
    rows: dict[str, list[Statement]] = {}
    span = Span(0, 1, "x")
    for i in range(statements):
        document = f"{i % 100:03}"
        rows.setdefault(document, []).append(
            Statement(
                id=f"{i:08}",
                document=document,
                type=chance.choice(types),
                source=ends[2 * i],
                target=ends[2 * i + 1],
                source_mention=span,
                target_mention=span,
                trigger=span,
                evidence=(span,),
                sentence=span,
                negated=chance.random() < 0.05,
                confidence=round(chance.uniform(0.5, 1), 3),
                time=Time(start=f"{chance.randint(2015, 2025)}-{chance.randint(1, 12):02}"),
            )
        )
    graph = KnowledgeGraph()
    for document, own in sorted(rows.items()):
        named = sorted({end for s in own for end in (s.source, s.target)})
        people = tuple(Actor(id=key, name=key.rpartition("/")[2], cls="State") for key in named)
        source = Source(id=document, lang="en", published="2025-01-08")
        graph.add(Extraction(source=source, actors=people, statements=tuple(own)))
    return graph


if __name__ == "__main__":
    main()
