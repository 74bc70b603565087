/** Taps that come to something else under the new tariff, by why they cost what they cost. */
import { REASONS, type Reason } from '../../core/reason.ts';
import type { Change } from './comparison.ts';
import type { Both } from './sides.ts';

const INDEX = Object.fromEntries(REASONS.map((reason, index) => [reason, index])) as Record<Reason, number>;

export class Changes {
  /** `[old][new]` of the reasons. */
  readonly #taps = new Float64Array(REASONS.length ** 2);
  readonly #differenceMinor = new Float64Array(REASONS.length ** 2);

  add([old, fresh]: Both<Reason>, differenceMinor: number): void {
    if (old === fresh && differenceMinor === 0) return;
    const cell = INDEX[old] * REASONS.length + INDEX[fresh];
    this.#taps[cell] = (this.#taps[cell] ?? 0) + 1;
    this.#differenceMinor[cell] = (this.#differenceMinor[cell] ?? 0) + differenceMinor;
  }

  /** The most frequent first. */
  all(): readonly Change[] {
    const found = REASONS.flatMap(old =>
      REASONS.map((fresh): Change => {
        const cell = INDEX[old] * REASONS.length + INDEX[fresh];
        const differenceMinor = this.#differenceMinor[cell] ?? 0;
        return { reasons: [old, fresh], taps: this.#taps[cell] ?? 0, differenceMinor };
      }),
    );
    return found.filter(({ taps }) => taps > 0).sort((a, b) => b.taps - a.taps);
  }
}
