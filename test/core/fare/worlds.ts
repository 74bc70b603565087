/** Worlds in which taps of one card are settled: a tariff, and how anything that is drawn becomes a ride under it. */
import * as fc from 'fast-check';
import * as assert from 'uvu/assert';
import type { AccountTap, Charge } from '../../../src/core/fare/account.ts';
import type { Ride } from '../../../src/core/fare/ride.ts';
import type { Tariff } from '../../../src/core/tariff/tariff.ts';
import { serviceDateAt } from '../../../src/core/time.ts';
import { city } from './city.ts';
import { railway } from './rail.ts';
import { local, TYUMEN } from './rider.ts';

const START = '2026-03-02 07:30:00';

export interface Made {
  readonly minute: number;
  readonly device: number;
  readonly place: number;
}

export type World = Readonly<{ tariff: Tariff; ride: (made: Made, number: number) => Partial<Ride> }>;

export const TYUMEN_WORLD: World = {
  tariff: TYUMEN,
  ride: ({ device, place }) => ({
    mediumClass: 'transport-card',
    category: 'general',
    routeId: `r${place}`,
    trip: `trip-${device}-${place}`,
  }),
};
const RAIL_WORLD: World = {
  tariff: railway(),
  ride: ({ place }, number) => ({
    mediumClass: 'card',
    category: 'adult',
    networkId: 'rail',
    stopId: ['a1', 'a2', 'b1', 'b2', 'c1'][place % 5],
    action: number % 3 === 2 || number % 2 === 0 ? 'entry' : 'exit',
    trip: `trip-${number}`,
  }),
};
const CAPS_WORLD: World = {
  tariff: city(`caps:
  - { id: day, limit: { amount: '4.20' }, period: { every: day, starts: calendar }, covers: {}, product: 9, source: assumed }
  - { id: week, limit: { amount: '9.00' }, period: { every: week, starts: first-ride }, covers: {}, product: 9, source: assumed }
  - { id: tram, limit: { rides: 2 }, period: { every: day, starts: calendar }, covers: { networks: [tram] }, product: 9, source: assumed }
transfers:
  - { id: t, product: 9, window: 60 min, inclusive: true, count: 2, sameRoute: allowed, networks: [bus], media: [card], categories: [adult], groupCovered: false, freeRideOpensWindow: false, source: assumed }
`),
  ride: ({ place }, number) => ({
    mediumClass: 'card',
    category: 'adult',
    networkId: place % 2 === 0 ? 'bus' : 'tram',
    trip: `trip-${number}`,
  }),
};
export const WORLDS: readonly (readonly [name: string, world: World])[] = [
  ['Tyumen', TYUMEN_WORLD],
  ['the railway', RAIL_WORLD],
  ['caps and transfers', CAPS_WORLD],
];

/** Each device numbers its own taps in the order of its clock. */
export function tapsOf({ tariff, ride }: World, made: readonly Made[]): AccountTap[] {
  const sequences = new Map<number, number>();
  return [...made]
    .sort((a, b) => a.minute - b.minute)
    .map((one, number) => {
      const sequence = (sequences.get(one.device) ?? 0) + 1;
      sequences.set(one.device, sequence);
      const atMs = local(START, one.minute * 60);
      const serviceDate = serviceDateAt(tariff.zone, tariff.dayStartS, atMs);
      const ref = `d${one.device}/e/${sequence}`;
      const more = ride(one, number);
      return {
        stream: `d${one.device}/e`,
        sequence,
        hash: ref,
        ride: { ref, atMs, serviceDate, trip: '', mediumClass: '', category: '', ...more },
      };
    });
}

export function netOf(charges: readonly Charge[]): Record<string, number> {
  const net: Record<string, number> = {};
  for (const { journeyRef, lines } of charges) {
    for (const { amountMinor } of lines) {
      assert.ok(Number.isSafeInteger(amountMinor), 'every amount is whole');
      net[journeyRef] = (net[journeyRef] ?? 0) + amountMinor;
    }
  }
  return Object.fromEntries(
    Object.entries(net)
      .filter(([, amount]) => amount !== 0)
      .sort(),
  );
}

export const anyMade = fc.array(fc.record({ minute: fc.nat(4000), device: fc.nat(2), place: fc.nat(9) }), {
  minLength: 1,
  maxLength: 14,
});
