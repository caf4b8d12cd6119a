// A box in which one types and chooses an actor: by name in either language, alias or Wikidata number.

import { actorName, count, named, t, type App, type Word } from "./app";
import { h } from "./dom";
import { plain } from "./filter";
import { wikidataOf, type Model } from "./model";

const MOST = 10;

export interface Finder {
  element: HTMLElement;
  input: HTMLInputElement;
}

export interface Wishes {
  id: string;
  label: Word;
  chosen: (actor: number) => void;
  /** What to do with words that are no name; without it only actors are found. */
  words?: (words: string) => void;
}

export function finder(app: App, { id, label, chosen, words }: Wishes): Finder {
  const list = h("ul", { role: "listbox", id: `${id}-list`, "aria-label": t(app, "searchResults"), hidden: true });
  const hint = h("span", { id: `${id}-hint`, class: "unseen" }, t(app, "searchHint"));
  const input = h("input", {
    id,
    type: "search",
    role: "combobox",
    autocomplete: "off",
    spellcheck: "false",
    placeholder: t(app, label),
    "aria-label": t(app, label),
    "aria-expanded": "false",
    "aria-controls": `${id}-list`,
    "aria-autocomplete": "list",
    "aria-describedby": `${id}-hint`,
    oninput: show,
    onfocus: show,
    onblur: () => setTimeout(hide, 150),
    onkeydown: pressed,
  });
  let options: { element: HTMLElement; take: () => void }[] = [];
  let at = -1;

  function show(): void {
    const typed = input.value.trim();
    at = -1;
    options = typed ? matches(app.model, typed, app.state.lang).map(actorOption) : [];
    if (typed && words) options.push(option([t(app, "searchWords", { words: typed })], () => words(typed), "words"));
    options.forEach((one, i) => (one.element.id = `${id}-${i}`));
    list.replaceChildren(...options.map((one) => one.element));
    if (typed && !options.length) list.append(h("li", { class: "none", role: "option", "aria-disabled": "true" }, t(app, "noResult")));
    list.hidden = !typed;
    input.setAttribute("aria-expanded", String(!!typed));
    input.removeAttribute("aria-activedescendant");
  }

  function hide(): void {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function actorOption(actor: number) {
    const { actors, classes } = app.model.data;
    const number = app.model.about[actor].length;
    const parts = [
      h("span", { class: "dot", "--colour": classes[actors.class[actor]].colour }),
      h("span", { class: "name", dir: "auto" }, actorName(app, actor)),
      h("span", { class: "note" }, `${named(app, classes[actors.class[actor]].labels)} · ${count(app, number)}`),
    ];
    return option(parts, () => chosen(actor), "");
  }

  function option(children: (Node | string)[], take: () => void, cls: string) {
    const element = h("li", { role: "option", class: cls, "aria-selected": "false" }, children);
    // The press would take the focus from the box and close the list before the click comes.
    element.addEventListener("mousedown", (event) => event.preventDefault());
    element.addEventListener("click", () => pick(take));
    return { element, take };
  }

  function pick(take: () => void): void {
    input.value = "";
    hide();
    take();
  }

  function pressed(event: KeyboardEvent): void {
    const last = options.length - 1;
    if (event.key === "ArrowDown" && last >= 0) at = at < last ? at + 1 : 0;
    else if (event.key === "ArrowUp" && last >= 0) at = at > 0 ? at - 1 : last;
    else if (event.key === "Enter" && last >= 0 && !list.hidden) return pick(options[Math.max(at, 0)].take);
    else if (event.key === "Escape") {
      input.value = "";
      return hide();
    } else return;
    event.preventDefault();
    options.forEach((one, i) => one.element.setAttribute("aria-selected", String(i === at)));
    options[at].element.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", `${id}-${at}`);
  }

  return { element: h("div", { class: "finder" }, input, hint, list), input };
}

const names = new WeakMap<Model, string[][]>();

/** Return the actors that fit best: those whose name begins so, then those with a word that does, then others. */
function matches(model: Model, typed: string, lang: string): number[] {
  const { actors } = model.data;
  const known =
    names.get(model) ??
    actors.name.map((name, i) =>
      [name, ...Object.values(actors.labels[i]), ...actors.aliases[i], wikidataOf(actors.id[i]) ?? ""].map(plain),
    );
  names.set(model, known);
  const wanted = plain(typed);
  const found: { actor: number; rank: number }[] = [];
  known.forEach((all, actor) => {
    let rank = 9;
    all.forEach((name, i) => {
      const place = name.indexOf(wanted);
      if (place < 0) return;
      const start = place === 0 ? (name.length === wanted.length ? 0 : 1) : /[\p{L}\p{N}]/u.test(name[place - 1]) ? 3 : 2;
      rank = Math.min(rank, start + (i > 0 && start > 0 && all.length > 2 ? 0.5 : 0));
    });
    if (rank < 9) found.push({ actor, rank });
  });
  const label = (actor: number) => actors.labels[actor][lang] ?? actors.name[actor];
  return found
    .sort(
      (a, b) =>
        a.rank - b.rank ||
        model.about[b.actor].length - model.about[a.actor].length ||
        label(a.actor).localeCompare(label(b.actor), lang),
    )
    .slice(0, MOST)
    .map((one) => one.actor);
}
