// The filters at the side, with how many statements each choice would show.

import { actorName, count, named, t, type App } from "./app";
import { readable } from "./dates";
import { fill, h, keepingFocus, type Child } from "./dom";
import { plain } from "./filter";
import { CHOICES, NARRATOR, QUALITIES, START, typesOf, type Quality, type State } from "./state";

export interface Filters {
  element: HTMLElement;
  draw: () => void;
}

export function filters(app: App, close: () => void): Filters {
  const parts = [words(app), relations(app), qualities(app), confidence(app), facet(app, CLAIMANTS), facet(app, documents(app))];
  const reset = h("button", { type: "button", id: "reset", onclick: unfilter }, t(app, "reset"));
  const shut = h("button", { type: "button", class: "icon narrow", "aria-label": t(app, "close"), onclick: close }, "×");
  const element = h(
    "aside",
    { class: "filters", id: "filters", "aria-label": t(app, "filters"), tabindex: "-1" },
    h("header", null, h("h2", null, t(app, "filters")), reset, shut),
    h("div", { class: "body" }, parts.map((part) => part.element)),
  );

  function unfilter(): void {
    app.set(unfiltered());
    element.focus({ preventScroll: true });
  }

  return {
    element,
    draw: () => {
      reset.hidden = !filtersOf(app.state);
      for (const part of parts) part.draw();
    },
  };
}

function unfiltered(): Partial<State> {
  const { words, hidden, claimants, documents, quality, confidence, from, to, undated } = START;
  return { words, hidden, claimants, documents, quality, confidence, from, to, undated, page: 0 };
}

/** Return how many filters hold something back; all types that are left out count as one. */
export function filtersOf(state: State): number {
  return [
    state.words !== "",
    state.hidden.size > 0,
    state.claimants.size > 0,
    state.documents.size > 0,
    ...QUALITIES.map((quality) => state.quality[quality] !== "with"),
    state.confidence > 0,
    state.from !== null || state.to !== null,
    !state.undated,
  ].filter(Boolean).length;
}

function words(app: App): Filters {
  let pending = 0;
  const input = h("input", {
    type: "search",
    id: "words",
    autocomplete: "off",
    oninput: () => {
      clearTimeout(pending);
      pending = window.setTimeout(() => app.set({ words: input.value.trim(), page: 0 }), 150);
    },
  });
  return {
    element: h("div", { class: "group" }, h("label", { for: "words", class: "title" }, t(app, "words")), input),
    draw: () => {
      if (document.activeElement !== input) input.value = app.state.words;
    },
  };
}

function relations(app: App): Filters {
  const { data } = app.model;
  const present = new Set(data.statements.type);
  const rows: { types: number[]; box: HTMLInputElement; number: HTMLElement }[] = [];

  function check(id: string, text: Child, types: number[]): HTMLElement {
    const box = h("input", {
      type: "checkbox",
      id,
      onchange: () => {
        const hidden = new Set(app.state.hidden);
        for (const type of types) {
          if (box.checked) hidden.delete(type);
          else hidden.add(type);
        }
        app.set({ hidden, page: 0 });
      },
    });
    const number = h("span", { class: "number" });
    rows.push({ types, box, number });
    return h("label", { class: "check" }, box, h("span", { class: "text" }, text), number);
  }

  const families = data.families.flatMap((family) => {
    const all = typesOf(family.name, data);
    const types = all.filter((type) => present.has(type));
    if (!types.length) return [];
    const name = named(app, family.labels);
    const inner = h("ul", { class: "plain types", id: `types-${family.name}`, hidden: true },
      types.map((type) => h("li", null, check(`type-${data.types[type].name}`, named(app, data.types[type].labels), [type]))));
    const open = h("button", {
      type: "button",
      class: "open",
      "aria-expanded": "false",
      "aria-controls": inner.id,
      "aria-label": t(app, "familyOf", { family: name }),
      onclick: () => {
        inner.hidden = !inner.hidden;
        open.setAttribute("aria-expanded", String(!inner.hidden));
      },
    });
    return [h("li", null, h("div", { class: "family" }, open, check(`family-${family.name}`, name, all)), inner)];
  });
  return {
    element: h("fieldset", { class: "group" }, h("legend", { class: "title" }, t(app, "relations")), h("ul", { class: "plain" }, families)),
    draw: () => {
      for (const { types, box, number } of rows) {
        const hidden = types.filter((type) => app.state.hidden.has(type)).length;
        box.checked = hidden < types.length;
        box.indeterminate = hidden > 0 && hidden < types.length;
        number.textContent = count(app, types.reduce((sum, type) => sum + app.passed.types[type], 0));
      }
    },
  };
}

