// The panel at the side: the statements of a line, an actor's profile, how two actors see each other.

import { actorName, count, named, statementCount, t, withNames, type App } from "./app";
import { actorButton, card } from "./card";
import { classColour, valenceColour } from "./colours";
import { fill, h, type Child } from "./dom";
import { finder } from "./find";
import { bars } from "./bars";
import { legend } from "./legend";
import { wikidataOf } from "./model";
import type { Shown } from "./state";

const FIRST = 20; // cards and rows that are drawn before one asks for more
const ROWS = 6;
const SIGNS = ["conflict", "neutral", "cooperation"] as const;

export interface Details {
  element: HTMLElement;
  draw: () => void;
}

export function details(app: App): Details {
  const body = h("div", { class: "body" });
  const title = h("h2", { id: "details-title", tabindex: "-1" });
  const close = h(
    "button",
    { type: "button", id: "details-close", class: "icon", "aria-label": t(app, "close"), onclick: () => app.set({ shown: null }) },
    "×",
  );
  const element = h("aside", { class: "details", "aria-labelledby": "details-title" }, h("header", null, title, close), body);
  element.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !(event.target instanceof HTMLInputElement)) app.set({ shown: null });
  });
  let drawn: Shown | null = null;
  return {
    element,
    draw() {
      const { shown } = app.state;
      const changed = shown !== drawn;
      drawn = shown;
      element.classList.toggle("open", shown !== null);
      close.hidden = !shown;
      // To ask for it makes the browser lay out the whole page at once, so only where it is kept.
      const scroll = shown && !changed ? body.scrollTop : 0;
      if (!shown) {
        title.textContent = t(app, "details");
        fill(body, h("p", { class: "hint" }, t(app, "detailsHint")), h("h3", null, t(app, "legend")), legend(app), most(app));
      } else if (shown.kind === "actor") profile(app, shown.actor, title, body);
      else if (shown.kind === "line") line(app, shown, title, body);
      else if (shown.kind === "pair") pair(app, shown, title, body);
      else {
        title.textContent = statementCount(app, 1);
        fill(body, card(app, shown.statement, { full: true }));
      }
      if (shown) body.scrollTop = scroll;
    },
  };
}

/** Return the actors with most statements: where one can begin. */
function most(app: App): Child {
  const { source, target } = app.model.data.statements;
  const counts = new Uint32Array(app.model.about.length);
  for (let i = 0; i < app.model.size; i++) {
    if (!app.passed.all[i]) continue;
    counts[source[i]]++;
    if (target[i] !== source[i]) counts[target[i]]++;
  }
  const rows = Array.from(counts, (number, actor) => [actor, number] as const)
    .filter(([, number]) => number)
    .sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  if (!rows.length) return null;
  return [
    h("h3", null, t(app, "mostNamed")),
    growing(app, rows, 10, "ul", ([actor, number]) => h("li", null, actorButton(app, actor), h("span", { class: "ways" }, count(app, number)))),
  ];
}

type Line = Extract<Shown, { kind: "line" }>;

function line(app: App, { source, target, bundle }: Line, title: HTMLElement, body: HTMLElement): void {
  const all = between(app, source, target);
  const shown = all.filter((i) => app.passed.all[i]);
  const back = between(app, target, source).filter((i) => app.passed.all[i]);
  const names = { source: actorName(app, source), target: actorName(app, target) };
  fill(title, withNames(app, "statementsOf", names));
  fill(
    body,
    h(
      "p",
      { class: "actions" },
      h("button", { type: "button", id: "to-pair", onclick: () => app.set({ shown: { kind: "pair", one: source, two: target } }) },
        withNames(app, "howSee", { one: names.source, two: names.target })),
      back.length > 0 &&
        h("button", { type: "button", id: "to-opposite", onclick: () => app.set({ shown: { kind: "line", source: target, target: source } }) },
          t(app, "opposite", { count: count(app, back.length) })),
    ),
    h("p", { class: "note" }, statementCount(app, shown.length), hiddenNote(app, all.length - shown.length)),
    byLine(app, byTime(app, shown), bundle),
  );
}

/** Return the statements of the line that was clicked, then those of the others that run the same way. */
function byLine(app: App, statements: number[], bundle: number | undefined): Child {
  const [own, others] = [true, false].map((is) => statements.filter((i) => (app.model.bundleOf[i] === bundle) === is));
  if (bundle === undefined || !own.length || !others.length) return cards(app, statements);
  const { sign, manner } = app.model.bundles[bundle];
  return [
    h("h3", null, t(app, "thisLine", { sign: t(app, SIGNS[sign + 1]), manner: t(app, manner) })),
    cards(app, own),
    h("h3", null, t(app, "otherLines")),
    cards(app, others),
  ];
}

