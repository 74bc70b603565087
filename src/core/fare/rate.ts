/**
 * One ride of one token, rated: (tariff, state, ride) -> (charge, state). Pure, and the same at the edge and in
 * settlement (law 4). Local time is resolved at the border: the ride brings its service date.
 *
 * Order (FARES.md 2): passback and group on this trip, then the category that pays today (season, quota), then the
 * transfer, then the fare.
 */
import type { QuotaUsed } from '../entitlement.ts';
import { known } from '../known.ts';
import type { Grace, Reason } from '../reason.ts';
import type { ChargeLine } from '../record.ts';
import type { Finality } from '../tap.ts';
import { type Fare, fareNetwork, type Tariff, type Transfer } from '../tariff/tariff.ts';
import type { EpochMs, ServiceDate } from '../time.ts';
import { payingCategory } from './category.ts';
import { type LastRide, RIDER_STATE_VERSION, type RiderState, type TransferWindow } from './rider.ts';

export interface Ride {
  /** The identity text of this tap. */
  readonly ref: string;
  /** Corrected time, cut to the tariff's resolution. */
  readonly atMs: EpochMs;
  readonly serviceDate: ServiceDate;
  /** Trip and service date, or the vehicle when the trip is unknown. */
  readonly trip: string;
  readonly routeId?: string | undefined;
  readonly networkId?: string | undefined;
  readonly mediumClass: string;
  readonly category: string;
  /** The category's proof has run out: its fallback pays, its limits stay. */
  readonly proofExpired?: boolean;
  /** Rides of the quota that the entitlement knows were used, on any vehicle. */
  readonly quotaUsed?: QuotaUsed | undefined;
}

export interface Rated {
  readonly reason: Reason;
  /** Empty when declined. */
  readonly lines: readonly ChargeLine[];
  readonly riderIndex: number;
  readonly journeyRef?: string | undefined;
  readonly passbackOf?: string | undefined;
  readonly quotaBefore?: number | undefined;
  readonly quotaAfter?: number | undefined;
  readonly graced: readonly Grace[];
  readonly finality: Finality;
  /** Unchanged when declined. */
  readonly state: RiderState;
}

const NEW_RIDER: RiderState = { version: RIDER_STATE_VERSION };

export function rate(tariff: Tariff, before: RiderState | undefined, ride: Ride): Rated {
  const state = before ?? NEW_RIDER;
  const group = groupOf(tariff, state.lastRide, ride);
  if (group.kind === 'refused') return declined(group.reason, state, group.riders, group.ref);

  const payer = payingCategory(tariff, state, ride);
  const fare = tariff.fares[payer.category]?.[ride.mediumClass]?.[fareNetwork(tariff, ride.networkId)];
  if (fare === undefined) return declined('no-fare', state, 1);

  const transfer = tariff.transfers[payer.category]?.[ride.mediumClass];
  const continued = continuedWindow(transfer, state, group.kind, ride);
  const charge = continued === undefined ? fare : freeOf(fare, transfer);
  const riderIndex = group.kind === 'further' ? group.riders + 1 : 1;
  const groupRef = group.kind === 'further' ? group.ref : undefined;
  return {
    reason: reasonOf(charge, payer.instead, group.kind),
    lines: charge.lines,
    riderIndex,
    journeyRef: continued?.ref,
    passbackOf: groupRef,
    quotaBefore: payer.quotaBefore,
    quotaAfter: payer.quotaAfter,
    graced: payer.graced,
    // Another vehicle's taps may open a transfer window or use up a quota that this one cannot know of.
    finality: transfer !== undefined || payer.quotaBefore !== undefined ? 'estimate' : 'final',
    state: known({
      version: RIDER_STATE_VERSION,
      lastRide: { ref: groupRef ?? ride.ref, trip: ride.trip, atMs: ride.atMs, riders: riderIndex },
      window: windowAfter(transfer, state.window, continued, group.kind, ride),
      quota: laterMonth(payer.used, state.quota),
    }),
  };
}

type Group =
  | { readonly kind: 'first' }
  | { readonly kind: 'further'; readonly ref: string; readonly riders: number }
  | { readonly kind: 'refused'; readonly reason: Reason; readonly ref: string; readonly riders: number };

