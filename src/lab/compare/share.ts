/**
 * A file's cards in so many parts, so that as many cores rate it at once: each reads all lines, and rates its own cards;
 * then it reads them once more, and tells the taps of those of its riders who are changed the most.
 */
import type { Told } from './comparison.ts';
import { extremesOf } from './extremes.ts';
import { LeftOut, type LeftOutSums } from './left-out.ts';
import { replay } from './replay.ts';
import type { Both, Side } from './sides.ts';
import { tellRiders } from './stories.ts';
import { Tally, type TallySums } from './tally.ts';
import type { Paid } from './verdicts.ts';

export interface Share {
  /** From 0. */
  readonly index: number;
  readonly of: number;
  /** Identity texts of the file's rides that were taken back. */
  readonly takenBack: ReadonlySet<string>;
}

/** A file is read twice: for all sums, and for the traces of few. */
export const READINGS = ['rating', 'explaining'] as const;
export type Reading = (typeof READINGS)[number];

/** Bytes of the file that were read, of how many. */
export type OnProgress = (reading: Reading, bytesRead: number, bytesTotal: number) => void;

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
  const tally = new Tally(sides[0].tariff.zone);
  const leftOut = new LeftOut();
  let [repeats, takenBack] = [0, 0];
  const riders = await replay(file, sides, share.takenBack, {
    listens: false,
    isWanted: card => isInShare(card, share),
    rated: (rider, tapped, came) => tally.rated(rider, tapped, came),
    ended: (rider, parts) => tally.ended(rider, parts),
    repeated: () => {
      repeats += 1;
    },
    takenBack: () => {
      takenBack += 1;
    },
    // What belongs to no card every share meets: one tells it.
    report: share.index === 0 ? leftOut.report : () => undefined,
    leaveOut: leftOut.leaveOut,
    onProgress: (read, total) => onProgress('rating', read, total),
  });
  const paid = columnsOf(riders);
  const { winners, losers } = extremesOf(riders);
  const told = await tellRiders(file, sides, share.takenBack, [...winners, ...losers], (read, total) =>
    onProgress('explaining', read, total),
  );
  return { riders: paid, told, sums: tally.sums, leftOut: leftOut.sums, repeats, takenBack };
}

function columnsOf(riders: readonly Paid[]): Columns {
  const side = (index: 0 | 1) => Float64Array.from(riders, ({ paidMinor }) => paidMinor[index]);
  return { cards: riders.map(({ card }) => card), paidMinor: [side(0), side(1)] };
}

/** By a hash of its name (FNV-1a). */
function isInShare(card: string, { index, of }: Share): boolean {
  if (of === 1) return true;
  let hash = 0x811c_9dc5;
  for (let at = 0; at < card.length; at++) hash = Math.imul(hash ^ card.charCodeAt(at), 0x0100_0193);
  return (hash >>> 0) % of === index;
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
