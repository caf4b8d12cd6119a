"""The graph as RDF by the ontology: one block of predicate and object pairs a subject, in a fixed order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, TypeAlias

from kg.export.rdf_terms import (
    Term,
    actor_iri,
    boolean,
    date,
    decimal,
    index,
    node_iri,
    span_iri,
    term,
    text,
    words,
)
from kg.graph import KnowledgeGraph, Source
from kg.model import Actor, Mention, Span, Statement
from kg.ontology import relation_type

Pairs: TypeAlias = list[tuple[Term, Term]]
Block: TypeAlias = tuple[Term, Pairs]
Claimed: TypeAlias = tuple[Term, Term, list[Block]]
Direct: TypeAlias = dict[Term, set[tuple[str, Term]]]
_TYPE: Final = term("rdf:type")
_MENTION, _SPAN, _FORM, _REFERS = (
    term(f"polkg:{name}") for name in ("Mention", "Span", "mentionForm", "refersTo")
)
_BEGIN, _END, _ANCHOR, _CONTEXT = (
    term(f"nif:{name}") for name in ("beginIndex", "endIndex", "anchorOf", "referenceContext")
)


def blocks(graph: KnowledgeGraph) -> Iterator[Block]:
    """Yield the default graph by subject: documents, actors with direct triples, runs, statements, spans."""
    documents = {source.id: node_iri("document", source.id) for source in graph.sources()}
    languages = {source.id: source.lang for source in graph.sources()}
    statements = graph.statements()
    direct = _direct(statements).get(None, {})
    for source in graph.sources():
        yield documents[source.id], _document(source)
    for actor in graph.actors().values():
        node = actor_iri(actor.id)
        yield node, actor_pairs(actor, node) + _relations(direct.get(node, set()))
    for extractor in sorted({s.extractor for s in statements if s.extractor}):
        yield from _run(extractor)
    for statement in statements:
        document = documents[statement.document]
        yield (
            node_iri("statement", statement.id),
            _statement(statement, document=document, lang=languages[statement.document]),
        )
    yield from _spans(graph.mentions(), statements, documents=documents)


def claims(graph: KnowledgeGraph) -> Iterator[Claimed]:
    """Yield the graph of each claimant, with the claimant: direct triples that the texts only report."""
    for claimant, direct in sorted(_direct(graph.statements()).items(), key=lambda item: item[0] or ""):
        if claimant is not None:
            found = [(node, _relations(direct[node])) for node in sorted(direct)]
            yield node_iri("claims", claimant), actor_iri(claimant), found


def claimant(statement: Statement) -> tuple[bool, str | None]:
    """Say whether a direct triple may stand for the statement, and by whose claim (None: the text's own).

    It may where the text asserts it plainly. What somebody says of their own view is no third party's claim.
    """
    plain = statement.asserted and statement.status == "current"
    own = relation_type(statement.type).family == "perception" and statement.attributed_to == statement.source
    return plain, None if own else statement.attributed_to


def _direct(statements: Iterable[Statement]) -> dict[str | None, Direct]:
    found: dict[str | None, Direct] = {}
    for statement in statements:
        allowed, by = claimant(statement)
        if not allowed:
            continue
        edges = found.setdefault(by, {})
        source, target = actor_iri(statement.source), actor_iri(statement.target)
        edges.setdefault(source, set()).add((statement.type, target))
        if relation_type(statement.type).symmetric:
            edges.setdefault(target, set()).add((statement.type, source))
    return found


def _relations(edges: set[tuple[str, Term]]) -> Pairs:
    return [(term(f"polkg:{name}"), target) for name, target in sorted(edges)]


def _document(source: Source) -> Pairs:
    pairs: Pairs = [
        (_TYPE, term("polkg:Document")),
        (_TYPE, term("nif:Context")),
        (_TYPE, term("schema:NewsArticle")),
        (term("dcterms:identifier"), text(source.id)),
    ]
    if source.title is not None:
        pairs.append((term("dcterms:title"), words(source.title, source.lang)))
    if source.lang:
        pairs.append((term("dc:language"), text(source.lang)))
    if source.published is not None:
        pairs.append((term("dcterms:issued"), date(source.published)))
    if source.publisher is not None:
        pairs.append((term("dc:publisher"), text(source.publisher)))
    if source.url is not None:
        pairs.append((term("schema:url"), text(source.url)))
    if source.sha256:
        pairs.append((term("polkg:sha256"), text(source.sha256)))
    pairs += [(term("nif:beginIndex"), index(0)), (term("nif:endIndex"), index(source.length))]
    return pairs


def actor_pairs(actor: Actor, node: Term) -> Pairs:
    """Return what is said of an actor itself, its relations left out."""
    pairs: Pairs = [(_TYPE, term(f"polkg:{actor.cls}")), (term("rdfs:label"), text(actor.name))]
    if node != f"<{actor.id}>":
        pairs.append((term("dcterms:identifier"), text(actor.id)))
    labels = [(term("skos:prefLabel"), words(label, lang)) for lang, label in actor.labels]
    aliases = [(term("skos:altLabel"), text(alias)) for alias in actor.aliases]
    return list(dict.fromkeys([*pairs, *labels, *aliases]))


def _run(extractor: str) -> Iterator[Block]:
    name, _, version = extractor.partition("/")
    software = node_iri("software", extractor)
    yield (
        node_iri("run", extractor),
        [
            (_TYPE, term("polkg:Extraction")),
            (term("rdfs:label"), text(extractor)),
            (term("prov:wasAssociatedWith"), software),
        ],
    )
    pairs: Pairs = [(_TYPE, term("prov:SoftwareAgent")), (term("rdfs:label"), text(name))]
    yield software, pairs + ([(term("schema:softwareVersion"), text(version))] if version else [])


def _statement(s: Statement, *, document: Term, lang: str | None) -> Pairs:
    def at(span: Span) -> Term:
        return span_iri(document, span.start, span.end)

    pairs: Pairs = [
        (_TYPE, term("polkg:Statement")),
        (term("dcterms:identifier"), text(s.id)),
        (term("rdf:subject"), actor_iri(s.source)),
        (term("rdf:predicate"), term(f"polkg:{relation_type(s.type).name}")),
        (term("rdf:object"), actor_iri(s.target)),
    ]
    if s.attributed_to is not None:
        pairs.append((term("polkg:attributedTo"), actor_iri(s.attributed_to)))
    pairs += [
        (term("polkg:negated"), boolean(s.negated)),
        (term("polkg:modality"), text(s.modality)),
        (term("polkg:status"), text(s.status)),
        (term("polkg:certainty"), text(s.certainty)),
        (term("polkg:confidence"), decimal(s.confidence)),
        (term("polkg:inferred"), boolean(s.inferred)),
    ]
    if s.time.start is not None:
        pairs.append((term("polkg:beginTime"), date(s.time.start)))
    if s.time.end is not None:
        pairs.append((term("polkg:endTime"), date(s.time.end)))
    for name, value in (
        ("timeExpression", s.time.text),
        ("office", s.office),
        ("characterisation", s.characterisation),
    ):
        if value is not None:
            pairs.append((term(f"polkg:{name}"), words(value, lang)))
    pairs += [(term("polkg:evidence"), at(span)) for span in dict.fromkeys(s.evidence)]
    pairs += [
        (term("polkg:sentence"), at(s.sentence)),
        (term("polkg:trigger"), at(s.trigger)),
        (term("polkg:sourceMention"), at(s.source_mention)),
        (term("polkg:targetMention"), at(s.target_mention)),
        (term("prov:wasDerivedFrom"), document),
    ]
    if s.extractor:
        pairs.append((term("prov:wasGeneratedBy"), node_iri("run", s.extractor)))
    return pairs


def _spans(
    mentions: Iterable[Mention], statements: Iterable[Statement], *, documents: dict[str, Term]
) -> Iterator[Block]:
    wordings: dict[tuple[str, int, int], set[str]] = defaultdict(set)
    meant: dict[tuple[str, int, int], list[Mention]] = defaultdict(list)
    for s in statements:
        for span in (*s.evidence, s.sentence, s.trigger, s.source_mention, s.target_mention):
            wordings[s.document, span.start, span.end].add(span.text)
    for mention in mentions:
        span = mention.span
        key = mention.document, span.start, span.end
        wordings[key].add(span.text)
        meant[key].append(mention)
    for key in sorted(wordings):
        document, start, end = key
        node = documents[document]
        pairs: Pairs = [
            (_TYPE, _MENTION if key in meant else _SPAN),
            (_BEGIN, index(start)),
            (_END, index(end)),
            *((_ANCHOR, text(wording)) for wording in sorted(wordings[key])),
            (_CONTEXT, node),
        ]
        if key in meant:
            pairs += _meant(meant[key])
        yield span_iri(node, start, end), pairs


def _meant(mentions: Sequence[Mention]) -> Pairs:
    forms = sorted({mention.form for mention in mentions})
    actors = sorted({actor_iri(mention.actor) for mention in mentions})
    return [*((_FORM, text(form)) for form in forms), *((_REFERS, actor) for actor in actors)]
