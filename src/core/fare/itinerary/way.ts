/** One way to pay for a journey up to some ride. */
import type { MinorUnits } from '../../money.ts';
import type { Option } from './offer.ts';
import type { PriceList } from './product.ts';
import type { Ride } from './ride.ts';
import type { TransferRule, Transfers } from './transfer.ts';

export interface Way {
  /** Of everything up to here, in minor units. */
  readonly cost: number;
  readonly option: Option;
  /** Of this ride alone; nothing where a later transfer of type 2 replaces it. */
  readonly charge: number;
  /** The ride that its chain of transfers began with: every limit is taken from there. */
  readonly first: number;
  /** The key of the rule that led here, and by how many transfers in a row; -1 and 0 where a chain begins. */
  readonly key: number;
  readonly run: number;
  readonly rule: TransferRule | undefined;
  /** The rule's price stands for the ride before, too. */
  readonly replaces: boolean;
  readonly before: Way | undefined;
}

/** What every step of one itinerary on one medium looks at. */
export interface Journey {
  readonly rides: readonly Ride[];
  readonly transfers: Transfers;
  readonly prices: PriceList;
  readonly medium: number;
}

export function beginning(option: Option, ride: number, before?: Way): Way {
  const { price } = option;
  const cost = (before?.cost ?? 0) + price;
  return {
    cost,
    option,
    charge: price,
    first: ride,
    key: -1,
    run: 0,
    rule: undefined,
    replaces: false,
    before,
  };
}

/**
 * From `way` on to `ride` by a transfer from `from`, the ride before or, under a draft, an earlier one; undefined where
 * no rule gives a transfer.
 */
export function transferred(
  journey: Journey,
  way: Way,
  from: Way,
  ride: number,
  option: Option,
  rules: readonly TransferRule[],
): Way | undefined {
  const first = journey.rides[from.first];
  const last = journey.rides[ride];
  if (first === undefined || last === undefined) return undefined;
  let best: Way | undefined;
  for (const rule of rules) {
    const run = rule.key === from.key ? from.run + 1 : 1;
    // 'The rule with the minimum transfer_count that is greater than or equal to the current transfer count.'
    if (run > rule.count || (best?.rule !== undefined && rule.count > best.rule.count)) continue;
    if (!rule.fits(from.option, option) || !rule.inTime(first, last)) continue;
    const own = rule.product < 0 ? 0 : journey.prices.priceOf(rule.product, journey.medium);
    // A transfer product that this rider or this medium cannot have arranges no transfer for them.
    if (Number.isNaN(own)) continue;
    const charge = rule.type === 1 ? own + option.price : own;
    // AB stands for A only where A is one ride: later 'S + BC', the total cost of what came before stays.
    const replaces = rule.type === 2 && from === way && way.rule === undefined;
    const cost = way.cost + charge - (replaces ? way.charge : 0);
    const isCloser = best?.rule !== undefined && rule.count < best.rule.count;
    if (best !== undefined && !isCloser && best.cost <= cost) continue;
    const capped = Math.min(run, journey.transfers.mostCounted);
    best = {
      cost,
      option,
      charge,
      first: from.first,
      key: rule.key,
      run: capped,
      rule,
      replaces,
      before: way,
    };
  }
  return best;
}

/** The ways' rides in the order of travel with what each adds to the total. */
export function chargesOf(last: Way): { readonly way: Way; readonly amount: MinorUnits }[] {
  const charges: { way: Way; amount: MinorUnits }[] = [];
  let isReplaced = false;
  for (let way: Way | undefined = last; way !== undefined; way = way.before) {
    charges.unshift({ way, amount: (isReplaced ? 0 : way.charge) as MinorUnits });
    isReplaced = way.replaces;
  }
  return charges;
}
