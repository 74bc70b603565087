/** One vehicle put to work: its lists published and applied, its parts opened, its uplink and its readers started. */
import type { Crypto } from '../core/crypto.ts';
import type { Problem } from '../core/error.ts';
import type { Place } from '../core/tap.ts';
import type { Told } from '../core/validator/duty.ts';
import type { OnboardClock } from '../onboard/clock.ts';
import { type Offer, offering } from '../onboard/driver/offer.ts';
import { DriverSeat } from '../onboard/driver/seat.ts';
import type { Terminal } from '../onboard/driver/terminal.ts';
import type { Journal } from '../onboard/journal/journal.ts';
import type { MendableJournal } from '../onboard/journal/mendable.ts';
import type { Observation } from '../onboard/position/observation.ts';
import type { Prepared } from '../onboard/prepare.ts';
import type { Reader } from '../onboard/reader/reader.ts';
import type { Lines } from '../onboard/serial/lines.ts';
import { standingsIn } from '../onboard/share/seed.ts';
import { Share, type ShareEvent, type ShareParts } from '../onboard/share/share.ts';
import { SharedTaps } from '../onboard/share/shared-taps.ts';
import { tcp } from '../onboard/share/tcp.ts';
import type { Progress } from '../onboard/stops/feed-input.ts';
import { systemTimers } from '../onboard/timers.ts';
import type { UplinkEvent } from '../onboard/uplink/uplink.ts';
import { fitOut } from '../onboard/vehicle/fit-out.ts';
import type { Companions } from '../onboard/vehicle/look-up.ts';
import { Vehicle } from '../onboard/vehicle/vehicle.ts';
import type { Seen } from '../onboard/vehicle/voice.ts';
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
  /** What becomes of the other computers aboard. */
  readonly onShare?: (event: ShareEvent) => void;
  /** The vehicle was asked something, and this is what it came to. */
  readonly onTold?: (told: Told, place: Place) => void;
  /** The vehicle seems to run something else than it was told, or does so no more. */
  readonly onOffer?: (offer: Offer) => void;
  readonly onUplink: (event: UplinkEvent) => void;
  /** A part of the vehicle failed; the vehicle itself says at its readers whether it takes taps. */
  readonly onFault: (fault: unknown) => void;
  readonly onImport?: (progress: Progress) => void;
}

export interface Aboard {
  /** What is seen of the vehicle's place and of its doors, by whoever drives it. */
  observe(seen: Observation): void;
  /** Where its driver is heard. */
  readonly seat: DriverSeat;
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
  let display: Terminal | undefined;
  const tell = (seen: Seen) => {
    onSeen(seen);
    if (isAsked(seen)) display?.asks(seen.readerId);
    link?.kick();
  };
  const aboard = device.share === undefined ? undefined : sharedTaps(boarding.journal);
  const companions: Companions | undefined = aboard && {
    newest: tokens => aboard.newest(tokens),
    tell: standing => share?.tell(standing),
  };
  const position = offering(outfit.parts.position, offer => {
    boarding.onOffer?.(offer);
    display?.tell(offer);
  });
  const parts = { ...outfit.parts, position };
  const vehicle = new Vehicle({ ...parts, companions }, tell, onFault, boarding.onTold);
  const seat = new DriverSeat({ ...parts, vehicle, stops: outfit.stops, drivers: prepared.drivers });
  const share = aboard && startSharing(boarding, aboard, tokens => vehicle.answerAbout(tokens));
  // Riders before uploads: the link's libraries are loaded when taps are taken already.
  vehicle.start();
  const observe = (seen: Observation) => position.observe?.(seen);
  boarding.lines?.start({
    observed: observe,
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
  const { terminal } = device.driver;
  const opened = terminal === undefined ? undefined : openedTerminal(terminal, seat, onFault);
  opened?.then(open => {
    display = open;
  });
  return {
    observe,
    seat,
    async drain(tries) {
      await (await linkOrNone)?.drain(tries);
    },
    warnings: [...prepared.warnings, ...outfit.warnings],
    async close() {
      await Promise.all([
        vehicle.stop(),
        boarding.lines?.stop(),
        opened?.then(open => open?.close()),
        share?.stop(),
      ]);
      try {
        await (await linkOrNone)?.stop();
      } finally {
        outfit.close();
      }
    },
  };
}

/** Whether the card's bank application pays; once, however long it lies there. */
function isAsked({ shown }: Seen): boolean {
  return shown.kind === 'answer' && shown.answer.offersPayment === true && !shown.answer.repeated;
}

/** What this computer has to tell when it starts. */
function sharedTaps(journal: Journal): SharedTaps {
  const taps = new SharedTaps();
  for (const standing of standingsIn(journal)) taps.merge(standing);
  return taps;
}

/** A validator that cannot hear the other doors takes taps all the same. */
function startSharing(boarding: Boarding, taps: SharedTaps, answer: ShareParts['answer']): Share {
  const { prepared, onFault, onShare } = boarding;
  const { deviceId, share: asked } = prepared.device;
  const share = new Share({
    ...{ ...boarding, deviceId, keys: prepared.keys, network: tcp, timers: systemTimers, taps, answer },
    ...{ listen: asked?.listen, peers: asked?.peers ?? [], onShare: event => onShare?.(event) },
  });
  share.start().catch(onFault);
  return share;
}

/** A vehicle whose driver's display does not connect takes taps all the same. */
async function openedTerminal(
  address: string,
  seat: DriverSeat,
  onFault: Boarding['onFault'],
): Promise<Terminal | undefined> {
  try {
    const { openTerminal } = await import('../onboard/driver/terminal.ts');
    return await openTerminal(address, seat, onFault);
  } catch (fault) {
    onFault(fault);
    return undefined;
  }
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
