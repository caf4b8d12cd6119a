// Names on the canvas: with a halo, so that lines do not cut through them, and in a box under the pointer.

import type { Settings } from "sigma/settings";
import type { NodeDisplayData, PartialButFor } from "sigma/types";
import type { Ground } from "./colours";

type Node = PartialButFor<NodeDisplayData, "x" | "y" | "size" | "label" | "color">;
const LONGEST = 40; // letters of a name
const MOST = 90; // names at a time

type Box = [left: number, top: number, right: number, bottom: number];

interface Labeller {
  (text: string, place: { x: number; y: number }, radius: number): void;
  /** Leave the room of an actor itself free of names. */
  keepOff: (place: { x: number; y: number }, radius: number) => void;
  full: () => boolean;
}

/** Return what writes a name beside, below or above its actor, wherever no other name is. */
export function labeller(
  context: CanvasRenderingContext2D,
  settings: Settings,
  ground: Ground,
  { width, height }: { width: number; height: number },
): Labeller {
  const taken: Box[] = [];
  let written = 0;
  const size = settings.labelSize;
  context.font = `${settings.labelWeight} ${size}px ${settings.labelFont}`;
  context.lineJoin = "round";
  context.lineWidth = 4;
  context.strokeStyle = ground.paper;
  context.fillStyle = ground.ink;
  const free = (x: number, y: number, length: number) =>
    taken.every((one) => one[0] >= x + length + 3 || x - 3 >= one[2] || one[1] >= y + 8 || y - 8 >= one[3]);
  const draw = (text: string, place: { x: number; y: number }, radius: number) => {
    if (place.x < -radius || place.x > width || place.y < -radius || place.y > height + radius) return;
    const words = short(text);
    const length = context.measureText(words).width;
    const middle = place.x - length / 2;
    const away = radius + 10;
    const room = [
      [place.x + radius + 4, place.y],
      [place.x - radius - 4 - length, place.y],
      [middle, place.y + away],
      [middle, place.y - away],
    ].find(([x, y]) => x >= 2 && x + length <= width && free(x, y, length));
    if (!room) return;
    const [x, y] = room;
    taken.push([x - 3, y - 8, x + length + 3, y + 8]);
    written++;
    context.strokeText(words, x, y + size / 3);
    context.fillText(words, x, y + size / 3);
  };
  return Object.assign(draw, {
    keepOff: ({ x, y }: { x: number; y: number }, radius: number) =>
      void taken.push([x - radius, y - radius, x + radius, y + radius]),
    full: () => written >= MOST,
  });
}

export function drawHover(context: CanvasRenderingContext2D, node: Node, settings: Settings, ground: Ground): void {
  context.beginPath();
  context.arc(node.x, node.y, node.size + 3, 0, Math.PI * 2);
  context.strokeStyle = ground.ink;
  context.lineWidth = 1.5;
  context.stroke();
  if (!node.label) return;
  context.font = `600 ${settings.labelSize}px ${settings.labelFont}`;
  const text = short(node.label);
  const width = context.measureText(text).width;
  const x = node.x + node.size + 6;
  context.fillStyle = ground.paper;
  context.strokeStyle = ground.faint;
  context.lineWidth = 1;
  context.beginPath();
  context.roundRect(x - 5, node.y - 12, width + 12, 24, 5);
  context.fill();
  context.stroke();
  context.fillStyle = ground.ink;
  context.fillText(text, x + 1, node.y + settings.labelSize / 3);
}

function short(text: string): string {
  const line = text.replace(/\s+/g, " ");
  return [...line].length > LONGEST ? `${[...line].slice(0, LONGEST - 1).join("")}…` : line;
}