function qualities(app: App): Filters {
  const boxes: { quality: Quality; inputs: HTMLInputElement[] }[] = [];
  const groups = QUALITIES.map((quality) => {
    const inputs = CHOICES.map((choice) =>
      h("input", {
        type: "radio",
        name: quality,
        id: `${quality}-${choice}`,
        value: choice,
        onchange: () => app.set({ quality: { ...app.state.quality, [quality]: choice }, page: 0 }),
      }),
    );
    boxes.push({ quality, inputs });
    return h(
      "fieldset",
      { class: "choice" },
      h("legend", { title: quality === "planned" ? t(app, "plannedHint") : null }, t(app, quality)),
      h("span", { class: "segments" }, inputs.map((input, i) => h("label", null, input, h("span", null, t(app, CHOICES[i]))))),
    );
  });
  return {
    element: h("div", { class: "group" }, h("h3", { class: "title" }, t(app, "qualities")), groups),
    draw: () => {
      for (const { quality, inputs } of boxes) {
        for (const input of inputs) input.checked = app.state.quality[quality] === input.value;
      }
    },
  };
}

function confidence(app: App): Filters {
  let pending = 0;
  const output = h("output", { for: "confidence" });
  const input = h("input", {
    type: "range",
    id: "confidence",
    min: "0",
    max: "1",
    step: "0.05",
    oninput: () => {
      cancelAnimationFrame(pending);
      pending = requestAnimationFrame(() => app.set({ confidence: input.valueAsNumber, page: 0 }));
    },
  });
  return {
    element: h("div", { class: "group" }, h("div", { class: "title" }, h("label", { for: "confidence" }, t(app, "confidence")), output), input),
    draw: () => {
      if (input.valueAsNumber !== app.state.confidence) input.value = String(app.state.confidence);
      output.textContent = app.state.confidence.toLocaleString(app.state.lang, { minimumFractionDigits: 2 });
    },
  };
}

interface Facet {
  name: "claimants" | "documents";
  /** The values with how many statements each would show. */
  counts: (app: App) => [number, number][];
  label: (app: App, value: number) => string;
}

const CLAIMANTS: Facet = {
  name: "claimants",
  counts: (app) => [...app.passed.claimants],
  label: (app, value) => (value === NARRATOR ? t(app, "narrator") : actorName(app, value)),
};
const FEW = 6;
const MANY = 30;

function documents(app: App): Facet {
  const names = documentNames(app);
  return {
    name: "documents",
    counts: ({ passed }) => Array.from(passed.documents, (number, i): [number, number] => [i, number]).filter(([, n]) => n),
    label: (_, value) => names[value],
  };
}

/** Return the documents' titles; where one repeats, with publisher and date, and with the id where these do too. */
function documentNames(app: App): string[] {
  const { id, title, publisher, published } = app.model.data.documents;
  const titles = id.map((one, i) => title[i] ?? one);
  const longer = titles.map((one, i) => [one, publisher[i], readable(published[i], app.state.lang)].filter(Boolean).join(" · "));
  const [titled, told] = [titles, longer].map(repeated);
  return titles.map((one, i) => (!titled.has(one) ? one : !told.has(longer[i]) ? longer[i] : `${longer[i]} · ${id[i]}`));
}

function repeated(names: string[]): Set<string> {
  const seen = new Set<string>();
  return new Set(names.filter((name) => seen.size === seen.add(name).size));
}

function facet(app: App, { name, counts, label }: Facet): Filters {
  const list = h("ul", { class: "plain" });
  const note = h("p", { class: "note" });
  const title = t(app, name);
  const typed = h("input", { type: "search", id: `find-${name}`, placeholder: t(app, "find"), autocomplete: "off", "aria-label": t(app, "findIn", { facet: title }), oninput: () => draw() });
  const clear = h("button", { type: "button", class: "link", onclick: empty }, t(app, "clear"));

  function empty(): void {
    app.set({ [name]: new Set(), page: 0 });
    list.querySelector("input")?.focus({ preventScroll: true });
  }

  function toggle(value: number, chosen: boolean): void {
    const values = new Set(app.state[name]);
    if (chosen) values.add(value);
    else values.delete(value);
    app.set({ [name]: values, page: 0 });
  }

  function draw(): void {
    const chosen = app.state[name];
    const all = new Map(counts(app));
    for (const value of chosen) if (!all.has(value)) all.set(value, 0);
    const wanted = plain(typed.value.trim());
    const sorted = [...all]
      .filter(([value]) => chosen.has(value) || !wanted || plain(label(app, value)).includes(wanted))
      .sort((a, b) => Number(chosen.has(b[0])) - Number(chosen.has(a[0])) || b[1] - a[1] || a[0] - b[0]);
    const rows = sorted.slice(0, Math.max(wanted ? MANY : FEW, chosen.size));
    keepingFocus(() =>
      fill(list, rows.map(([value, number]) => {
        const box = h("input", { type: "checkbox", id: `${name}-${value}`, checked: chosen.has(value), onchange: () => toggle(value, box.checked) });
        return h("li", null, h("label", { class: "check" }, box, h("span", { class: "text", dir: "auto" }, label(app, value)), h("span", { class: "number" }, count(app, number))));
      })),
    );
    const rest = sorted.length - rows.length;
    note.textContent = t(app, "more", { count: count(app, rest) });
    note.hidden = rest <= 0;
    typed.hidden = all.size <= FEW && !wanted;
    clear.hidden = !chosen.size;
  }

  return {
    element: h("fieldset", { class: "group", id: name }, h("legend", { class: "title" }, title), clear, typed, list, note),
    draw,
  };
}
