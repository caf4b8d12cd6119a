// Which statements pass the filters, and how many each further choice would leave.

import { dayOf } from "./dates";
import { isTentative, type Model } from "./model";
import { NARRATOR, type Choice, type State } from "./state";

export interface Passed {
  /** 1 for each statement that passes everything. */
  all: Uint8Array;
  count: number;
  /** How many actors the statements that pass are about. */
  actors: number;
  /** As `all`, but whatever its time: what the histogram shows. */
  timeless: Uint8Array;
  /** How many of each type, claimant and document would show, were nothing chosen there. */
  types: Uint32Array;
  claimants: Map<number, number>;
  documents: Uint32Array;
}

const TYPE = 1;
const CLAIMANT = 2;
const DOCUMENT = 4;
const TIME = 8;
const REST = 16;

export function filter(model: Model, state: State): Passed {
  const { data, size } = model;
  const s = data.statements;
  const passed: Passed = {
    all: new Uint8Array(size),
    count: 0,
    actors: 0,
    timeless: new Uint8Array(size),
    types: new Uint32Array(data.types.length),
    claimants: new Map(),
    documents: new Uint32Array(data.documents.id.length),
  };
  const past = data.statuses.findIndex((one) => one.name === "past");
  const [starts, ends] = state.time === "event" ? openDays(model) : model.days.published;
  const from = state.from === null ? -Infinity : dayOf(state.from);
  const to = state.to === null ? Infinity : dayOf(state.to);
  const anyTime = from === -Infinity && to === Infinity;
  const words = plain(state.words).split(/\s+/).filter(Boolean);
  const texts = words.length ? searchable(model) : [];
  const seen = new Uint8Array(data.actors.id.length);
  for (let i = 0; i < size; i++) {
    const claimant = s.claimant[i] ?? NARRATOR;
    let fails = 0;
    if (state.hidden.has(s.type[i])) fails |= TYPE;
    if (state.claimants.size && !state.claimants.has(claimant)) fails |= CLAIMANT;
    if (state.documents.size && !state.documents.has(s.document[i])) fails |= DOCUMENT;
    if (Number.isNaN(starts[i]) ? !state.undated : !anyTime && (ends[i] < from || starts[i] > to)) fails |= TIME;
    if (
      s.confidence[i] < state.confidence ||
      refuses(state.quality.negated, s.negated[i] === 1) ||
      refuses(state.quality.planned, isTentative(data, i)) ||
      refuses(state.quality.past, s.status[i] === past) ||
      !words.every((word) => texts[i].includes(word))
    ) {
      fails |= REST;
    }
    if (!fails) {
      passed.all[i] = 1;
      passed.count++;
      seen[s.source[i]] = seen[s.target[i]] = 1;
    }
    if (!(fails & ~TIME)) passed.timeless[i] = 1;
    if (!(fails & ~TYPE)) passed.types[s.type[i]]++;
    if (!(fails & ~CLAIMANT)) passed.claimants.set(claimant, (passed.claimants.get(claimant) ?? 0) + 1);
    if (!(fails & ~DOCUMENT)) passed.documents[s.document[i]]++;
  }
  passed.actors = seen.reduce((sum, one) => sum + one, 0);
  return passed;
}

/** Return the text as it is searched: small letters without marks above or below them. */
export function plain(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}+/gu, "").toLowerCase();
}

function refuses(choice: Choice, holds: boolean): boolean {
  return choice === "without" ? holds : choice === "only" ? !holds : false;
}

const open = new WeakMap<Model, Model["days"]["event"]>();

/** Return first and last days of events, where "since 2022" has no last day and "until 2022" no first. */
function openDays(model: Model): Model["days"]["event"] {
  const found = open.get(model);
  if (found) return found;
  const { start, end } = model.data.statements;
  const [starts, ends] = model.days.event;
  const made: Model["days"]["event"] = [
    starts.map((day, i) => (Number.isNaN(day) || !Number.isNaN(dayOf(start[i])) ? day : -Infinity)),
    ends.map((day, i) => (Number.isNaN(day) || !Number.isNaN(dayOf(end[i])) ? day : Infinity)),
  ];
  open.set(model, made);
  return made;
}

const texts = new WeakMap<Model, string[]>();

function searchable(model: Model): string[] {
  const found = texts.get(model);
  if (found) return found;
  const { actors, documents, sentences, statements: s } = model.data;
  const names = actors.name.map((name, i) =>
    plain([name, ...Object.values(actors.labels[i]), ...actors.aliases[i]].join(" ")),
  );
  const titles = documents.title.map((title, i) => plain([title, documents.publisher[i]].join(" ")));
  const lines = sentences.text.map(plain);
  const made = s.id.map((_, i) => {
    const claimant = s.claimant[i];
    const outside = s.evidence[i].map((span) => (span.length === 3 ? span[2] : ""));
    return [
      lines[s.sentence[i]],
      names[s.source[i]],
      names[s.target[i]],
      claimant === null ? "" : names[claimant],
      titles[s.document[i]],
      plain([s.office[i], s.characterisation[i], ...outside].join(" ")),
    ].join("\n");
  });
  texts.set(model, made);
  return made;
}
