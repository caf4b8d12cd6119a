// Completion from this graph alone: our prefixes, and the classes, properties and relation types of the ontology.
const NAMES = `SELECT DISTINCT ?name WHERE {
  { ?name a ?kind . FILTER (?kind IN (owl:Class, rdfs:Class, owl:ObjectProperty, owl:DatatypeProperty, rdf:Property)) }
  UNION { SELECT DISTINCT ?name WHERE { ?s ?name ?o } }
}`;

export function complete(Yasqe, { endpoint, prefixes }) {
  for (const name of ["prefixes", "property", "class"]) delete Yasqe.Autocompleters[name]; // these ask other servers
  Yasqe.registerAutocompleter({
    name: "polkg-prefixes",
    bulk: true,
    autoShow: true,
    persistenceId: null,
    isValidCompletionPosition(yasqe) {
      const cursor = yasqe.getDoc().getCursor();
      return /^\s*PREFIX\s+[\w-]*$/i.test(yasqe.getDoc().getLine(cursor.line).slice(0, cursor.ch));
    },
    get: () => Object.entries(prefixes).map(([prefix, iri]) => `${prefix}: <${iri}>`).sort(),
  });
  Yasqe.registerAutocompleter({
    name: "polkg-names",
    bulk: true,
    autoShow: false,
    persistenceId: null,
    isValidCompletionPosition(yasqe) {
      const cursor = yasqe.getDoc().getCursor();
      if (/^\s*PREFIX\b/i.test(yasqe.getDoc().getLine(cursor.line))) return false;
      const token = yasqe.getCompleteToken();
      return !/^[?$"'#]/.test(token.string) && /:|^[A-Za-z]+$/.test(token.string);
    },
    async get() {
      const known = Object.entries({ ...prefixes, owl: "http://www.w3.org/2002/07/owl#" });
      const query = known.map(([prefix, iri]) => `PREFIX ${prefix}: <${iri}>\n`).join("") + NAMES;
      const answer = await fetch(endpoint, {
        method: "POST",
        headers: { "Content-Type": "application/sparql-query", Accept: "application/sparql-results+json" },
        body: query,
      });
      if (!answer.ok) return [];
      const { results } = await answer.json();
      const short = (iri) => {
        const found = known.find(([, start]) => iri.startsWith(start) && /^[\w-]+$/.test(iri.slice(start.length)));
        return found ? `${found[0]}:${iri.slice(found[1].length)}` : null;
      };
      return [...new Set(results.bindings.map(({ name }) => short(name.value)).filter(Boolean))].sort();
    },
  });
}
