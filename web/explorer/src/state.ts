// What the page shows, and the same as an address: all that is not as at the start stands behind the #.

import type { Data, Lang } from "./data";
import { dayOf } from "./dates";
import { actorKey, type Model } from "./model";

export type Choice = "with" | "without" | "only";
export const CHOICES: Choice[] = ["with", "without", "only"];
export const QUALITIES = ["negated", "planned", "past"] as const;
export type Quality = (typeof QUALITIES)[number];
export const SORTS = ["who", "relation", "whom", "claimant", "when", "published", "document", "confidence"] as const;
export type Sort = (typeof SORTS)[number];

/**
 * What the side panel shows: an actor, the statements from one to another, how two see each other, or one statement.
 * The line that was clicked comes first; an address does not name it.
 */
export type Shown =
  | { kind: "actor"; actor: number }
  | { kind: "line"; source: number; target: number; bundle?: number }
  | { kind: "pair"; one: number; two: number | null }
  | { kind: "statement"; statement: number };

/** The claimant that is no actor: the article itself. */
export const NARRATOR = -1;

export interface State {
  view: "graph" | "list";
  lang: Lang;
  theme: "auto" | "light" | "dark";
  words: string;
  /** Numbers of relation types that are left out. */
  hidden: ReadonlySet<number>;
  claimants: ReadonlySet<number>;
  documents: ReadonlySet<number>;
  quality: Record<Quality, Choice>;
  confidence: number;
  time: "event" | "published";
  from: string | null;
  to: string | null;
  undated: boolean;
  shown: Shown | null;
  sort: Sort;
  down: boolean;
  page: number;
  /** Where the graph is looked at from: x, y and ratio of sigma's camera; null shows all of it. */
  camera: [number, number, number] | null;
}

export const START: Omit<State, "lang"> = {
  view: "graph",
  theme: "auto",
  words: "",
  hidden: new Set(),
  claimants: new Set(),
  documents: new Set(),
  quality: { negated: "with", planned: "with", past: "with" },
  confidence: 0,
  time: "event",
  from: null,
  to: null,
  undated: true,
  shown: null,
  sort: "published",
  down: true,
  page: 0,
  camera: null,
};

/** Return the language that the reader's browser asks for. */
export function wantedLang(): Lang {
  return /^(id|ms|in)\b/i.test(navigator.language) ? "id" : "en";
}

export function encode(state: State, model: Model): string {
  const { data } = model;
  const key = (actor: number) => actorKey(data.actors.id[actor]);
  const query = new URLSearchParams();
  const set = (name: string, value: string, start: string) => {
    if (value !== start) query.append(name, value);
  };
  set("view", state.view, START.view);
  query.append("lang", state.lang);
  set("theme", state.theme, START.theme);
  set("words", state.words, "");
  set("without", hiddenNames(state.hidden, data).join(" "), "");
  for (const one of state.claimants) query.append("says", one === NARRATOR ? "-" : key(one));
  for (const one of state.documents) query.append("document", data.documents.id[one]);
  for (const quality of QUALITIES) set(quality, state.quality[quality], "with");
  set("confidence", String(state.confidence), "0");
  set("time", state.time, START.time);
  set("from", state.from ?? "", "");
  set("to", state.to ?? "", "");
  set("undated", state.undated ? "yes" : "no", "yes");
  for (const [name, value] of shownFields(state.shown, model)) query.append(name, value);
  set("sort", state.sort, START.sort);
  set("order", state.down ? "down" : "up", "down");
  set("page", String(state.page + 1), "1");
  set("at", (state.camera ?? []).join(" "), "");
  return query.toString();
}

