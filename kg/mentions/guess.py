"""People and bodies that the entity recogniser missed: capitalised words explained by what is beside them."""

from __future__ import annotations

from kg.mentions.draft import Draft, Sheet
from kg.mentions.words import Words

MOST_TOKENS = 6
SUBJECTS = frozenset({"nsubj", "nsubj:pass", "obl:agent"})


def guessed_persons(sheet: Sheet, taken: dict[int, Draft], words: Words) -> list[Draft]:
    """Return capitalised words that nothing else explains and that speak, act or are apposed."""
    if not words.titles.guess:
        return []
    speech, places, roles = set(words.pronouns.speech), set(words.titles.places), set(words.titles.roles)
    found: list[Draft] = []
    token = 0
    while token < sheet.size:
        end = capitals(sheet, token, taken, words)
        if end == token:
            token += 1
            continue
        person = Draft(start=token, end=end, form="name", cls="Person", surname=end - token == 1)
        if (
            not is_place(sheet, person, places, words)
            and not title_word(sheet, person, taken, words)
            and shown(sheet, person, taken, (speech, roles))
        ):
            found.append(person)
            for place in range(token, end):
                taken[place] = person
        token = end
    return found


def capitals(sheet: Sheet, start: int, taken: dict[int, Draft], words: Words) -> int:
    """Return the end of the capitalised words that start here; `start` if none do."""
    end = start
    while end < sheet.size and end - start < MOST_TOKENS and end not in taken:
        text, word = sheet.texts[end], sheet.lowers[end]
        if (text[:1].isupper() and not plain_word(sheet, end, words)) or (
            end > start
            and end + 1 < sheet.size
            and sheet.capital[end + 1]
            and end + 1 not in taken
            and (word in words.particles or text in "-'’")
        ):
            end += 1
        else:
            break
    if end - start == 1 and (
        sheet.texts[start].isupper() or (sheet.doc[start].is_sent_start and sheet.pos[start] != "PROPN")
    ):
        return start
    return end


def plain_word(sheet: Sheet, token: int, words: Words) -> bool:
    """Tell whether a capitalised token is an ordinary word: at the start of a sentence, or in a title."""
    word = sheet.lowers[token]
    return (
        word in words.not_names
        or word in words.title_nouns
        or word in words.nouns
        or word in words.modifiers
        or word in words.classes
        or word in words.honorifics
        or word in words.stop
        or word in words.statuses
        or word in words.personal
        or any(letter.isdigit() for letter in word)
        or (sheet.doc[token].is_sent_start and sheet.pos[token] not in ("PROPN", "NOUN"))
        or sheet.pos[token] in ("ADP", "CCONJ", "SCONJ", "PRON", "DET", "VERB", "AUX", "ADV")
        or sheet.doc[token].ent_type_ in ("ORG", "NORP", "LOC")
    )


def title_word(sheet: Sheet, person: Draft, taken: dict[int, Draft], words: Words) -> bool:
    """Tell whether one word belongs to the title before it: "Menteri Unifikasi Korsel Lee Jae-Joung"."""
    before, after = sheet.lowers[person.start - 1] if person.start else "", taken.get(person.end)
    return (
        person.end - person.start == 1
        and (before in words.title_nouns or before in words.modifiers)
        and after is not None
        and after.cls in ("Person", "State")
    )


def is_place(sheet: Sheet, person: Draft, places: set[str], words: Words) -> bool:
    """Tell whether the words follow a preposition of place, or a word such as "kota"."""
    before = person.start - 1
    if before < 0:
        return False
    word = sheet.lowers[before]
    if word in places or (word in words.locative and sheet.pos[before] == "ADP"):
        return True
    # "di Bandung, Jawa Barat"
    return (
        word == ","
        and before > 0
        and sheet.doc[before - 1].ent_type_ == "LOC"
        and (person.end >= sheet.size or sheet.texts[person.end] in (",", ".", ")"))
        and sheet.dep[person.start] not in SUBJECTS
        and sheet.doc[person.start].ent_type_ == "LOC"
    )


