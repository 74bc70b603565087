/**
 * Taps rated a second on one core, names interned and all: Tyumen's flat fare with its transfer, and a city like London
 * with zones, an hour of buses and caps; beside a hand-written stateful function for Tyumen on the same state objects.
 *
 * Whoever rates many takes them card by card, as settlement and `tura compare` do. The same riders in turn, each a tap at
 * a time, show what memory costs: twenty thousand states are more than a processor keeps at hand, and live long enough to
 * be moved about by the collector.
 */
import { fileURLToPath } from 'node:url';
import { rate } from '../../src/core/fare/rate.ts';
import type { Ride } from '../../src/core/fare/ride.ts';
import { NEW_RIDER, type RiderState } from '../../src/core/fare/rider.ts';
import type { MinorUnits } from '../../src/core/money.ts';
import type { ChargeLine } from '../../src/core/record.ts';
import type { Tariff } from '../../src/core/tariff/tariff.ts';
import { epoch, monthOf, serviceDateAt } from '../../src/core/time.ts';
import { readTariff } from '../../src/gtfs/tariff-folder.ts';
import { nodeCrypto } from '../../src/wire/node-crypto.ts';
import type { Figure } from './figure.ts';
import { median } from './statistics.ts';

const RIDERS = 20_000;
const TAPS_A_RIDER = 10;
const TAPS = RIDERS * TAPS_A_RIDER;
const ROUNDS = 9;

/** What holds it back. */
const COLD = '; each state comes cold from memory';

export async function figures(): Promise<readonly Figure[]> {
  const tyumen = tariffOf('tyumen');
  const city = tariffOf('london-like');
  const inTyumen: Step = (state, ride) => rate(tyumen, state, ride).state;
  const inCity: Step = (state, ride) => rate(city, state, ride).state;
  const byRule: Step = (state, ride) => byHand(state, ride).state;
  const cards = ridesByCard(tyumen, tyumenRide);
  const byCard = perSecond(() => cardByCard(cards, inTyumen));
  const zones = ridesByCard(city, cityRide);
  const turns = ridesInTurn(tyumen, tyumenRide);
  const inTurn = perSecond(() => inTurns(turns, inTyumen));
  const cityTurns = ridesInTurn(city, cityRide);
  return [
    figure('taps rated: flat + transfer', byCard, 1_000_000),
    figure(
      'taps rated: zones, transfers, eight caps',
      perSecond(() => cardByCard(zones, inCity)),
      300_000,
    ),
    beside(
      'flat + transfer beside the floor',
      byCard,
      perSecond(() => cardByCard(cards, byRule)),
    ),
    figure('20,000 riders in turn: flat + transfer', inTurn, 1_000_000, COLD),
    figure(
      '20,000 riders in turn: zones, eight caps',
      perSecond(() => inTurns(cityTurns, inCity)),
      300_000,
      COLD,
    ),
    beside(
      '20,000 riders in turn beside the floor',
      inTurn,
      perSecond(() => inTurns(turns, byRule)),
    ),
  ];
}

function tariffOf(city: string): Tariff {
  return readTariff(fileURLToPath(new URL(`../../fixtures/tariffs/${city}`, import.meta.url)), nodeCrypto)
    .tariff;
}

/** Taps a second, of all rounds: their median, and the round that was disturbed least. */
interface Speed {
  readonly usual: number;
  readonly best: number;
}

function figure(name: string, { usual, best }: Speed, goal: number, held = ''): Figure {
  const ratio = usual / goal;
  const peer = `the goal itself; ${Math.round(best)}/s at best${held}`;
  return {
    figure: name,
    value: usual,
    unit: '/s',
    goal: `at least ${goal.toLocaleString('en')}`,
    peer,
    ratio,
    met: ratio >= 1,
  };
}

function beside(name: string, engine: Speed, floor: Speed): Figure {
  const ratio = floor.usual / engine.usual;
  return {
    ...{ figure: name, value: engine.usual, unit: '/s', goal: 'at most 5 x', ratio, met: ratio <= 5 },
    peer: `by hand, on the same states: ${Math.round(floor.usual)}/s, ${Math.round(floor.best)}/s at best`,
  };
}

type Step = (state: RiderState, ride: Ride) => RiderState;

/** Each rider's taps from the first to the last, one rider after another. */
function cardByCard(rides: readonly Ride[], step: Step): void {
  let state = NEW_RIDER;
  for (let tap = 0; tap < rides.length; tap++) {
    const ride = rides[tap];
    if (tap % TAPS_A_RIDER === 0) state = NEW_RIDER;
    if (ride !== undefined) state = step(state, ride);
  }
}

/** All riders' first taps, then all their second ones. */
function inTurns(rides: readonly Ride[], step: Step): void {
  const states: RiderState[] = new Array<RiderState>(RIDERS).fill(NEW_RIDER);
  for (let tap = 0; tap < rides.length; tap++) {
    const [ride, rider] = [rides[tap], tap % RIDERS];
    if (ride !== undefined) states[rider] = step(states[rider] ?? NEW_RIDER, ride);
  }
}

/** Each round is over all riders from their first tap on; the first two warm up. */
function perSecond(round: () => void): Speed {
  const rounds = Array.from({ length: ROUNDS }, () => {
    const began = performance.now();
    round();
    return TAPS / ((performance.now() - began) / 1000);
  });
  const warm = rounds.slice(2);
  return { usual: median(warm), best: Math.max(...warm) };
}

const MORNING = Date.parse('2026-03-02T07:30:00+05:00');

