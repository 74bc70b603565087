/**
 * Two tariffs over the same taps: sorted by card, rated card by card and added up; a few riders, those who turn out to be
 * changed the most, are rated once more for their traces. A file of records is looked through before, for rides that were
 * taken back.
 */
import { statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { refuseIfWrong, TuraError } from '../../core/error.ts';
import type { ServiceDate } from '../../core/time.ts';
import { takenBackIn } from '../taps/taken-back.ts';
import { DIMENSIONS, type Dimension } from './boarding.ts';
import type { Comparison, Group, Named } from './comparison.ts';
import { extremesOf } from './extremes.ts';
import { type OnProgress, rateShare, Whole } from './share.ts';
import { rateInProcesses } from './share-processes.ts';
import { type Both, oneCurrency, type Side } from './sides.ts';
import type { Tally } from './tally.ts';
import { histogramOf, Judged, type Paid } from './verdicts.ts';

/**
 * Throws `TuraError` bad-input for tariffs in two currencies, a file that cannot be read or holds no tap, a column that is
 * misspelt. What is wrong with a tap leaves that tap out, and is told among the problems. The file is read in so many
 * `shares` at once.
 */
export async function compare(
  file: string,
  sides: Both<Side>,
  onProgress: OnProgress,
  shares = sharesFor(file),
): Promise<Comparison> {
  const currency = oneCurrency(sides);
  refuseUnrepeatable(file);
  const takenBack = await takenBackIn(file);
  const whole = await rate(file, sides, shares, takenBack, onProgress);
  const { tally, leftOut, riders } = whole;
  if (tally.taps === 0) refuseIfWrong(leftOut.problems);
  const { taps, days, declined } = tally;
  return {
    file,
    sides: [named(sides[0]), named(sides[1])],
    currency,
    days,
    counts: {
      taps,
      cards: riders.length,
      leftOut: leftOut.count,
      repeats: whole.repeats,
      takenBack: whole.takenBack,
      declined,
    },
    later: laterThan(days, sides[1]),
    problems: leftOut.problems,
    ...summed(tally, riders),
    ...extremesOf(whole.told),
  };
}

/** What can be read once only would be rated in part. What is not there at all is refused when it is read. */
function refuseUnrepeatable(file: string): void {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined || found.isFile() || found.isDirectory()) return;
  throw new TuraError(
    'bad-input',
    `the taps ${file}: several processes read them, and this can be read once`,
    {
      where: file,
      expected: 'a file',
    },
  );
}

/** A file smaller than this is read before another process has begun. */
const SHARE_BYTES = 2 ** 24;

/** Every one of them reads all lines: more gain little. */
const MOST_SHARES = 8;

function sharesFor(file: string): number {
  const bytes = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  return Math.max(1, Math.min(Math.floor(bytes / SHARE_BYTES), availableParallelism(), MOST_SHARES));
}

async function rate(
  file: string,
  sides: Both<Side>,
  shares: number,
  takenBack: ReadonlySet<string>,
  onProgress: OnProgress,
): Promise<Whole> {
  const whole = new Whole(sides);
  const rated =
    shares === 1
      ? [await rateShare(file, sides, { index: 0, of: 1, takenBack }, onProgress)]
      : await rateInProcesses(file, sides, shares, takenBack, onProgress);
  for (const share of rated) whole.add(share);
  return whole;
}

function laterThan(days: Both<ServiceDate> | undefined, { tariffs }: Side): ServiceDate | undefined {
  return tariffs.find(({ effectiveFrom }) => days !== undefined && effectiveFrom > days[1])?.effectiveFrom;
}

function named({ name, tariff: { tariffId, revision, hash } }: Side): Named {
  return { name, tariffId, revision, hash };
}

type Summed = Pick<Comparison, 'total' | 'histogram' | 'by' | 'changes'>;

function summed(tally: Tally, riders: readonly Paid[]): Summed {
  const judged = new Judged(riders);
  const by = DIMENSIONS.map((dimension, index) => [dimension, tally.by[index]?.all(judged)]);
  return {
    total: { ...tally.total, riders: judged.all },
    histogram: histogramOf(riders),
    by: Object.fromEntries(by) as Record<Dimension, readonly Group[]>,
    changes: tally.changes.all(),
  };
}
