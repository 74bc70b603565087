/**
 * One tap of one token, rated: (tariff, state, ride) -> (charge, state). Pure, and the same at the edge and in
 * settlement (law 4). Local time is resolved at the border: the ride brings its service date.
 *
 * Order (FARES.md 2, 3): passback and group on this trip, then the category that pays today (season, quota), then the
 * fare, then what is taken off it: pass, transfer, caps, best value, points; then the purse.
 */
import type { Tariff } from '../tariff/tariff.ts';
import { newBill } from './bill.ts';
import { payingCategory } from './category.ts';
import { groupOf } from './group.ts';
import { fareOf } from './price.ts';
import { declined, type Rated, ratedOf, stateAfter } from './rated.ts';
import { intern, type Ride } from './ride.ts';
import { NEW_RIDER, type RiderState } from './rider.ts';
import { applyRules } from './rules.ts';
import type { Trace } from './trace.ts';

export function rate(tariff: Tariff, before: RiderState | undefined, ride: Ride, trace?: Trace): Rated {
  const state = before ?? NEW_RIDER;
  const group = groupOf(tariff, state.lastRide, ride);
  if (group.kind === 'refused') {
    trace?.applied('passback', group.reason);
    return declined(group.reason, state, group.riders, group.ref);
  }
  const payer = payingCategory(tariff, state, ride, trace);
  const at = intern(tariff, ride);
  const category = tariff.categories[payer.category]?.index ?? -1;
  const { network, zone, toZone, band, medium } = at;
  const kind = { network, fromZone: zone, toZone, band, exitBand: band, medium, category };
  const fare = medium < 0 ? undefined : fareOf(tariff, kind);
  if (fare === undefined) return declined('no-fare', state, 1);

  const bill = newBill({
    tariff,
    ride,
    before: state,
    trace,
    ref: ride.ref,
    enteredAtMs: ride.atMs,
    day: ride.serviceDate,
    group: group.kind,
    isExit: false,
    counts: true,
    fare,
    network,
    fromZone: zone,
    toZone,
    band,
    medium,
    category,
  });
  if (payer.instead !== undefined) bill.reason = payer.instead;
  if (group.kind === 'further') bill.reason = 'further-rider';
  applyRules(bill);

  const riderIndex = group.kind === 'further' ? group.riders + 1 : 1;
  const ref = group.kind === 'further' ? group.ref : undefined;
  const lastRide = { ref: ref ?? ride.ref, trip: ride.trip, atMs: ride.atMs, riders: riderIndex };
  const { journey, completions, habits } = state;
  const after = stateAfter(bill, payer, { lastRide, journey, completions, habits });
  return ratedOf(bill, payer, { riderIndex, ref }, after);
}