def shown(sheet: Sheet, person: Draft, taken: dict[int, Draft], known: tuple[set[str], set[str]]) -> bool:
    """Tell whether the sentence shows a person: said by, after "tokoh", with an age, beside another."""
    speech, roles = known
    start, end = person.start, person.end
    before = sheet.lowers[start - 1] if start else ""
    head = sheet.head_of(start, end)
    verb = sheet.heads[head]
    if before in speech or before in roles:
        return True
    if sheet.dep[head] in SUBJECTS and sheet.lemmas[verb] in speech:
        return True
    if aged(sheet, end):
        return True
    if sheet.dep[head] == "conj" and (other := taken.get(verb)) is not None and other.cls == "Person":
        return True
    if end - start == 1:
        return False
    beside = taken.get(start - 1)
    if (
        beside is not None
        and beside.cls in ("State", "GovernmentBody")
        and sheet.pos[beside.start - 1] == "NOUN"
    ):
        return True  # "juru runding Jepang Kenichiro Sasae"
    return (
        (sheet.dep[head] in SUBJECTS and sheet.pos[verb] == "VERB")
        or sheet.dep[head] in ("appos", "obj", "iobj", "flat", "flat:name")
        or before == ","
    )


def aged(sheet: Sheet, end: int) -> bool:
    """Tell whether an age follows: "Takayanagi, 36 tahun", "O'Neal (65)"."""
    after = end
    while after < sheet.size and sheet.texts[after] in (",", "("):
        after += 1
    return (
        after > end and after < sheet.size and sheet.texts[after].isdigit() and len(sheet.texts[after]) == 2
    )


def guessed_organisations(sheet: Sheet, taken: dict[int, Draft], words: Words) -> list[Draft]:
    """Return capitalised names that begin with a word for a body: "Polda Riau", "Universitas Terbuka"."""
    if not words.titles.guess:
        return []
    found: list[Draft] = []
    token = 0
    while token < sheet.size:
        hit = words.classes.at(sheet.lowers, token) if sheet.capital[token] and token not in taken else None
        if hit is None:
            token += 1
            continue
        end, owner = name_end(sheet, hit[0], taken, words)
        named = end > hit[0] or (sheet.texts[token].isupper() and hit[1] == "GovernmentBody")
        known = words.nouns.at(sheet.lowers, token)
        if named and not (known is not None and known[0] >= (owner.start if owner is not None else end)):
            draft = Draft(start=token, end=end, form="name", cls=hit[1], owner=owner)
            found.append(draft)
            for place in range(token, end):
                taken.setdefault(place, draft)
        token = max(end, token + 1)
    return found


def name_end(sheet: Sheet, start: int, taken: dict[int, Draft], words: Words) -> tuple[int, Draft | None]:
    """Return where the name of a body ends, and the state at its end."""
    end = start
    while end < sheet.size and end - start < 2 * MOST_TOKENS:
        other = taken.get(end)
        if other is not None:
            if other.form in ("name", "acronym") and (
                other.cls == "State" or (end > start and other.cls in ("GovernmentBody", "ArmedForce"))
            ):
                return other.end, other  # "Komisi III DPR"
            break
        if (
            sheet.capital[end]
            and sheet.lowers[end] not in words.title_nouns
            and sheet.lowers[end] not in words.not_names
        ):
            end += 1
        elif (
            end > start
            and sheet.lowers[end] in words.groups.inside_names
            and end + 1 < sheet.size
            and sheet.capital[end + 1]
            and end + 1 not in taken
            and sheet.lowers[end + 1] not in words.classes
        ):
            end += 2
        else:
            break
    return end, None


def introduced(sheet: Sheet, drafts: list[Draft], taken: dict[int, Draft]) -> list[Draft]:
    """Return the acronyms that stand in brackets after a name, there and wherever they come again."""
    known: dict[str, Draft] = {}
    for draft in drafts:
        end = draft.end
        if draft.cls in ("Person", "State") or end + 2 >= sheet.size or sheet.texts[end] != "(":
            continue
        text = sheet.texts[end + 1]
        if (
            sheet.texts[end + 2] == ")"
            and len(text) > 1
            and (text.isupper() or (draft.end - draft.start > 1 and text[:1].isupper()))
            and end + 1 not in taken
        ):
            known.setdefault(text, draft)
    return [
        Draft(start=token, end=token + 1, form="acronym", cls=known[text].cls)
        for token, text in enumerate(sheet.texts)
        if text in known and token not in taken
    ]
