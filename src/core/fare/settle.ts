/**
 * Settlement of one token: the same `rate` as at the edge, folded over its taps in their total order, whatever order
 * they came in (law 4). A late tap re-rates this token alone, from its last closed day, and yields adjustments. A tap
 * that its driver took back was never ridden, whether it comes before or after the record that says so.
 */
import type { Reason } from '../reason.ts';
import type { ChargeLine } from '../record.ts';
import type { Tariff } from '../tariff/tariff.ts';
import { type Tariffs, tariffOfJourney } from '../tariff/versions.ts';
import { addDays, type ServiceDate } from '../time.ts';
import type { Account, AccountTap, Charge, Outcome, Part } from './account.ts';
import { closeIncomplete } from './incomplete.ts';
import { inTotalOrder } from './order.ts';
import { takenBack } from './priced-part.ts';
import { REASON_WITHOUT, rateByVersion } from './rate-by-version.ts';
import type { ClosedJourney, Rated } from './rated.ts';
import type { Ride } from './ride.ts';
import type { RiderState } from './rider.ts';
import type { Trace } from './trace.ts';

export interface Settled {
  readonly account: Account;
  /** What is new: first charges and adjustments. */
  readonly charges: readonly Charge[];
  /** Taps whose identity stands already under another hash: kept apart, never rated. */
  readonly conflicts: readonly AccountTap[];
}

/** Voids that still wait for their tap; more than these on one card are no slip of a driver's hand. */
const MAX_VOIDED = 64;

/**
 * Takes taps in, and the identity texts of those that were taken back, in any order and as often as they come. A day that
 * is closed stands for good: a void that comes later finds no tap of it any more.
 */
export function settle(
  tariffs: Tariffs,
  account: Account,
  arrived: readonly AccountTap[],
  takenBack: readonly string[] = [],
): Settled {
  const { fresh, conflicts } = sift(account.taps, arrived);
  const voids = [...new Set(takenBack)].filter(ref => !account.voided.includes(ref));
  if (fresh.length === 0 && voids.length === 0) return { account, charges: [], conflicts };
  const taps = inTotalOrder([...account.taps, ...fresh]);
  const kept = commonLength(account.taps, taps);
  const isRated = account.taps.some(({ ride }) => voids.includes(ride.ref));
  // Taps after the last one go on from how the rider stands; anything earlier starts from the last closed day.
  const from = kept === account.taps.length && !isRated ? kept : 0;
  const voided = voids.length === 0 ? account.voided : [...account.voided, ...voids].slice(-MAX_VOIDED);
  return { ...fold(tariffs, { ...account, voided }, taps, from), conflicts };
}

function sift(
  known: readonly AccountTap[],
  arrived: readonly AccountTap[],
): { fresh: AccountTap[]; conflicts: AccountTap[] } {
  const byRef = new Map(known.map(tap => [tap.ride.ref, tap]));
  const fresh: AccountTap[] = [];
  const conflicts: AccountTap[] = [];
  for (const tap of arrived) {
    const standing = byRef.get(tap.ride.ref);
    if (standing === undefined) {
      fresh.push(tap);
      byRef.set(tap.ride.ref, tap);
    } else if (standing.hash !== tap.hash) {
      conflicts.push(tap);
    }
  }
  return { fresh, conflicts };
}

function commonLength(before: readonly AccountTap[], after: readonly AccountTap[]): number {
  let length = 0;
  while (length < before.length && before[length] === after[length]) length++;
  return length;
}

function fold(
  tariffs: Tariffs,
  account: Account,
  taps: readonly AccountTap[],
  from: number,
): { account: Account; charges: Charge[] } {
  const before = new Map<string, Outcome>();
  for (let index = from; index < account.taps.length; index++) {
    const [tap, outcome] = [account.taps[index], account.outcomes[index]];
    if (tap !== undefined && outcome !== undefined) before.set(tap.ride.ref, outcome);
  }
  const outcomes = account.outcomes.slice(0, from);
  const charges: Charge[] = [];
  let state = from === 0 ? account.settled : account.state;
  for (let index = from; index < taps.length; index++) {
    const tap = taps[index];
    if (tap === undefined) continue;
    const old = before.get(tap.ride.ref);
    const rated = isVoided(account, tap)
      ? { outcome: { ...VOIDED, tariffHash: old?.tariffHash ?? '' }, state }
      : rateTap(tariffs, state, tap.ride);
    state = rated.state;
    outcomes.push(charged(account, tap.ride, rated.outcome, old, charges));
  }
  return { account: { ...account, taps, outcomes, state }, charges };
}

