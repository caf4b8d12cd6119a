"""Names, bodies, groups and titles of a document to actors; pronouns come later, in `coreference`."""

from __future__ import annotations

from kg.actors.datelines import dateline_state
from kg.actors.records import Record, Records, seen
from kg.actors.spelling import misspelt, same_person, spelled_alike
from kg.ids import normalise
from kg.mentions.countries import STATE
from kg.mentions.draft import Draft, Sheet
from kg.mentions.gazetteer import Entry, gazetteer, terms_of
from kg.mentions.groups import COUNTED, definite
from kg.mentions.words import Words

ENGLISH = "en"
OWNERS = frozenset({"State", "ArmedGroup", "IntergovernmentalOrganisation"})
PHRASE = frozenset({"nmod", "nmod:poss", "compound", "flat", "appos", "amod"})
FIGHTING = frozenset({"ArmedGroup", "ArmedForce"})


class Linker:
    """Links the drafts of one document; `of` maps each linked draft to its record.

    `alone` are the government bodies of which nothing yet says whose they are.
    """

    def __init__(self, sheet: Sheet, words: Words, *, document: str, date: str) -> None:
        self.sheet = sheet
        self.words = words
        self.date = date
        self.written_in = dateline_state(sheet.doc)
        self.records = Records(document, sheet.doc.lang_)
        self.of: dict[Draft, Record] = {}
        self.members: dict[Draft, tuple[str, ...]] = {}
        self.alone: set[Draft] = set()
        self._at: dict[int, Draft] = {}
        self._tokens_of: dict[str, list[Record]] = {}
        self._acronyms: dict[str, Record] = {}
        self._owned_by_concept: dict[str, dict[str, Record]] = {}

    def link(self, drafts: list[Draft]) -> None:
        """Link all but titles, pronouns and pairs: full names before surnames, owners before their own."""
        named = [d for d in drafts if d.form not in ("pronoun", "clitic", "title", "nominal")]
        self._at = {draft.start: draft for draft in reversed(named)}
        for draft in sorted(named, key=lambda d: (d.surname, d.cls != "Person", len(d.keys) > 1, d.start)):
            self._name(draft)
        for draft in sorted(
            (d for d in drafts if d.form == "nominal" and d.concept not in (COUNTED, STATE)), key=_depth
        ):
            self._group(draft)

    def relink(self, drafts: list[Draft]) -> None:
        """Link the bodies again that a pronoun owns, now that it is resolved: "its army", "militernya"."""
        for draft in drafts:
            owner = draft.owner
            if draft.form == "nominal" and owner is not None and owner.form in ("pronoun", "clitic"):
                if owner in self.of and self.of[owner].cls in OWNERS:
                    self._group(draft)
                else:
                    draft.owner = None

    def text(self, draft: Draft) -> str:
        """Return what the text calls the actor."""
        return self.sheet.text(draft.start, draft.end)

    def _name(self, draft: Draft) -> None:
        surface = self.text(draft)
        entries = [gazetteer().entries[key] for key in draft.keys]
        if draft.concept == "people" and entries:
            self.of[draft] = self._people(entries[0], surface)
        elif draft.cls == "Person":
            self.of[draft] = self._person(draft, entries, surface)
        elif entries:
            self.of[draft] = self.records.known(self._likeliest(entries), surface)
            self._introduce(draft)
        else:
            self.of[draft] = self._organisation(draft, surface)
            self._introduce(draft)

    def _likeliest(self, entries: list[Entry]) -> Entry:
        """Of homonyms take the one that this document is about: "Brussels" after "the European Commission".

        A body or party is of a state or union that is named, or they are named, or another body of theirs is.
        """
        if len(entries) == 1:
            return entries[0]
        named = {record.key for record in self.records.by_id.values() if record.key}
        wholes = {gazetteer().entries[key].of for key in named}
        home = [e for e in entries if {e.key, e.of or e.home} & named or e.key in wholes]
        return (home or entries)[0]

    def _person(self, draft: Draft, entries: list[Entry], surface: str) -> Record:
        if surface in self._acronyms:  # what the text introduced as a body's short name is no person
            draft.cls = self._acronyms[surface].cls
            return seen(self._acronyms[surface], surface)
        if draft.surname or draft.end - draft.start == 1:
            known = self._tokens_of.get(normalise(surface), [])
            if len(known) == 1:
                return seen(known[0], surface)
            if len(known) > 1:
                # "Bush" beside George and Laura Bush: the last one named before; one we know, if any
                return seen(([r for r in known if r.key] or known)[-1], surface)
            meant = [] if entries else misspelt(surface, self._tokens_of)
            if len(meant) == 1:
                return seen(meant[0], surface)
        entries = entries or spelled_alike(surface, "Person")
        if entries:
            record = self.records.known(self._likeliest(entries), surface)
        else:
            known = [
                r for r in self._tokens_of.get(normalise(surface.split()[-1]), []) if same_person(surface, r)
            ]
            if known:
                return seen(known[0], surface)
            local = draft.end - draft.start == 1
            record = self.records.new(surface, "Person", surface=surface, local=local)
        record.gender = record.gender or self._gender(draft)
        for token in {normalise(t) for t in (*surface.split(), *record.name.split())}:
            listed = self._tokens_of.setdefault(token, [])
            if len(token) > 2 and record not in listed:
                listed.append(record)
        return record

    def _gender(self, draft: Draft) -> str:
        """Return what the word before a name tells: "Mrs" is f, "King" is m."""
        before = self.sheet.lowers[draft.start - 1] if draft.start else ""
        pronouns = self.words.pronouns
        return "f" if before in pronouns.female else "m" if before in pronouns.male else ""

    def _people(self, state: Entry, surface: str) -> Record:
        name = gazetteer().peoples.get(state.key, surface)
        label = surface if self.sheet.doc.lang_ != "en" else ""
        return self.records.new(name, "ActorGroup", surface=surface, label=label)

    def _organisation(self, draft: Draft, surface: str) -> Record:
        if surface in self._acronyms:
            return seen(self._acronyms[surface], surface)
        if draft.cls == self.words.groups.default_class and not surface.isupper():
            people = [r for r in self._tokens_of.get(normalise(surface), []) if " " in r.name]
            if len(people) == 1:  # "criticised Bawumia": nothing says that it is anything but a surname
                draft.cls = "Person"
                return seen(people[0], surface)
        known = spelled_alike(surface, draft.cls) or self._in_brackets(draft)
        if known:
            return self.records.known(self._likeliest(known), surface)
        return self.records.new(
            surface, draft.cls, surface=surface, local=draft.end - draft.start == 1 and not surface.isupper()
        )

    def _in_brackets(self, draft: Draft) -> list[Entry]:
        """Return the known body whose acronym follows: "Pengadilan Pidana Antarbangsa (ICC)"."""
        sheet, inside = self.sheet, self._at.get(draft.end + 1)
        if inside is None or inside.form != "acronym" or draft.end - draft.start < 2:
            return []
        closed = inside.end < sheet.size and sheet.texts[inside.end] == ")"
        initials = "".join(t[0] for t in sheet.texts[draft.start : draft.end] if t[0].isupper())
        if sheet.doc.lang_ == ENGLISH and initials != sheet.texts[inside.start]:
            return []  # in other languages the acronym is often of the English name
        entries = [gazetteer().entries[key] for key in inside.keys]
        bodies = [entry for entry in entries if entry.cls not in ("State", "Person", "MediaOrganisation")]
        return bodies if closed and sheet.texts[draft.end] == "(" and draft.owner is None else []

    def _introduce(self, draft: Draft) -> None:
        """Note the acronym in brackets after a name: "Badan Energi Atom Internasional (IAEA)"."""
        end, sheet = draft.end, self.sheet
        if end + 2 < sheet.size and sheet.texts[end] == "(" and sheet.texts[end + 2] == ")":
            acronym = sheet.texts[end + 1]
            if acronym[:1].isupper() and len(acronym) > 1:
                self._acronyms.setdefault(acronym, self.of[draft])

    def _group(self, draft: Draft) -> None:
        if draft.joint and draft.owner is not None:
            owners = [self.of[owner] for owner in (*draft.joint, draft.owner) if owner in self.of]
            records = owners if draft.stands_for else [self.owned(draft, o, "", plain=True) for o in owners]
            self.members[draft] = tuple(dict.fromkeys(record.id for record in records))
            return
        surface, owner = self.text(draft), draft.owner
        record = self.of.get(owner) if owner is not None else None
        if record is None:
            self.of[draft] = self._bare(draft, surface)
            return
        fights = record.cls in (*FIGHTING, "PoliticalParty") and draft.cls in FIGHTING
        if draft.stands_for or (fights and not self._apart(draft)):
            self.of[draft] = seen(record, surface)
            return
        city = owner is not None and owner.form == "metonym" and draft.concept in self.words.groups.of_cities
        owned = self.of[draft] = (
            self.records.new(surface, draft.cls, surface=surface)
            if city
            else self.owned(draft, record, surface, plain=self.plain(draft))
        )
        self._owned_by_concept.setdefault(draft.concept, {})[owned.id] = owned

    def owned(self, draft: Draft, owner: Record, surface: str, *, plain: bool) -> Record:
        """Return the body of that kind that belongs to `owner`: a known one, or "Iraqi police"."""
        known = gazetteer().by_concept.get((owner.key, draft.concept)) if plain else None
        if known:
            return self.records.by_key(known, surface)
        if plain or not surface:
            label = surface if self.sheet.doc.lang_ != "en" else ""
            return self.records.new(
                self._called(owner, draft.concept), draft.cls, surface=surface, label=label
            )
        return self.records.new(surface, draft.cls, surface=surface)

    def _apart(self, draft: Draft) -> bool:
        """Tell whether a noun means a part of its owner: "the armed wing of Hamas" is not all of Hamas."""
        noun = self.words.noun_of.get(draft.concept)
        return noun is not None and noun.apart

    def _bare(self, draft: Draft, surface: str) -> Record:
        """Return who is meant without an owner: the only body of that kind so far, or a local one."""
        if self.plain(draft):
            for named in (self._owned_by_concept, self.records.known_by_concept):
                candidates = named.get(draft.concept) or {
                    id_: record  # "the ministry" after "the Iranian foreign ministry"
                    for concept, found in named.items()
                    if draft.cls == "GovernmentBody" and concept.endswith(f" {draft.concept}")
                    for id_, record in found.items()
                }
                if len(candidates) == 1:
                    return seen(next(iter(candidates.values())), surface)
            known = self._only(draft)
            if known:
                return self.records.by_key(known, surface)
            pointing = definite(self.sheet, self.words, (draft.start, draft.end))
            called = self._called_so(draft) if pointing else []
            if len(called) == 1:
                return seen(called[0], surface)
            if draft.cls == "GovernmentBody":
                self.alone.add(draft)
        return self.records.new(surface, draft.cls, surface=surface, local=True)

    def _called_so(self, draft: Draft) -> list[Record]:
        """Return the bodies before with the noun in their names: "the court" after "the Criminal Court"."""
        lowers = self.sheet.lowers
        word = lowers[draft.noun] if draft.noun >= 0 else lowers[draft.start]
        found = {
            record.id: record
            for other, record in self.of.items()
            if other.form == "name" and other.end <= draft.start and record.cls == draft.cls
            if word in lowers[other.start : other.end]
        }
        return list(found.values())

    def _only(self, draft: Draft) -> str:
        """Return the known body that "Congress", written like a name, means: that of the only state here.

        Not of one that it does something to: "Kementerian Luar Negeri mengecam AS".
        """
        heads, top = self.sheet.heads, draft.noun if draft.noun >= 0 else draft.start
        while self.sheet.dep[top] in PHRASE:  # "juru bicara Kementerian Luar Negeri"
            top = heads[top]
        verb = heads[top] if self.sheet.dep[top] == "nsubj" else -1
        states = {
            record.key
            for other, record in self.of.items()
            if record.cls == "State" and (other.start < draft.start or heads[other.head] != verb)
        }
        holders = {
            state: key for (state, concept), key in gazetteer().by_concept.items() if concept == draft.concept
        }
        governed = {term.state for record in self.records.by_id.values() for term in terms_of(record.key)}
        here = [key for state, key in sorted(holders.items()) if state in states | governed]
        start = draft.start
        # "Congress met" is a name at the start of a sentence, too, where a noun would have an article
        first = self.sheet.doc[start].is_sent_start and not self.words.articles
        named = self.sheet.capital[start] and not first
        return here[0] if named and len(here) == 1 and (len(holders) == 1 or len(states) == 1) else ""

    def plain(self, draft: Draft) -> bool:
        """Tell whether a phrase is but its noun and owner ("Iraqi police", not "Iraqi riot police")."""
        groups, owner = self.words.groups, draft.owner
        linking = {*groups.possessives, *groups.owners, *groups.articles}
        rest = [
            word
            for place, word in enumerate(self.sheet.lowers[draft.start : draft.end], draft.start)
            if not (owner is not None and owner.start <= place < owner.end) and word not in linking
        ]
        hit = self.words.nouns.at(rest, 0) if rest else None
        return hit is not None and hit[0] == len(rest)

    def _called(self, owner: Record, concept: str) -> str:
        adjective = gazetteer().adjectives.get(owner.key) or owner.name
        return f"{adjective} {concept}"


def _depth(draft: Draft) -> tuple[bool, int]:
    """Order nouns whose owner has a name before others, and owners before what they own.

    "The ministry" may be "the Iranian ministry" of another sentence; "a ministry official" is a ministry's.
    """
    depth, top = 0, draft
    while top.owner is not None:
        depth, top = depth + 1, top.owner
    return top.form == "nominal", depth
