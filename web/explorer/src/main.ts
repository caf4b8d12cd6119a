// The page: read the data, build the parts, and draw again whatever a change of state concerns.

import { count, t, type App } from "./app";
import { read, type Data } from "./data";
import { details } from "./details";
import { fill, h, keepingFocus } from "./dom";
import { filter } from "./filter";
import { filters, filtersOf } from "./filters";
import { finder } from "./find";
import { graphView, type GraphView } from "./graph";
import { legend } from "./legend";
import { list } from "./list";
import { modelOf } from "./model";
import { decode, encode, sameShown, START, wantedLang, type State } from "./state";
import { timeBar } from "./time";
import "./style.css";

const page = document.getElementById("app") as HTMLElement;
const first = { state: { ...START, lang: wantedLang() } as State };
fill(page, h("p", { class: "hint", role: "status" }, t(first, "loading")));
read()
  .then(({ data, served }) => start(data, served))
  .catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    fill(page, h("p", { class: "hint", role: "alert" }, t(first, "failed", { reason })));
    throw error;
  });

function start(data: Data, served: boolean): void {
  const model = modelOf(data);
  const state = decode(location.hash, model);
  let parts: Part[] = [];
  let graph: GraphView | null = null;
  const canvas = h("div", { class: "canvas", id: "canvas", tabindex: "0", role: "application" });
  const live = h("div", { class: "unseen", role: "status", "aria-live": "polite" });
  const app: App = {
    model,
    state,
    passed: filter(model, state),
    dark: false,
    served,
    quiet: false,
    set: change,
    moved: (camera) => {
      app.state.camera = camera;
      history.replaceState(null, "", `#${encode(app.state, model)}`);
    },
    say: (text) => (live.textContent = text),
  };

  build();
  window.addEventListener("popstate", () => {
    const before = app.state;
    app.state = decode(location.hash, model);
    const same = sameShown(before.shown, app.state.shown, model);
    if (same) app.state.shown = before.shown;
    redraw(before);
    graph?.look();
    if (!same) follow();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => build());
  document.addEventListener("keydown", (event) => {
    const typing = event.target instanceof HTMLElement && /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
    if (event.key === "/" && !typing) {
      event.preventDefault();
      document.getElementById("search")?.focus();
    }
  });

  function change(changed: Partial<State>): void {
    const before = app.state;
    app.state = { ...before, ...changed };
    const address = `#${encode(app.state, model)}`;
    // Only what one opens is a step to go back from; filters and sliders would fill the history.
    const step = "shown" in changed || "view" in changed;
    if (address !== location.hash) history[step ? "pushState" : "replaceState"](null, "", address);
    redraw(before);
    if (changed.shown || (changed.shown === null && before.shown)) follow();
  }

  /** Take the keyboard to what has been opened, or back to where it was opened from. */
  function follow(): void {
    const { shown, view } = app.state;
    const place = shown ? document.getElementById("details-title") : view === "graph" ? canvas : document.getElementById("list");
    place?.focus({ preventScroll: true });
  }

  function redraw(before: State): void {
    const { state } = app;
    if (FILTERS.some((key) => before[key] !== state[key])) {
      app.passed = filter(model, state);
      if (!app.quiet) app.say(counted(app));
    }
    if (before.lang !== state.lang || before.theme !== state.theme) build();
    else draw();
  }

  /** Make all parts anew: their words are those of one language, their colours those of one theme. */
  function build(): void {
    document.documentElement.lang = app.state.lang;
    document.documentElement.dataset.theme = app.state.theme;
    app.dark = getComputedStyle(document.documentElement).getPropertyValue("--dark").trim() === "1";
    document.title = `${t(app, "title")} · polkg`;
    keepingFocus(() => {
      parts = skeleton(app, canvas, live, () => graph);
    });
    draw();
  }

  function draw(): void {
    page.dataset.view = app.state.view;
    page.classList.toggle("showing", app.state.shown !== null);
    canvas.setAttribute("aria-label", `${t(app, "graphLabel", { actors: count(app, app.passed.actors) })} ${t(app, "graphKeys")}`);
    for (const part of parts) keepingFocus(part.draw);
    if (app.state.view !== "graph") return;
    if (graph) graph.draw();
    else graph = made(app, canvas);
    performance.mark("drawn");
  }
}

interface Part {
  draw: () => void;
}

const FILTERS = ["words", "hidden", "claimants", "documents", "quality", "confidence", "time", "from", "to", "undated"] as const;

function made(app: App, canvas: HTMLElement): GraphView | null {
  const probe = document.createElement("canvas");
  if (!probe.getContext("webgl2") && !probe.getContext("webgl")) {
    fill(canvas, h("p", { class: "hint" }, t(app, "noWebGL")));
    return null;
  }
  return graphView(app, canvas);
}

function skeleton(app: App, canvas: HTMLElement, live: HTMLElement, graph: () => GraphView | null): Part[] {
  const search = finder(app, {
    id: "search",
    label: "search",
    chosen: (actor) => {
      app.set({ shown: { kind: "actor", actor } });
      graph()?.goTo(actor);
    },
    words: (words) => app.set({ words, view: "list", page: 0 }),
  });
  const toggle = h("button", { type: "button", class: "narrow", id: "show-filters", "aria-expanded": "false", "aria-controls": "filters", onclick: () => openFilters(true) });
  const side = filters(app, () => openFilters(false));
  const panel = details(app);
  const table = list(app);
  const slider = timeBar(app);
  const total = h("p", { class: "total" });
  const nothing = h("p", { class: "hint over" }, t(app, "noStatement"));
  const tabs = (["graph", "list"] as const).map((view) =>
    h("button", { type: "button", id: `view-${view}`, onclick: () => app.set({ view }) }, t(app, view)),
  );
  const lang = select(app, "lang", [["en", "English"], ["id", "Bahasa Indonesia"]], t(app, "language"));
  const theme = select(app, "theme", [["auto", t(app, "auto")], ["light", t(app, "light")], ["dark", t(app, "dark")]], t(app, "theme"));
  const share = h("button", { type: "button", id: "copy-link", onclick: () => void copy(app, share) }, t(app, "copyLink"));
  const buttons = h(
    "div",
    { class: "zoom" },
    h("button", { type: "button", class: "icon", id: "zoom-in", "aria-label": t(app, "zoomIn"), onclick: () => graph()?.zoom(1.6) }, "+"),
    h("button", { type: "button", class: "icon", id: "zoom-out", "aria-label": t(app, "zoomOut"), onclick: () => graph()?.zoom(1 / 1.6) }, "−"),
    h("button", { type: "button", class: "icon", id: "show-all", "aria-label": t(app, "resetGraph"), title: t(app, "resetGraph"), onclick: () => graph()?.showAll() }, "⤢"),
  );

  function openFilters(open: boolean): void {
    side.element.classList.toggle("open", open);
    toggle.setAttribute("aria-expanded", String(open));
    (open ? side.element : toggle).focus();
  }
  side.element.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && side.element.classList.contains("open")) openFilters(false);
  });

  fill(
    document.getElementById("app") as HTMLElement,
    h("a", { class: "skip", href: "#list", onclick: (event: Event) => skip(event, () => { app.set({ view: "list" }); document.getElementById("list")?.focus(); }) }, t(app, "skipToStatements")),
    h("a", { class: "skip", href: "#filters", onclick: (event: Event) => skip(event, () => openFilters(true)) }, t(app, "skipToFilters")),
    h(
      "header",
      { class: "top" },
      h("h1", null, h("span", { class: "brand" }, "polkg"), h("span", { class: "unseen" }, ` ${t(app, "title")}`)),
      search.element,
      h("div", { class: "tabs", role: "group", "aria-label": t(app, "views") }, tabs),
      toggle,
      h("div", { class: "tools" }, app.served && h("a", { id: "to-query", href: "query" }, t(app, "query")), lang, theme, share),
    ),
    side.element,
    h(
      "main",
      { "aria-label": t(app, "title") },
      total,
      h("div", { class: "stage" }, canvas, buttons, h("details", { class: "legend" }, h("summary", null, t(app, "legend")), legend(app)), nothing),
      table.element,
      slider.element,
    ),
    panel.element,
    live,
  );
  return [
    side,
    slider,
    panel,
    { draw: () => app.state.view === "list" && table.draw() },
    {
      draw: () => {
        total.textContent = counted(app);
        nothing.hidden = app.passed.count > 0;
        const active = filtersOf(app.state);
        toggle.classList.toggle("active", active > 0);
        toggle.textContent = active ? t(app, "showFiltersOf", { count: active }) : t(app, "showFilters");
        for (const tab of tabs) tab.setAttribute("aria-pressed", String(tab.id === `view-${app.state.view}`));
      },
    },
  ];
}

function select(app: App, key: "lang" | "theme", options: [string, string][], label: string): HTMLElement {
  const element = h(
    "select",
    { id: key, "aria-label": label, onchange: () => app.set({ [key]: element.value }) },
    options.map(([value, text]) => h("option", { value, selected: app.state[key] === value, lang: key === "lang" ? value : null }, text)),
  );
  return element;
}

function counted(app: App): string {
  return t(app, "count", { count: count(app, app.passed.count), all: count(app, app.model.size), actors: count(app, app.passed.actors) });
}

async function copy(app: App, button: HTMLElement): Promise<void> {
  const done = await navigator.clipboard?.writeText(location.href).then(() => true, () => false);
  const text = t(app, done ? "copied" : "notCopied");
  app.say(text);
  button.textContent = text;
  setTimeout(() => (button.textContent = t(app, "copyLink")), 2500);
}

function skip(event: Event, act: () => void): void {
  event.preventDefault();
  act();
}

