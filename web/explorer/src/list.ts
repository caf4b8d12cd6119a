// The statements as a table: all that the graph shows, for reading, sorting and for those who cannot see it.

import { actorName, count, named, t, type App, type Word } from "./app";
import { actorButton, flags, highlighted, meter, time } from "./card";
import { valenceColour } from "./colours";
import { readable } from "./dates";
import { fill, h, keepingFocus, type Child } from "./dom";
import { SORTS, type Sort, type State } from "./state";

const ROWS = 50;

export interface List {
  element: HTMLElement;
  draw: () => void;
}

export function list(app: App): List {
  // On a narrow screen rows are laid out as lines, which some browsers take for no table unless they say so.
  const table = h("table", { role: "table", "aria-labelledby": "list-caption" });
  const order = sorter(app);
  const pager = h("nav", { class: "pager", "aria-label": t(app, "pages") });
  const nothing = h("p", { class: "hint" }, t(app, "noStatement"));
  const box = h("div", { class: "scroll", tabindex: "0", role: "region", "aria-labelledby": "list-caption" }, table);
  return {
    element: h("section", { class: "list", id: "list", tabindex: "-1", "aria-label": t(app, "list") }, order.element, box, nothing, pager),
    draw() {
      const shown = sorted(app);
      const pages = Math.max(1, Math.ceil(shown.length / ROWS));
      const page = Math.min(app.state.page, pages - 1);
      const rows = shown.slice(page * ROWS, (page + 1) * ROWS);
      keepingFocus(() => {
        fill(
          table,
          h("caption", { id: "list-caption", class: "unseen" }, t(app, "caption")),
          h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, SORTS.map((sort) => heading(app, sort)))),
          h("tbody", { role: "rowgroup" }, rows.flatMap((i) => row(app, i))),
        );
        fill(
          pager,
          step(app, "previous", page - 1, page > 0),
          h("span", null, t(app, "page", { page: count(app, page + 1), pages: count(app, pages) })),
          step(app, "next", page + 1, page + 1 < pages),
        );
      });
      order.draw();
      order.element.hidden = box.hidden = !shown.length;
      nothing.hidden = shown.length > 0;
      pager.hidden = pages === 1;
    },
  };
}

/** Return what sorts the list where a narrow screen has no room for the heads of its columns. */
function sorter(app: App): List {
  const column = h(
    "select",
    { id: "sort", onchange: () => app.set(sortedBy(column.value as Sort)) },
    SORTS.map((sort) => h("option", { value: sort }, t(app, WORD[sort]))),
  );
  const way = h("button", { type: "button", class: "icon", id: "sort-way", onclick: () => app.set({ down: !app.state.down, page: 0 }) });
  return {
    element: h("div", { class: "sorter" }, h("label", { for: "sort" }, t(app, "sort")), column, way),
    draw() {
      column.value = app.state.sort;
      way.textContent = arrow(app);
      way.setAttribute("aria-label", t(app, app.state.down ? "sortedDown" : "sortedUp"));
    },
  };
}

function sortedBy(sort: Sort): Partial<State> {
  return { sort, down: DOWN.has(sort), page: 0 };
}

function arrow(app: App): string {
  return app.state.down ? "↓" : "↑";
}

function heading(app: App, sort: Sort): HTMLElement {
  const chosen = app.state.sort === sort;
  const name = t(app, WORD[sort]);
  return h(
    "th",
    { role: "columnheader", scope: "col", "aria-sort": chosen ? (app.state.down ? "descending" : "ascending") : null, class: sort },
    h(
      "button",
      {
        type: "button",
        id: `sort-${sort}`,
        title: t(app, "sortBy", { column: name }),
        onclick: () => app.set(chosen ? { down: !app.state.down, page: 0 } : sortedBy(sort)),
      },
      name,
      h("span", { "aria-hidden": "true", class: "arrow" }, chosen ? arrow(app) : ""),
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
      { role: "row", class: chosen ? "facts chosen" : "facts", "data-statement": s.id[i], "--colour": colour },
      cell(null, actorButton(app, s.source[i])),
      cell(
        null,
        h("button", { type: "button", class: "relation", id: `open-${s.id[i]}`, "aria-pressed": String(chosen), onclick: open }, named(app, relation.labels)),
        flags(app, i).map((flag) => h("span", { class: `flag ${flag.kind}` }, flag.text)),
      ),
      cell(null, actorButton(app, s.target[i])),
      cell({ class: "claimant", "data-label": t(app, WORD.claimant) }, claimant === null ? h("span", { class: "note" }, t(app, "narrator")) : actorButton(app, claimant)),
      cell({ class: "date", "data-label": t(app, WORD.when) }, dates(app, i)),
      cell({ class: "date", "data-label": t(app, WORD.published) }, published ? time(app, published) : "–"),
      cell({ class: "document", dir: "auto" }, d.title[s.document[i]] ?? d.id[s.document[i]]),
      cell({ class: "date", "data-label": t(app, WORD.confidence) }, meter(app, s.confidence[i])),
    ),
    h("tr", { role: "row", class: "words", onclick: open }, cell({ colspan: SORTS.length, lang: d.lang[s.document[i]] || null, dir: "auto" }, highlighted(app, i))),
  ];
}

function cell(attributes: Record<string, unknown> | null, ...children: Child[]): HTMLElement {
  return h("td", { role: "cell", ...attributes }, ...children);
}

function dates(app: App, i: number): string {
  const { start, end } = app.model.data.statements;
  const [from, to] = [readable(start[i], app.state.lang), readable(end[i], app.state.lang)];
  return from && to && from !== to ? `${from} – ${to}` : from || to || "–";
}

function step(app: App, word: "previous" | "next", page: number, possible: boolean): HTMLElement {
  // Were it disabled, the keyboard would fall off it on the first and the last page.
  const turn = () => possible && app.set({ page });
  return h("button", { type: "button", id: `page-${word}`, "aria-disabled": possible ? null : "true", onclick: turn }, t(app, word));
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