function pair(app: App, { one, two }: { one: number; two: number | null }, title: HTMLElement, body: HTMLElement): void {
  const first = actorName(app, one);
  const other = finder(app, {
    id: "other",
    label: "chooseOther",
    chosen: (actor) => app.set({ shown: { kind: "pair", one, two: actor } }),
  });
  if (two === null) {
    fill(title, withNames(app, "howSeeAny", { one: first }));
    fill(body, other.element, partners(app, one));
    return;
  }
  const second = actorName(app, two);
  fill(title, withNames(app, "howSee", { one: first, two: second }));
  const there = between(app, one, two).filter((i) => app.passed.all[i]);
  const back = between(app, two, one).filter((i) => app.passed.all[i]);
  const { source } = app.model.data.statements;
  const both = byTime(app, one === two ? there : [...there, ...back]);
  fill(
    body,
    h("p", { class: "note" }, withNames(app, "pairHint", { one: first, two: second })),
    h("div", { class: "columns" }, summary(app, one, two, there), summary(app, two, one, back)),
    bars(app, both, t(app, "timeline")),
    both.length
      ? cards(app, both, (i) => (source[i] === one ? "there" : "back"))
      : h("p", { class: "hint" }, t(app, "nothingBetween")),
    h("h3", null, t(app, "chooseOther")),
    other.element,
  );
}

/** Return what one direction is made of: each family with its number of statements. */
function summary(app: App, from: number, to: number, statements: number[]): HTMLElement {
  return h(
    "section",
    { class: "summary" },
    h("h3", null, withNames(app, "statementsOf", { source: actorName(app, from), target: actorName(app, to) })),
    h("ul", { class: "plain" }, byFamily(app, statements).map(([family, found]) =>
      h("li", null, h("span", { class: "dot", "--colour": tone(app, found) }), `${named(app, family.labels)} `, h("b", null, count(app, found.length))),
    )),
    !statements.length && h("p", { class: "note" }, statementCount(app, 0)),
  );
}

function profile(app: App, actor: number, title: HTMLElement, body: HTMLElement): void {
  const { actors, classes } = app.model.data;
  const cls = classes[actors.class[actor]];
  const item = wikidataOf(actors.id[actor]);
  const all = app.model.about[actor];
  const shown = all.filter((i) => app.passed.all[i]);
  const claims = app.model.claimed[actor].length;
  const names = Object.entries(actors.labels[actor]);
  fill(title, h("bdi", null, actorName(app, actor)));
  fill(
    body,
    h("p", { class: "class" }, h("span", { class: "dot", "--colour": classColour(app.model.data, actors.class[actor], app.dark) }), named(app, cls.labels)),
    h(
      "dl",
      { class: "names" },
      (names.length ? names : [["", actors.name[actor]]]).map(([lang, name]) =>
        h("div", null, h("dt", null, languageName(app, lang)), h("dd", { lang: lang || null, dir: "auto" }, name)),
      ),
      actors.aliases[actor].length > 0 &&
        h("div", null, h("dt", null, t(app, "aliases")), h("dd", { dir: "auto" }, actors.aliases[actor].join(" · "))),
      item &&
        h("div", null, h("dt", null, t(app, "wikidata")), h("dd", null,
          h("a", { href: `https://www.wikidata.org/wiki/${item}`, target: "_blank", rel: "noopener noreferrer external" }, item))),
    ),
    h(
      "p",
      { class: "actions" },
      h("button", { type: "button", id: "to-pair", onclick: () => app.set({ shown: { kind: "pair", one: actor, two: null } }) },
        withNames(app, "howSeeAny", { one: actorName(app, actor) })),
      claims > 0 &&
        h("button", { type: "button", id: "only-claims", onclick: () => app.set({ claimants: new Set([actor]), shown: null }) },
          `${t(app, "claims", { count: count(app, claims) })}: ${t(app, "showClaims").toLowerCase()}`),
    ),
    h("h3", null, t(app, "timeline")),
    bars(app, shown, t(app, "timeline")),
    h("h3", null, t(app, "byFamily")),
    families(app, actor, shown),
    h("h3", null, t(app, "statements")),
    h("p", { class: "note" }, statementCount(app, shown.length), hiddenNote(app, all.length - shown.length)),
    cards(app, byTime(app, shown)),
  );
}

