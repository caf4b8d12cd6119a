// Statements by time as bars: conflict, neutral and cooperation one on the other.

import { statementCount, t, type App } from "./app";
import { valenceColour } from "./colours";
import { isoOf, readable } from "./dates";
import { h, svg } from "./dom";
import { signOf } from "./model";
import type { State } from "./state";

const MOST = 48;
const HEIGHT = 44;
const SHORTEST = 30; // days; fewer would make bars of one day as wide as the picture

export interface Axis {
  first: number;
  last: number;
}

/** Return a picture of the statements by time; one without a date has no place in it. */
export function bars(app: App, statements: number[], name: string): HTMLElement {
  // Few texts say when something happened; when they were published is nearly always known.
  const kind = [app.state.time, "published" as const].find((one) => axisOf(app, statements, one)) ?? app.state.time;
  const axis = axisOf(app, statements, kind);
  if (axis) axis.last = Math.max(axis.last, axis.first + SHORTEST);
  if (!axis) return h("p", { class: "note" }, t(app, "undatedShort"));
  const [from, to] = [axis.first, axis.last].map((day) => readable(isoOf(day), app.state.lang));
  return h(
    "figure",
    { class: "bars" },
    histogram(app, statements, { axis, kind, name: `${name}: ${t(app, "histogram", { from, to })}` }),
    h("figcaption", null, h("span", null, from), h("span", null, t(app, kind)), h("span", null, to)),
  );
}

/** Return the days from first to last; a few that lie far before all others do not stretch it. */
export function axisOf(app: App, statements: number[], kind: State["time"]): Axis | null {
  const [starts, ends] = app.model.days[kind];
  const days = statements.flatMap((i) => (Number.isNaN(starts[i]) ? [] : [starts[i]])).sort((a, b) => a - b);
  if (!days.length) return null;
  let last = days[days.length - 1];
  for (const i of statements) if (ends[i] > last && ends[i] < last + 3660) last = ends[i];
  const early = days[Math.floor(days.length * 0.03)];
  const first = last - days[0] > 4 * (last - early + 30) ? early : days[0];
  return { first, last: Math.max(last, first + 1) };
}

export function histogram(
  app: App,
  statements: number[],
  { axis, kind, name }: { axis: Axis; kind: State["time"]; name: string },
): SVGElement {
  const [starts] = app.model.days[kind];
  const span = axis.last - axis.first + 1;
  const number = Math.max(1, Math.min(MOST, span));
  const bins = Array.from({ length: number }, () => [0, 0, 0]);
  for (const i of statements) {
    if (Number.isNaN(starts[i])) continue;
    const place = Math.floor(((starts[i] - axis.first) / span) * number);
    bins[Math.max(0, Math.min(number - 1, place))][signOf(app.model.relation(i).valence) + 1]++;
  }
  const highest = Math.max(1, ...bins.map((bin) => bin[0] + bin[1] + bin[2]));
  const dark = app.dark;
  const colours = [-0.6, 0, 0.6].map((valence) => valenceColour(app.model.data, valence, dark));
  const width = 100 / number;
  const rects = bins.flatMap((bin, n) => {
    let top = HEIGHT;
    return bin.flatMap((value, sign) => {
      if (!value) return [];
      const height = Math.max(1.2, (value / highest) * HEIGHT);
      top -= height;
      const shape = { x: n * width + width * 0.08, y: Math.max(0, top), width: width * 0.84, height, fill: colours[sign] };
      return [svg("rect", shape)];
    });
  });
  const title = `${name}. ${statementCount(app, statements.length)}`;
  return svg(
    "svg",
    { viewBox: `0 0 100 ${HEIGHT}`, preserveAspectRatio: "none", role: "img", "aria-label": title, class: "histogram" },
    ...rects,
  );
}
