"""Names of another: "the Polish Labour Party" is not Britain's Labour Party, "lima hakim" are five judges."""

from __future__ import annotations

from kg.mentions.draft import Sheet
from kg.mentions.gazetteer import Hit, gazetteer
from kg.mentions.words import Words


def without_namesakes(sheet: Sheet, hits: list[Hit], words: Words) -> list[Hit]:
    """Return the hits without those whose name is part of a longer one, another state's or a number."""
    states = {place: hit for hit in hits if entry_class(hit) == "State" for place in (hit.start, hit.end)}
    return [hit for hit in hits if not namesake(sheet, hit, states, words)]


def namesake(sheet: Sheet, hit: Hit, states: dict[int, Hit], words: Words) -> bool:
    """Tell whether somebody or something else bears the name of a hit."""
    cls = entry_class(hit)
    if cls == "PoliticalParty":
        return lengthened(sheet, hit, states, words) or elsewhere(sheet, hit, states, words)
    if cls == "IntergovernmentalOrganisation":  # "National Security Council"
        beside = hit.end if words.groups.order == "after" else hit.start - 1
        whole = hit.end - hit.start > 1 and 0 <= beside < sheet.size and sheet.capital[beside]
        return whole and lengthened(sheet, hit, states, words)
    return hit.form == "metonym" and sheet.dep[hit.start] == "nummod"


def entry_class(hit: Hit) -> str:
    """Return the class of the first actor that a hit may mean."""
    return gazetteer().entries[hit.keys[0]].cls


def elsewhere(sheet: Sheet, hit: Hit, states: dict[int, Hit], words: Words) -> bool:
    """Tell whether another state stands beside a party: "Australia's Labor Party", "Partai Buruh Kenya"."""
    homes = {gazetteer().entries[key].home for key in hit.keys} - {""}
    before = hit.start - (sheet.lowers[hit.start - 1] in words.groups.possessives if hit.start else 0)
    joined = hit.end < sheet.size and sheet.lowers[hit.end] in words.groups.owners
    after = hit.end + joined
    beside = [states[before]] if before in states and states[before].end == before else []
    behind = joined or words.titles.order == "after"
    if behind and after in states and states[after].start == after:
        beside.append(states[after])
    return bool(homes) and any(homes.isdisjoint(state.keys) for state in beside)


def lengthened(sheet: Sheet, hit: Hit, states: dict[int, Hit], words: Words) -> bool:
    """Tell whether a party's name is part of a longer one: "National Congress Party", "Partai Demokrat Baru".

    A noun before a single word only says whose it is: "Senate Republicans", but "Social Democrats".
    """
    entity = next((e for e in sheet.doc.ents if e.start <= hit.start and hit.end <= e.end), None)
    if entity is None or entity.label_ != "ORG":
        return False
    own = {token for state in states.values() for token in range(state.start, state.end)}
    rest = [
        token
        for token in range(entity.start, entity.end)
        if not hit.start <= token < hit.end and token not in own
        if sheet.capital[token] and sheet.lowers[token] not in words.groups.articles
    ]
    if hit.end - hit.start > 1 or not rest or max(rest) > hit.start:
        return bool(rest)
    return sheet.dep[max(rest)] == "amod" and not sheet.doc[max(rest)].is_sent_start
