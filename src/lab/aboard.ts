/** One vehicle put to work: its lists published and applied, its parts opened, its uplink and its readers started. */
import type { Crypto } from '../core/crypto.ts';
import type { Problem } from '../core/error.ts';
import type { OnboardClock } from '../onboard/clock.ts';
import type { Journal } from '../onboard/journal/journal.ts';
import type { MendableJournal } from '../onboard/journal/mendable.ts';
import type { Prepared } from '../onboard/prepare.ts';
import type { Reader } from '../onboard/reader/reader.ts';
import type { Lines } from '../onboard/serial/lines.ts';
import type { Progress } from '../onboard/stops/feed-input.ts';
import { systemTimers } from '../onboard/timers.ts';
import type { UplinkEvent } from '../onboard/uplink/uplink.ts';
import { fitOut } from '../onboard/vehicle/fit-out.ts';
import { type Seen, Vehicle } from '../onboard/vehicle/vehicle.ts';
import { publishLists } from './publish.ts';

export interface Boarding {
  readonly prepared: Prepared;
  readonly stateFolder: string;
  readonly crypto: Crypto;
  readonly random: (length: number) => Uint8Array;
  /** Stays open when the vehicle is closed. */
  readonly journal: MendableJournal;
  readonly clock: OnboardClock;
  readonly readers: readonly Reader[];
  /** What they say goes to the position; their scanners are among the readers. */
  readonly lines?: Lines | undefined;
  /** Without one, taps stay in the outbox. */
  readonly collectorUrl?: string | undefined;
  readonly onSeen: (seen: Seen) => void;
  readonly onUplink: (event: UplinkEvent) => void;
  /** A part of the vehicle failed; the vehicle itself says at its readers whether it takes taps. */
  readonly onFault: (fault: unknown) => void;
  readonly onImport?: (progress: Progress) => void;
}

export interface Aboard {
  /** Tries to send what waits, until all of it was answered or `tries` failures in a row; at once without a collector. */
  drain(tries: number): Promise<void>;
  readonly warnings: readonly Problem[];
  /** Readers first, so that nothing is accepted while the rest closes. */
  close(): Promise<void>;
}

/** Throws whatever is wrong with the device's data or the state folder; nothing is left open. */
export async function putToWork(boarding: Boarding): Promise<Aboard> {
  const { prepared, clock, onSeen, onFault, onImport } = boarding;
  const { device, tariffs, keys, transitKeys, acquirer } = prepared;
  const lists = await publishLists(device, { ...boarding, keys, atMs: clock.now() });
  const progress = onImport === undefined ? {} : { onProgress: onImport };
  const outfit = await fitOut(device, {
    ...boarding,
    ...progress,
    tariffs,
    keys,
    transitKeys,
    acquirer,
    lists,
  });
  let link: Link | undefined;
  const tell = (seen: Seen) => {
    onSeen(seen);
    link?.kick();
  };
  const vehicle = new Vehicle(outfit.parts, tell, onFault);
  // Riders before uploads: the link's libraries are loaded when taps are taken already.
  vehicle.start();
  boarding.lines?.start({
    observed: seen => outfit.parts.position.observe?.(seen),
    state: () => (vehicle.isBroken ? 'fault' : 'in-order'),
  });
  const linked = openLink(boarding).then(opened => {
    link = opened;
    return link;
  });
  // Taps are taken without a link, too: they wait in the outbox.
  const linkOrNone = linked.catch((fault: unknown) => {
    onFault(fault);
    return undefined;
  });
  return {
    async drain(tries) {
      await (await linkOrNone)?.drain(tries);
    },
    warnings: [...prepared.warnings, ...outfit.warnings],
    async close() {
      await Promise.all([vehicle.stop(), boarding.lines?.stop()]);
      try {
        await (await linkOrNone)?.stop();
      } finally {
        outfit.close();
      }
    },
  };
}

/** What leads to the collector: the journal's own uplink, and one for each that was set aside before all of it was sent. */
interface Link {
  kick(): void;
  drain(tries: number): Promise<unknown>;
  stop(): Promise<void>;
}

async function openLink({ journal, collectorUrl, onUplink, onFault }: Boarding): Promise<Link | undefined> {
  if (collectorUrl === undefined) return undefined;
  const [{ createHttpSink }, { createUplink }] = await Promise.all([
    import('../onboard/uplink/http-sink.ts'),
    import('../onboard/uplink/uplink.ts'),
  ]);
  const started = (from: Journal) => {
    const sink = createHttpSink({ url: collectorUrl, timers: systemTimers });
    const options = { journal: from, sink, timers: systemTimers, random: Math.random };
    const uplink = createUplink({ ...options, onProgress: onUplink });
    uplink.start();
    return uplink;
  };
  const uplink = started(journal);
  const aside = journal.openAside(onFault);
  const uplinks = [uplink, ...aside.map(started)];
  return {
    kick: () => uplink.kick(),
    drain: tries => Promise.all(uplinks.map(each => each.drain(tries))),
    async stop() {
      await Promise.all(uplinks.map(each => each.stop()));
      for (const each of aside) each.close();
    },
  };
}
