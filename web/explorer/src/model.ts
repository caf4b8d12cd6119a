// What is worked out once from the data: days, bundles of parallel statements, neighbours, words to search.

import type { Data, Labels, RelationType } from "./data";
import { dayOf } from "./dates";

export type Manner = "asserted" | "tentative" | "denied";
export const MANNERS: Manner[] = ["asserted", "tentative", "denied"];

/** The statements from one actor to another that are drawn as one line: of one sign, in one manner. */
export interface Bundle {
  source: number;
  target: number;
  sign: -1 | 0 | 1;
  manner: Manner;
  statements: number[];
  /** All of them say the same the other way round, as "meets" does: such a line has no head. */
  mutual: boolean;
  curve: number;
}

export interface Model {
  data: Data;
  size: number;
  relation: (statement: number) => RelationType;
  /** First and last day by event and by publication; NaN where the text gives none. */
  days: { event: [Float64Array, Float64Array]; published: [Float64Array, Float64Array] };
  bundles: Bundle[];
  bundleOf: Int32Array;
  /** Statements of which the actor is source or target, and those that the actor claims. */
  about: number[][];
  claimed: number[][];
  actorByKey: Map<string, number>;
  statementById: Map<string, number>;
}

export function modelOf(data: Data): Model {
  const s = data.statements;
  const size = s.id.length;
  const about: number[][] = data.actors.id.map(() => []);
  const claimed: number[][] = data.actors.id.map(() => []);
  for (let i = 0; i < size; i++) {
    about[s.source[i]].push(i);
    if (s.target[i] !== s.source[i]) about[s.target[i]].push(i);
    const claimant = s.claimant[i];
    if (claimant !== null) claimed[claimant].push(i);
  }
  const [bundles, bundleOf] = bundled(data);
  return {
    data,
    size,
    relation: (i) => data.types[s.type[i]],
    days: days(data),
    bundles,
    bundleOf,
    about,
    claimed,
    actorByKey: new Map(data.actors.id.map((id, i) => [actorKey(id), i])),
    statementById: new Map(s.id.map((id, i) => [id, i])),
  };
}

/** Return how an actor stands in an address: Q30 for an actor of Wikidata, else the whole id. */
export function actorKey(id: string): string {
  return wikidataOf(id) ?? id;
}

/** Return the Wikidata number of an id, or null; an id that only looks like one is none. */
export function wikidataOf(id: string): string | null {
  return /^https?:\/\/www\.wikidata\.org\/entity\/(Q[1-9]\d*)$/.exec(id)?.[1] ?? null;
}

export function signOf(valence: number): -1 | 0 | 1 {
  return valence < 0 ? -1 : valence > 0 ? 1 : 0;
}

export function mannerOf(data: Data, i: number): Manner {
  if (data.statements.negated[i]) return "denied";
  return isTentative(data, i) ? "tentative" : "asserted";
}

/** Say whether a statement is a plan, a guess or a conclusion, and so no claim that something is, was or will be. */
export function isTentative({ modalities, certainties, statements: s }: Data, i: number): boolean {
  return modalities[s.modality[i]].name !== "actual" || certainties[s.certainty[i]].name !== "certain" || s.inferred[i] === 1;
}

export function label(labels: Labels, lang: string): string {
  return labels[lang] ?? labels.en ?? Object.values(labels)[0] ?? "";
}

function days(data: Data): Model["days"] {
  const s = data.statements;
  const size = s.id.length;
  const columns = Array.from({ length: 3 }, () => new Float64Array(size));
  for (let i = 0; i < size; i++) {
    const start = dayOf(s.start[i]);
    const end = dayOf(s.end[i], true);
    // One end alone stands for both where a time has one place, as in a picture; for the filter the other is open.
    // Ends in the wrong order count as none.
    const wrong = end < start;
    columns[0][i] = wrong ? NaN : Number.isNaN(start) ? dayOf(s.end[i]) : start;
    columns[1][i] = wrong ? NaN : Number.isNaN(end) ? dayOf(s.start[i], true) : end;
    columns[2][i] = dayOf(data.documents.published[s.document[i]]);
  }
  return { event: [columns[0], columns[1]], published: [columns[2], columns[2]] };
}

function bundled(data: Data): [Bundle[], Int32Array] {
  const s = data.statements;
  const bundles = new Map<string, Bundle>();
  const numbers = new Map<Bundle, number>();
  const bundleOf = new Int32Array(s.id.length);
  for (let i = 0; i < s.id.length; i++) {
    const [source, target] = [s.source[i], s.target[i]];
    const sign = signOf(data.types[s.type[i]].valence);
    const manner = mannerOf(data, i);
    const key = `${source} ${target} ${sign} ${manner}`;
    let bundle = bundles.get(key);
    if (!bundle) {
      bundle = { source, target, sign, manner, statements: [], mutual: true, curve: 0 };
      bundles.set(key, bundle);
      numbers.set(bundle, bundles.size - 1);
    }
    bundle.statements.push(i);
    bundle.mutual &&= data.types[s.type[i]].symmetric;
    bundleOf[i] = numbers.get(bundle) as number;
  }
  const all = [...bundles.values()];
  bend(all);
  return [all, bundleOf];
}

/** Give every bundle between the same two actors a curve of its own, straight for one that is alone. */
function bend(bundles: Bundle[]): void {
  const pairs = new Map<string, Bundle[]>();
  for (const bundle of bundles) {
    const key = bundle.source < bundle.target ? `${bundle.source} ${bundle.target}` : `${bundle.target} ${bundle.source}`;
    const pair = pairs.get(key);
    if (pair) pair.push(bundle);
    else pairs.set(key, [bundle]);
  }
  for (const pair of pairs.values()) {
    pair.sort((a, b) => a.source - b.source);
    pair.forEach((bundle, i) => {
      const side = (i - (pair.length - 1) / 2) * Math.min(0.22, 0.8 / pair.length);
      // The same side of the pair lies left for one direction and right for the other.
      bundle.curve = bundle.source < bundle.target ? side : -side;
    });
  }
}
