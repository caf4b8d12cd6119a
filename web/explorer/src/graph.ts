// The graph on its canvas: sigma draws it; what is hit, hovered and reached by keys is worked out here.

import Graph from "graphology";
import Sigma from "sigma";
import { NodePointProgram } from "sigma/rendering";
import type { NodeDisplayData } from "sigma/types";
import { actorName, count, statementCount, withNames, type App } from "./app";
import { blend, classColour, groundOf, valenceColour, withAlpha, type Ground } from "./colours";
import { h } from "./dom";
import { lineProgram, lineProgramByDistance, type LineData } from "./edges";
import { drawHover, labeller } from "./labels";
import { label } from "./model";
import type { State } from "./state";

export interface GraphView {
  draw: () => void;
  goTo: (actor: number) => void;
  showAll: () => void;
  /** Look from where the address says. */
  look: () => void;
  zoom: (factor: number) => void;
}

const GREAT = 20; // actors so much spoken of that no name may lie over them
const PIECES = 8; // of which a bent line is made
const REACH = matchMedia("(pointer: coarse)").matches ? 14 : 6; // pixels beside a line that still hit it
const MANY = 4000; // lines, beyond which each is drawn fainter and none while the graph moves

export function graphView(app: App, container: HTMLElement): GraphView {
  const { model } = app;
  const { data, bundles, about } = model;
  const graph = new Graph({ multi: true, type: "directed", allowSelfLoops: true });
  const many = bundles.length > MANY;
  const program = many ? lineProgramByDistance : lineProgram;
  const crowd = Math.max(0.3, Math.min(1, Math.sqrt(500 / data.actors.id.length)));
  const scale = crowd * Math.max(0.6, Math.min(1, container.clientWidth / 700));
  data.actors.id.forEach((_, i) => {
    graph.addNode(String(i), {
      x: data.actors.x[i],
      y: data.actors.y[i],
      size: scale * Math.min(2.5 + 1.8 * Math.log2(1 + about[i].length), 20),
    });
  });
  bundles.forEach((bundle, i) => {
    graph.addEdgeWithKey(String(i), String(bundle.source), String(bundle.target), {
      type: (bundle.curve ? "bent" : "straight") + (bundle.manner === "denied" ? "Crossed" : ""),
      curve: bundle.curve,
      manner: bundle.manner,
      mutual: bundle.mutual,
    });
  });

  let ground: Ground = groundOf(container);
  let focus: Focus = focusOf(app);
  let lines: Line[] = [];
  let looks: Look[] = [];
  let [classColours, paleColours]: string[][] = [[], []];
  let shownActors = new Uint8Array(data.actors.id.length);
  const tip = h("div", { class: "tip", role: "presentation", hidden: true });
  const order = about.map((_, i) => i).sort((a, b) => about[b].length - about[a].length || a - b);
  let named = -1;

  look();
  const sigma = new Sigma(graph, container, {
    allowInvalidContainer: true,
    defaultEdgeType: "straight",
    nodeProgramClasses: { circle: NodePointProgram },
    edgeProgramClasses: {
      straight: program(1, false),
      straightCrossed: program(1, true),
      bent: program(PIECES, false),
      bentCrossed: program(PIECES, true),
    },
    renderLabels: false,
    defaultDrawNodeHover: (context, node, settings) => drawHover(context, node, settings, ground),
    labelFont: "system-ui, sans-serif",
    labelSize: 12.5,
    labelWeight: "500",
    hideEdgesOnMove: many,
    minCameraRatio: 0.02,
    maxCameraRatio: 3,
    stagePadding: 40,
    zIndex: true,
    nodeReducer: (node, own) => Object.assign(own, looks[Number(node)]) as Partial<NodeDisplayData>,
    edgeReducer: (edge, own) => Object.assign(own, lines[Number(edge)]),
  });
  container.append(tip);
  sigma.on("afterRender", drawLabels);
  drawLabels();
  const camera = sigma.getCamera();
  lookFrom(app.state.camera);

  let rest = 0;
  camera.on("updated", () => {
    tip.hidden = true;
    clearTimeout(rest);
    rest = window.setTimeout(() => {
      const { x, y, ratio } = camera.getState();
      const round = (value: number) => Math.round(value * 1000) / 1000;
      const all = Math.abs(x - 0.5) + Math.abs(y - 0.5) + Math.abs(ratio - 1) < 0.002;
      app.moved(all ? null : [round(x), round(y), round(ratio)]);
    }, 250);
  });
  sigma.on("clickNode", ({ node }) => app.set({ shown: { kind: "actor", actor: Number(node) } }));
  sigma.on("clickStage", ({ event }) => {
    const line = lineAt(event.x, event.y);
    if (line < 0) app.set({ shown: null });
    else app.set({ shown: { kind: "line", source: bundles[line].source, target: bundles[line].target, bundle: line } });
  });
  let over = false;
  sigma.on("enterNode", () => {
    over = true;
    tip.hidden = true;
    container.classList.add("pointing");
  });
  sigma.on("leaveNode", () => {
    over = false;
    container.classList.remove("pointing");
  });
  let pending = 0;
  sigma.getMouseCaptor().on("mousemovebody", (event) => {
    if (pending) return;
    pending = requestAnimationFrame(() => {
      pending = 0;
      if (!over && event.original.target instanceof Node && container.contains(event.original.target)) {
        hoverLine(event.x, event.y);
      }
    });
  });
  container.addEventListener("mouseleave", () => (tip.hidden = true));
  container.addEventListener("keydown", pressed);

  return {
    draw() {
      const [oldLines, oldLooks] = [lines, looks];
      ground = groundOf(container);
      look();
      if (!many) return void sigma.refresh();
      // A whole refresh of so many would take longer than the eye waits for; only what changed is sent.
      const nodes = looks.flatMap((one, i) => (sameLook(one, oldLooks[i]) ? [] : [String(i)]));
      const edges = lines.flatMap((one, i) => (sameLine(one, oldLines[i]) ? [] : [String(i)]));
      // While the list hid it, a change of the window made the picture one pixel wide.
      const { width, height } = sigma.getDimensions();
      const stale = width !== container.offsetWidth || height !== container.offsetHeight;
      if (stale || nodes.length + edges.length) sigma.refresh({ partialGraph: { nodes, edges }, skipIndexation: true });
    },
    goTo(actor) {
      const place = sigma.getNodeDisplayData(String(actor));
      if (place) void camera.animate({ x: place.x, y: place.y, ratio: Math.min(camera.ratio, 0.5) }, { duration: 250 });
    },
    look: () => lookFrom(app.state.camera),
    showAll: () => void camera.animatedReset({ duration: 250 }),
    zoom: (factor) => void camera.animatedZoom({ factor, duration: 150 }),
  };

  function lookFrom(place: State["camera"]): void {
    const [x, y, ratio] = place ?? [0.5, 0.5, 1];
    camera.setState({ x, y, ratio, angle: 0 });
  }

  /** Work out how every line and actor looks with these filters and this choice. */
  function look(): void {
    focus = focusOf(app);
    shownActors = new Uint8Array(data.actors.id.length);
    const sums = new Float64Array(bundles.length);
    const numbers = new Uint32Array(bundles.length);
    for (let i = 0; i < model.size; i++) {
      if (!app.passed.all[i]) continue;
      numbers[model.bundleOf[i]]++;
      sums[model.bundleOf[i]] += model.relation(i).valence;
    }
    const [asides, full, asserted, tentative] = (many ? [0.05, 1, 0.35, 0.3] : [0.14, 1, 0.8, 0.7]).map(shades);
    lines = bundles.map((bundle, i) => {
      const number = numbers[i];
      if (!number) return NOTHING;
      shownActors[bundle.source] = shownActors[bundle.target] = 1;
      const chosen = focus.line(bundle.source, bundle.target);
      const aside = focus.any && !chosen;
      const colours = aside ? asides : chosen ? full : bundle.manner === "asserted" ? asserted : tentative;
      return {
        hidden: false,
        color: colours[Math.round((sums[i] / number) * 20) + 20],
        size: (many && !chosen ? 0.6 : 1.2) + 0.7 * Math.log2(number) + (chosen ? 0.6 : 0),
        zIndex: chosen ? 1 : 0,
      };
    });
    classColours = data.classes.map((_, i) => classColour(data, i, ground.dark));
    paleColours = classColours.map((colour) => blend(colour, ground.paper, 0.75));
    looks = data.actors.id.map((_, i) => nodeLook(i));
  }

  /** Return the colours from strongest conflict to strongest cooperation, in twentieths. */
  function shades(alpha: number): string[] {
    return Array.from({ length: 41 }, (_, i) => withAlpha(valenceColour(data, i / 20 - 1, ground.dark), alpha));
  }

  function nodeLook(i: number): Look {
    const aside = focus.any && !focus.actors.has(i);
    return {
      label: aside ? null : actorName(app, i),
      color: (aside ? paleColours : classColours)[data.actors.class[i]],
      hidden: !shownActors[i] && !focus.chosen.has(i),
      zIndex: focus.chosen.has(i) ? 2 : aside ? 0 : 1,
    };
  }

  /** Name as many actors as have room, the chosen ones first, then those with most statements. */
  function drawLabels(): void {
    const context = sigma.getCanvases().labels.getContext("2d");
    if (!context) return;
    const { width, height } = sigma.getDimensions();
    const draw = labeller(context, sigma.getSettings(), ground, { width, height });
    const smallest = many && !focus.any ? 3.5 : 1.5;
    const wanted = [...focus.chosen, ...order.filter((i) => !focus.chosen.has(i))];
    const shown = (i: number) => {
      const node = sigma.getNodeDisplayData(String(i));
      return node && !node.hidden && node.label ? { ...node, size: sigma.scaleSize(node.size) } : null;
    };
    for (const node of wanted.slice(0, GREAT).map(shown)) {
      if (node) draw.keepOff(sigma.framedGraphToViewport(node), node.size);
    }
    for (const i of wanted) {
      const node = shown(i);
      // Those that follow are no larger.
      if (draw.full() || (node && node.size < smallest && !focus.chosen.has(i))) break;
      if (node?.label) draw(node.label, sigma.framedGraphToViewport(node), node.size);
    }
  }

  function hoverLine(x: number, y: number): void {
    const line = lineAt(x, y);
    container.classList.toggle("pointing", line >= 0);
    tip.hidden = line < 0;
    if (line < 0) return;
    const { source, target, statements } = bundles[line];
    const kinds = new Map<string, number>();
    for (const i of statements) {
      const kind = label(model.relation(i).labels, app.state.lang);
      if (app.passed.all[i]) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    }
    const sorted = [...kinds].sort((a, b) => b[1] - a[1]).slice(0, 4);
    tip.replaceChildren(
      h("b", null, withNames(app, "statementsOf", { source: actorName(app, source), target: actorName(app, target) })),
      ...sorted.map(([kind, number]) => h("span", null, number > 1 ? `${kind} × ${count(app, number)}` : kind)),
    );
    const { clientWidth, clientHeight } = container;
    tip.style.left = `${Math.max(4, Math.min(x + 14, clientWidth - tip.offsetWidth - 4))}px`;
    tip.style.top = `${Math.max(4, Math.min(y + 14, clientHeight - tip.offsetHeight - 4))}px`;
  }

  /** Return the line at a place on the screen, or -1. Sigma would draw all lines a second time to know. */
  function lineAt(x: number, y: number): number {
    const places = data.actors.id.map((_, i) => {
      const shown = sigma.getNodeDisplayData(String(i));
      return shown && !shown.hidden ? sigma.framedGraphToViewport(shown) : null;
    });
    let best = -1;
    let least = REACH;
    bundles.forEach((bundle, i) => {
      const [from, to] = [places[bundle.source], places[bundle.target]];
      if (lines[i].hidden || !from || !to) return;
      const [dx, dy] = [to.x - from.x, to.y - from.y];
      // The screen counts downwards, the shader upwards: the bend turns round.
      const middle = { x: (from.x + to.x) / 2 + dy * bundle.curve, y: (from.y + to.y) / 2 - dx * bundle.curve };
      const pieces = bundle.curve ? PIECES : 1;
      let before = from;
      for (let piece = 1; piece <= pieces; piece++) {
        const u = piece / pieces;
        const at = (a: number, b: number, c: number) => (1 - u) * (1 - u) * a + 2 * u * (1 - u) * b + u * u * c;
        const next = { x: at(from.x, middle.x, to.x), y: at(from.y, middle.y, to.y) };
        const distance = distanceTo(x, y, before, next) - (focus.line(bundle.source, bundle.target) ? 0.5 : 0);
        if (distance < least) [least, best] = [distance, i];
        before = next;
      }
    });
    return best;
  }

  function pressed(event: KeyboardEvent): void {
    const step = 0.08 * camera.ratio;
    const { x, y } = camera.getState();
    const moves: Record<string, () => void> = {
      ArrowLeft: () => camera.setState({ x: x - step }),
      ArrowRight: () => camera.setState({ x: x + step }),
      ArrowUp: () => camera.setState({ y: y + step }),
      ArrowDown: () => camera.setState({ y: y - step }),
      "+": () => void camera.animatedZoom({ duration: 100 }),
      "-": () => void camera.animatedUnzoom({ duration: 100 }),
      "0": () => void camera.animatedReset({ duration: 100 }),
      n: () => walk(1),
      p: () => walk(-1),
      Enter: () => named >= 0 && app.set({ shown: { kind: "actor", actor: named } }),
      Escape: () => app.set({ shown: null }),
    };
    const move = event.ctrlKey || event.metaKey || event.altKey ? undefined : moves[event.key];
    if (!move || event.target !== container) return;
    event.preventDefault();
    move();
  }

  /** Name the next actor by number of statements, for those who cannot point. */
  function walk(by: number): void {
    const shownNow = order.filter((i) => shownActors[i]);
    if (!shownNow.length) return;
    const place = shownNow.indexOf(named);
    named = shownNow[(place + by + (place < 0 && by < 0 ? 1 : 0) + shownNow.length) % shownNow.length];
    const cls = label(data.classes[data.actors.class[named]].labels, app.state.lang);
    const number = about[named].filter((i) => app.passed.all[i]).length;
    app.say(`${actorName(app, named)}, ${cls}, ${statementCount(app, number)}`);
    const shown = sigma.getNodeDisplayData(String(named));
    if (shown) camera.setState({ x: shown.x, y: shown.y });
  }
}

