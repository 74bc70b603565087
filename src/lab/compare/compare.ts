/**
 * Two tariffs over the same taps. The file is read twice: once for all sums, keeping a state a card and nothing a tap, and
 * once more for the traces of the riders who turned out to be changed the most.
 */
import { refuseIfWrong } from '../../core/error.ts';
import { DIMENSIONS, type Dimension } from './boarding.ts';
import type { Comparison, Group, Named } from './comparison.ts';
import { extremesOf } from './extremes.ts';
import { LeftOut } from './left-out.ts';
import { replay } from './replay.ts';
import type { Rider } from './rider.ts';
import { type Both, oneCurrency, type Side } from './sides.ts';
import { tellExtremes } from './stories.ts';
import { ALL, Tally } from './tally.ts';
import { histogramOf, Judged } from './verdicts.ts';

/** Bytes of the file that were read, of how many, in the first or the second reading. */
export type OnProgress = (reading: 'rating' | 'explaining', bytesRead: number, bytesTotal: number) => void;

/**
 * Throws `TuraError` bad-input for tariffs in two currencies, a file that cannot be read or holds no tap, a column that is
 * misspelt. What is wrong with a tap leaves that tap out, and is told among the problems.
 */
export async function compare(file: string, sides: Both<Side>, onProgress: OnProgress): Promise<Comparison> {
  const currency = oneCurrency(sides);
  const leftOut = new LeftOut();
  const tally = new Tally(sides[0].tariff.zone);
  let repeats = 0;
  const riders = await replay(file, sides, {
    listens: false,
    rated: (rider, tapped, came) => tally.rated(rider, tapped, came),
    ended: (rider, parts) => tally.ended(rider, parts),
    repeated: () => repeats++,
    report: leftOut.report,
    leaveOut: leftOut.leaveOut,
    onProgress: (read, total) => onProgress('rating', read, total),
  });
  if (tally.taps === 0) refuseIfWrong(leftOut.problems);
  const told = await tellExtremes(file, sides, extremesOf(riders), (read, total) =>
    onProgress('explaining', read, total),
  );
  return {
    file,
    sides: [named(sides[0]), named(sides[1])],
    currency,
    days: tally.days,
    counts: {
      taps: tally.taps,
      cards: riders.length,
      leftOut: leftOut.count,
      repeats,
      declined: tally.declined,
    },
    problems: leftOut.problems,
    ...summed(tally, riders),
    ...told,
  };
}

function named({ name, tariff: { tariffId, revision, hash } }: Side): Named {
  return { name, tariffId, revision, hash };
}

type Summed = Pick<Comparison, 'total' | 'histogram' | 'by' | 'changes'>;

function summed(tally: Tally, riders: readonly Rider[]): Summed {
  const judged = new Judged(riders);
  const by = DIMENSIONS.map((dimension, index) => [dimension, tally.by[index]?.groups(judged)]);
  return {
    total: { ...tally.all.sumsOf(ALL), riders: judged.all },
    histogram: histogramOf(riders),
    by: Object.fromEntries(by) as Record<Dimension, readonly Group[]>,
    changes: tally.changes.all(),
  };
}
