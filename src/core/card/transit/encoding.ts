/**
 * A card's state in at most 72 bytes, in one way only: what is absent takes no room, and what does not fit is refused by
 * name. Names stand as numbers (`names.ts`), days since 2020-01-01, moments in seconds since then, rides by how many
 * writes ago they were.
 */

import { NEW_RIDER, type RiderState } from '../../fare/rider.ts';
import { known } from '../../known.ts';
import type { MinorUnits } from '../../money.ts';
import { dateOfDay, dayOfDate, type EpochMs, type ServiceDate } from '../../time.ts';
import { ByteReader, ByteWriter, MAX_VARIABLE } from './bytes.ts';
import { longNumberOf, type Names, shortNumberOf } from './names.ts';
import { type CardState, cardRef, counterOf, MAX_COUNTER } from './state.ts';

/** Twice this, what is said around it and its codes: 245 bytes a tap (DEVICES.md 2). */
export const MAX_STATE_BYTES = 72;

export type Encoded =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  /** `what` does not fit, or is nothing a card remembers. */
  | { readonly kind: 'too-much'; readonly what: string };

const VERSION = 1;
const FIRST_DAY = dayOfDate(20200101 as ServiceDate);
const FIRST_MS = FIRST_DAY * 86_400_000;
const MAX_SECONDS = 0xffff_ffff;
const MAX_DAY = 0xffff;
/** Three bits each: passes to come, passes in use, transfer windows, caps, programmes. */
export const MAX_OF_A_KIND = 7;

/** Bits of the second head byte and the third: what is there. */
const PRESENT = [
  'isBlocked', 'expiry', 'categoryExpiry', 'loyalty', 'loyaltyBlocked', 'loyaltyExpiry', 'redeems', 'lastRide',
  'quota', 'purse', 'journey', 'left', 'journeyStop', 'leftStop', 'journeyNetwork', 'deposit',
] as const; // biome-ignore format: two bytes
type Present = (typeof PRESENT)[number];

