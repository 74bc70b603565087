/**
 * A card's state in at most 72 bytes, in one way only: what is absent takes no room, and what does not fit is refused by
 * name. Names stand as numbers (`names.ts`), days since 2020-01-01, moments in seconds since then, rides by how many
 * writes ago they were.
 */

import type { RiderState } from '../../fare/rider.ts';
import { dayOfDate, type EpochMs, type ServiceDate } from '../../time.ts';
import { isSameBytes, MAX_VARIABLE } from './bytes.ts';
import { FIRST_DAY, FIRST_MS, MAX_DAY, MAX_OF_A_KIND, MAX_SECONDS, MAX_STATE_BYTES } from './layout.ts';
import type { Names } from './names.ts';
import { readState } from './read-state.ts';
import { type CardState, counterOf, MAX_COUNTER } from './state.ts';
import { writtenState } from './write-state.ts';

export type Encoded =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  /** `what` does not fit, or is nothing a card remembers. */
  | { readonly kind: 'too-much'; readonly what: string };

export function encodeState(state: CardState): Encoded {
  const what = beyond(state);
  if (what !== undefined) return { kind: 'too-much', what };
  const bytes = writtenState(state);
  return bytes.length > MAX_STATE_BYTES
    ? { kind: 'too-much', what: `a state of ${bytes.length} bytes, where ${MAX_STATE_BYTES} have room` }
    : { kind: 'bytes', bytes };
}

/** Undefined for whatever is no state that was written here. */
export function decodeState(bytes: Uint8Array, names: Names): CardState | undefined {
  const state = readState(bytes, names);
  if (state === undefined || beyond(state) !== undefined) return undefined;
  // What is read and written again must be the same bytes: then no two writings mean one state.
  return isSameBytes(writtenState(state), bytes) ? state : undefined;
}

/** What is no part of a card's state, or out of the range it is written in. */
function beyond(state: CardState): string | undefined {
  const { counter, actionCounter, passes, rider } = state;
  if (counter > MAX_COUNTER) return 'a card that is written to its end';
  if (actionCounter > MAX_VARIABLE) return 'an action counter beyond its end';
  if (rider.bestValue.length > 0) return 'days of a best value';
  if (rider.sums.length > 0) return 'sums to be rounded later';
  if (rider.credit !== undefined) return 'rides on credit';
  if (rider.habits.length > 0 || rider.completions !== undefined) return 'habits';
  if (rider.journey?.priced !== undefined) return 'a journey that may be gone on with';
  const kinds = { 'passes to come': passes, ...listsOf(rider) };
  for (const [kind, list] of Object.entries(kinds))
    if (list.length > MAX_OF_A_KIND) return `${list.length} ${kind}`;
  const refs = [rider.lastRide?.ref, rider.journey?.ref, ...rider.windows.map(({ ref }) => ref)];
  if (refs.some(ref => ref !== undefined && !isOfThisCard(ref, counter))) return 'a ride of another medium';
  const moments = [
    rider.lastRide?.atMs,
    rider.journey?.enteredAtMs,
    rider.journey?.left?.atMs,
    ...rider.windows.map(({ openedAtMs }) => openedAtMs),
  ];
  if (moments.some(atMs => atMs !== undefined && !isWritable(atMs))) return 'a moment of another age';
  return daysOf(state).every(isWritableDay) ? undefined : 'a day of another age';
}

function daysOf({ expiry, categoryExpiry, loyalty, passes, rider }: CardState): readonly ServiceDate[] {
  const { quota, journey } = rider;
  const days = [
    expiry,
    categoryExpiry,
    loyalty?.expiry,
    quota === undefined ? undefined : ((quota.month * 100 + 1) as ServiceDate),
    journey?.day,
    ...[...passes, ...rider.passes].flatMap(({ from, to }) => [from, to]),
    ...rider.windows.map(({ day }) => day),
    ...rider.caps.map(({ from }) => from),
  ];
  return days.filter(day => day !== undefined);
}

/** Whether a card has a way to write it. */
export function isWritableDay(date: ServiceDate): boolean {
  const day = dayOfDate(date) - FIRST_DAY;
  return day >= 0 && day <= MAX_DAY;
}

function listsOf({ passes, windows, caps, points }: RiderState) {
  return { passes, transfers: windows, caps, programmes: points };
}

function isOfThisCard(ref: string, counter: number): boolean {
  const of = counterOf(ref);
  return of !== undefined && of <= counter;
}

function isWritable(atMs: EpochMs): boolean {
  const seconds = (atMs - FIRST_MS) / 1000;
  return Number.isInteger(seconds) && seconds >= 0 && seconds <= MAX_SECONDS;
}
