/**
 * What a journey costs by the sentences of the GTFS reference, tried one way after another: slow, and nothing of it is
 * shared with the code that it judges.
 */
import type { ItineraryLeg } from '../../../../src/core/fare/itinerary/itinerary.ts';

export interface LegRule {
  readonly group: string;
  readonly network: string;
  readonly product: string;
}

export interface TransferRule {
  readonly from: string;
  readonly to: string;
  readonly count: number;
  /** Minutes; 0 is no limit. */
  readonly limit: number;
  readonly limitType: number;
  readonly type: number;
  readonly product: string;
  /** Under the draft. */
  readonly nonconsecutive: boolean;
}

export interface World {
  readonly legRules: readonly LegRule[];
  readonly transferRules: readonly TransferRule[];
  /** By product, then medium: cents. A missing one is not sold. */
  readonly prices: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** A ride that is paid: its group, and the chain it belongs to. */
interface Paid {
  readonly group: string;
  readonly product: string;
  /** Place of the ride that the chain began with. */
  readonly first: number;
  /** The fields of the rules that led to it, and by how many transfers in a row. */
  readonly key: string;
  readonly run: number;
}

/** The lowest price over all choices of leg rules, in cents; infinite where no fare is known. */
export function leastCost(world: World, itinerary: readonly ItineraryLeg[], medium: string): number {
  return costFrom(world, itinerary, medium, []);
}

function costFrom(
  world: World,
  itinerary: readonly ItineraryLeg[],
  medium: string,
  paid: readonly Paid[],
): number {
  const leg = itinerary[paid.length];
  if (leg === undefined) return 0;
  const network = leg.routeId.replace('r', 'n');
  const costs = world.legRules.flatMap(({ group, network: of, product }) => {
    const own = priceOf(world, product, medium);
    // A ride must be sold to the rider at all, also where a transfer is all that is paid for it.
    if (of !== network || own === Number.POSITIVE_INFINITY) return [];
    const transfers = sources(paid).flatMap(source =>
      byTransfer(world, itinerary, medium, paid, source, group, own),
    );
    const ways = transfers.length > 0 ? transfers : [{ cost: own, first: paid.length, key: '', run: 0 }];
    return ways.map(
      ({ cost, ...chain }) =>
        cost + costFrom(world, itinerary, medium, [...paid, { group, product, ...chain }]),
    );
  });
  return Math.min(...costs);
}

/** The ride just before, and under the draft the last of each other group. */
function sources(paid: readonly Paid[]): readonly number[] {
  return paid.flatMap((ride, place) =>
    paid.slice(place + 1).some(({ group }) => group === ride.group) ? [] : [place],
  );
}

function byTransfer(
  world: World,
  itinerary: readonly ItineraryLeg[],
  medium: string,
  paid: readonly Paid[],
  place: number,
  group: string,
  own: number,
): { readonly cost: number; readonly first: number; readonly key: string; readonly run: number }[] {
  const source = paid[place];
  if (source === undefined || source.group === '' || group === '') return [];
  const isNext = place === paid.length - 1;
  const [from, to] = [named(world, 'from', source.group), named(world, 'to', group)];
  const key = `${from}>${to}`;
  const run = source.key === key ? source.run + 1 : 1;
  const countOf = (rule: TransferRule) =>
    from !== to || rule.count === -1 ? Number.POSITIVE_INFINITY : rule.count;
  const matching = world.transferRules.filter(
    rule =>
      rule.from === from &&
      rule.to === to &&
      (isNext || rule.nonconsecutive) &&
      priceOf(world, rule.product, medium) !== Number.POSITIVE_INFINITY &&
      countOf(rule) >= run &&
      (rule.limit === 0 ||
        minutesBetween(itinerary, source.first, paid.length, rule.limitType) <= rule.limit),
  );
  const least = Math.min(...matching.map(countOf));
  return matching
    .filter(rule => countOf(rule) === least)
    .map(({ type, product }) => {
      const across = priceOf(world, product, medium) + (type === 1 ? own : 0);
      const isReplaced = type === 2 && isNext && source.key === '';
      const cost = isReplaced ? across - priceOf(world, source.product, medium) : across;
      return { cost, first: source.first, key, run };
    });
}

function priceOf({ prices }: World, product: string, medium: string): number {
  return product === '' ? 0 : (prices[product]?.[medium] ?? Number.POSITIVE_INFINITY);
}

/** The field a rule must have for the group: its name where some rule lists it there, and empty where none does. */
function named({ transferRules }: World, field: 'from' | 'to', group: string): string {
  return transferRules.some(rule => rule[field] === group) ? group : '';
}

function minutesBetween(
  itinerary: readonly ItineraryLeg[],
  first: number,
  last: number,
  type: number,
): number {
  const begin = itinerary[first];
  const end = itinerary[last];
  if (begin === undefined || end === undefined) return Number.NaN;
  const from = type <= 1 ? begin.departure : begin.arrival;
  const to = type === 0 || type === 3 ? end.arrival : end.departure;
  return (to - from) / 60_000;
}