export function encodeState(state: CardState): Encoded {
  const what = beyond(state);
  if (what !== undefined) return { kind: 'too-much', what };
  const bytes = written(state);
  return bytes.length > MAX_STATE_BYTES
    ? { kind: 'too-much', what: `a state of ${bytes.length} bytes, where ${MAX_STATE_BYTES} have room` }
    : { kind: 'bytes', bytes };
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

function isWritableDay(date: ServiceDate): boolean {
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

function presentIn(state: CardState): Set<Present> {
  const { loyalty, rider } = state;
  const { journey } = rider;
  const there: Readonly<Record<Present, boolean>> = {
    isBlocked: state.isBlocked,
    expiry: state.expiry !== undefined,
    categoryExpiry: state.categoryExpiry !== undefined,
    loyalty: loyalty !== undefined,
    loyaltyBlocked: loyalty?.isBlocked === true,
    loyaltyExpiry: loyalty?.expiry !== undefined,
    redeems: loyalty?.redeems === true,
    lastRide: rider.lastRide !== undefined,
    quota: rider.quota !== undefined,
    purse: rider.purseMinor !== undefined,
    journey: journey !== undefined,
    left: journey?.left !== undefined,
    journeyStop: journey?.stopId !== undefined,
    leftStop: journey?.left?.stopId !== undefined,
    journeyNetwork: journey?.networkId !== undefined,
    deposit: journey !== undefined && journey.depositMinor !== 0,
  };
  return new Set(PRESENT.filter(name => there[name]));
}

class StateWriter extends ByteWriter {
  readonly #counter: number;

  constructor(counter: number) {
    super();
    this.#counter = counter;
  }

  name(name: string): void {
    this.fixed(shortNumberOf(name), 2);
  }

  place(name: string): void {
    this.fixed(longNumberOf(name), 4);
  }

  day(date: ServiceDate): void {
    this.fixed(dayOfDate(date) - FIRST_DAY, 2);
  }

  moment(atMs: EpochMs): void {
    this.fixed((atMs - FIRST_MS) / 1000, 4);
  }

  ride(ref: string): void {
    this.variable(this.#counter - (counterOf(ref) ?? 0));
  }

  money(amount: number): void {
    this.variable(amount < 0 ? -amount * 2 - 1 : amount * 2);
  }
}

function written(state: CardState): Uint8Array {
  const { counter, passes, rider } = state;
  const writer = new StateWriter(counter);
  const present = presentIn(state);
  writer.fixed(VERSION, 1);
  writer.fixed(counter, 3);
  writer.fixed(bitsOf(present), 2);
  const counts = [passes, rider.passes, rider.windows, rider.caps, rider.points];
  writer.fixed(
    counts.reduce((bits, { length }) => bits * 8 + length, 0),
    2,
  );
  writer.variable(state.actionCounter);
  writer.name(state.category);
  for (const date of [state.expiry, state.categoryExpiry, state.loyalty?.expiry])
    if (date !== undefined) writer.day(date);
  writeRides(writer, rider);
  writeRights(writer, state);
  return writer.bytes();
}

function writeRides(writer: StateWriter, { lastRide, windows, journey }: RiderState): void {
  if (lastRide !== undefined) {
    writer.ride(lastRide.ref);
    writer.place(lastRide.trip);
    writer.moment(lastRide.atMs);
    writer.variable(lastRide.riders);
  }
  for (const window of windows) {
    writer.name(window.rule);
    writer.ride(window.ref);
    writer.day(window.day);
    writer.moment(window.openedAtMs);
    writer.place(window.routeId ?? '');
    writer.name(window.networkId ?? '');
    writer.variable(window.riders);
    writer.variable(window.used);
    writer.money(window.dearestMinor);
  }
  if (journey === undefined) return;
  writer.ride(journey.ref);
  writer.moment(journey.enteredAtMs);
  writer.day(journey.day);
  writer.name(journey.tariffHash);
  writer.name(journey.mediumClass);
  writer.name(journey.category);
  if (journey.networkId !== undefined) writer.name(journey.networkId);
  if (journey.stopId !== undefined) writer.place(journey.stopId);
  if (journey.depositMinor !== 0) writer.money(journey.depositMinor);
  if (journey.left === undefined) return;
  writer.moment(journey.left.atMs);
  if (journey.left.stopId !== undefined) writer.place(journey.left.stopId);
}

function writeRights(writer: StateWriter, { passes, rider }: CardState): void {
  if (rider.quota !== undefined) {
    writer.variable(monthNumber(rider.quota.month));
    writer.variable(rider.quota.used);
  }
  if (rider.purseMinor !== undefined) writer.money(rider.purseMinor);
  for (const { pass, from, to } of passes) {
    writer.name(pass);
    writer.fixed((from === undefined ? 0 : 1) + (to === undefined ? 0 : 2), 1);
    for (const date of [from, to]) if (date !== undefined) writer.day(date);
  }
  for (const { pass, from, to, rides } of rider.passes) {
    writer.name(pass);
    writer.day(from);
    writer.day(to);
    writer.variable(rides);
  }
  for (const { cap, from, counted } of rider.caps) {
    writer.name(cap);
    writer.day(from);
    writer.money(counted);
  }
  for (const { programme, points } of rider.points) {
    writer.name(programme);
    writer.money(points);
  }
}

function bitsOf(present: ReadonlySet<Present>): number {
  return PRESENT.reduce((bits, name, at) => (present.has(name) ? bits | (1 << at) : bits), 0);
}

/** Months since January 2020. */
function monthNumber(month: number): number {
  return (Math.floor(month / 100) - 2020) * 12 + (month % 100) - 1;
}

/** The counter alone, wherever a state is read that need not be understood; undefined for what is none. */
export function counterIn(bytes: Uint8Array): number | undefined {
  if (bytes[0] !== VERSION || bytes.length > MAX_STATE_BYTES) return undefined;
  return ((bytes[1] ?? 0) << 16) | ((bytes[2] ?? 0) << 8) | (bytes[3] ?? 0);
}

class StateReader extends ByteReader {
  readonly #names: Names;
  readonly #counter: number;

  constructor(bytes: Uint8Array, names: Names, counter: number) {
    super(bytes);
    this.#names = names;
    this.#counter = counter;
  }

  name(): string {
    return this.#names.short(this.fixed(2));
  }

  place(): string {
    return this.#names.long(this.fixed(4));
  }

  day(): ServiceDate {
    return dateOfDay(this.fixed(2) + FIRST_DAY);
  }

  moment(): EpochMs {
    return (this.fixed(4) * 1000 + FIRST_MS) as EpochMs;
  }

  ride(): string {
    return cardRef(this.#counter - this.variable());
  }

  money(): MinorUnits {
    const value = this.variable();
    return (value % 2 === 1 ? -(value + 1) / 2 : value / 2) as MinorUnits;
  }
}

/** Undefined for whatever is no state that was written here. */
export function decodeState(bytes: Uint8Array, names: Names): CardState | undefined {
  const counter = counterIn(bytes);
  if (counter === undefined) return undefined;
  const reader = new StateReader(bytes, names, counter);
  reader.fixed(4);
  const bits = reader.fixed(2);
  const is = (name: Present) => (bits & (1 << PRESENT.indexOf(name))) !== 0;
  const counts = reader.fixed(2);
  const several = <T>(rank: number, read: () => T): readonly T[] =>
    Array.from({ length: (counts >>> (3 * rank)) & MAX_OF_A_KIND }, read);
  const state: CardState = {
    counter,
    actionCounter: reader.variable(),
    isBlocked: is('isBlocked'),
    category: reader.name(),
    expiry: is('expiry') ? reader.day() : undefined,
    categoryExpiry: is('categoryExpiry') ? reader.day() : undefined,
    loyalty: is('loyalty')
      ? known({
          isBlocked: is('loyaltyBlocked'),
          redeems: is('redeems'),
          expiry: is('loyaltyExpiry') ? reader.day() : undefined,
        })
      : undefined,
    ...readRest(reader, is, several),
  };
  if (!reader.isDone || beyond(state) !== undefined) return undefined;
  // What is read and written again must be the same bytes: then no two writings mean one state.
  return isSame(written(state), bytes) ? state : undefined;
}

function readRest(
  reader: StateReader,
  is: (name: Present) => boolean,
  several: <T>(rank: number, read: () => T) => readonly T[],
): Pick<CardState, 'passes' | 'rider'> {
  const lastRide = is('lastRide') ? readLastRide(reader) : undefined;
  const windows = several(2, () => readWindow(reader));
  const journey = is('journey') ? readJourney(reader, is) : undefined;
  const quota = is('quota')
    ? { month: monthOfNumber(reader.variable()), used: reader.variable() }
    : undefined;
  const purseMinor = is('purse') ? reader.money() : undefined;
  const passes = several(4, () => readPass(reader));
  const uses = several(3, () => ({
    pass: reader.name(),
    from: reader.day(),
    to: reader.day(),
    rides: reader.variable(),
  }));
  const caps = several(1, () => ({ cap: reader.name(), from: reader.day(), counted: reader.money() }));
  const points = several(0, () => ({ programme: reader.name(), points: reader.money() }));
  const rider = { ...NEW_RIDER, lastRide, windows, journey, quota, purseMinor, passes: uses, caps, points };
  return { passes, rider };
}

function readLastRide(reader: StateReader): RiderState['lastRide'] {
  return { ref: reader.ride(), trip: reader.place(), atMs: reader.moment(), riders: reader.variable() };
}

function readWindow(reader: StateReader): RiderState['windows'][number] {
  return {
    rule: reader.name(),
    ref: reader.ride(),
    day: reader.day(),
    openedAtMs: reader.moment(),
    routeId: named(reader.place()),
    networkId: named(reader.name()),
    riders: reader.variable(),
    used: reader.variable(),
    dearestMinor: reader.money(),
  };
}

function readJourney(reader: StateReader, is: (name: Present) => boolean): RiderState['journey'] {
  return {
    ref: reader.ride(),
    enteredAtMs: reader.moment(),
    day: reader.day(),
    tariffHash: reader.name(),
    mediumClass: reader.name(),
    category: reader.name(),
    networkId: is('journeyNetwork') ? reader.name() : undefined,
    stopId: is('journeyStop') ? reader.place() : undefined,
    depositMinor: is('deposit') ? reader.money() : (0 as MinorUnits),
    priced: undefined,
    left: is('left')
      ? { atMs: reader.moment(), stopId: is('leftStop') ? reader.place() : undefined }
      : undefined,
  };
}

function readPass(reader: StateReader): CardState['passes'][number] {
  const pass = reader.name();
  const ends = reader.fixed(1);
  const from = (ends & 1) === 0 ? undefined : reader.day();
  const to = (ends & 2) === 0 ? undefined : reader.day();
  return known({ pass, from, to });
}

/** The empty name is none. */
function named(name: string): string | undefined {
  return name === '' ? undefined : name;
}

function monthOfNumber(number: number): number {
  return (2020 + Math.floor(number / 12)) * 100 + (number % 12) + 1;
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}
