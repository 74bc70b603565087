/** A vehicle of two doors whose parts are held by the test: any of them can be made to fail. */

import { DEMO_BUS } from '../../../src/cli/shipped.ts';
import { CLEAR } from '../../../src/core/list/verdict.ts';
import type { Place } from '../../../src/core/tap.ts';
import type { Tariffs } from '../../../src/core/tariff/versions.ts';
import { epoch, parseInstant } from '../../../src/core/time.ts';
import { readTariff } from '../../../src/gtfs/tariff-folder.ts';
import { PlayedClock } from '../../../src/onboard/clock.ts';
import { type Device, readDevice } from '../../../src/onboard/device.ts';
import { readKeyFiles } from '../../../src/onboard/key-files.ts';
import type { AppliedList } from '../../../src/onboard/list/snapshot.ts';
import type { Position } from '../../../src/onboard/position/position.ts';
import type { Chip } from '../../../src/onboard/reader/chip.ts';
import type { Reader, ReaderEvent } from '../../../src/onboard/reader/reader.ts';
import type { StopList } from '../../../src/onboard/stoplist/stop-list.ts';
import type { OpenedList } from '../../../src/onboard/vehicle/mending-list.ts';
import { Vehicle, type VehicleParts } from '../../../src/onboard/vehicle/vehicle.ts';
import type { Seen } from '../../../src/onboard/vehicle/voice.ts';
import { nodeCrypto } from '../../../src/wire/node-crypto.ts';
import { TRANSIT_KEY } from '../../core/card/transit/cards.ts';
import { TYUMEN_FOLDER } from '../../tariffs.ts';
import { type Clockwork, clockwork } from '../clockwork.ts';
import { MemoryJournal } from '../uplink/memory-journal.ts';

export const MONDAY = epoch(parseInstant('2026-03-02T07:30:00+05:00') ?? 0);

export const ANNA = Uint8Array.of(0x04, 0xa1, 0xb2, 0xc3, 0xd4, 0xe5, 0xf6);
export const DMITRY = Uint8Array.of(0x1c, 0x5a, 0x77, 0xe2);

const device: Device = readDevice(DEMO_BUS);
const { tariffs } = readTariff(TYUMEN_FOLDER, nodeCrypto);
export const { keys } = readKeyFiles(device.tokenKeys);

export const PLACE: Place = {
  source: 'driver',
  quality: 'certain',
  stopId: 'cvetnoy-a',
  networkId: 'city',
  line: '25',
};

/** One listener, two doors. */
export class HeldReader implements Reader {
  #listener: ((event: ReaderEvent) => void) | undefined;
  stopped = false;

  start(listener: (event: ReaderEvent) => void): void {
    this.#listener = listener;
    for (const readerId of ['front', 'rear']) this.says({ kind: 'up', readerId, name: 'held' });
  }

  async stop(): Promise<void> {
    this.stopped = true;
  }

  says(event: ReaderEvent): void {
    this.#listener?.(event);
  }

  tap(readerId: string, uid: Uint8Array): void {
    this.says({ kind: 'presented', readerId, face: { uid, form: 'storage' } });
    this.says({ kind: 'removed', readerId });
  }

  /** A card with applications, which stays there until it is said to be removed. */
  holds(readerId: string, uid: Uint8Array, chip: Chip): void {
    this.says({ kind: 'presented', readerId, face: { uid, form: 'iso14443-4' }, chip });
  }
}

/** A list that is what it is, and the same when it is opened anew. */
export function opened<List extends AppliedList>(list: List): OpenedList<List> {
  return { list, what: 'stop list', file: 'stop-list.db', reopen: async () => list };
}

export const CLEAR_LIST = {
  version: 1,
  envelope: undefined,
  count: 0,
  lookup: () => CLEAR,
  freshness: () => 'fresh',
  refresh: () => false,
  close: () => undefined,
} satisfies StopList;

export interface Bench {
  readonly reader: HeldReader;
  readonly clock: PlayedClock;
  readonly timers: Clockwork;
  readonly journal: MemoryJournal;
  /** Everything that was shown, in a word or two. */
  readonly seen: Seen[];
  readonly faults: unknown[];
  readonly vehicle: Vehicle;
  /** What was shown since the last call: `front accepted fare-paid`, `rear fault disk-full why`. */
  said(): string[];
}

export function bench(
  parts: (own: {
    readonly journal: MemoryJournal;
    readonly clock: PlayedClock;
    readonly device: Device;
    readonly tariffs: Tariffs;
  }) => Partial<VehicleParts> = () => ({}),
  listen: (seen: Seen) => void = () => undefined,
): Bench {
  const [reader, clock, journal] = [new HeldReader(), new PlayedClock(MONDAY), new MemoryJournal()];
  const timers = clockwork();
  const [seen, faults]: [Seen[], unknown[]] = [[], []];
  const position: Position = { placeAt: () => PLACE };
  const more = parts({ journal, clock, device, tariffs });
  const whole: VehicleParts = {
    ...{ device, tariffs, keys, crypto: nodeCrypto, journal, stopList: opened(CLEAR_LIST), cards: undefined },
    ...{ position, feedVersion: 'feed', clock, timers, readers: [reader] },
    ...{ random: (length: number) => new Uint8Array(length).fill(7), payments: undefined },
    transitKeys: [TRANSIT_KEY],
    ...more,
  };
  const vehicle = new Vehicle(
    whole,
    what => {
      seen.push(what);
      listen(what);
    },
    fault => faults.push(fault),
  );
  vehicle.start();
  let told = 0;
  return {
    ...{ reader, clock, timers, seen, faults, vehicle },
    journal: more.journal instanceof MemoryJournal ? more.journal : journal,
    said() {
      const since = seen.slice(told);
      told = seen.length;
      return since.map(wordsOf);
    },
  };
}

function wordsOf({ readerId, shown }: Seen): string {
  if (shown.kind === 'fault') return `${readerId} fault ${shown.fault} ${shown.why}`;
  if (shown.kind !== 'answer') return `${readerId} ${shown.kind} ${shown.why}`;
  const { decision, reason, repeated, graced } = shown.answer;
  return [readerId, decision, reason, ...graced, ...(repeated ? ['repeated'] : [])].join(' ');
}
