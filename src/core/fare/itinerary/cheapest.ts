/**
 * The cheapest way to pay a journey on one medium: a dynamic programme over its rides. Where several rules or products
 * fit a leg with equal right the rider may take any, so that the minimum is that of the whole journey; a transfer that
 * some rule matches is no choice: 'that record must be processed to determine the transfer cost'.
 *
 * Two ways up to a ride are alike when nothing that follows can tell them apart: same option, same beginning of the
 * chain, same count of transfers. Of those only the cheapest goes on, so the work grows with the square of the rides.
 */
import { minor } from '../../money.ts';
import { nonconsecutive, signatureOf } from './nonconsecutive.ts';
import type { Offer, Option } from './offer.ts';
import { beginning, type Journey, transferred, type Way } from './way.ts';

/** Ways that nothing makes alike: only nonconsecutive transfers, a draft, can make so many. */
export const WAYS = 4_096;

/** `too-many` beyond the limit; undefined where the medium cannot pay. */
export type Cheapest = Way | 'too-many' | undefined;

export function cheapestWay(journey: Journey, offers: readonly Offer[]): Cheapest {
  let ways: readonly Way[] = [];
  for (let ride = 0; ride < offers.length; ride++) {
    const options = offers[ride]?.[journey.medium] ?? [];
    ways = ride === 0 ? firstWays(options) : nextWays(journey, ways, ride, options);
    if (ways.length > WAYS) return 'too-many';
    if (ways.length === 0) return undefined;
  }
  const best = cheapest(ways);
  if (best !== undefined) minor(best.cost);
  return best;
}

function firstWays(options: readonly Option[]): readonly Way[] {
  const ways: Way[] = [];
  for (const option of options) if (!option.transferOnly) ways.push(beginning(option, 0));
  return ways;
}

function nextWays(
  journey: Journey,
  ways: readonly Way[],
  ride: number,
  options: readonly Option[],
): readonly Way[] {
  const next = journey.transfers.nonconsecutive ? new BySignature() : new ByLikeness();
  for (const way of ways) {
    for (const option of options) {
      const rules = journey.transfers.between(way.option.group, option.group);
      const direct = transferred(journey, way, way, ride, option, rules);
      const others = journey.transfers.nonconsecutive ? nonconsecutive(journey, way, ride, option) : NO_WAYS;
      if (direct !== undefined) next.keep(direct);
      for (const other of others) next.keep(other);
      if (direct !== undefined || others.length > 0 || option.transferOnly) continue;
      next.keep(beginning(option, ride, way));
    }
  }
  return next.ways;
}

const NO_WAYS: readonly Way[] = [];

class ByLikeness {
  readonly ways: Way[] = [];

  keep(way: Way): void {
    for (let index = 0; index < this.ways.length; index++) {
      const other = this.ways[index];
      if (other === undefined || !isAlike(other, way)) continue;
      if (way.cost < other.cost) this.ways[index] = way;
      return;
    }
    this.ways.push(way);
  }
}

function isAlike(a: Way, b: Way): boolean {
  return a.option === b.option && a.first === b.first && a.key === b.key && a.run === b.run;
}

/** Under the draft an earlier ride may still matter: ways are alike only when those are, too. */
class BySignature {
  readonly #bySignature = new Map<string, Way>();

  get ways(): readonly Way[] {
    return [...this.#bySignature.values()];
  }

  keep(way: Way): void {
    const signature = signatureOf(way);
    const other = this.#bySignature.get(signature);
    if (other === undefined || way.cost < other.cost) this.#bySignature.set(signature, way);
  }
}

function cheapest(ways: readonly Way[]): Way | undefined {
  let best: Way | undefined;
  for (const way of ways) if (best === undefined || way.cost < best.cost) best = way;
  return best;
}
