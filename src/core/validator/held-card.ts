/**
 * A card whose state is its own: what it is taken for, and what is to be written on it. It knows its rides better than
 * any list or vehicle, so what it says is final, with no network (DESIGN, 'The way of a tap').
 */
import type { PresentedCard } from '../card/identity.ts';
import { decodeState, encodeState } from '../card/transit/encoding.ts';
import { type Names, namesHere, namesOf } from '../card/transit/names.ts';
import { type CardState, cardRef, type Loyalty } from '../card/transit/state.ts';
import type { EntitlementTerms, HeldPass } from '../entitlement.ts';
import type { Rated } from '../fare/rated.ts';
import type { Ride } from '../fare/ride.ts';
import type { RiderState } from '../fare/rider.ts';
import type { Reason } from '../reason.ts';
import type { Tariff } from '../tariff/tariff.ts';
import type { Tariffs } from '../tariff/versions.ts';
import { epoch, type ServiceDate } from '../time.ts';

/** Undefined for a state of another make. `here` names where the card is now, and on what trip. */
export function heldState(
  tariffs: Tariffs,
  { state }: PresentedCard,
  here: readonly (string | undefined)[],
): CardState | undefined {
  return decodeState(state, namesHere(namesFor(tariffs), here));
}

/** Of a tariff they are looked up at every tap, and made once. */
const made = new WeakMap<Tariffs, Names>();

function namesFor(tariffs: Tariffs): Names {
  const standing = made.get(tariffs);
  if (standing !== undefined) return standing;
  const names = namesOf(tariffs);
  made.set(tariffs, names);
  return names;
}

/** Why the card is not taken, whatever it holds. */
export function cardRefusal({ isBlocked, expiry }: CardState, date: ServiceDate): Reason | undefined {
  if (isBlocked) return 'card-blocked';
  return expiry !== undefined && date > expiry ? 'card-expired' : undefined;
}

/** The card's own rights, as the engine takes them. */
export function cardTerms(tariff: Tariff, held: CardState): EntitlementTerms | undefined {
  const mediumClass = tariff.mediumByForm.transit;
  if (mediumClass === undefined) return undefined;
  const { category, categoryExpiry, passes } = held;
  const terms = { mediumClass, category, passes, asOf: epoch(0) };
  return categoryExpiry === undefined ? terms : { ...terms, categoryExpiry };
}

/** What of a ride the card says: its name, and where its points pay. */
export function cardRide(
  { loyalty }: Tariff,
  held: CardState,
  date: ServiceDate,
): Pick<Ride, 'ref' | 'redeem'> {
  const redeem =
    takesPart(held.loyalty, date) && held.loyalty?.redeems ? loyalty.map(({ id }) => id) : undefined;
  return { ref: cardRef(held.counter + 1), redeem };
}

function takesPart(loyalty: Loyalty | undefined, date: ServiceDate): boolean {
  if (loyalty === undefined || loyalty.isBlocked) return false;
  return loyalty.expiry === undefined || date <= loyalty.expiry;
}

/** The state after the ride; undefined where it has no room on the card. */
export function stateAfterRide(held: CardState, { state }: Rated, date: ServiceDate): Uint8Array | undefined {
  const { passes: uses } = state;
  const isInUse = ({ pass, from }: HeldPass) =>
    uses.some(use => use.pass === pass && (from === undefined || use.from === from));
  const after: CardState = {
    ...held,
    counter: held.counter + 1,
    // A pass in use is remembered with its rides; another of the kind may wait behind it.
    passes: held.passes.filter(pass => !isInUse(pass)),
    rider: kept(state, held, date),
  };
  return bytesOf(after);
}

/** The state after what was done to it without a ride. */
export function stateAlone(held: CardState): Uint8Array | undefined {
  return bytesOf({ ...held, counter: held.counter + 1 });
}

function bytesOf(state: CardState): Uint8Array | undefined {
  const encoded = encodeState(state);
  return encoded.kind === 'bytes' ? encoded.bytes : undefined;
}

/** Passes that are over make room; points are for those who take part. */
function kept(state: RiderState, { loyalty, rider }: CardState, date: ServiceDate): RiderState {
  const passes = state.passes.filter(({ to }) => to >= date);
  const points = takesPart(loyalty, date) ? state.points : rider.points;
  return { ...state, passes, points };
}