function families(app: App, actor: number, statements: number[]): Child {
  const { source, target } = app.model.data.statements;
  return byFamily(app, statements).map(([family, found]) => {
    const others = new Map<number, { out: number; in: number; all: number[] }>();
    for (const i of found) {
      const other = source[i] === actor ? target[i] : source[i];
      const counts = others.get(other) ?? { out: 0, in: 0, all: [] };
      if (source[i] === actor) counts.out++;
      else counts.in++;
      counts.all.push(i);
      others.set(other, counts);
    }
    const rows = [...others].sort((a, b) => b[1].all.length - a[1].all.length || a[0] - b[0]);
    return h(
      "section",
      { class: "family", "data-family": family.name },
      h("h4", null, named(app, family.labels), h("span", { class: "note" }, ` ${count(app, found.length)}`)),
      growing(app, rows, ROWS, "ul", ([other, counts]) =>
        h(
          "li",
          null,
          h("span", { class: "dot", "--colour": tone(app, counts.all) }),
          h("button", { type: "button", class: "actor", dir: "auto", onclick: () => app.set({ shown: { kind: "pair", one: actor, two: other } }) }, actorName(app, other)),
          h("span", { class: "ways" }, way(app, "→", "outCount", counts.out), way(app, "←", "inCount", counts.in)),
        ),
      ),
    );
  });
}

function way(app: App, arrow: string, word: "outCount" | "inCount", number: number): Child {
  if (!number) return null;
  return h("span", null, h("span", { "aria-hidden": "true" }, `${arrow} ${count(app, number)}`), h("span", { class: "unseen" }, t(app, word, { count: number })));
}

/** Return the actors that this one has to do with, most first, each leading to how the two see each other. */
function partners(app: App, one: number): Child {
  const { source, target } = app.model.data.statements;
  const counts = new Map<number, number>();
  for (const i of app.model.about[one]) {
    const other = source[i] === one ? target[i] : source[i];
    if (app.passed.all[i]) counts.set(other, (counts.get(other) ?? 0) + 1);
  }
  const rows = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  return growing(app, rows, FIRST, "ul", ([two, number]) =>
    h(
      "li",
      null,
      h("button", { type: "button", class: "actor", dir: "auto", onclick: () => app.set({ shown: { kind: "pair", one, two } }) }, actorName(app, two)),
      h("span", { class: "ways" }, count(app, number)),
    ),
  );
}

function cards(app: App, statements: number[], cls: (i: number) => string = () => ""): HTMLElement {
  return growing(app, statements, FIRST, "ol", (i) => h("li", { class: cls(i) || null }, card(app, i)));
}

/** Return a list of the first rows, with a button that brings as many again. */
function growing<T>(app: App, rows: T[], step: number, tag: "ol" | "ul", row: (one: T) => HTMLElement): HTMLElement {
  const list = h(tag, { class: "plain" });
  const more = h("button", { type: "button", class: "more", onclick: grow });
  const box = h("div", { class: "growing" }, list, more);
  function grow(): void {
    const from = list.childElementCount;
    list.append(...rows.slice(from, from + step).map(row));
    const rest = rows.length - list.childElementCount;
    more.hidden = rest <= 0;
    more.textContent = t(app, "showMore", { count: count(app, rest) });
    if (from) list.children[from]?.querySelector<HTMLElement>("button, a")?.focus({ preventScroll: true });
  }
  grow();
  return box;
}

function between(app: App, source: number, target: number): number[] {
  const s = app.model.data.statements;
  return app.model.about[source].filter((i) => s.source[i] === source && s.target[i] === target);
}

/** Return the statements in order of the chosen time, newest first, those without a date at the end. */
export function byTime(app: App, statements: number[]): number[] {
  const [starts] = app.model.days[app.state.time];
  const [published] = app.model.days.published;
  const day = (i: number) => (Number.isNaN(starts[i]) ? -Infinity : starts[i]);
  const printed = (i: number) => (Number.isNaN(published[i]) ? -Infinity : published[i]);
  return [...statements].sort((a, b) => compare(day(b), day(a)) || compare(printed(b), printed(a)) || a - b);
}

function compare(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function byFamily(app: App, statements: number[]) {
  return app.model.data.families
    .map((family) => [family, statements.filter((i) => app.model.relation(i).family === family.name)] as const)
    .filter(([, found]) => found.length);
}

function tone(app: App, statements: number[]): string {
  const sum = statements.reduce((total, i) => total + app.model.relation(i).valence, 0);
  return valenceColour(app.model.data, sum / statements.length, app.dark);
}

function hiddenNote(app: App, number: number): string {
  return number ? `. ${t(app, "filtered", { count: count(app, number) })}` : "";
}

function languageName(app: App, lang: string): string {
  if (lang === "en") return t(app, "name_en");
  if (lang === "id") return t(app, "name_id");
  return lang || t(app, "names");
}