/** Return the state of an address; what it names and the graph does not have is passed over. */
export function decode(hash: string, model: Model): State {
  const query = new URLSearchParams(hash.replace(/^#/, ""));
  const { data } = model;
  const oneOf = <T extends string>(name: string, values: readonly T[], start: T): T => {
    const found = query.get(name) as T | null;
    return found !== null && values.includes(found) ? found : start;
  };
  const date = (name: string) => {
    const found = query.get(name);
    return found?.length === 10 && !Number.isNaN(dayOf(found)) ? found : null;
  };
  const number = (name: string) => Number(query.get(name)) || 0;
  const documents = new Map(data.documents.id.map((id, i) => [id, i]));
  const says = query.getAll("says").map((name) => (name === "-" ? NARRATOR : model.actorByKey.get(name)));
  return {
    view: oneOf("view", ["graph", "list"], START.view),
    lang: oneOf("lang", ["en", "id"], wantedLang()),
    theme: oneOf("theme", ["auto", "light", "dark"], START.theme),
    words: query.get("words") ?? "",
    hidden: hiddenTypes((query.get("without") ?? "").split(" "), data),
    claimants: new Set(says.filter(known)),
    documents: new Set(query.getAll("document").map((id) => documents.get(id)).filter(known)),
    quality: {
      negated: oneOf("negated", CHOICES, "with"),
      planned: oneOf("planned", CHOICES, "with"),
      past: oneOf("past", CHOICES, "with"),
    },
    confidence: Math.min(1, Math.max(0, number("confidence"))),
    time: oneOf("time", ["event", "published"], START.time),
    from: date("from"),
    to: date("to"),
    undated: query.get("undated") !== "no",
    shown: shownBy(query, model),
    sort: oneOf("sort", SORTS, START.sort),
    down: query.get("order") !== "up",
    page: Math.max(0, Math.floor(number("page")) - 1),
    camera: cameraOf(query.get("at") ?? ""),
  };
}

function cameraOf(text: string): State["camera"] {
  const [x, y, ratio, ...more] = text.split(" ").map(Number);
  return more.length === 0 && [x, y, ratio].every(Number.isFinite) && ratio > 0 ? [x, y, ratio] : null;
}

function known<T>(value: T | undefined): value is T {
  return value !== undefined;
}

/** Return the types by name, and a family's name in place of all its types. */
function hiddenNames(hidden: ReadonlySet<number>, data: Data): string[] {
  const names: string[] = [];
  for (const family of data.families) {
    const types = typesOf(family.name, data);
    if (types.length && types.every((i) => hidden.has(i))) names.push(family.name);
    else names.push(...types.filter((i) => hidden.has(i)).map((i) => data.types[i].name));
  }
  return names;
}

function hiddenTypes(names: string[], data: Data): Set<number> {
  const wanted = new Set(names);
  return new Set(data.types.flatMap((type, i) => (wanted.has(type.name) || wanted.has(type.family) ? [i] : [])));
}

export function typesOf(family: string, data: Data): number[] {
  return data.types.flatMap((type, i) => (type.family === family ? [i] : []));
}

function shownFields(shown: Shown | null, { data }: Model): [string, string][] {
  const key = (actor: number) => actorKey(data.actors.id[actor]);
  if (!shown) return [];
  if (shown.kind === "actor") return [["actor", key(shown.actor)]];
  if (shown.kind === "line") return [["source", key(shown.source)], ["target", key(shown.target)]];
  if (shown.kind === "statement") return [["statement", data.statements.id[shown.statement]]];
  return [["one", key(shown.one)], ...(shown.two === null ? [] : [["two", key(shown.two)] as [string, string]])];
}

/** Say whether an address names both alike. */
export function sameShown(one: Shown | null, other: Shown | null, model: Model): boolean {
  return String(shownFields(one, model)) === String(shownFields(other, model));
}

function shownBy(query: URLSearchParams, model: Model): Shown | null {
  const actor = (name: string) => model.actorByKey.get(query.get(name) ?? "\0");
  const [one, source, target, first, second] = ["actor", "source", "target", "one", "two"].map(actor);
  if (one !== undefined) return { kind: "actor", actor: one };
  if (source !== undefined && target !== undefined) return { kind: "line", source, target };
  if (first !== undefined) return { kind: "pair", one: first, two: second ?? null };
  const statement = model.statementById.get(query.get("statement") ?? "");
  return statement === undefined ? null : { kind: "statement", statement };
}
