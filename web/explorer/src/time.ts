// The time slider: two handles over a histogram, by the day of the event or of publication.

import { count, t, type App } from "./app";
import { axisOf, histogram, type Axis } from "./bars";
import { dayOf, isoOf, readable } from "./dates";
import { fill, h } from "./dom";

export interface TimeBar {
  element: HTMLElement;
  draw: () => void;
}

export function timeBar(app: App): TimeBar {
  const everything = app.model.data.statements.id.map((_, i) => i);
  let axis: Axis = { first: 0, last: 1 };
  let kind = "";
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
  const any = h("button", { type: "button", id: "any-time", class: "link", onclick: () => app.set({ from: null, to: null }) }, t(app, "anyTime"));
  const shade = h("div", { class: "shade", "aria-hidden": "true" });
  const element = h(
    "section",
    { class: "time", "aria-label": t(app, "time") },
    h("div", { class: "head" }, h("label", { for: "time-kind" }, t(app, "time")), mode, range, any, undatedLabel),
    h("div", { class: "slider" }, chart, shade, from, to),
  );

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
        axis = axisOf(app, everything, state.time) ?? { first: 0, last: 1 };
        for (const input of [from, to]) {
          input.min = String(axis.first);
          input.max = String(axis.last);
          input.step = "1";
        }
      }
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
      const without = everything.reduce((sum, i) => sum + (Number.isNaN(starts[i]) ? 1 : 0), 0);
      undated.checked = state.undated;
      undatedText.textContent = t(app, "undated", { count: count(app, without) });
      undatedLabel.hidden = !without;
    },
  };
}
