/** Riders by what the change is to them: how many, in which group, by how much. */
import type { Bin, Verdict, Verdicts } from '../comparison.ts';
import { count, type Figures, percent, shortCount } from '../figures.ts';
import { bar, drawing, levels, scale, short, text, WIDTH } from './chart.ts';
import { html, type Markup } from './markup.ts';

export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  better: 'better off',
  equal: 'unchanged',
  worse: 'worse off',
};

/** From left to right. */
const ORDER = ['better', 'equal', 'worse'] as const;

const LABEL = 210;
const ROW = 30;

/** A line a group: which part of its riders is better off, and which is worse. */
export function verdictBars(groups: readonly { readonly name: string; readonly riders: Verdicts }[]): Markup {
  const rows = groups.map(({ name, riders }, row) => {
    const total = Math.max(1, riders.better + riders.equal + riders.worse);
    const middle = row * ROW + ROW / 2;
    let from = 0;
    const bars = ORDER.map(verdict => {
      const [start, share] = [from, riders[verdict] / total];
      from += share;
      const place = (part: number) => LABEL + part * (WIDTH - LABEL);
      return bar({
        kind: verdict,
        x: [place(start), place(from)],
        y: [middle - 9, middle + 9],
        said: `${name}: ${count(riders[verdict])} ${VERDICT_WORDS[verdict]}, ${percent(share)}`,
      });
    });
    return html`${text('name', LABEL - 12, middle, 'end', short(name))}${bars}`;
  });
  return drawing('Riders better off, unchanged and worse off in each group', groups.length * ROW, rows);
}

const [LEFT, TOP, BOTTOM, HEIGHT] = [56, 12, 48, 280];

/** A column a step of the difference, named by its further end; the outermost hold all beyond. */
export function differenceHistogram(bins: readonly Bin[], figures: Figures): Markup {
  const y = scale(
    bins.map(({ riders }) => riders),
    HEIGHT - BOTTOM,
    TOP,
  );
  const step = (WIDTH - LEFT) / bins.length;
  const columns = bins.map((bin, index) => {
    const left = LEFT + index * step;
    const said = `${reach(bin, figures)}: ${count(bin.riders)} riders`;
    const drawn = {
      kind: bin.verdict,
      x: [left + 2, left + step - 2],
      y: [y(0), y(bin.riders)],
      said,
    } as const;
    return html`${bar(drawn)}${text('tick', left + step / 2, HEIGHT - BOTTOM + 16, 'middle', mark(bin, figures))}`;
  });
  const ends = html`${text('name', LEFT, HEIGHT - 10, 'start', `← less, ${figures.currency} a rider`)}
${text('name', WIDTH, HEIGHT - 10, 'end', `more, ${figures.currency} a rider →`)}`;
  return drawing(
    'Riders by how much less or more they pay',
    HEIGHT,
    levels(y, LEFT, shortCount),
    columns,
    ends,
  );
}

function mark({ verdict, beyondMinor, toMinor }: Bin, figures: Figures): string {
  if (verdict === 'equal') return '0';
  if (toMinor !== undefined) return figures.short(toMinor);
  return `${verdict === 'better' ? '<' : '>'} ${figures.short(beyondMinor)}`;
}

function reach({ verdict, beyondMinor, toMinor }: Bin, figures: Figures): string {
  if (verdict === 'equal') return 'pay the same';
  const [from, word] = [figures.amount(Math.abs(beyondMinor)), verdict === 'better' ? 'less' : 'more'];
  return toMinor === undefined
    ? `pay over ${from} ${word}`
    : `pay over ${from} and up to ${figures.amount(Math.abs(toMinor))} ${word}`;
}
