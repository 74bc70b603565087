/** One vehicle put to work: its lists published and applied, its parts opened, its uplink and its readers started. */
import type { Crypto } from '../core/crypto.ts';
import type { Problem } from '../core/error.ts';
import type { OnboardClock } from '../onboard/clock.ts';
import type { Journal } from '../onboard/journal/journal.ts';
import type { Prepared } from '../onboard/prepare.ts';
import type { Reader } from '../onboard/reader/reader.ts';
import type { Progress } from '../onboard/stops/feed-input.ts';
import { systemTimers } from '../onboard/timers.ts';
import type { Uplink, UplinkEvent } from '../onboard/uplink/uplink.ts';
import { fitOut } from '../onboard/vehicle/fit-out.ts';
import { type Seen, Vehicle } from '../onboard/vehicle/vehicle.ts';
import { publishLists } from './publish.ts';

export interface Boarding {
  readonly prepared: Prepared;
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
  /** A part of the vehicle failed; the vehicle itself says at its readers whether it takes taps. */
  readonly onFault: (fault: unknown) => void;
  readonly onImport?: (progress: Progress) => void;
}

export interface Aboard {
  /** Undefined where no collector is named. */
  uplink(): Promise<Uplink | undefined>;
  readonly warnings: readonly Problem[];
  /** Readers first, so that nothing is accepted while the rest closes. */
  close(): Promise<void>;
}

/** Throws whatever is wrong with the device's data or the state folder; nothing is left open. */
export async function putToWork(boarding: Boarding): Promise<Aboard> {
  const { prepared, clock, onSeen, onFault, onImport } = boarding;
  const { device, tariff, keys } = prepared;
  const lists = await publishLists(device, { ...boarding, keys, atMs: clock.now() });
  const progress = onImport === undefined ? {} : { onProgress: onImport };
  const outfit = await fitOut(device, { ...boarding, ...progress, tariff, keys, lists });
  let uplink: Uplink | undefined;
  const tell = (seen: Seen) => {
    onSeen(seen);
    uplink?.kick();
  };
  const vehicle = new Vehicle(outfit.parts, tell, onFault);
  // Riders before uploads: the link's libraries are loaded when taps are taken already.
  vehicle.start();
  const linked = openUplink(boarding).then(opened => {
    uplink = opened;
    uplink?.start();
    return uplink;
  });
  // Taps are taken without a link, too: they wait in the outbox.
  const uplinkOrNone = linked.catch((fault: unknown) => {
    onFault(fault);
    return undefined;
  });
  return {
    uplink: () => uplinkOrNone,
    warnings: [...prepared.warnings, ...outfit.warnings],
    async close() {
      await vehicle.stop();
      try {
        await (await uplinkOrNone)?.stop();
      } finally {
        outfit.close();
      }
    },
  };
}

async function openUplink({ journal, collectorUrl, onUplink }: Boarding): Promise<Uplink | undefined> {
  if (collectorUrl === undefined) return undefined;
  const [{ createHttpSink }, { createUplink }] = await Promise.all([
    import('../onboard/uplink/http-sink.ts'),
    import('../onboard/uplink/uplink.ts'),
  ]);
  const sink = createHttpSink({ url: collectorUrl, timers: systemTimers });
  return createUplink({ journal, sink, timers: systemTimers, random: Math.random, onProgress: onUplink });
}
