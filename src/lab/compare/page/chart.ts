/** What charts are drawn with: a frame that says in words what it shows, axes with round numbers, bars. */
import { type ScaleLinear, scaleLinear } from 'd3-scale';
import { html, type Markup, type Piece } from './markup.ts';

/** Of a drawing in its own units; the page scales it. */
export const WIDTH = 960;

/** `said` is read aloud in place of the drawing: every number of it stands in a table. */
export function drawing(said: string, height: number, ...content: readonly Piece[]): Markup {
  return html`<div class="chart" role="img" tabindex="0" aria-label="${said}"><svg viewBox="0 0 ${WIDTH} ${height}">${content}</svg></div>`;
}

export type Scale = ScaleLinear<number, number>;

/** With round ends. */
export function scale(values: readonly number[], from: number, to: number): Scale {
  const [least, most] = [Math.min(0, ...values), Math.max(0, ...values)];
  return scaleLinear([least, least === most ? 1 : most], [from, to]).nice(5);
}

/** Lines across the drawing at round values. */
export function levels(y: Scale, left: number, label: (value: number) => string): Markup {
  return html`${y.ticks(5).map(value => {
    const at = round(y(value));
    return html`<line class="${kindOf(value)}" x1="${left}" x2="${WIDTH}" y1="${at}" y2="${at}"/>${text('tick', left - 10, at, 'end', label(value))}`;
  })}`;
}

/** Lines from top to bottom at round values. */
export function posts(x: Scale, bottom: number, label: (value: number) => string): Markup {
  return html`${x.ticks(7).map(value => {
    const at = round(x(value));
    return html`<line class="${kindOf(value)}" x1="${at}" x2="${at}" y1="0" y2="${bottom}"/>${text('tick', at, bottom + 14, 'middle', label(value))}`;
  })}`;
}

function kindOf(value: number): string {
  return value === 0 ? 'zero' : 'grid';
}

export interface Bar {
  readonly kind: 'better' | 'worse' | 'equal' | 'old' | 'new';
  readonly x: readonly [from: number, to: number];
  readonly y: readonly [from: number, to: number];
  /** Where the pointer rests on it. */
  readonly said: string;
}

export function bar({ kind, x, y, said }: Bar): Markup {
  const [left, top] = [round(Math.min(...x)), round(Math.min(...y))];
  const [width, height] = [round(Math.max(...x)) - left, round(Math.max(...y)) - top];
  return html`<rect class="${kind}" x="${left}" y="${top}" width="${round(width)}" height="${round(height)}"><title>${said}</title></rect>`;
}

/** Its middle stands at `y`. */
export function text(
  kind: 'tick' | 'name' | 'value',
  x: number,
  y: number,
  anchor: 'start' | 'middle' | 'end',
  said: string,
): Markup {
  return html`<text class="${kind}" x="${round(x)}" y="${round(y)}" dy="0.35em" text-anchor="${anchor}">${said}</text>`;
}

/** A tenth of a unit is finer than any screen. */
function round(length: number): number {
  return Math.round(length * 10) / 10;
}

/** A name that fits beside a bar. */
export function short(name: string): string {
  return name.length <= NAME_CHARS ? name : `${name.slice(0, NAME_CHARS - 1)}…`;
}

const NAME_CHARS = 26;