/** What of a ride differs between the cities; the rest is the same for all. */
interface Kind {
  readonly action: 'entry' | 'exit';
  readonly networkId: string | undefined;
  readonly stopId: string;
  readonly mediumClass: string;
  readonly category: string;
}

/** Of the rider whose turn it is, all riders one after another. */
type KindOf = (tap: number) => Kind;

function ridesInTurn(tariff: Tariff, kindOf: KindOf): readonly Ride[] {
  return Array.from({ length: TAPS }, (_, tap) => rideOf(tariff, kindOf, tap));
}

/** The same, as they stand in memory when they were read card by card. */
function ridesByCard(tariff: Tariff, kindOf: KindOf): readonly Ride[] {
  return Array.from({ length: TAPS }, (_, place) => {
    const rider = Math.floor(place / TAPS_A_RIDER);
    return rideOf(tariff, kindOf, (place % TAPS_A_RIDER) * RIDERS + rider);
  });
}

/** 25 minutes from one of a rider's taps to the next; every ride of one shape, as a validator makes them. */
function rideOf(tariff: Tariff, kindOf: KindOf, tap: number): Ride {
  const atMs = epoch(MORNING + Math.floor(tap / RIDERS) * 1_500_000 + (tap % 1000) * 1000);
  const { action, networkId, stopId, mediumClass, category } = kindOf(tap);
  return {
    action,
    ref: `bus-101/e/${tap}`,
    atMs,
    serviceDate: serviceDateAt(tariff.zone, tariff.dayStartS, atMs),
    trip: `trip-${(tap * 7 + Math.floor(tap / RIDERS) * 13) % 500}`,
    routeId: `bus-${tap % 10}`,
    networkId,
    stopId,
    destinationId: undefined,
    mediumClass,
    category,
    proofExpired: false,
    quotaUsed: undefined,
    passes: undefined,
    amountMinor: undefined,
    redeem: undefined,
  };
}

const CATEGORIES = ['general', 'pupil', 'student', 'pensioner'];

function tyumenRide(tap: number): Kind {
  const category = CATEGORIES[tap % 4] ?? 'general';
  return { action: 'entry', networkId: undefined, stopId: 'centre', mediumClass: 'transport-card', category };
}

const STATIONS = ['quay', 'mill', 'park', 'field', 'market', 'heath'];

/** Two taps by rail, then one by bus. */
function cityRide(tap: number): Kind {
  const turn = Math.floor(tap / RIDERS) % 3;
  const card = { mediumClass: 'card', category: 'adult' };
  if (turn === 2) return { action: 'entry', networkId: 'bus', stopId: 'bus-mill', ...card };
  const stopId = STATIONS[(tap + turn) % STATIONS.length] ?? '';
  return { action: turn === 0 ? 'entry' : 'exit', networkId: 'rail', stopId, ...card };
}

const FULL = lines(1, 3700, undefined);
const FREE = lines(5, 0, 3700);
const SHARES: Readonly<Record<string, { readonly lines: readonly ChargeLine[]; readonly quota: number }>> = {
  pupil: { lines: lines(2, 840, 4200), quota: 44 },
  student: { lines: lines(3, 2100, 4200), quota: 52 },
  pensioner: { lines: lines(4, 0, 4200), quota: 0 },
};

function lines(productId: number, amount: number, reference: number | undefined): readonly ChargeLine[] {
  const own: ChargeLine = { productId, amountMinor: amount as MinorUnits, funder: 'rider', ruleIds: [] };
  return [reference === undefined ? own : { ...own, referenceMinor: reference as MinorUnits }];
}

/** What somebody would write who needs March 2026 in Tyumen and nothing else: passback, quota, the 60-minute transfer. */
function byHand(state: RiderState, ride: Ride): { state: RiderState; lines: readonly ChargeLine[] } {
  const { lastRide, windows, quota } = state;
  if (
    lastRide !== undefined &&
    lastRide.trip === ride.trip &&
    Math.abs(ride.atMs - lastRide.atMs) <= 3_600_000
  ) {
    return { state, lines: [] };
  }
  const last = { ref: ride.ref, trip: ride.trip, atMs: ride.atMs, riders: 1 };
  const share = SHARES[ride.category];
  if (share !== undefined) {
    const month = monthOf(ride.serviceDate);
    const used = quota?.month === month ? quota.used : 0;
    if (share.quota === 0 || used < share.quota) {
      return { state: after(state, last, windows, { month, used: used + 1 }), lines: share.lines };
    }
  }
  const window = windows[0];
  const isFree = window !== undefined && window.used === 0 && ride.atMs - window.openedAtMs <= 3_600_000;
  const { ref, atMs, routeId, networkId } = ride;
  const opened = isFree
    ? { ...window, used: 1 }
    : {
        rule: 'general-60',
        ref,
        day: ride.serviceDate,
        openedAtMs: atMs,
        routeId,
        networkId,
        riders: 1,
        used: 0,
        dearestMinor: 3700 as MinorUnits,
      };
  return { state: after(state, last, [opened], quota), lines: isFree ? FREE : FULL };
}

function after(
  state: RiderState,
  lastRide: RiderState['lastRide'],
  windows: RiderState['windows'],
  quota: RiderState['quota'],
): RiderState {
  return {
    version: 3,
    lastRide,
    windows,
    quota,
    journey: undefined,
    caps: state.caps,
    passes: state.passes,
    bestValue: state.bestValue,
    purseMinor: undefined,
    purseAsOfMs: undefined,
    credit: undefined,
    sums: state.sums,
    points: state.points,
    completions: undefined,
    habits: state.habits,
  };
}
