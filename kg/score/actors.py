"""How many actors of the gold are found, and how well they are linked."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from kg.gold import GoldItem, PredictedMention, Text, item_of
from kg.score.report import ratio


def score_actors(
    gold: Iterable[GoldItem], mentions: Iterable[PredictedMention], *, texts: Iterable[Text] | None
) -> dict[str, float | None]:
    """Return how many gold actors were found in their document, and how well names were linked to Wikidata.

    Links are judged on mentions that stand exactly on a gold name whose Wikidata id is known; without texts
    they are not judged.
    """
    known = None if texts is None else {text.id: text.text for text in texts}
    of_document: dict[str, list[PredictedMention]] = defaultdict(list)
    for mention in mentions:
        of_document[mention.document].append(mention)
    n: Counter[str] = Counter()
    for item in gold:
        here = of_document[item.id]
        for actor in item.actors.values():
            if (known is not None and item.id not in known) or not actor.surfaces:
                continue
            n["actors"] += 1
            n["found"] += any(actor.accepts(mention.actor) for mention in here)
            if not actor.qid or known is None:
                continue
            longest_first = sorted(actor.surfaces, key=len, reverse=True)
            pattern = re.compile("|".join(map(re.escape, longest_first)))
            places = {match.span() for match in pattern.finditer(known[item.id])}
            for mention in here:
                if (mention.start, mention.end) in places:
                    linked, right = item_of(mention.actor.id) is not None, actor.accepts(mention.actor)
                    n["linkable"] += 1
                    n["linked"] += linked and right
                    n["wrong"] += linked and not right
    return {
        "actor_recall": ratio(n["found"], n["actors"]),
        "link": ratio(n["linked"], n["linkable"]),
        "wrong_link": ratio(n["wrong"], n["linkable"]),
    }
