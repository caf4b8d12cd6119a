// The graph as `kg/export/columns.py` writes it: tables by column, rows named by their number.

export type Labels = Record<string, string>;
export type Lang = "en" | "id";
/** Start and end from where the sentence begins, and the words where they stand outside of it. */
export type Offsets = [number, number] | [number, number, string];

export interface Term {
  name: string;
  labels: Labels;
}

export interface RelationType extends Term {
  family: string;
  valence: number;
  symmetric: boolean;
  definitions?: Labels;
}

export interface Data {
  version: number;
  classes: (Term & { colour: string })[];
  families: Term[];
  modalities: Term[];
  statuses: Term[];
  certainties: Term[];
  types: RelationType[];
  valence: { negative: string; neutral: string; positive: string };
  actors: {
    id: string[];
    name: string[];
    class: number[];
    labels: Labels[];
    aliases: string[][];
    x: number[];
    y: number[];
  };
  documents: {
    id: string[];
    lang: string[];
    title: (string | null)[];
    published: (string | null)[];
    url: (string | null)[];
    publisher: (string | null)[];
  };
  sentences: { text: string[]; start: number[] };
  statements: {
    id: string[];
    document: number[];
    type: number[];
    source: number[];
    target: number[];
    claimant: (number | null)[];
    negated: number[];
    modality: number[];
    status: number[];
    certainty: number[];
    start: (string | null)[];
    end: (string | null)[];
    when: (string | null)[];
    office: (string | null)[];
    characterisation: (string | null)[];
    confidence: number[];
    extractor: string[];
    inferred: number[];
    sentence: number[];
    evidence: Offsets[][];
    trigger: Offsets[];
    sourceMention: Offsets[];
    targetMention: Offsets[];
  };
}

/** Return the data inside of the page, or those that lie beside it on a server, and whether it is these. */
export async function read(): Promise<{ data: Data; served: boolean }> {
  const inside = document.getElementById("data");
  if (inside) {
    const text = inside.textContent ?? "";
    inside.remove();
    return { data: checked(JSON.parse(text)), served: false };
  }
  const answer = await fetch("explorer.json");
  if (!answer.ok) throw new Error(`explorer.json: ${answer.status} ${answer.statusText}`);
  return { data: checked(await answer.json()), served: true };
}

function checked(data: Data): Data {
  if (data.version !== 1) throw new Error(`data of version ${data.version}; this page reads version 1`);
  return data;
}