/** Is this a further rider of the group on this trip, the same rider again, or a new ride? Both limits are inclusive. */
function groupOf(tariff: Tariff, last: LastRide | undefined, ride: Ride): Group {
  if (last === undefined || last.trip !== ride.trip) return { kind: 'first' };
  const { furtherRiderMs, refuseMs } = tariff.passback;
  // A clock set back a little between two taps is no reason to charge twice; set back a lot, it says nothing.
  const sinceMs = Math.abs(ride.atMs - last.atMs);
  if (sinceMs > furtherRiderMs + refuseMs) return { kind: 'first' };
  // The limit is the card's own category's: a concession card carries one rider, also after its quota is spent.
  const limit = tariff.categories[ride.category]?.ridersPerTrip ?? 1;
  if (sinceMs <= furtherRiderMs && last.riders < limit) return { kind: 'further', ...last };
  return {
    kind: 'refused',
    reason: limit > 1 && last.riders >= limit ? 'group-limit' : 'passback',
    ref: last.ref,
    riders: last.riders,
  };
}

/** The window that this ride continues, if there is one. */
function continuedWindow(
  transfer: Transfer | undefined,
  { window, lastRide }: RiderState,
  group: Group['kind'],
  ride: Ride,
): TransferWindow | undefined {
  if (transfer === undefined || window === undefined || lastRide === undefined) return undefined;
  if (window.used >= transfer.count * window.riders) return undefined;
  if (lastRide.trip === ride.trip) {
    // Nobody has changed vehicles; but the further riders of a covered group follow its first into the free ride.
    const follows = group === 'further' && transfer.groupCovered && lastRide.ref !== window.ref;
    if (!follows) return undefined;
  }
  const sameRoute = window.routeId !== undefined && window.routeId === ride.routeId;
  if (transfer.sameRoute === 'refused' && sameRoute) return undefined;
  const sinceMs = ride.atMs - window.openedAtMs;
  const inTime = sinceMs < transfer.windowMs || (transfer.inclusive && sinceMs === transfer.windowMs);
  return sinceMs >= 0 && inTime ? window : undefined;
}

/** The rider's line becomes 0.00 against what the ride would have cost; nobody else pays for a transfer. */
function freeOf(fare: Fare, transfer: Transfer | undefined): Fare {
  const own = fare.lines.find(line => line.funder === 'rider');
  if (own === undefined || transfer === undefined) return fare;
  const { productId, ruleId } = transfer;
  const zero = 0 as ChargeLine['amountMinor'];
  const ruleIds = [...own.ruleIds, ruleId];
  const line: ChargeLine = {
    productId,
    amountMinor: zero,
    funder: 'rider',
    referenceMinor: own.amountMinor,
    ruleIds,
  };
  return { reason: 'free-transfer', lines: [line] };
}

function reasonOf(charge: Fare, instead: Reason | undefined, group: Group['kind']): Reason {
  if (charge.reason === 'free-transfer') return charge.reason;
  if (group === 'further') return 'further-rider';
  return instead ?? charge.reason;
}

/** A clock that is months behind must not bring back rides that were used since. */
function laterMonth(used: QuotaUsed | undefined, before: QuotaUsed | undefined): QuotaUsed | undefined {
  return used !== undefined && before !== undefined && used.month < before.month ? before : (used ?? before);
}

function windowAfter(
  transfer: Transfer | undefined,
  window: TransferWindow | undefined,
  continued: TransferWindow | undefined,
  group: Group['kind'],
  ride: Ride,
): TransferWindow | undefined {
  if (transfer === undefined) return window;
  if (continued !== undefined) {
    return transfer.freeRideOpensWindow
      ? opened(continued.ref, ride)
      : { ...continued, used: continued.used + 1 };
  }
  if (group === 'further' && window !== undefined) {
    return transfer.groupCovered ? { ...window, riders: window.riders + 1 } : window;
  }
  return opened(ride.ref, ride);
}

function opened(ref: string, ride: Ride): TransferWindow {
  return known({ ref, openedAtMs: ride.atMs, routeId: ride.routeId, riders: 1, used: 0 });
}

function declined(reason: Reason, state: RiderState, riderIndex: number, passbackOf?: string): Rated {
  return known({ reason, lines: [], riderIndex, passbackOf, graced: [], finality: 'final', state });
}
