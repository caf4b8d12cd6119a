"""Pronouns and clitics, as mentions that `kg_actors` resolves."""

from __future__ import annotations

from kg.mentions.draft import Draft, Sheet
from kg.mentions.words import Pronoun, Words
from kg.model import ActorClass, Form

SIDE = "side"
"""The concept of "pihaknya": whom it stands for, or the body that he speaks for."""
LED = "led"
"""The concept of "her party": the one that she leads."""
CLASSES: dict[str, ActorClass] = {"person": "Person", "speaker": "Person", "several": "ActorGroup"}


def pronoun_drafts(sheet: Sheet, words: Words) -> list[Draft]:
    """Return the pronouns of a Doc; `concept` is their kind, and for a person the gender too."""
    found: list[Draft] = []
    for token, word in enumerate(sheet.lowers):
        pronoun: Pronoun | None = words.personal.get(word)
        form: Form = "pronoun"
        if pronoun is None and word in words.clitics and token > 0:
            pronoun, form = words.clitics[word], "clitic"
        if pronoun is None or (sheet.texts[token].isupper() and len(word) > 1):  # "US" is no pronoun
            continue
        if (
            pronoun.kind == "thing"
            and sheet.dep[token] in ("expl", "nsubj")
            and expletive(sheet, token, words)
        ):
            continue
        if form == "clitic" and sheet.dep[token] == "det" and sheet.pos[sheet.heads[token]] != "NOUN":
            continue  # "runtuhnya Uni Soviet": it makes a noun of the verb
        if form == "clitic" and sheet.lowers[token - 1] in words.pronouns.empty_hosts:
            continue
        side = form == "clitic" and sheet.lowers[token - 1] in words.pronouns.sides
        found.append(
            Draft(
                start=token - side,
                end=token + 1,
                form=form,
                cls=CLASSES.get(pronoun.kind, "State"),
                concept=SIDE if side else pronoun.kind + pronoun.gender,
                plural=pronoun.kind in ("several", "first"),
            )
        )
    return found


def led_drafts(sheet: Sheet, pronouns: list[Draft], words: Words) -> list[Draft]:
    """Return the bodies that somebody leads and a pronoun owns: "her party", "lembaganya"."""
    found: list[Draft] = []
    for pronoun in pronouns:
        own = pronoun.start
        behind = pronoun.form == "clitic" or words.groups.order == "after"  # "negaranya", "negara kami"
        noun = own - 1 if behind else own + 1
        owned = pronoun.form == "clitic" or (sheet.dep[own] == "nmod:poss" and sheet.heads[own] == noun)
        leads = pronoun.concept.startswith(("person", "any", "first", "speaker"))
        if leads and owned and sheet.lowers[noun] in words.led:
            found.append(
                Draft(
                    start=min(own, noun),
                    end=max(own, noun) + 1,
                    form=pronoun.form,
                    cls=min(words.led[sheet.lowers[noun]]),
                    concept=LED,
                    owner=pronoun,
                    noun=noun,
                )
            )
    return found


def expletive(sheet: Sheet, token: int, words: Words) -> bool:
    """Tell whether "it" means nothing ("it seems that")."""
    return sheet.dep[token] == "expl" or sheet.lemmas[sheet.heads[token]] in words.pronouns.expletive_verbs
