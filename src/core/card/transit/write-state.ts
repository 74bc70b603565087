/** A card's state as bytes; that it fits is asked elsewhere (`encoding.ts`). */
import type { RiderState } from '../../fare/rider.ts';
import { dayOfDate, type EpochMs, type ServiceDate } from '../../time.ts';
import { ByteWriter } from './bytes.ts';
import { FIRST_DAY, FIRST_MS, PRESENT, type Present, VERSION } from './layout.ts';
import { longNumberOf, shortNumberOf } from './names.ts';
import { type CardState, counterOf } from './state.ts';

export function writtenState(state: CardState): Uint8Array {
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
