/**
 * A file's cards in so many parts, so that as many cores rate them at once: each sorts its own cards out of all lines, rates
 * them, and then tells the taps of those of its riders who are changed the most.
 */
import { type CardsPart, sortByCard } from '../taps/by-card.ts';
import type { Told } from './comparison.ts';
import { extremesOf } from './extremes.ts';
import { LeftOut, type LeftOutSums } from './left-out.ts';
import { type Replayed, replay } from './replay.ts';
import type { Both, Side } from './sides.ts';
import { tellRiders } from './stories.ts';
import { Tally, type TallySums } from './tally.ts';
import type { Paid } from './verdicts.ts';

export interface Share extends CardsPart {
  /** Identity texts of the file's rides that were taken back. */
  readonly takenBack: ReadonlySet<string>;
}

/** What takes its time, one after the other. */
export const STAGES = ['sorting', 'rating'] as const;
export type Stage = (typeof STAGES)[number];

/** Bytes that were sorted, or lines that were rated, of how many: a share's own, of a file that all of them read. */
export type OnProgress = (stage: Stage, done: number, total: number) => void;

/** What a share comes to: plain data, to be handed from one process to another. */
export interface Shared {
  readonly riders: Columns;
  /** Those who are changed the most. */
  readonly told: readonly Told[];
  readonly sums: TallySums;
  readonly leftOut: LeftOutSums;
  readonly repeats: number;
  readonly takenBack: number;
}

/** Riders by their numbers: an object for each of so many would cost more to hand on than to make. */
interface Columns {
  readonly cards: readonly string[];
  readonly paidMinor: Both<Float64Array>;
}

/** Throws `TuraError` bad-input for a file that cannot be read, too many cards, a column that is misspelt. */
export async function rateShare(
  file: string,
  sides: Both<Side>,
  share: Share,
  onProgress: OnProgress,
): Promise<Shared> {
  const leftOut = new LeftOut();
  // What belongs to no card every share meets: one tells it.
  const report = share.index === 0 ? leftOut.report : () => undefined;
  const taps = await sortByCard(file, share, report, (read, total) =>
    onProgress('sorting', read / share.of, total / share.of),
  );
  try {
    return await rateSorted({ file, taps, takenBack: share.takenBack }, sides, leftOut, onProgress);
  } finally {
    taps.close();
  }
}

async function rateSorted(
  replayed: Replayed,
  sides: Both<Side>,
  leftOut: LeftOut,
  onProgress: OnProgress,
): Promise<Shared> {
  const tally = new Tally(sides[0].tariff.zone);
  let [repeats, takenBack] = [0, 0];
  const riders = await replay(replayed, sides, {
    listens: false,
    rated: (rider, tapped, came) => tally.rated(rider, tapped, came),
    ended: (rider, parts) => tally.ended(rider, parts),
    repeated: () => {
      repeats += 1;
    },
    takenBack: () => {
      takenBack += 1;
    },
    leaveOut: leftOut.leaveOut,
    onProgress: lines => onProgress('rating', lines, replayed.taps.lines),
  });
  const { winners, losers } = extremesOf(riders);
  const told = await tellRiders(replayed, sides, [...winners, ...losers]);
  return { riders: columnsOf(riders), told, sums: tally.sums, leftOut: leftOut.sums, repeats, takenBack };
}

function columnsOf(riders: readonly Paid[]): Columns {
  const side = (index: 0 | 1) => Float64Array.from(riders, ({ paidMinor }) => paidMinor[index]);
  return { cards: riders.map(({ card }) => card), paidMinor: [side(0), side(1)] };
}

/** Shares put together again: a share's first rider comes after the last one of the share before. */
export class Whole {
  readonly tally: Tally;
  readonly leftOut = new LeftOut();
  readonly riders: Paid[] = [];
  readonly told: Told[] = [];
  repeats = 0;
  takenBack = 0;

  constructor(sides: Both<Side>) {
    this.tally = new Tally(sides[0].tariff.zone);
  }

  add({ riders, told, sums, leftOut, repeats, takenBack }: Shared): void {
    this.tally.merge(sums, this.riders.length);
    const [old, fresh] = riders.paidMinor;
    for (const [index, card] of riders.cards.entries())
      this.riders.push({ card, paidMinor: [old[index] ?? 0, fresh[index] ?? 0] });
    this.told.push(...told);
    this.leftOut.merge(leftOut);
    this.repeats += repeats;
    this.takenBack += takenBack;
  }
}
