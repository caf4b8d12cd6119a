"""Scores of an Indonesian pipeline, from gold tokens and from raw text, by character spans."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from training.indonesian_data import Sentence, detokenise, harmonise, read_entities, read_treebank

Row = dict[str, float]


def treebank_scores(nlp: Language, path: Path, *, raw: bool) -> Row:
    """Return F scores in percent for words, sentences, UPOS, features, lemmas, UAS and LAS.

    `raw` cuts the text anew, in documents of ten sentences; otherwise words and sentences are given.
    """
    sentences = [(text, harmonise(words)) for text, words in read_treebank(path)]
    sentences = [(t, w) for t, w in sentences if all(t[x.start : x.start + len(x.form)] == x.form for x in w)]
    if not raw:
        docs = [
            Doc(nlp.vocab, words=[w.form for w in ws], spaces=[w.space for w in ws]) for _, ws in sentences
        ]
        for doc in docs:
            for token in doc:
                token.is_sent_start = token.i == 0
        return _rates(
            [
                _compare([words], 0, doc, spans=False)
                for (_, words), doc in zip(sentences, nlp.pipe(docs), strict=True)
            ]
        )
    groups = [sentences[n : n + 10] for n in range(0, len(sentences), 10)]
    texts = [" ".join(text for text, _ in group) for group in groups]
    return _rates(
        [
            _compare([w for _, w in g], 1, doc, spans=True, texts=[t for t, _ in g])
            for g, doc in zip(groups, nlp.pipe(texts), strict=True)
        ]
    )


def _compare(gold: Sequence[Sentence], gap: int, doc: Doc, *, spans: bool, texts: Sequence[str] = ()) -> Row:
    base = 0
    words: dict[tuple[int, int], tuple[str, str, str, tuple[int, int], str]] = {}
    starts: set[tuple[int, int]] = set()
    for number, sentence in enumerate(gold):
        places = [
            (base + w.start, base + w.start + len(w.form)) if spans else (n, n + 1)
            for n, w in enumerate(sentence)
        ]
        for n, w in enumerate(sentence):
            head = (-1, -1) if w.dep == "ROOT" else places[w.head]
            words[places[n]] = (w.pos, w.feats, w.lemma, head, w.dep)
        starts.add((places[0][0], places[-1][1]))
        base += (len(texts[number]) + gap) if spans else 0
    tokens = [t for t in doc if not t.is_space]
    place = {t.i: (t.idx, t.idx + len(t)) if spans else (t.i, t.i + 1) for t in tokens}
    row: Row = dict.fromkeys(("gold", "system", "words", "upos", "feats", "lemma", "uas", "las"), 0.0)
    row["gold"], row["system"] = len(words), len(tokens)
    for t in tokens:
        found = words.get(place[t.i])
        if not found:
            continue
        pos, feats, lemma, head, dep = found
        own = (-1, -1) if t.head.i == t.i else place.get(t.head.i, (-2, -2))
        row["words"] += 1
        row["upos"] += t.pos_ == pos
        row["feats"] += str(t.morph) == feats
        row["lemma"] += t.lemma_ == lemma
        row["uas"] += own == head
        row["las"] += own == head and t.dep_ == dep
    own_starts = set()
    for sent in doc.sents:
        inner = [t for t in sent if not t.is_space]
        if inner:
            own_starts.add((place[inner[0].i][0], place[inner[-1].i][1]))
    row["s_gold"], row["s_system"], row["s_right"] = len(starts), len(own_starts), len(starts & own_starts)
    return row


def _rates(rows: Sequence[Row]) -> Row:
    total = {key: sum(row[key] for row in rows) for key in rows[0]}
    both = total["gold"] + total["system"]
    rates = {key: 200 * total[key] / both for key in ("words", "upos", "feats", "lemma", "uas", "las")}
    rates["sentences"] = 200 * total["s_right"] / (total["s_gold"] + total["s_system"])
    return {key: round(value, 1) for key, value in rates.items()}


def entity_scores(nlp: Language, path: Path, *, raw: bool) -> Row:
    """Return precision, recall and F in percent of entities with right span and label, and F by label."""
    right: dict[str, int] = {}
    found: dict[str, int] = {}
    wanted: dict[str, int] = {}
    sentences = list(read_entities(path))
    inputs: list[str | Doc] = []
    golds: list[set[tuple[int, int, str]]] = []
    for pairs in sentences:
        text, spans = detokenise(pairs)
        if raw:
            inputs.append(text)
            golds.append(set(spans))
            continue
        words = [word for word, _ in pairs]
        doc = Doc(nlp.vocab, words=words, ents=_bio([tag for _, tag in pairs]))
        golds.append({(e.start_char, e.end_char, e.label_) for e in doc.ents})
        inputs.append(Doc(nlp.vocab, words=words))
    for gold, doc in zip(golds, nlp.pipe(inputs), strict=True):
        own = {(e.start_char, e.end_char, e.label_) for e in doc.ents}
        for table, entities in ((right, own & gold), (found, own), (wanted, gold)):
            for *_, label in entities:
                table[label] = table.get(label, 0) + 1
    row = {
        f"F {label}": _f(right.get(label, 0), found.get(label, 0), wanted[label]) for label in sorted(wanted)
    }
    hits = sum(right.values())
    row["P"] = round(100 * hits / max(1, sum(found.values())), 1)
    row["R"] = round(100 * hits / max(1, sum(wanted.values())), 1)
    row["F"] = _f(hits, sum(found.values()), sum(wanted.values()))
    return row


def _f(right: int, found: int, wanted: int) -> float:
    return round(200 * right / max(1, found + wanted), 1)


def _bio(tags: Sequence[str]) -> list[str]:
    return [
        "B" + tag[1:] if tag.startswith("I-") and (n == 0 or tags[n - 1][2:] != tag[2:]) else tag
        for n, tag in enumerate(tags)
    ]
