"""Names, bodies, groups and titles of a document to actors; pronouns come later, in `coreference`."""

from __future__ import annotations

from collections import Counter

from kg.actors.records import Record, Records, seen
from kg.ids import normalise
from kg.mentions.draft import Draft, Sheet, TitleDraft
from kg.mentions.gazetteer import Entry, gazetteer
from kg.mentions.words import Words

OWNERS = frozenset({"State", "ArmedGroup", "IntergovernmentalOrganisation"})
FIGHTING = frozenset({"ArmedGroup", "ArmedForce"})


class Linker:
    """Links the drafts of one document; `of` maps each linked draft to its record."""

    def __init__(self, sheet: Sheet, words: Words, *, document: str, date: str) -> None:
        self.sheet = sheet
        self.words = words
        self.date = date
        self.records = Records(document, sheet.doc.lang_)
        self.of: dict[Draft, Record] = {}
        self.members: dict[Draft, tuple[str, ...]] = {}
        self._tokens_of: dict[str, list[Record]] = {}
        self._acronyms: dict[str, Record] = {}
        self._owned_by_concept: dict[str, dict[str, Record]] = {}

    def link(self, drafts: list[Draft], titles: list[TitleDraft]) -> None:
        """Link all but pronouns and pairs: full names before surnames, owners before what they own."""
        named = [d for d in drafts if d.form not in ("pronoun", "clitic", "title", "nominal")]
        for draft in sorted(named, key=lambda d: (d.surname, d.cls != "Person", d.start)):
            self._name(draft)
        by_owner = sorted(
            (d for d in drafts if d.form == "nominal" and d.concept != "two"), key=lambda d: d.owner is None
        )
        for draft in by_owner:
            self._group(draft)
        self._titles(titles)

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
        """Of homonyms take the one whose state or language this document is about."""
        home = [
            entry
            for entry in entries
            if entry.of and any(r.key == entry.of for r in self.records.by_id.values())
        ]
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
        return self.records.new(
            surface, draft.cls, surface=surface, local=draft.end - draft.start == 1 and not surface.isupper()
        )

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
            records = owners if draft.stands_for else [self._owned(draft, o, "", plain=True) for o in owners]
            self.members[draft] = tuple(dict.fromkeys(record.id for record in records))
            return
        surface, owner = self.text(draft), draft.owner
        record = self.of.get(owner) if owner is not None else None
        if record is None:
            self.of[draft] = self._bare(draft, surface)
            return
        if draft.stands_for or (record.cls in (*FIGHTING, "PoliticalParty") and draft.cls in FIGHTING):
            self.of[draft] = seen(record, surface)
            return
        owned = self.of[draft] = self._owned(draft, record, surface, plain=self._plain(draft))
        self._owned_by_concept.setdefault(draft.concept, {})[owned.id] = owned

    def _owned(self, draft: Draft, owner: Record, surface: str, *, plain: bool) -> Record:
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

    def _bare(self, draft: Draft, surface: str) -> Record:
        """Return who is meant without an owner: the only body of that kind so far, or a local one."""
        if self._plain(draft):
            for named in (self._owned_by_concept, self.records.known_by_concept):
                candidates = named.get(draft.concept) or {
                    id_: record  # "the ministry" after "the Iranian foreign ministry"
                    for concept, found in named.items()
                    if concept.endswith(f" {draft.concept}")
                    for id_, record in found.items()
                }
                if len(candidates) == 1:
                    return seen(next(iter(candidates.values())), surface)
        return self.records.new(surface, draft.cls, surface=surface, local=True)

    def _plain(self, draft: Draft) -> bool:
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

    def _titles(self, titles: list[TitleDraft]) -> None:
        """Link titles that stand alone to the holder that the document, or the table of terms, names."""
        holders: dict[tuple[str, str], Counter[str]] = {}
        for title in titles:
            record = self.of.get(title.person) if title.person is not None else None
            if record is not None and title.status == "current":
                body = self.of.get(title.body) if title.body is not None else None
                for place in dict.fromkeys((body.id if body else "", "")):
                    holders.setdefault((self._office(title), place), Counter())[record.id] += 1
        for title in titles:
            if title.person is None or title.person.form in ("pronoun", "clitic"):
                continue
            if title.person in self.of:
                if title.person.surname and title.end <= title.person.start:  # "King Abdullah"
                    seen(self.of[title.person], self.sheet.text(title.start, title.person.end))
                continue
            record = self._holder(title, holders)
            if record is not None:
                self.of[title.person] = seen(record, self.text(title.person))

    def _office(self, title: TitleDraft) -> str:
        return title.office or title.noun

    def _holder(self, title: TitleDraft, holders: dict[tuple[str, str], Counter[str]]) -> Record | None:
        body = self.of.get(title.body) if title.body is not None else None
        held = holders.get((self._office(title), body.id if body else ""), Counter())
        if len(held) == 1 and title.status == "current":
            return self.records.by_id[next(iter(held))]
        if body is None:
            return None
        if title.office and title.status == "current" and self.date:
            key = gazetteer().holder(title.office, body.key, self.date)
            if key:
                return self.records.by_key(key)
        if title.status != "current":
            return None
        surface = self.text(title.person) if title.person is not None else ""
        english = self.words.titles.english.get(title.noun) or title.office.replace("_", " ")
        noun = english or (title.noun if self.sheet.doc.lang_ == "en" else "")
        name = f"{noun} of {body.name}" if noun else surface
        return self.records.new(name, "Person", surface=surface, label=surface)


def same_person(name: str, record: Record) -> bool:
    """Tell whether a full name and a known person's agree: one's words are among the other's, in order."""
    one, two = normalise(name).split(), normalise(record.name).split()
    short, long = sorted((one, two), key=len)
    rest = iter(long)
    return len(short) > 1 and all(word in rest for word in short)
