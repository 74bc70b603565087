/** Bytes of a card as a state; whether they are the one writing of it is asked elsewhere (`encoding.ts`). */
import { NEW_RIDER, type RiderState } from '../../fare/rider.ts';
import { known } from '../../known.ts';
import type { MinorUnits } from '../../money.ts';
import { dateOfDay, type EpochMs, type ServiceDate } from '../../time.ts';
import { ByteReader } from './bytes.ts';
import { counterIn, FIRST_DAY, FIRST_MS, MAX_OF_A_KIND, PRESENT, type Present } from './layout.ts';
import type { Names } from './names.ts';
import { type CardState, cardRef } from './state.ts';

/** Undefined where the bytes end too early, or too late. */
export function readState(bytes: Uint8Array, names: Names): CardState | undefined {
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
  return reader.isDone ? state : undefined;
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
