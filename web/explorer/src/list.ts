// The statements as a table: all that the graph shows, for reading, sorting and for those who cannot see it.

import { actorName, count, named, t, type App, type Word } from "./app";
import { actorButton, flags, highlighted, meter, time } from "./card";
import { valenceColour } from "./colours";
import { readable } from "./dates";
import { fill, h, keepingFocus } from "./dom";
import { SORTS, type Sort } from "./state";

const ROWS = 50;

export interface List {
  element: HTMLElement;
  draw: () => void;
}

export function list(app: App): List {
  const table = h("table");
  const pager = h("nav", { class: "pager", "aria-label": t(app, "page", { page: "", pages: "" }).trim() });
  const nothing = h("p", { class: "hint" }, t(app, "noStatement"));
  const box = h("div", { class: "scroll", tabindex: "0", role: "region", "aria-labelledby": "list-caption" }, table);
  return {
    element: h("section", { class: "list", id: "list", tabindex: "-1", "aria-label": t(app, "list") }, box, nothing, pager),
    draw() {
      const shown = sorted(app);
      const pages = Math.max(1, Math.ceil(shown.length / ROWS));
      const page = Math.min(app.state.page, pages - 1);
      const rows = shown.slice(page * ROWS, (page + 1) * ROWS);
      keepingFocus(() => {
        fill(
          table,
          h("caption", { id: "list-caption", class: "unseen" }, t(app, "caption")),
          h("thead", null, h("tr", null, SORTS.map((sort) => heading(app, sort)))),
          h("tbody", null, rows.flatMap((i) => row(app, i))),
        );
        fill(
          pager,
          step(app, "previous", page - 1, page > 0),
          h("span", null, t(app, "page", { page: count(app, page + 1), pages: count(app, pages) })),
          step(app, "next", page + 1, page + 1 < pages),
        );
      });
      box.hidden = !shown.length;
      nothing.hidden = shown.length > 0;
      pager.hidden = pages === 1;
    },
  };
}

function heading(app: App, sort: Sort): HTMLElement {
  const chosen = app.state.sort === sort;
  const name = t(app, WORD[sort]);
  return h(
    "th",
    { scope: "col", "aria-sort": chosen ? (app.state.down ? "descending" : "ascending") : null, class: sort },
    h(
      "button",
      {
        type: "button",
        id: `sort-${sort}`,
        title: t(app, "sortBy", { column: name }),
        onclick: () => app.set({ sort, down: chosen ? !app.state.down : DOWN.has(sort), page: 0 }),
      },
      name,
      h("span", { "aria-hidden": "true", class: "arrow" }, chosen ? (app.state.down ? "↓" : "↑") : ""),
    ),
  );
}

function row(app: App, i: number): HTMLElement[] {
  const { statements: s, documents: d } = app.model.data;
  const relation = app.model.relation(i);
  const { shown } = app.state;
  const chosen = shown?.kind === "statement" && shown.statement === i;
  const claimant = s.claimant[i];
  const published = d.published[s.document[i]];
  const colour = valenceColour(app.model.data, relation.valence, app.dark);
  const open = () => app.set({ shown: { kind: "statement", statement: i } });
  return [
    h(
      "tr",
      { class: chosen ? "facts chosen" : "facts", "data-statement": s.id[i], "--colour": colour },
      h("td", null, actorButton(app, s.source[i])),
      h(
        "td",
        null,
        h("button", { type: "button", class: "relation", id: `open-${s.id[i]}`, "aria-pressed": String(chosen), onclick: open }, named(app, relation.labels)),
        flags(app, i).map((flag) => h("span", { class: `flag ${flag.kind}` }, flag.text)),
      ),
      h("td", null, actorButton(app, s.target[i])),
      h("td", { class: "claimant", "data-label": t(app, "claimant") }, claimant === null ? h("span", { class: "note" }, t(app, "narrator")) : actorButton(app, claimant)),
      h("td", { class: "date" }, dates(app, i)),
      h("td", { class: "date" }, published ? time(app, published) : "–"),
      h("td", { class: "document", dir: "auto" }, d.title[s.document[i]] ?? d.id[s.document[i]]),
      h("td", { class: "date" }, meter(app, s.confidence[i])),
    ),
    h("tr", { class: "words", onclick: open }, h("td", { colspan: SORTS.length, lang: d.lang[s.document[i]] || null, dir: "auto" }, highlighted(app, i))),
  ];
}

function dates(app: App, i: number): string {
  const { start, end } = app.model.data.statements;
  const [from, to] = [readable(start[i], app.state.lang), readable(end[i], app.state.lang)];
  return from && to && from !== to ? `${from} – ${to}` : from || to || "–";
}

function step(app: App, word: "previous" | "next", page: number, possible: boolean): HTMLElement {
  return h("button", { type: "button", id: `page-${word}`, disabled: !possible, onclick: () => app.set({ page }) }, t(app, word));
}

const WORD: Record<Sort, Word> = {
  who: "who",
  relation: "relation",
  whom: "whom",
  claimant: "claimant",
  when: "when",
  published: "publishedOn",
  document: "document",
  confidence: "confidenceIs",
};
const DOWN = new Set<Sort>(["when", "published", "confidence"]);

/** Return the statements that pass, in the chosen order; what has no value comes last. */
function sorted(app: App): number[] {
  const { model, state, passed } = app;
  const { statements: s, documents: d } = model.data;
  const order = new Intl.Collator(state.lang, { numeric: true });
  const shown: number[] = [];
  for (let i = 0; i < model.size; i++) if (passed.all[i]) shown.push(i);
  const actors = (column: (number | null)[]) => (i: number) => {
    const actor = column[i];
    return actor === null ? null : actorName(app, actor);
  };
  const keys: Record<Sort, (i: number) => string | number | null> = {
    who: actors(s.source),
    relation: (i) => named(app, model.relation(i).labels),
    whom: actors(s.target),
    claimant: actors(s.claimant),
    when: (i) => (Number.isNaN(model.days.event[0][i]) ? null : model.days.event[0][i]),
    published: (i) => (Number.isNaN(model.days.published[0][i]) ? null : model.days.published[0][i]),
    document: (i) => d.title[s.document[i]] ?? d.id[s.document[i]],
    confidence: (i) => s.confidence[i],
  };
  // Names repeat in thousands of rows: each is compared once, and its place in that order many times.
  const values = shown.map(keys[state.sort]);
  const texts = [...new Set(values.filter((value) => typeof value === "string"))].sort(order.compare);
  const places = new Map(texts.map((text, place) => [text, place]));
  const rank = values.map((value) => (typeof value === "string" ? (places.get(value) as number) : value));
  const way = state.down ? -1 : 1;
  return shown
    .map((_, n) => n)
    .sort((a, b) => {
      const [x, y] = [rank[a], rank[b]];
      if (x === null || y === null) return x === y ? a - b : x === null ? 1 : -1;
      return way * (x - y) || a - b;
    })
    .map((n) => shown[n]);
}

