/**
 * Records that are refused even alone. They stay in the outbox and are passed over for an hour: somebody may have
 * mended the collector meanwhile, and nothing is given up.
 */
import type { TuraError } from '../../core/error.ts';
import type { Sealed } from '../journal/journal.ts';
import type { Timers } from '../timers.ts';

export const AGAIN_AFTER_MS = 3_600_000;

/** More than one day's worst slip gives; they are read past with every batch. */
export const MAX_SET_ASIDE = 500;

export class SetAside {
  readonly #timers: Timers;
  readonly #onAgain: () => void;
  readonly #sequences = new Set<number>();
  /** A journal that begins anew has the same sequences for other records. */
  #epoch = '';
  #fault: TuraError | undefined;
  #cancel: (() => void) | undefined;

  constructor(timers: Timers, onAgain: () => void) {
    this.#timers = timers;
    this.#onAgain = onAgain;
  }

  get size(): number {
    return this.#sequences.size;
  }

  /** Why the last of them was refused; undefined when there are none. */
  get fault(): TuraError | undefined {
    return this.#fault;
  }

  /** At most `count` from the front of an outbox. */
  without(epoch: string, count: number, outbox: (limit: number) => readonly Sealed[]): readonly Sealed[] {
    if (epoch !== this.#epoch) this.forget();
    this.#epoch = epoch;
    if (this.size === 0) return outbox(count);
    const others = outbox(count + this.size).filter(({ sequence }) => !this.#sequences.has(sequence));
    return others.slice(0, count);
  }

  /** False where there are as many as may be. The hour begins anew with each. */
  add(sequence: number, fault: TuraError): boolean {
    if (this.size >= MAX_SET_ASIDE) return false;
    this.#sequences.add(sequence);
    this.#fault = fault;
    this.#cancel?.();
    this.#cancel = this.#timers.after(AGAIN_AFTER_MS, () => {
      this.forget();
      this.#onAgain();
    });
    return true;
  }

  /** From now on they are sent like any other. */
  forget(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#fault = undefined;
    this.#sequences.clear();
  }
}
