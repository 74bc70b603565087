/** One vehicle put to work: its lists published and applied, its parts opened, its uplink and its readers started. */
import type { Crypto } from '../core/crypto.ts';
import type { Problem } from '../core/error.ts';
import type { OnboardClock } from '../onboard/clock.ts';
import type { Device } from '../onboard/device.ts';
import type { Journal } from '../onboard/journal/journal.ts';
import type { Reader } from '../onboard/reader/reader.ts';
import type { Progress } from '../onboard/stops/feed-input.ts';
import { systemTimers } from '../onboard/timers.ts';
import { createHttpSink } from '../onboard/uplink/http-sink.ts';
import { createUplink, type Uplink, type UplinkEvent } from '../onboard/uplink/uplink.ts';
import { fitOut } from '../onboard/vehicle/fit-out.ts';
import { type Seen, Vehicle } from '../onboard/vehicle/vehicle.ts';
import { publishLists, readKeys } from './publish.ts';

export interface Boarding {
  readonly device: Device;
  readonly stateFolder: string;
  readonly crypto: Crypto;
  /** Stays open when the vehicle is closed. */
  readonly journal: Journal;
  readonly clock: OnboardClock;
  readonly readers: readonly Reader[];
  /** Without one, taps stay in the outbox. */
  readonly collectorUrl?: string | undefined;
  readonly onSeen: (seen: Seen) => void;
  readonly onUplink: (event: UplinkEvent) => void;
  readonly onImport?: (progress: Progress) => void;
}

export interface Aboard {
  readonly uplink: Uplink | undefined;
  readonly warnings: readonly Problem[];
  /** Readers first, so that nothing is accepted while the rest closes. */
  close(): Promise<void>;
}

/** Throws whatever is wrong with the device's data or the state folder; nothing is left open. */
export async function putToWork(boarding: Boarding): Promise<Aboard> {
  const { device, clock, onSeen, onImport } = boarding;
  const lists = await publishLists(device, { ...boarding, atMs: clock.now() });
  const { keys } = readKeys(device);
  const progress = onImport === undefined ? {} : { onProgress: onImport };
  const outfit = await fitOut(device, { ...boarding, ...progress, keys, lists });
  const uplink = uplinkOf(boarding);
  const vehicle = new Vehicle(outfit.parts, seen => {
    onSeen(seen);
    uplink?.kick();
  });
  uplink?.start();
  vehicle.start();
  return {
    uplink,
    warnings: outfit.warnings,
    async close() {
      await vehicle.stop();
      await uplink?.stop();
      outfit.close();
    },
  };
}

function uplinkOf({ journal, collectorUrl, onUplink }: Boarding): Uplink | undefined {
  if (collectorUrl === undefined) return undefined;
  const sink = createHttpSink({ url: collectorUrl, timers: systemTimers });
  return createUplink({ journal, sink, timers: systemTimers, random: Math.random, onProgress: onUplink });
}
