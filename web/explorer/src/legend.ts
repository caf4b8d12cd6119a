// What colours, lines and sizes mean.

import { named, t, type App } from "./app";
import { classColour, valenceColour } from "./colours";
import { h, svg } from "./dom";
import { MANNERS, type Manner } from "./model";

export function legend(app: App): HTMLElement {
  const { data } = app.model;
  const dark = app.dark;
  const present = new Set(data.actors.class);
  const classes = data.classes.flatMap((cls, i) =>
    present.has(i) ? [h("li", null, h("span", { class: "dot", "--colour": classColour(data, i, dark) }), named(app, cls.labels))] : [],
  );
  const signs = ([["conflict", -0.7], ["neutral", 0], ["cooperation", 0.7]] as const).map(([word, valence]) =>
    h("li", null, h("span", { class: "swatch", "--colour": valenceColour(data, valence, dark) }), t(app, word)),
  );
  const manners = MANNERS.map((manner) => h("li", null, stroke(manner), t(app, manner)));
  return h(
    "div",
    { class: "key" },
    h("ul", { class: "plain" }, classes),
    h("ul", { class: "plain" }, signs, manners, h("li", null, stroke("asserted", true), t(app, "mutual"))),
    h("p", { class: "note" }, t(app, "sizeIsDegree")),
  );
}

function stroke(manner: Manner, mutual = false): SVGElement {
  return svg(
    "svg",
    { viewBox: "0 0 34 10", width: 34, height: 10, "aria-hidden": "true" },
    svg("path", { d: mutual ? "M1 5H33" : "M1 5H28", class: `line ${manner}` }),
    !mutual && svg("path", { d: "M27 1.5 33 5 27 8.5Z", class: "head" }),
    manner === "denied" && svg("path", { d: "M14 1V9", class: "line" }),
  );
}
