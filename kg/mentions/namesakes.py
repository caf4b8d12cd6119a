"""Names of another: "the Polish Labour Party" is not Britain's Labour Party, "lima hakim" are five judges."""

from __future__ import annotations

from collections.abc import Iterator

from kg.mentions.draft import Draft, Sheet
from kg.mentions.gazetteer import Hit, gazetteer
from kg.mentions.words import Words

BODIES = ("GovernmentBody", "ArmedForce")


def without_namesakes(sheet: Sheet, hits: list[Hit], words: Words) -> list[Hit]:
    """Return the hits without those whose name is part of a longer one, another state's or a number.

    A body that is another state's where it is named in full stays so: "Congress" in a text about Peru's.
    """
    hits = [hit for hit in hits if not is_rank(sheet, hit, words)]
    states = states_at(hits)
    named = {key for state in states.values() for key in state.keys}
    told = [(hit, namesake(sheet, hit, states, words)) for hit in hits]
    kept = [hit for hit, gone in told if not gone]
    lent = {key for hit, gone in told if gone and entry_class(hit) in BODIES for key in hit.keys}
    return [hit for hit in kept if lent.isdisjoint(hit.keys) or not named.isdisjoint(map(home, hit.keys))]


def is_rank(sheet: Sheet, hit: Hit, words: Words) -> bool:
    """Tell whether an acronym is a rank before a name: "Kapolsek Cikole AKP Budi", no Turkish party."""
    before_name = hit.end < sheet.size and sheet.capital[hit.end] and sheet.pos[hit.end] == "PROPN"
    return before_name and hit.end - hit.start == 1 and sheet.lowers[hit.start] in words.honorifics


def states_at(hits: list[Hit]) -> dict[int, Hit]:
    """Return the states by where their names begin and end."""
    return {place: hit for hit in hits if entry_class(hit) == "State" for place in (hit.start, hit.end)}


def namesake(sheet: Sheet, hit: Hit, states: dict[int, Hit], words: Words) -> bool:
    """Tell whether somebody or something else bears the name of a hit."""
    cls = entry_class(hit)
    if cls == "PoliticalParty":
        return lengthened(sheet, hit, states, words) or elsewhere(sheet, hit, states, words)
    if cls == "IntergovernmentalOrganisation":  # "National Security Council"
        place = hit.end if words.groups.order == "after" else hit.start - 1
        whole = hit.end - hit.start > 1 and 0 <= place < sheet.size and sheet.capital[place]
        return whole and lengthened(sheet, hit, states, words)
    if cls in BODIES:
        return elsewhere(sheet, hit, states, words)
    return hit.form == "metonym" and sheet.dep[hit.start] == "nummod"


def entry_class(hit: Hit) -> str:
    """Return the class of the first actor that a hit may mean."""
    return gazetteer().entries[hit.keys[0]].cls


def elsewhere(sheet: Sheet, hit: Hit, states: dict[int, Hit], words: Words) -> bool:
    """Tell whether another state has what bears a name: "Australia's Labor Party", "KPU Kenya".

    A body of another state bears a name only if the parse ties both, and the name is made of nouns or
    letters: there is one Kremlin.
    """
    homes = {home(key) for key in hit.keys} - {""}
    others = [state for state in beside(sheet, hit, states, words) if homes.isdisjoint(state.keys)]
    if not homes or entry_class(hit) not in BODIES:
        return bool(homes and others)
    single = hit.end - hit.start == 1 and not sheet.texts[hit.start].isupper()
    if single and sheet.lowers[hit.start] not in words.nouns:
        return False
    owned = (sheet.heads[sheet.head_of(state.start, state.end)] for state in others)
    return any(hit.start <= owner < hit.end for owner in owned)


def home(key: str) -> str:
    """Return the key of the state of a party or body, none of what is of several."""
    entries = gazetteer().entries
    entry = entries[key]
    while entry.of:
        entry = entries[entry.of]
    return entry.home or (entry.key if entry.cls == "State" else "")


def beside(sheet: Sheet, hit: Hit, states: dict[int, Hit], words: Words) -> list[Hit]:
    """Return the states whose a name may be by the words right before and behind it."""
    before = hit.start - (sheet.lowers[hit.start - 1] in words.groups.possessives if hit.start else 0)
    joined = hit.end < sheet.size and sheet.lowers[hit.end] in words.groups.owners
    after = hit.end + joined
    found = [states[before]] if before in states and states[before].end == before else []
    behind = joined or words.titles.order == "after"
    if behind and after in states and states[after].start == after:
        found.append(states[after])
    return found


def bodies_abroad(sheet: Sheet, hits: list[Hit], drafts: list[Draft], words: Words) -> Iterator[Draft]:
    """Yield other states' bodies of known names that no noun tells: "BMKG Jepang", "Japan's Marine Corps".

    What the recogniser made of such a name, alone or with the state, is dropped.
    """
    states = states_at(hits)
    drafted = {(draft.start, draft.end): draft for draft in drafts if draft.cls == "State"}
    for hit in hits:
        if entry_class(hit) not in BODIES or not elsewhere(sheet, hit, states, words):
            continue
        owners = (drafted.get((one.start, one.end)) for one in beside(sheet, hit, states, words))
        owner = next((draft for draft in owners if draft is not None), None)
        around = [d for d in drafts if d is not owner and d.start < hit.end and hit.start < d.end]
        if owner is None or any(draft.form == "nominal" for draft in around):
            continue
        for draft in around:
            draft.keep = False
        start, end = min(owner.start, hit.start), max(owner.end, hit.end)
        entry = gazetteer().entries[hit.keys[0]]
        yield Draft(start=start, end=end, form="name", cls=entry.cls, owner=owner)


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
