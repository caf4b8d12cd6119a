// What every part of the page gets: the graph, the state, and the ways to change it.

import type { Labels } from "./data";
import { h, type Child } from "./dom";
import type { Passed } from "./filter";
import { label, type Model } from "./model";
import type { State } from "./state";
import en from "./words/en.json";
import id from "./words/id.json";

export type Word = keyof typeof en;
const WORDS: Record<State["lang"], Record<Word, string>> = { en, id };

const NUMBERS = { en: new Intl.NumberFormat("en-GB"), id: new Intl.NumberFormat("id") };

export interface App {
  model: Model;
  state: State;
  passed: Passed;
  /** Whether the ground is dark now, by choice or as the system has it. */
  dark: boolean;
  /** Whether the data came from a server, which has a page for queries too. */
  served: boolean;
  /** Whether changes follow each other so fast that nothing is said of them. */
  quiet: boolean;
  /** Change the state; everything that depends on it is drawn again, and the address follows. */
  set: (change: Partial<State>) => void;
  /** Keep where the graph is looked at from in the address; null is all of it. */
  moved: (camera: State["camera"]) => void;
  /** Tell those who hear the page rather than see it. */
  say: (text: string) => void;
}

const HOLE = /\{(\w+)(?::([^|{}]*)\|([^|{}]*))?\}/g;

/** Return words of the page with values put in; "{count:statement|statements}" is the first for 1, else the second. */
export function t(app: { state: State }, word: Word, values: Record<string, string | number> = {}): string {
  return WORDS[app.state.lang][word].replace(HOLE, (_, name: string, one?: string, more?: string) => {
    const value = String(values[name] ?? "");
    return one === undefined ? value : ((value === "1" ? one : more) ?? "");
  });
}

/** Return the same with names put in as elements, so that one from right to left does not turn the rest round. */
export function withNames(app: { state: State }, word: Word, names: Record<string, string>): Child[] {
  return WORDS[app.state.lang][word].split(/\{(\w+)\}/).map((part, i) => (i % 2 ? h("bdi", null, names[part]) : part));
}

export function named(app: App, labels: Labels): string {
  return label(labels, app.state.lang);
}

/** Return the name of an actor in the language of the page, where it has one. */
export function actorName(app: App, actor: number): string {
  const { labels, name } = app.model.data.actors;
  return labels[actor][app.state.lang] ?? name[actor];
}

export function count(app: { state: State }, number: number): string {
  return NUMBERS[app.state.lang].format(number);
}

export function statementCount(app: { state: State }, number: number): string {
  return t(app, "statementCount", { count: count(app, number) });
}
