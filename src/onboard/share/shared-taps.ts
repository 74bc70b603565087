/**
 * How riders stand by what all computers aboard know: of each the newest tap, whoever took it. Taken in any order and as
 * often as they come, the same taps leave the same behind, so that computers that cannot reach each other for a while
 * agree as soon as they can. It means no more than that: two doors in the same second may both take a first ride, and
 * settlement decides.
 */
import type { RiderState } from '../../core/fare/rider.ts';
import { type TapIdentity, type Token, tokenKey } from '../../core/tap.ts';
import type { EpochMs } from '../../core/time.ts';

/** A rider's newest tap. */
export interface Standing extends TapIdentity {
  readonly token: Token;
  readonly atMs: EpochMs;
  readonly stopId?: string | undefined;
  readonly state: RiderState;
}

/** A full tram has a few hundred riders. */
export const MAX_STANDINGS = 4096;

export class SharedTaps {
  /** By token, the one that was heard of last at the end. */
  readonly #standings = new Map<string, Standing>();

  get size(): number {
    return this.#standings.size;
  }

  /** True where it is news: later than what was known of its rider. */
  merge(standing: Standing): boolean {
    const key = tokenKey(standing.token);
    const known = this.#standings.get(key);
    if (known !== undefined && compare(standing, known) <= 0) return false;
    this.#standings.delete(key);
    this.#standings.set(key, standing);
    if (this.#standings.size > MAX_STANDINGS) this.#forgetOldest();
    return true;
  }

  /** By any of its tokens. */
  newest(tokens: readonly Token[]): Standing | undefined {
    let newest: Standing | undefined;
    for (const token of tokens) {
      const standing = this.#standings.get(tokenKey(token));
      if (standing !== undefined && (newest === undefined || compare(standing, newest) > 0))
        newest = standing;
    }
    return newest;
  }

  all(): IterableIterator<Standing> {
    return this.#standings.values();
  }

  /** A quarter at once: it is looked for among all. Whose tap is oldest has left long ago. */
  #forgetOldest(): void {
    const oldest = [...this.#standings.entries()].sort(([, a], [, b]) => compare(a, b));
    for (const [key] of oldest.slice(0, MAX_STANDINGS / 4)) this.#standings.delete(key);
  }
}

/** When a tap counts among those of other clocks: never before what was known of its rider when it was decided. */
export function momentAfter(known: Standing | undefined, atMs: EpochMs): EpochMs {
  return known === undefined || atMs > known.atMs ? atMs : ((known.atMs + 1) as EpochMs);
}

/** Total: no two taps are equal but the same one. */
function compare(a: Standing, b: Standing): number {
  return (
    a.atMs - b.atMs || order(a.deviceId, b.deviceId) || order(a.epoch, b.epoch) || a.sequence - b.sequence
  );
}

function order(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
