"""The pipelines around the encoder as spaCy's users meet them: saved, loaded, and their Docs too."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc

from kg.annotating import annotate
from kg.model import Document
from kg.understand import parse, pipeline, understand
from kg.understand.encoder_model import MODEL

TEXTS = {
    "id": "Presiden Norwegia memuji sekutunya.\n\n“Kami bekerja sama dengan Jepang-Korsel,” kata Budi.",
    "en": "Norway's minister met Kari Nilsen.\n\n“We won't talk to NATO,” she said in Oslo.",
}


def annotated(doc: Doc) -> dict[str, Any]:
    """Return all that the pipeline says of a text."""
    tokens = [
        (t.text, t.idx, t.pos_, str(t.morph), t.lemma_, t.dep_, t.head.i, t.ent_iob_, t.ent_type_)
        for t in doc
    ]
    starts = [s.start for s in doc.sents]
    spans = {key: [(s.start, s.end, s.label_) for s in group] for key, group in doc.spans.items()}
    chances = doc.spans["actors"].attrs["chances"]
    return {"tokens": tokens, "starts": starts, "spans": spans, "chances": chances}


@pytest.mark.parametrize("code", sorted(TEXTS))
def test_a_saved_pipeline_annotates_as_before(code: str, tmp_path: Path) -> None:
    pipeline(code).to_disk(tmp_path)
    again = spacy.load(tmp_path)
    found = annotated(again(TEXTS[code]))
    assert found == annotated(pipeline(code)(TEXTS[code]))
    assert found["spans"]["actors"]
    assert found["spans"]["quotes"]
    assert str(Path.cwd()) not in (tmp_path / "config.cfg").read_text("utf8")


@pytest.mark.parametrize("code", sorted(TEXTS))
def test_a_pipeline_survives_bytes(code: str) -> None:
    nlp = pipeline(code)
    again = spacy.util.load_model_from_config(nlp.config).from_bytes(nlp.to_bytes())
    assert annotated(again(TEXTS[code])) == annotated(nlp(TEXTS[code]))


@pytest.mark.parametrize("code", sorted(TEXTS))
def test_a_saved_doc_has_its_annotations_and_its_document(code: str, tmp_path: Path) -> None:
    [doc] = understand([Document(id="a", text=TEXTS[code], lang=code)])
    doc.to_disk(tmp_path / "doc")
    again = Doc(doc.vocab).from_disk(tmp_path / "doc")
    assert annotated(again) == annotated(doc)
    assert (again._.document, again._.layout) == (doc._.document, doc._.layout)


def test_a_saved_doc_has_its_mentions_actors_and_statements() -> None:
    [doc] = annotate([Document(id="a", text="Rusia dikritik oleh NATO.", lang="id")])
    again = Doc(doc.vocab).from_bytes(doc.to_bytes())
    for name in ("mentions", "titles", "statements"):
        assert tuple(getattr(again._, name)) == getattr(doc._, name)
    assert again._.actors == doc._.actors
    assert doc._.statements


def test_a_saved_doc_names_no_class_of_others() -> None:
    doc = pipeline("en").make_doc("Norway agreed.")
    doc.user_data["odd"] = {"kg.class": "subprocess:Popen", "kg.fields": {}}
    with pytest.raises(ValueError, match="subprocess:Popen"):
        Doc(doc.vocab).from_bytes(doc.to_bytes())


def test_actor_mentions_keep_their_places_between_blank_lines() -> None:
    text = "\n\n  Norway's\nminister\t met  Kari Nilsen. \n\n\nNorway's minister met Kari Nilsen."
    [doc] = understand([Document(id="a", text=text, lang="en")])
    names = ("Norway", "Kari Nilsen")
    found = [(span.text, span.label_) for span in doc.spans["actors"] if span.text in names]
    assert found == [("Norway", "State"), ("Kari Nilsen", "Person")] * 2
    assert len(doc.spans["actors"].attrs["chances"]) == len(doc.spans["actors"])


def test_actor_mentions_of_a_long_text_keep_their_chances(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Norway's minister met Kari Nilsen.\n\n \n\n" * 6
    [short] = understand([Document(id="a", text=text, lang="en")])
    monkeypatch.setattr(parse, "PIECE_CHARACTERS", 60)
    [long] = understand([Document(id="a", text=text, lang="en")])
    assert annotated(long)["chances"] == pytest.approx(annotated(short)["chances"], abs=0.01)
    assert annotated(long)["spans"] == annotated(short)["spans"]


def test_a_document_reads_the_same_alone_and_in_company() -> None:
    documents = [Document(id=str(n), text=TEXTS["en"] * (1 + n % 3), lang="en") for n in range(7)]
    together = [annotated(doc) for doc in understand(documents)]
    alone = [annotated(doc) for document in documents for doc in understand([document])]
    for one, other in zip(together, alone, strict=True):
        assert one["tokens"] == other["tokens"]
        assert one["spans"] == other["spans"]


def test_the_graph_has_no_sum_whose_order_depends_on_the_processor() -> None:
    graph = np.load(MODEL, allow_pickle=False)["graph"].tobytes()
    assert b'"\x09ReduceSum' in graph  # an operation's name, behind the number of its field and its length
    assert b'"\x07Softmax' not in graph
