/** A comparison as people read it on a terminal, and as the last object of its NDJSON. */
import { formatAmount, type MinorUnits } from '../core/money.ts';
import { formatDate } from '../core/time.ts';
import type { Dimension } from '../lab/compare/boarding.ts';
import type { Comparison, Group, Named, Told } from '../lab/compare/comparison.ts';
import { changeShare, count, counted, Figures, percent } from '../lab/compare/figures.ts';
import { type Both, differenceOf } from '../lab/compare/sides.ts';
import { nameOf, othersPay, shareOf } from '../lab/compare/tables.ts';
import { colour } from './colour.ts';
import type { Output } from './output.ts';

export function saySummary(output: Output, comparison: Comparison): void {
  const { sides, counts, days, total, currency, by } = comparison;
  const figures = new Figures(currency);
  const period = days === undefined ? '' : `, ${formatDate(days[0])} to ${formatDate(days[1])}`;
  output.say(`old  ${sideText(sides[0])}`);
  output.say(`new  ${sideText(sides[1])}`);
  output.say(`${counted(counts.taps, 'tap')} of ${counted(counts.cards, 'card')}${period}`);
  sayColumns(
    output,
    ['', 'old', 'new', 'change', ''],
    [
      [`riders pay, ${currency}`, ...paidCells(total.paidMinor.rider, figures)],
      [`others pay, ${currency}`, ...paidCells(othersPay(total), figures)],
      ['rides', count(total.rides[0]), count(total.rides[1]), '', ''],
    ],
  );
  const { better, worse, equal } = total.riders;
  const all = Math.max(1, better + worse + equal);
  sayColumns(
    output,
    ['', 'riders', ''],
    [
      ['better off', count(better), percent(better / all)],
      ['worse off', count(worse), percent(worse / all)],
      ['unchanged', count(equal), percent(equal / all)],
    ],
  );
  sayGroups(output, 'category', by.category, figures);
  sayGroups(output, 'line', by.line, figures);
  for (const told of comparison.winners.slice(0, 1)) output.say(extreme('the largest winner', told, figures));
  for (const told of comparison.losers.slice(0, 1)) output.say(extreme('the largest loser', told, figures));
  sayNotices(output, comparison);
}

/** Groups of a dimension that are named here: those that change the most. */
const GROUPS_SAID = 5;

function sayGroups(output: Output, dimension: Dimension, groups: readonly Group[], figures: Figures): void {
  if (groups.length < 2) return;
  const changeOf = ({ paidMinor }: Group) => Math.abs(differenceOf(paidMinor.rider));
  const largest = [...groups].sort((a, b) => changeOf(b) - changeOf(a)).slice(0, GROUPS_SAID);
  const rest = groups.length - largest.length;
  sayColumns(
    output,
    [
      rest === 0 ? dimension : `${dimension}, ${largest.length} of ${groups.length}`,
      'better off',
      'worse off',
      'change',
      '',
    ],
    largest.map(({ key, riders, paidMinor }) => {
      const [, , change, share] = paidCells(paidMinor.rider, figures);
      return [nameOf(dimension, key), count(riders.better), count(riders.worse), change, share];
    }),
  );
}

function sayNotices(output: Output, { counts, later }: Comparison): void {
  const { declined, leftOut, repeats, takenBack } = counts;
  const says: readonly (readonly [said: string, number: number])[] = [
    ['rides that old accepts and new declines, whose fare counts as a saving', declined[1]],
    ['rides that old declines and new accepts, whose fare counts as a burden', declined[0]],
    ['taps that came twice and were rated once', repeats],
    ['rides that their drivers took back', takenBack],
    ['lines left out of every number', leftOut],
  ];
  if (later !== undefined) {
    const day = formatDate(later);
    output.say(
      `${colour.yellow('new')} has a version of ${day} that rates none of these taps: --new-as-of ${day} does`,
    );
  }
  for (const [said, number] of says) if (number > 0) output.say(`${colour.yellow(said)}: ${count(number)}`);
}

function sideText({ name, tariffId, revision, hash }: Named): string {
  return `${colour.bold(name)}  ${tariffId}, revision ${revision} (${hash.slice(0, 12)})`;
}

function paidCells(
  sums: Both<number>,
  figures: Figures,
): [old: string, fresh: string, change: string, share: string] {
  const share = shareOf(sums);
  const change = figures.change(differenceOf(sums));
  return [
    figures.amount(sums[0]),
    figures.amount(sums[1]),
    change,
    share === undefined ? '' : changeShare(share),
  ];
}

function extreme(what: string, { card, taps, paidMinor }: Told, figures: Figures): string {
  return `${what}: ${card}, ${counted(taps, 'tap')}, ${figures.change(differenceOf(paidMinor))}`;
}

/** The first column to the left, the others to the right, an empty line before. */
function sayColumns(output: Output, head: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = head.map((_, index) => Math.max(...[head, ...rows].map(row => (row[index] ?? '').length)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, index) => (index === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[index] ?? 0)))
      .join('  ');
  output.say('');
  output.say(colour.bold(line(head).trimEnd()));
  for (const row of rows) output.say(line(row).trimEnd());
}

/** The last line of the NDJSON. */
export function summaryObject({
  file,
  sides,
  currency,
  days,
  counts,
  later,
  total,
  problems,
}: Comparison): object {
  const { declined, ...counted } = counts;
  const { better, worse, equal } = total.riders;
  return {
    taps: file,
    old: sides[0],
    new: sides[1],
    currency,
    from: days === undefined ? undefined : formatDate(days[0]),
    to: days === undefined ? undefined : formatDate(days[1]),
    laterVersion: later === undefined ? undefined : formatDate(later),
    counts: { ...counted, declinedByOld: declined[0], declinedByNew: declined[1] },
    rides: { old: total.rides[0], new: total.rides[1] },
    ridersPay: paidObject(total.paidMinor.rider, currency),
    othersPay: paidObject(othersPay(total), currency),
    riders: { betterOff: better, worseOff: worse, unchanged: equal },
    problems,
  };
}

function paidObject(sums: Both<number>, currency: string): object {
  const written = (amount: number) => formatAmount(amount as MinorUnits, currency);
  return { old: written(sums[0]), new: written(sums[1]), change: written(differenceOf(sums)) };
}
