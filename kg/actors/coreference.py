"""Pronouns, clitics and "the two countries" to the actors before them, by number, class and place."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf, log1p

from kg.actors.antecedent_vectors import leanings
from kg.actors.antecedents import Features, Standing, features, nobody, weigh, weights
from kg.actors.linking import Linker
from kg.actors.nominals import ORGANISED, SUBJECTS, counted, country, kingdom, movement
from kg.actors.records import Record, seen
from kg.actors.several import company, in_row
from kg.mentions.countries import STATE
from kg.mentions.draft import Draft, TitleDraft
from kg.mentions.gazetteer import terms_of
from kg.mentions.groups import COUNTED
from kg.mentions.pronouns import LED, SIDE
from kg.mentions.titles import named

CO_ARGUMENTS = frozenset({"obj", "iobj", "obl", "obl:agent"})
BACK = 2  # sentences
NEAR = 24  # mentions
MOST_SEEN = 4.0
MANY = frozenset({"ActorGroup", "ArmedGroup", "ArmedForce", "PoliticalParty"})


class Resolver:
    """Resolves what has no name; `members` maps a draft that stands for several actors to them."""

    def __init__(self, linker: Linker, drafts: list[Draft], titles: list[TitleDraft]) -> None:
        self.linker = linker
        self.sheet = linker.sheet
        self.of = linker.of
        self.drafts = drafts
        self.members = linker.members
        self._offices = [
            (linker.of[title.person].id, linker.of[title.body])
            for title in titles
            if title.person is not None and title.body is not None
            if title.person in linker.of and title.body in linker.of
        ]
        self._body_of = dict(self._offices)
        self._bodies = {title.body for title in titles}  # "presidennya" is no person's
        self._states = {t.body for t in titles if named(linker.words, t, linker.words.titles.ministries)}
        # "Presiden Rusia Vladimir Putin": the title is the head, the name hangs on it
        self._head_of = {
            title.person: self.sheet.head_of(title.start, title.person.end)
            for title in titles
            if title.person is not None and title.end <= title.person.start
        }
        self._standing: dict[Draft, Standing] = {}
        self._inner = {
            id(d) for i, d in enumerate(drafts) if any(o.end >= d.end for o in drafts[max(0, i - 3) : i])
        }

    def resolve(self) -> None:
        """Resolve in reading order, so that a pronoun may stand on the one before it.

        Who says "we" comes last: he may be a pronoun behind the quotation, '"We will win," he said'.
        """
        for place, draft in enumerate(self.drafts):
            if _is_first_person(draft) or draft.concept == LED:
                continue
            if draft.concept == COUNTED:
                self._counted(place, draft)
            elif draft.concept == STATE:
                self._country(place, draft)
            elif draft.form == "nominal" and (draft.owner is None or self._of_faith(draft.owner)):
                self._anaphor(place, draft)
            elif draft.form in ("pronoun", "clitic"):
                self._pronoun(place, draft)
        for place, draft in enumerate(self.drafts):
            if _is_first_person(draft):
                self._first_person(place, draft)
        for draft in self.drafts:
            if draft.concept == LED:
                self._led(draft)

    def _led(self, draft: Draft) -> None:
        """Take the body whose office its owner holds, if it is one of those that the noun may mean.

        "His country" is the state that he serves, by a title here or else by the table of terms. A body of
        that kind means itself: "Rusia mengatakan negaranya …".
        """
        owner = self.of.get(draft.owner) if draft.owner is not None else None
        if owner is None:
            return
        classes = self.linker.words.led[self.sheet.lowers[draft.noun]]
        held = (body for id_, body in self._offices if id_ == owner.id)
        bodies = [body for body in (owner, *held) if body.cls in classes]
        states = {term.state for term in terms_of(owner.key)} if "State" in classes else set()
        if not bodies and len(states) == 1:
            bodies = [self.linker.records.by_key(*states)]
        if not bodies:
            return
        same = [d for d in self.drafts if d.form == "nominal" and d.head == draft.noun]
        for one in same or [draft]:
            self.of[one] = bodies[0]

    def _first_person(self, place: int, draft: Draft) -> None:
        """Take who speaks the quotation; "we" is the body that he speaks for, if the text names it."""
        speaker = self._speaker(place, draft)
        if speaker is not None:
            speaks_for = draft.concept == "first"
            self.of[draft] = self._body_of.get(speaker.id, speaker) if speaks_for else speaker

    def _counted(self, place: int, draft: Draft) -> None:
        """Take the so many actors named last of the classes; of groups without a name stay the words."""
        hit = self.linker.words.several.at(self.sheet.lowers, draft.start)
        assert hit is not None  # such a phrase made the draft
        if hit[1].keys:
            self.members[draft] = tuple(self.linker.records.by_key(key).id for key in hit[1].keys)
            return
        ids = counted(self.linker, (self.drafts, place), hit[1], self._body_of)
        if ids:
            self.members[draft] = ids
        elif "ArmedGroup" in hit[1].cls:
            surface = self.linker.text(draft)
            self.of[draft] = self.linker.records.new(surface, "ActorGroup", surface=surface, local=True)

    def _country(self, place: int, draft: Draft) -> None:
        """Take the state that "the kingdom" means; without one "the country" is nobody.

        "The southern African country" is somebody, whichever it is.
        """
        record = country(self.linker, self.drafts[:place], draft)
        if record is None and draft.end - draft.start > 1:
            surface = self.linker.text(draft)
            record = self.linker.records.new(surface, "State", surface=surface, local=True)
        if record is not None:
            self.of[draft] = record

    def _of_faith(self, owner: Draft) -> bool:
        """Tell whether an owner only says of what kind a body is: "the Islamist movement"."""
        return owner.form == "demonym" and owner.cls == "ActorGroup"

    def _anaphor(self, place: int, draft: Draft) -> None:
        """Take the organisation or state named before that "the movement" means, if there is only one."""
        before = self.drafts[:place]
        record = movement(self.linker, before, draft) or kingdom(self.linker, before, draft)
        if record is not None:
            self.of[draft] = seen(record, self.linker.text(draft))

    def _pronoun(self, place: int, draft: Draft) -> None:
        best = self._likeliest(place)
        if draft.concept == "several" and draft not in self._bodies:
            before = self.drafts[max(0, place - NEAR) : place]
            joined, acting = in_row(self.linker, before, draft)
            pair = joined or company(self.linker, [d for d in before if id(d) not in self._inner], draft)
            likely = self.of.get(best) if best is not None else None
            if pair and (acting or likely is None or likely.cls not in MANY or likely.id in pair):
                self.members[draft] = pair
                return
        if best is None:
            return
        if best in self.members:
            self.members[draft] = self.members[best]
            return
        record = self.of[best]
        if draft.concept == SIDE:
            record = self._body_of.get(record.id, record)
        self.of[draft] = record
        if draft.concept.startswith("person"):
            record.gender = record.gender or draft.concept[6:]

    def _likeliest(self, place: int) -> Draft | None:
        """Return whom the pronoun at a place means, None for nobody; "pihaknya" always means somebody."""
        draft, learned = self.drafts[place], weights()
        mine = self.standing(draft)
        choices = list(self.candidates(place))
        *added, for_nobody = leanings(mine, [self.standing(other) for other, _ in choices])
        least = -inf if draft.concept == SIDE else weigh(nobody(mine), learned) + for_nobody
        best: tuple[float, Draft | None] = (least, None)
        for (other, found), more in zip(choices, added, strict=True):
            score = weigh(found, learned) + more
            if score > best[0]:
                best = (score, other)
        return best[1]

    def candidates(self, place: int) -> Iterator[tuple[Draft, Features]]:
        """Yield what the pronoun at a place may mean, the nearest first, with what speaks for and against it.

        Number, class, gender and the clause forbid the others.
        """
        draft = self.drafts[place]
        mine = self.standing(draft)
        seen: dict[str, list[int]] = {}
        for other in self.drafts[:place]:
            if other in self.of:
                seen.setdefault(self.of[other].id, []).append(self.standing(other).sentence)
        nearer: set[str] = set()
        for other in reversed(self.drafts[max(0, place - NEAR) : place]):
            record, theirs = self.of.get(other), self.standing(other)
            apart = mine.sentence - theirs.sentence
            if (record is None and other not in self.members) or other.end > draft.start or apart > BACK:
                continue
            name = record.id if record is not None else ""
            if self._agrees(draft, other) and not (apart == 0 and self._bound(draft, other)):
                found = features(mine, theirs, record)
                found["inner"] = float(id(other) in self._inner)
                found["titled"] = float(other in self._head_of)
                found[f"between {'before' if apart else 'here'}"] = log1p(len(nearer - {name}))
                if record is not None:
                    found["seen"] = min(MOST_SEEN, len(seen[name]))
                    found["seen of late"] = float(sum(mine.sentence - one <= 1 for one in seen[name]))
                    found["first of text"] = float(name == next(iter(seen)))
                yield other, found
            nearer.add(name)

    def standing(self, draft: Draft) -> Standing:
        """Return where a draft stands."""
        if draft not in self._standing:
            head = self._head_of.get(draft, draft.head)
            self._standing[draft] = Standing(self.sheet, self.linker.words, draft, head)
        return self._standing[draft]

    def _agrees(self, pronoun: Draft, other: Draft) -> bool:
        kind, gender = pronoun.concept, ""
        if kind.startswith("person"):
            kind, gender = "person", kind[6:]
        if other in self.members:
            return kind == "several"
        record = self.of[other]
        if pronoun in self._states:
            return record.cls == "State"  # "its culture minister" is no company's
        if pronoun in self._bodies:
            return record.cls in ORGANISED
        if kind == "person":
            return record.cls == "Person" and (not gender or not record.gender or record.gender == gender)
        if kind == "thing":
            return record.cls in ORGANISED and not (
                other.plural and record.cls in ("ArmedGroup", "ArmedForce") and other.form == "nominal"
            )
        if kind == "several":
            return record.cls != "Person"
        return record.cls == "Person" or record.cls in ORGANISED

    def _bound(self, pronoun: Draft, other: Draft) -> bool:
        """Tell whether both are arguments of one verb ("X criticised him"), or one is inside the other."""
        sheet = self.sheet
        head = self._head_of.get(other, other.head)
        mine, theirs = sheet.heads[pronoun.head], sheet.heads[head]
        if mine == head and sheet.dep[pronoun.head] == "nmod:poss":
            return True
        if sheet.dep[mine] == "appos" and sheet.heads[mine] == head:
            return True  # "will visit Peru, its only ally"
        shared = sheet.heads[mine] == theirs and sheet.dep[head] in SUBJECTS and self._shares_subject(mine)
        here = mine == theirs and sheet.dep[head] in SUBJECTS | CO_ARGUMENTS
        return sheet.dep[pronoun.head] in CO_ARGUMENTS and (here or shared)  # "cut ties, accusing it"

    def _shares_subject(self, verb: int) -> bool:
        """Tell whether a clause has none of its own: "cut ties and accused it", "cut ties, accusing it"."""
        sheet = self.sheet
        below = (t for t in range(sheet.heads[verb], verb) if sheet.heads[t] == verb)
        joined = sheet.dep[verb] in ("advcl", "conj") and sheet.pos[verb] == "VERB"
        return joined and not any(sheet.dep[token] in SUBJECTS for token in below)

    def _speaker(self, place: int, draft: Draft) -> Record | None:
        """Return who speaks the quotation around a pronoun: the subject of a speech verb beside it."""
        sheet = self.sheet
        if not sheet.quoted[draft.start]:
            return None
        speech = set(self.linker.words.pronouns.speech)
        best: tuple[int, Record] | None = None
        for other in self.drafts[max(0, place - NEAR) : place + NEAR]:
            record, head = self.of.get(other), self._head_of.get(other, other.head)
            if record is None or sheet.quoted[other.start] or sheet.dep[head] not in SUBJECTS:
                continue
            if sheet.lemmas[sheet.heads[head]] not in speech:
                continue
            apart = abs(sheet.sentence[other.start] - sheet.sentence[draft.start])
            if apart <= BACK and (best is None or apart < best[0]):
                best = (apart, record)
        return best[1] if best else None


def _is_first_person(draft: Draft) -> bool:
    return draft.form in ("pronoun", "clitic") and draft.concept.startswith(("first", "speaker"))
