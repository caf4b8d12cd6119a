// How a line is drawn: bent where several run between two actors, dashed where it is no more than a plan,
// dotted and crossed where it is denied, with a head at whom it concerns. Sigma's own edges do none of it.

import { EdgeProgram } from "sigma/rendering";
import type { EdgeProgramType, ProgramInfo } from "sigma/rendering";
import type { EdgeDisplayData, NodeDisplayData, RenderParams } from "sigma/types";
import { floatColor } from "sigma/utils";
import { MANNERS, type Manner } from "./model";

export interface LineData extends EdgeDisplayData {
  curve: number;
  manner: Manner;
  mutual: boolean;
}

const NEAR = 0.4; // of the graph's width; what is nearer is drawn in full

const VERTEX = /* glsl */ `
precision highp float;
attribute vec4 a_color;
attribute vec2 a_start;
attribute vec2 a_end;
attribute vec4 a_shape;   // thickness, curve, radius of the target, manner (plus 4 without a head)
attribute float a_corner; // how far along, which side, which part: 0 line, 1 head, 2 bar

uniform mat3 u_matrix;
uniform float u_sizeRatio;
uniform vec2 u_viewport;

varying vec4 v_color;
varying float v_along;
varying float v_across;
varying float v_half;
varying float v_manner;
varying float v_part;

const float bias = 255.0 / 254.0;

vec2 pixel(vec2 position) {
  return (u_matrix * vec3(position, 1.0)).xy * u_viewport * 0.5;
}

void main() {
  if (a_shape.x <= 0.0) {
    gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
    return;
  }
  float part = floor(a_corner / 1000.0);
  float way = floor(mod(a_corner, 1000.0) / 100.0) - 1.0;
  float along = mod(a_corner, 100.0) / 64.0;
  bool headless = a_shape.w > 3.5;
  float manner = headless ? a_shape.w - 4.0 : a_shape.w;
  if (headless && part > 0.5 && part < 1.5) {
    gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
    return;
  }
  vec2 from = pixel(a_start);
  vec2 to = pixel(a_end);
  vec2 chord = to - from;
  float span = max(length(chord), 0.001);
  vec2 control = (from + to) * 0.5 + vec2(-chord.y, chord.x) * a_shape.y;

  float width = max(a_shape.x / u_sizeRatio, 1.0);
  float half_width = width * 0.5;
  float head = headless ? 0.0 : min(5.0 + 1.6 * width, span * 0.3);
  float stop = 1.0 - min((a_shape.z / u_sizeRatio + head) / span, 0.9);
  float tip = min(stop + head / span, 1.0);

  float t = along * stop;
  float side = way * (half_width + 1.0);
  if (part > 1.5) {
    t = 0.5 * stop + (along - 0.5) * 2.0 / span;
    side = way * (half_width + 5.0);
  } else if (part > 0.5) {
    t = mix(stop, tip, along);
    side = way * (2.0 + 1.2 * width);
  }
  vec2 place = mix(mix(from, control, t), mix(control, to, t), t);
  vec2 tangent = normalize(mix(control - from, to - control, t));
  place += vec2(-tangent.y, tangent.x) * side;

  gl_Position = vec4(place / (u_viewport * 0.5), 0.0, 1.0);
  v_along = t * span;
  v_across = side;
  v_half = half_width;
  v_manner = manner;
  v_part = part;
  v_color = a_color;
  v_color.a *= bias;
}`;

const FRAGMENT = /* glsl */ `
precision highp float;
varying vec4 v_color;
varying float v_along;
varying float v_across;
varying float v_half;
varying float v_manner;
varying float v_part;

void main() {
  float cover = 1.0;
  if (v_part < 0.5) {
    cover = clamp(v_half + 0.5 - abs(v_across), 0.0, 1.0);
    if (v_manner > 1.5) cover *= step(mod(v_along, 6.0), 2.5);
    else if (v_manner > 0.5) cover *= step(mod(v_along, 12.0), 7.0);
  }
  float alpha = v_color.a * cover;
  gl_FragColor = vec4(v_color.rgb * alpha, alpha);
}`;

/**
 * Return the program for lines of so many straight pieces, with the bar of a denial or without.
 *
 * Each corner carries all of its line: drawn as instances of one shape, lines take ten times as long where no
 * graphics card helps.
 */