type Line = Pick<LineData, "hidden" | "color" | "size" | "zIndex">;
type Look = Pick<NodeDisplayData, "label" | "color" | "hidden" | "zIndex">;

const NOTHING: Line = { hidden: true, color: "#000000", size: 0, zIndex: 0 };

function sameLine(one: Line, other: Line): boolean {
  return one.hidden === other.hidden && one.color === other.color && one.size === other.size;
}

function sameLook(one: Look, other: Look): boolean {
  return one.hidden === other.hidden && one.color === other.color && one.label === other.label;
}

interface Focus {
  any: boolean;
  chosen: Set<number>;
  actors: Set<number>;
  line: (source: number, target: number) => boolean;
}

/** Return what the side panel is about: the rest of the graph steps back. */
function focusOf({ model, state, passed }: App): Focus {
  const { statements: s } = model.data;
  const { shown } = state;
  const none = { any: false, chosen: new Set<number>(), actors: new Set<number>(), line: () => false };
  if (!shown) return none;
  if (shown.kind === "actor" || (shown.kind === "pair" && shown.two === null)) {
    const actor = shown.kind === "actor" ? shown.actor : shown.one;
    const beside = model.about[actor].filter((i) => passed.all[i]).flatMap((i) => [s.source[i], s.target[i]]);
    return {
      any: true,
      chosen: new Set([actor]),
      actors: new Set([actor, ...beside]),
      line: (source, target) => source === actor || target === actor,
    };
  }
  const [one, two] =
    shown.kind === "pair"
      ? [shown.one, shown.two as number]
      : shown.kind === "line"
        ? [shown.source, shown.target]
        : [s.source[shown.statement], s.target[shown.statement]];
  const both = new Set([one, two]);
  const either = shown.kind === "pair";
  return {
    any: true,
    chosen: both,
    actors: both,
    line: (source, target) => (source === one && target === two) || (either && source === two && target === one),
  };
}

interface Place {
  x: number;
  y: number;
}

function distanceTo(x: number, y: number, a: Place, b: Place): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const length = dx * dx + dy * dy;
  const u = length ? Math.max(0, Math.min(1, ((x - a.x) * dx + (y - a.y) * dy) / length)) : 0;
  return Math.hypot(x - a.x - u * dx, y - a.y - u * dy);
}
