/** Taps that come to something else under the new tariff, by why they cost what they cost. */
import { REASONS, type Reason } from '../../core/reason.ts';
import type { Change } from './comparison.ts';

const INDEX = Object.fromEntries(REASONS.map((reason, index) => [reason, index])) as Record<Reason, number>;

/** `[old * REASONS.length + new]` of the reasons. Plain data, so that it can be handed to another process. */
export interface ChangeSums {
  readonly taps: Float64Array;
  readonly differenceMinor: Float64Array;
}

export class Changes {
  readonly data: ChangeSums = {
    taps: new Float64Array(REASONS.length ** 2),
    differenceMinor: new Float64Array(REASONS.length ** 2),
  };

  add(old: Reason, fresh: Reason, differenceMinor: number): void {
    if (old === fresh && differenceMinor === 0) return;
    this.#add(INDEX[old] * REASONS.length + INDEX[fresh], 1, differenceMinor);
  }

  merge({ taps, differenceMinor }: ChangeSums): void {
    for (const [cell, count] of taps.entries()) this.#add(cell, count, differenceMinor[cell] ?? 0);
  }

  /** The most frequent first. */
  all(): readonly Change[] {
    const { taps, differenceMinor } = this.data;
    const found = REASONS.flatMap((old, row) =>
      REASONS.map((fresh, column): Change => {
        const cell = row * REASONS.length + column;
        return { reasons: [old, fresh], taps: taps[cell] ?? 0, differenceMinor: differenceMinor[cell] ?? 0 };
      }),
    );
    return found.filter(change => change.taps > 0).sort((a, b) => b.taps - a.taps);
  }

  #add(cell: number, count: number, difference: number): void {
    const { taps, differenceMinor } = this.data;
    taps[cell] = (taps[cell] ?? 0) + count;
    differenceMinor[cell] = (differenceMinor[cell] ?? 0) + difference;
  }
}