interface RatedTap {
  readonly outcome: Omit<Outcome, 'revision'>;
  readonly state: RiderState | undefined;
}

/** By the version of the journey's first entry; where none is known the ride is declined by name. */
export function rateTap(
  tariffs: Tariffs,
  state: RiderState | undefined,
  ride: Ride,
  trace?: Trace,
): RatedTap {
  const found = rateByVersion(tariffs, state, ride, trace);
  if (typeof found === 'string') return { outcome: UNRATED[found], state };
  const { tariff, rated } = found;
  const { reason, quotaAfter, purseAfterMinor, points, graced } = rated;
  const parts = partsOf(tariff, ride, rated);
  return {
    outcome: { reason, tariffHash: tariff.hash, parts, quotaAfter, purseAfterMinor, points, graced },
    state: rated.state,
  };
}

const NO_PARTS: readonly Part[] = [];

/** Where no version of the tariff holds. */
const UNRATED = { none: unrated(REASON_WITHOUT.none), unknown: unrated(REASON_WITHOUT.unknown) } as const;

function unrated(reason: Reason): RatedTap['outcome'] {
  return {
    reason,
    tariffHash: '',
    parts: NO_PARTS,
    quotaAfter: undefined,
    purseAfterMinor: undefined,
    points: undefined,
    graced: [],
  };
}

const VOIDED = unrated('voided');

function isVoided({ voided }: Account, { ride }: AccountTap): boolean {
  return voided.length > 0 && voided.includes(ride.ref);
}

/** What it closes first. */
function partsOf(
  { hash: tariffHash }: Tariff,
  { ref, serviceDate }: Ride,
  { lines, points, closed, journeyRef = ref, day = serviceDate }: Rated,
): readonly Part[] {
  if (closed === undefined && lines.length === 0) return NO_PARTS;
  const own = lines.length === 0 ? NO_PARTS : [{ journeyRef, rideRef: ref, tariffHash, day, lines, points }];
  if (closed === undefined) return own;
  return [...closed.map(closedPart), ...own];
}

/** Its ride is that of its entry. */
function closedPart(closed: ClosedJourney): Part {
  return { ...closed, rideRef: closed.journeyRef };
}

/** Tells the charges that lead from what a tap came to before to what it comes to now. */
function charged(
  { closedThrough }: Account,
  { ref }: Ride,
  now: Omit<Outcome, 'revision'>,
  before: Outcome | undefined,
  charges: Charge[],
): Outcome {
  const { parts } = now;
  const differences = before === undefined ? parts : difference(parts, before.parts);
  if (differences.length === 0) return outcome(now, before?.revision ?? 0);
  const revision = (before?.revision ?? 0) + 1;
  for (const { journeyRef, rideRef, tariffHash, day, lines } of differences) {
    const reason = rideRef === ref ? now.reason : 'incomplete-journey';
    const bookedOn = openDay(closedThrough, day);
    charges.push({ ref, journeyRef, revision, tariffHash, reason, serviceDate: day, bookedOn, lines });
  }
  return outcome(now, revision);
}

function outcome(now: RatedTap['outcome'], revision: number): Outcome {
  return {
    reason: now.reason,
    tariffHash: now.tariffHash,
    parts: now.parts,
    quotaAfter: now.quotaAfter,
    purseAfterMinor: now.purseAfterMinor,
    points: now.points,
    graced: now.graced,
    revision,
  };
}

