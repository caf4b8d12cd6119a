// The query page: YASGUI on this server's endpoint, and the ready questions as a form that fills it.
import Yasgui from "@zazuko/yasgui";
import "@zazuko/yasgui/build/yasgui.min.css";
import { complete } from "./completion.js";
import { look } from "./look.js";
import { questions } from "./questions.js";
import "./style.css";

const here = (path) => new URL(path, location.href.replace(/[?#].*/, "")).href;

async function start() {
  look(document.getElementById("look"));
  const answer = await fetch(here("questions"));
  if (!answer.ok) throw new Error(`the questions cannot be had: ${await answer.text()}`);
  const known = await answer.json();
  const endpoint = here("sparql");
  complete(Yasgui.Yasqe, { endpoint, prefixes: known.prefixes });
  const declared = Object.entries({ polkg: known.prefixes.polkg, rdf: known.prefixes.rdf, rdfs: known.prefixes.rdfs })
    .map(([prefix, iri]) => `PREFIX ${prefix}: <${iri}>\n`)
    .join("");
  Yasgui.Yasqe.defaults.autocompleters = []; // settings are merged by place, and a fourth would stay
  const yasgui = new Yasgui(document.getElementById("yasgui"), {
    requestConfig: { endpoint, method: "POST" },
    endpointCatalogueOptions: { getData: () => [{ endpoint }] },
    copyEndpointOnNewTab: false,
    // The address may name a query, but never another endpoint to send it to.
    populateFromUrl: (tab) => ({ ...tab, requestConfig: { ...tab.requestConfig, endpoint } }),
    persistenceId: `polkg ${location.pathname}`,
    yasqe: {
      value: `${declared}\nSELECT ?actor ?name ?class WHERE {\n  ?class rdfs:subClassOf+ polkg:Actor .\n  ?actor a ?class ; rdfs:label ?name .\n}\nORDER BY ?name\nLIMIT 100\n`,
      prefixCcApi: null,
      autocompleters: ["polkg-prefixes", "polkg-names", "variables"],
      createShortLink: undefined,
    },
    yasr: { prefixes: known.prefixes },
  });
  const current = () => {
    const tab = yasgui.getTab() ?? yasgui.addTab(true);
    tab.setEndpoint(endpoint); // tabs of an earlier visit may remember another port
    return tab;
  };
  for (const id of Object.keys(yasgui._tabs)) yasgui.getTab(id).setEndpoint(endpoint);
  yasgui.on("tabSelect", () => queueMicrotask(() => escape(current())));
  escape(current());
  questions(known, {
    here,
    endpoint,
    fill(sparql, { run }) {
      const tab = current();
      tab.setQuery(sparql);
      const yasqe = tab.getYasqe();
      yasqe.collapsePrefixes(true);
      if (run) yasqe.query().catch(() => {}); // YASR shows what went wrong
    },
  });
  document.body.dataset.ready = "true";
}

// CodeMirror keeps Tab for itself; after Escape it moves on, so that the keyboard can leave the editor.
function escape(tab) {
  const yasqe = tab.getYasqe();
  if (!yasqe || yasqe.leavable) return;
  yasqe.leavable = true;
  yasqe.getInputField().setAttribute("aria-label", "SPARQL query");
  const leaving = { Tab: false, "Shift-Tab": false };
  yasqe.addKeyMap({ Esc: () => yasqe.addKeyMap(leaving) });
  yasqe.on("blur", () => yasqe.removeKeyMap(leaving));
}

start().catch((error) => {
  document.getElementById("problem").textContent = error.message;
});