export function lineProgram(pieces: number, crossed: boolean): EdgeProgramType {
  const corners: number[] = [];
  const add = (part: number, ...places: [along: number, way: number][]) =>
    corners.push(...places.map(([along, way]) => part * 1000 + (way + 1) * 100 + along * 64));
  for (let i = 0; i < pieces; i++) {
    const [a, b] = [i / pieces, (i + 1) / pieces];
    add(0, [a, 1], [a, -1], [b, 1], [b, 1], [a, -1], [b, -1]);
  }
  add(1, [0, 1], [0, -1], [1, 0]);
  if (crossed) add(2, [0, 1], [0, -1], [1, 1], [1, 1], [0, -1], [1, -1]);
  return class extends EdgeProgram {
    getDefinition() {
      const { FLOAT, UNSIGNED_BYTE, TRIANGLES } = WebGLRenderingContext;
      return {
        VERTICES: corners.length,
        VERTEX_SHADER_SOURCE: VERTEX,
        FRAGMENT_SHADER_SOURCE: FRAGMENT,
        METHOD: TRIANGLES as number,
        UNIFORMS: ["u_matrix", "u_sizeRatio", "u_viewport"],
        ATTRIBUTES: [
          { name: "a_start", size: 2, type: FLOAT },
          { name: "a_end", size: 2, type: FLOAT },
          { name: "a_shape", size: 4, type: FLOAT },
          { name: "a_color", size: 4, type: UNSIGNED_BYTE, normalized: true },
          { name: "a_corner", size: 1, type: FLOAT },
        ],
      };
    }

    processVisibleItem(
      _id: number,
      place: number,
      source: NodeDisplayData,
      target: NodeDisplayData,
      data: EdgeDisplayData,
    ): void {
      const { curve, manner, mutual } = data as LineData;
      const { array } = this;
      const colour = floatColor(data.color);
      const kind = MANNERS.indexOf(manner) + (mutual ? 4 : 0);
      for (const corner of corners) {
        array[place++] = source.x;
        array[place++] = source.y;
        array[place++] = target.x;
        array[place++] = target.y;
        array[place++] = data.size;
        array[place++] = curve;
        array[place++] = target.size;
        array[place++] = kind;
        array[place++] = colour;
        array[place++] = corner;
      }
    }

    setUniforms(params: RenderParams, { gl, uniformLocations }: ProgramInfo): void {
      gl.uniformMatrix3fv(uniformLocations.u_matrix, false, params.matrix);
      gl.uniform1f(uniformLocations.u_sizeRatio, params.sizeRatio);
      gl.uniform2f(uniformLocations.u_viewport, params.width, params.height);
    }
  };
}

const THIN_VERTEX = /* glsl */ `
precision highp float;
attribute vec2 a_position;
attribute vec4 a_color;
attribute vec2 a_kind;  // how far along, manner

uniform mat3 u_matrix;
uniform float u_scale;

varying vec4 v_color;
varying vec2 v_kind;

void main() {
  gl_Position = vec4((u_matrix * vec3(a_position, 1.0)).xy, 0.0, 1.0);
  v_kind = vec2(a_kind.x * u_scale, a_kind.y);
  v_color = a_color;
}`;

const THIN_FRAGMENT = /* glsl */ `
precision highp float;
varying vec4 v_color;
varying vec2 v_kind;

void main() {
  float cover = v_kind.y > 1.5 ? step(mod(v_kind.x, 6.0), 2.5) : v_kind.y > 0.5 ? step(mod(v_kind.x, 12.0), 7.0) : 1.0;
  float alpha = v_color.a * cover;
  gl_FragColor = vec4(v_color.rgb * alpha, alpha);
}`;

/** Lines as thin as can be, straight and without heads: seen from afar thousands of them look no different. */
class ThinLines extends EdgeProgram {
  getDefinition() {
    const { FLOAT, UNSIGNED_BYTE, LINES } = WebGLRenderingContext;
    return {
      VERTICES: 2,
      VERTEX_SHADER_SOURCE: THIN_VERTEX,
      FRAGMENT_SHADER_SOURCE: THIN_FRAGMENT,
      METHOD: LINES as number,
      UNIFORMS: ["u_matrix", "u_scale"],
      ATTRIBUTES: [
        { name: "a_position", size: 2, type: FLOAT },
        { name: "a_color", size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: "a_kind", size: 2, type: FLOAT },
      ],
    };
  }

  processVisibleItem(
    _id: number,
    place: number,
    source: NodeDisplayData,
    target: NodeDisplayData,
    data: EdgeDisplayData,
  ): void {
    const kind = MANNERS.indexOf((data as LineData).manner);
    const length = Math.hypot(target.x - source.x, target.y - source.y);
    this.array.set([source.x, source.y, floatColor(data.color), 0, kind], place);
    this.array.set([target.x, target.y, floatColor(data.color), length, kind], place + 5);
  }

  setUniforms({ matrix, width }: RenderParams, { gl, uniformLocations }: ProgramInfo): void {
    gl.uniformMatrix3fv(uniformLocations.u_matrix, false, matrix);
    gl.uniform1f(uniformLocations.u_scale, (Math.hypot(matrix[0], matrix[3]) * width) / 2);
  }
}

type Processed = Parameters<ThinLines["process"]>;

/** Return a program that draws thin lines while much of the graph is seen at once, and real ones nearer. */
export function lineProgramByDistance(pieces: number, crossed: boolean): EdgeProgramType {
  const Near = lineProgram(pieces, crossed);
  return class {
    drawLabel = undefined;
    private near: InstanceType<EdgeProgramType>;
    private far: ThinLines;
    private waiting = new Map<number, Processed>();
    private capacity = 0;

    constructor(...given: ConstructorParameters<EdgeProgramType>) {
      this.near = new Near(...given);
      this.far = new ThinLines(...given);
    }

    process(...given: Processed): void {
      // Of lines in full only the last word counts, and only once somebody comes near enough.
      this.waiting.set(given[1], given);
      this.far.process(...given);
    }

    reallocate(capacity: number): void {
      this.capacity = capacity;
      this.waiting.clear();
      this.far.reallocate(capacity);
    }

    render(params: RenderParams): void {
      if (params.zoomRatio > NEAR) return this.far.render(params);
      this.near.reallocate(this.capacity);
      for (const given of this.waiting.values()) this.near.process(...given);
      this.waiting.clear();
      this.near.render(params);
    }

    kill(): void {
      this.near.kill();
      this.far.kill();
    }
  };
}
