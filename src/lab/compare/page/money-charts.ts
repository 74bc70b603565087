/** What riders pay: under either tariff side by side, or where it changes the most. */

import type { Figures } from '../figures.ts';
import { type Both, differenceOf } from '../sides.ts';
import { bar, drawing, levels, posts, scale, short, text, WIDTH } from './chart.ts';
import { html, type Markup } from './markup.ts';

export interface Paid {
  readonly name: string;
  readonly paidMinor: Both<number>;
}

const [LEFT, TOP, BOTTOM, HEIGHT] = [56, 12, 30, 240];

/** Two columns a group, the old tariff's first. */
export function pairedColumns(groups: readonly Paid[], figures: Figures): Markup {
  const y = scale(
    groups.flatMap(({ paidMinor }) => [...paidMinor]),
    HEIGHT - BOTTOM,
    TOP,
  );
  const step = (WIDTH - LEFT) / Math.max(1, groups.length);
  const half = Math.min(22, step * 0.36);
  const columns = groups.map(({ name, paidMinor: [old, fresh] }, index) => {
    const middle = LEFT + (index + 0.5) * step;
    return html`${bar({ kind: 'old', x: [middle - half, middle], y: [y(0), y(old)], said: `${name}, old: ${figures.amount(old)}` })}
${bar({ kind: 'new', x: [middle, middle + half], y: [y(0), y(fresh)], said: `${name}, new: ${figures.amount(fresh)}` })}
${text('tick', middle, HEIGHT - BOTTOM + 16, 'middle', name)}`;
  });
  const lines = levels(y, LEFT, value => figures.short(value));
  return drawing('What riders pay under the old and the new tariff', HEIGHT, lines, columns);
}

const [LABEL, AMOUNT, ROW, SHOWN] = [210, 90, 26, 12];

/** The groups whose change is largest: less to the left, more to the right. */
export function largestChanges(groups: readonly Paid[], figures: Figures): Markup {
  const changes = groups
    .map(({ name, paidMinor }) => ({ name, change: differenceOf(paidMinor) }))
    .sort((a, b) => Math.abs(b.change) - Math.abs(a.change))
    .slice(0, SHOWN);
  // Beside a bar its amount is written, on either side.
  const left = changes.some(({ change }) => change < 0) ? LABEL + AMOUNT : LABEL;
  const x = scale(
    changes.map(({ change }) => change),
    left,
    WIDTH - AMOUNT,
  );
  const bottom = changes.length * ROW;
  const bars = changes.map(({ name, change }, row) => {
    const middle = row * ROW + ROW / 2;
    const kind = change > 0 ? 'worse' : 'better';
    const [end, side] = change < 0 ? ([-6, 'end'] as const) : ([6, 'start'] as const);
    const said = figures.change(change);
    return html`${text('name', LABEL - 12, middle, 'end', short(name))}
${bar({ kind, x: [x(0), x(change)], y: [middle - 8, middle + 8], said: `${name}: ${said}` })}
${text('value', x(change) + end, middle, side, said)}`;
  });
  const lines = posts(x, bottom, value => figures.short(value));
  return drawing('The largest changes of what riders pay', bottom + 28, lines, bars);
}
