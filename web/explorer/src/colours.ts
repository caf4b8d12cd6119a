// Colours of lines and nodes on a light and on a dark ground, from the palette in the data.

import type { Data } from "./data";

type Channels = [number, number, number];

export interface Ground {
  dark: boolean;
  paper: string;
  ink: string;
  faint: string;
}

/** Return the colours that the style sheet has for the page now. */
export function groundOf(element: Element): Ground {
  const style = getComputedStyle(element);
  const value = (name: string) => style.getPropertyValue(name).trim();
  return { dark: value("--dark") === "1", paper: value("--canvas"), ink: value("--ink"), faint: value("--faint") };
}

/** Return the colour of a valence from −1 to +1; strong ones are full, weak ones nearer to grey. */
export function valenceColour(data: Data, valence: number, dark: boolean): string {
  const end = valence < 0 ? data.valence.negative : data.valence.positive;
  // From a third on, so that the sign of a weak valence is seen too; steps keep the number of colours small.
  const share = valence === 0 ? 0 : 0.35 + 0.65 * (Math.round(Math.min(1, Math.abs(valence)) * 20) / 20);
  const mixed = mix(channels(data.valence.neutral), channels(end), share);
  return hex(dark ? mix(mixed, [255, 255, 255], 0.28) : mixed);
}

export function classColour(data: Data, cls: number, dark: boolean): string {
  const colour = channels(data.classes[cls].colour);
  return hex(dark ? mix(colour, [255, 255, 255], 0.22) : colour);
}

export function blend(one: string, two: string, share: number): string {
  return hex(mix(channels(one), channels(two), share));
}

export function withAlpha(colour: string, alpha: number): string {
  return `rgba(${channels(colour).join(",")},${alpha})`;
}

function channels(colour: string): Channels {
  return [1, 3, 5].map((i) => parseInt(colour.slice(i, i + 2), 16)) as Channels;
}

function mix(one: Channels, two: Channels, share: number): Channels {
  return one.map((value, i) => value + (two[i] - value) * share) as Channels;
}

function hex(colour: Channels): string {
  return `#${colour.map((value) => Math.round(value).toString(16).padStart(2, "0")).join("")}`;
}
