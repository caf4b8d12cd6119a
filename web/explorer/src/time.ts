// The time slider: two handles over a histogram, by the day of the event or of publication, and what moves both.

import { count, t, type App } from "./app";
import { axisOf, histogram, type Axis } from "./bars";
import { dayOf, isoOf, readable } from "./dates";
import { fill, h } from "./dom";
import type { State } from "./state";

const STEPS = 30; // from the beginning to the end
const PART = 6; // of the whole time is what plays where nothing is chosen
const EVERY = 400; // milliseconds

export interface TimeBar {
  element: HTMLElement;
  draw: () => void;
}

export function timeBar(app: App): TimeBar {
  const everything = app.model.data.statements.id.map((_, i) => i);
  let axis: Axis = { first: 0, last: 1 };
  let kind = "";
  let dated = false;
  let timer = 0;
  let played: Pick<State, "from" | "to"> = { from: null, to: null };
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const chart = h("div", { class: "chart" });
  const range = h("span", { class: "range", "aria-live": "polite" });
  const from = handle("from");
  const to = handle("to");
  const mode = h(
    "select",
    { id: "time-kind", "aria-label": t(app, "time"), onchange: () => app.set({ time: mode.value as "event" | "published", from: null, to: null }) },
    (["event", "published"] as const).map((value) => h("option", { value }, t(app, value))),
  );
  const undated = h("input", { type: "checkbox", id: "undated", onchange: () => app.set({ undated: undated.checked }) });
  const undatedText = h("span");
  const undatedLabel = h("label", { class: "check" }, undated, undatedText);
  const any = h("button", { type: "button", id: "any-time", class: "link", onclick: unlimited }, t(app, "anyTime"));
  // Who wants nothing to move by itself takes the steps one by one.
  const play = still
    ? h("button", { type: "button", id: "play", onclick: advance }, t(app, "stepOn"))
    : h("button", { type: "button", id: "play", "aria-pressed": "false", onclick: () => (timer ? stop() : start()) }, t(app, "play"));
  const shade = h("div", { class: "shade", "aria-hidden": "true" });
  const slider = h("div", { class: "slider" }, chart, shade, from, to);
  const element = h(
    "section",
    { class: "time", "aria-label": t(app, "time") },
    h("div", { class: "head" }, h("label", { for: "time-kind" }, t(app, "time")), mode, play, range, any, undatedLabel),
    slider,
  );

  function unlimited(): void {
    app.set({ from: null, to: null });
    mode.focus({ preventScroll: true });
  }

  function start(): void {
    timer = window.setInterval(() => (element.isConnected ? advance() : stop()), EVERY);
    playing(true);
    advance();
  }

  function stop(): void {
    clearInterval(timer);
    timer = 0;
    playing(false);
  }

  /** Nothing is read out with every step, only where it ends. */
  function playing(on: boolean): void {
    app.quiet = on;
    play.setAttribute("aria-pressed", String(on));
    range.setAttribute("aria-live", on ? "off" : "polite");
  }

  /** Move the chosen part of the time on by a step, never over a day; from its end it begins anew. */
  function advance(): void {
    const { first, last } = axis;
    const [early, late] = [from.valueAsNumber, to.valueAsNumber];
    const width = early === first && late === last ? Math.round((last - first) / PART) : late - early;
    const step = Math.max(1, Math.min(width + 1, Math.round((last - first) / STEPS)));
    const begin = late === last ? first : Math.min(early + step, last - width);
    const end = begin + width;
    if (timer && end === last) stop();
    played = { from: begin === first ? null : isoOf(begin), to: end === last ? null : isoOf(end) };
    app.set(played);
  }

  function handle(end: "from" | "to"): HTMLInputElement {
    const input = h("input", { type: "range", id: `time-${end}`, "aria-label": t(app, end), class: end, oninput: moved });
    let pending = 0;
    function moved(): void {
      // Neither handle passes the other.
      const value = end === "from" ? Math.min(input.valueAsNumber, to.valueAsNumber) : Math.max(input.valueAsNumber, from.valueAsNumber);
      if (value !== input.valueAsNumber) input.value = String(value);
      shadeIt();
      cancelAnimationFrame(pending);
      pending = requestAnimationFrame(() => {
        // At its end a handle holds nothing back, not even what lies beyond the axis.
        const edge = end === "from" ? axis.first : axis.last;
        app.set({ [end]: value === edge ? null : isoOf(value) });
      });
    }
    return input;
  }

  function shadeIt(): void {
    const share = (value: number) => (value - axis.first) / (axis.last - axis.first);
    shade.style.setProperty("--from", String(share(from.valueAsNumber)));
    shade.style.setProperty("--to", String(share(to.valueAsNumber)));
  }

  return {
    element,
    draw() {
      const { state, passed, model } = app;
      if (kind !== state.time) {
        kind = state.time;
        const found = axisOf(app, everything, state.time);
        dated = found !== null;
        axis = found ?? { first: 0, last: 1 };
        for (const input of [from, to]) {
          input.min = String(axis.first);
          input.max = String(axis.last);
          input.step = "1";
        }
      }
      if (timer && (state.from !== played.from || state.to !== played.to)) stop();
      slider.hidden = play.hidden = !dated;
      mode.value = state.time;
      const put = (input: HTMLInputElement, date: string | null, edge: number) => {
        const value = date === null ? edge : dayOf(date);
        if (input.valueAsNumber !== value) input.value = String(value);
        const text = date === null ? t(app, edge === axis.first ? "earliest" : "latest") : readable(date, state.lang);
        input.setAttribute("aria-valuetext", text);
        return text;
      };
      const [early, late] = [put(from, state.from, axis.first), put(to, state.to, axis.last)];
      const chosen = state.from !== null || state.to !== null;
      range.textContent = chosen ? `${early} – ${late}` : "";
      any.hidden = !chosen;
      shadeIt();
      const [starts] = model.days[state.time];
      const shown = everything.filter((i) => passed.timeless[i] && !Number.isNaN(starts[i]));
      const [first, last] = [axis.first, axis.last].map((day) => readable(isoOf(day), state.lang));
      fill(
        chart,
        histogram(app, shown, { axis, kind: state.time, name: t(app, "histogram", { from: first, to: last }) }),
        h("div", { class: "ends" }, h("span", null, first), h("span", null, last)),
      );
      const without = everything.filter((i) => Number.isNaN(starts[i]));
      undated.checked = state.undated;
      undatedText.textContent = t(app, "undated", { count: count(app, without.filter((i) => passed.timeless[i]).length) });
      undatedLabel.hidden = !without.length;
    },
  };
}
