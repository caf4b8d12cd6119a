// One statement as people read it: what, in which words, who says so, when, where it stands, how sure it is.

import { actorName, named, t, type App } from "./app";
import { valenceColour } from "./colours";
import type { Offsets } from "./data";
import { readable } from "./dates";
import { h, type Child } from "./dom";
import { actorKey, mannerOf } from "./model";
import { encode } from "./state";

export function card(app: App, i: number, { full = false } = {}): HTMLElement {
  const { model } = app;
  const { statements: s, documents: d } = model.data;
  const relation = model.relation(i);
  const document = s.document[i];
  const claimant = s.claimant[i];
  return h(
    "article",
    {
      class: "card",
      "data-statement": s.id[i],
      "data-manner": mannerOf(model.data, i),
      "--colour": valenceColour(model.data, relation.valence, app.dark),
    },
    h(
      "h4",
      null,
      actorButton(app, s.source[i]),
      " ",
      h("span", { class: "relation", title: relation.definitions ? named(app, relation.definitions) : null }, named(app, relation.labels)),
      " ",
      actorButton(app, s.target[i]),
    ),
    h("p", { class: "flags" }, flags(app, i).map((flag) => h("span", { class: `flag ${flag.kind}` }, flag.text))),
    h("blockquote", { lang: d.lang[document] || null, dir: "auto" }, highlighted(app, i)),
    outside(app, i),
    h(
      "dl",
      null,
      row(t(app, "claimant"), claimant === null ? t(app, "narrator") : actorButton(app, claimant)),
      row(t(app, "eventTime"), when(app, i)),
      row(t(app, "publishedOn"), d.published[document] ? time(app, d.published[document]) : null),
      row(t(app, "document"), documentOf(app, document)),
      row(t(app, "confidenceIs"), meter(app, s.confidence[i])),
      row(t(app, "certaintyIs"), full ? named(app, model.data.certainties[s.certainty[i]].labels) : null),
      row(t(app, "office"), s.office[i] && h("span", { dir: "auto" }, s.office[i])),
      row(t(app, "characterisation"), s.characterisation[i] && h("span", { dir: "auto" }, s.characterisation[i])),
      row(t(app, "extractor"), full ? h("code", null, s.extractor[i]) : null),
    ),
    h(
      "a",
      { class: "permalink", id: `link-${s.id[i]}`, href: `#${encode({ ...app.state, shown: { kind: "statement", statement: i } }, model)}` },
      t(app, "linkTo"),
    ),
  );
}

export function actorButton(app: App, actor: number): HTMLElement {
  return h(
    "button",
    {
      type: "button",
      class: "actor",
      dir: "auto",
      "data-actor": actorKey(app.model.data.actors.id[actor]),
      onclick: () => app.set({ shown: { kind: "actor", actor } }),
    },
    actorName(app, actor),
  );
}

/** Return what sets the statement apart from a plain assertion about today. */
export function flags(app: App, i: number): { kind: string; text: string }[] {
  const { statements: s, modalities, statuses, certainties } = app.model.data;
  const found = [];
  if (s.negated[i]) found.push({ kind: "denied", text: t(app, "negated") });
  const modality = modalities[s.modality[i]];
  if (modality.name !== "actual") found.push({ kind: "tentative", text: named(app, modality.labels) });
  const status = statuses[s.status[i]];
  if (status.name !== "current") found.push({ kind: status.name, text: named(app, status.labels) });
  const certainty = certainties[s.certainty[i]];
  if (certainty.name !== "certain") found.push({ kind: "unsure", text: named(app, certainty.labels) });
  if (s.inferred[i]) found.push({ kind: "inferred", text: t(app, "inferred") });
  return found;
}

/** Return the event's time as dates, and the words that the text has for it. */
export function when(app: App, i: number): Child {
  const { start, end, when: words } = app.model.data.statements;
  const lang = app.state.lang;
  const [from, to] = [readable(start[i], lang), readable(end[i], lang)];
  const dates = from && to && from !== to ? `${from} – ${to}` : from || to;
  if (!dates && !words[i]) return null;
  return [dates, dates && words[i] ? " " : null, words[i] ? h("q", { class: "note", dir: "auto" }, words[i]) : null];
}

export function time(app: App, date: string): HTMLElement {
  return h("time", { datetime: date }, readable(date, app.state.lang));
}

export function meter(app: App, confidence: number): HTMLElement {
  const text = confidence.toLocaleString(app.state.lang, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  return h("span", { class: "meter" }, h("span", { class: "bar", "aria-hidden": "true", "--share": confidence }), text);
}

/** Return the sentence with evidence, trigger and both mentions marked. */
export function highlighted(app: App, i: number): Child {
  const { statements: s, sentences } = app.model.data;
  // Offsets count characters as Python does; a JavaScript string counts an emoji as two.
  const letters = Array.from(sentences.text[s.sentence[i]]);
  const kinds: [string, Offsets][] = [
    ...s.evidence[i].map((span): [string, Offsets] => ["evidence", span]),
    ["trigger", s.trigger[i]],
    ["end", s.sourceMention[i]],
    ["end", s.targetMention[i]],
  ];
  const inside = kinds.filter(([, span]) => span.length === 2);
  const cuts = [0, letters.length, ...inside.flatMap(([, span]) => [span[0], span[1]])];
  const places = [...new Set(cuts)].sort((a, b) => a - b);
  return places.slice(0, -1).map((from, n) => {
    const to = places[n + 1];
    const text = letters.slice(from, to).join("");
    const here = new Set(inside.filter(([, span]) => span[0] <= from && to <= span[1]).map(([kind]) => kind));
    if (!here.size) return text;
    const marks = [...here].filter((kind) => kind !== "evidence").join(" ");
    const inner = marks ? h("span", { class: marks }, text) : text;
    return here.has("evidence") ? h("mark", null, inner) : inner;
  });
}

function outside(app: App, i: number): Child {
  const texts = app.model.data.statements.evidence[i].flatMap((span) => (span.length === 3 ? [span[2]] : []));
  if (!texts.length) return null;
  return h(
    "div",
    { class: "outside" },
    h("span", { class: "note" }, t(app, "outside")),
    texts.map((text) => h("blockquote", { dir: "auto" }, h("mark", null, text))),
  );
}

function documentOf(app: App, document: number): Child {
  const { id, title, url, publisher, lang } = app.model.data.documents;
  const name = h("span", { dir: "auto", lang: lang[document] || null }, title[document] ?? id[document]);
  const link = address(url[document]);
  return [
    link ? h("a", { href: link, target: "_blank", rel: "noopener noreferrer external" }, name) : name,
    publisher[document] ? h("span", { class: "note", dir: "auto" }, ` ${publisher[document]}`) : null,
  ];
}

/** Return a document's address if it is one of the web: no script, no file. */
function address(text: string | null): string | null {
  try {
    const found = new URL(text ?? "");
    return found.protocol === "https:" || found.protocol === "http:" ? found.href : null;
  } catch {
    return null;
  }
}

function row(name: string, value: Child): Child {
  const empty = value === null || value === undefined || value === false || value === "";
  return empty ? null : h("div", null, h("dt", null, name), h("dd", null, value));
}
