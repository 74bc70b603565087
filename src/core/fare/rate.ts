/**
 * One tap of one token, rated: (tariff, state, ride) -> (charge, state). Pure, and the same at the edge and in
 * settlement (law 4). Local time is resolved at the border: the ride brings its service date.
 *
 * Order (FARES.md 2, 3): passback and group on this trip, then the category that pays today (season, quota), then the
 * fare, then what is taken off it (`rules.ts`), then the purse.
 */
import { bandAt } from '../tariff/bands.ts';
import type { Ridden } from '../tariff/covers.ts';
import type { Tariff } from '../tariff/tariff.ts';
import type { Tariffs } from '../tariff/versions.ts';
import { type Bill, newBill } from './bill.ts';
import { payingCategory } from './category.ts';
import { groupOf } from './group.ts';
import { beginJourney, endJourney } from './journey.ts';
import { pay } from './payment.ts';
import { fareOf } from './price.ts';
import { loadPurse, withHint } from './purse.ts';
import { declined, type Rated, ratedOf } from './rated.ts';
import { intern, mediumOf, networkOf, type Ride, zoneOf } from './ride.ts';
import { NEW_RIDER, type RiderState } from './rider.ts';
import { applyRules } from './rules.ts';
import type { Trace } from './trace.ts';

/**
 * `versions` are those of the tariff that a journey which is closed by this tap may have begun under; absent: no other
 * than this one.
 */
export function rate(
  tariff: Tariff,
  before: RiderState | undefined,
  ride: Ride,
  trace?: Trace,
  versions?: Tariffs,
): Rated {
  const state = withHint(tariff, before ?? NEW_RIDER, ride);
  const network = networkOf(tariff, ride.networkId);
  const medium = mediumOf(tariff, ride.mediumClass);
  if (medium < 0) return declined('no-fare', state, 1);
  const isLeft = tariff.networks[network]?.taps === 'entry-exit';
  switch (ride.action) {
    case 'load':
      return loadPurse(tariff, state, ride, medium, trace);
    case 'exit': {
      const isOpen = state.journey !== undefined && state.journey.left === undefined;
      return isLeft || isOpen
        ? endJourney(tariff, state, ride, intern(tariff, ride, network, medium), trace)
        : declined('exit-not-needed', state, 1);
    }
    default:
      return isLeft
        ? beginJourney(tariff, state, ride, intern(tariff, ride, network, medium), trace, versions)
        : rideAlone(tariff, state, ride, network, medium, trace);
  }
}

/** A ride that is paid when it begins. */
function rideAlone(
  tariff: Tariff,
  state: RiderState,
  ride: Ride,
  network: number,
  medium: number,
  trace: Trace | undefined,
): Rated {
  const group = groupOf(tariff, state.lastRide, ride, trace);
  if (group.kind === 'refused') {
    trace?.applied('passback', group.reason);
    return declined(group.reason, state, group.riders, group.ref);
  }
  const payer = payingCategory(tariff, state, ride, ride.serviceDate, trace);
  const ridden = riddenFrom(tariff, ride, network, medium, payer.category);
  const fare = fareOf(tariff, ridden, ridden.band, trace);
  if (fare === undefined) return declined('no-fare', state, 1);

  const bill = newBill(tariff, state, ride, undefined, ridden, payer, fare, trace);
  bill.group = group.kind;
  if (group.kind === 'further') bill.reason = 'further-rider';
  grace(bill);
  applyRules(bill);
  const refused = pay(bill);
  if (refused !== undefined) return declined(refused, state, 1);

  const { ref, riders } = group;
  bill.after.lastRide = { ref: ref ?? ride.ref, trip: ride.trip, atMs: ride.atMs, riders };
  return ratedOf(bill, riders, ref);
}

/** It ends where it is taken to, or where it began. */
function riddenFrom(
  tariff: Tariff,
  { stopId, destinationId, atMs }: Ride,
  network: number,
  medium: number,
  category: number,
): Ridden {
  const fromZone = zoneOf(tariff, stopId);
  const toZone = destinationId === undefined ? fromZone : zoneOf(tariff, destinationId);
  return { network, fromZone, toZone, band: bandAt(tariff.bands, tariff.zone, atMs), medium, category };
}

/** A price that asks where the ride ends and is not told; a clock behind the rider's last ride. */
function grace(bill: Bill): void {
  const { ride } = bill;
  const { lastRide } = bill.before;
  const rules = bill.tariff.networks[bill.ridden.network];
  if (rules !== undefined && rules.estimate !== 'none' && ride.destinationId === undefined)
    bill.graced = [...bill.graced, 'destination-unknown'];
  if (lastRide !== undefined && ride.atMs < lastRide.atMs) bill.graced = [...bill.graced, 'clock-unsynced'];
}