/** The old lines taken back and the new ones given, journey by journey; what did not change is not said. */
function difference(now: readonly Part[], before: readonly Part[]): readonly Part[] {
  // A journey that is told twice keeps the place of the first and the version of the last.
  const journeys = new Map([...before, ...now].map(part => [part.journeyRef, part]));
  return [...journeys.values()].flatMap(part => {
    const [old, fresh] = [linesOf(before, part.journeyRef), linesOf(now, part.journeyRef)];
    if (isSame(old, fresh)) return [];
    return [{ ...part, lines: [...old.map(takenBack), ...fresh] }];
  });
}

function linesOf(parts: readonly Part[], journeyRef: string): readonly ChargeLine[] {
  return parts.flatMap(part => (part.journeyRef === journeyRef ? part.lines : []));
}

function isSame(a: readonly ChargeLine[], b: readonly ChargeLine[]): boolean {
  if (a.length !== b.length) return false;
  return a.every((line, index) => {
    const other = b[index];
    return (
      line === other ||
      (other !== undefined &&
        line.productId === other.productId &&
        line.amountMinor === other.amountMinor &&
        line.funder === other.funder &&
        line.referenceMinor === other.referenceMinor &&
        line.ruleIds.join('\0') === other.ruleIds.join('\0'))
    );
  });
}

/**
 * Closes every charging day up to `day`: its taps are settled for good. A journey that nobody was seen to leave is
 * incomplete when the day after its own is closed: it may be left when its day is over. What comes later for closed days
 * is booked to the day that is open then.
 */
export function closeDays(tariffs: Tariffs, account: Account, day: ServiceDate): Settled {
  const { closedThrough } = account;
  if (closedThrough !== undefined && day <= closedThrough) return { account, charges: [], conflicts: [] };
  const open = account.taps.filter(({ ride }) => ride.serviceDate > day);
  let state = account.settled;
  const closed = account.taps.filter(({ ride }) => ride.serviceDate <= day);
  for (const tap of closed) if (!isVoided(account, tap)) state = rateTap(tariffs, state, tap.ride).state;
  const ended = endJourney(tariffs, state, day, closedThrough);
  const voided = account.voided.filter(ref => !closed.some(({ ride }) => ride.ref === ref));
  const moved: Account = { ...account, closedThrough: day, settled: ended.state, voided };
  if (open.length === 0) {
    return {
      account: { ...moved, taps: [], outcomes: [], state: ended.state },
      charges: ended.charges,
      conflicts: [],
    };
  }
  const { account: refolded, charges } = fold(tariffs, moved, open, 0);
  return { account: refolded, charges: [...ended.charges, ...charges], conflicts: [] };
}

function endJourney(
  tariffs: Tariffs,
  state: RiderState | undefined,
  day: ServiceDate,
  closedThrough: ServiceDate | undefined,
): { state: RiderState | undefined; charges: Charge[] } {
  if (state?.journey === undefined || state.journey.day >= day) return { state, charges: [] };
  const closed = closeJourney(tariffs, state);
  const charges = closed.parts.map(
    (part): Charge => ({
      ref: `close:${day}`,
      journeyRef: part.journeyRef,
      revision: 1,
      tariffHash: part.tariffHash,
      reason: 'incomplete-journey',
      serviceDate: part.day,
      bookedOn: openDay(closedThrough, part.day),
      lines: part.lines,
    }),
  );
  return { state: closed.state, charges };
}

interface Closed {
  readonly parts: readonly Part[];
  readonly state: RiderState | undefined;
}

/** What the open journey comes to when nobody will be seen to leave it; nothing where none is open. */
export function closeJourney(tariffs: Tariffs, state: RiderState | undefined): Closed {
  const journey = state?.journey;
  if (state === undefined || journey === undefined) return { parts: NO_PARTS, state };
  const tariff = tariffOfJourney(tariffs, journey, journey.day);
  const closing = typeof tariff === 'string' ? undefined : closeIncomplete(tariff, state, undefined);
  if (closing === undefined) return { parts: NO_PARTS, state };
  return { parts: closing.closed.map(closedPart), state: closing.state };
}

/** What belongs to a day that is closed is booked to the one after the last of them. */
function openDay(closedThrough: ServiceDate | undefined, day: ServiceDate): ServiceDate {
  return closedThrough !== undefined && day <= closedThrough ? addDays(closedThrough, 1) : day;
}
