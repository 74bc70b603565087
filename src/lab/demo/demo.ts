/**
 * The main job with nothing but this process: vehicles from their device files, an embedded collector, cards tapped
 * from a file on a played clock. State goes on from the last run.
 */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createCollector } from '../../backoffice/collector/collector.ts';
import { openLedger } from '../../backoffice/collector/ledger/file-ledger.ts';
import type { Ledger } from '../../backoffice/collector/ledger/ledger.ts';
import type { CardFile } from '../../core/card/card-file.ts';
import type { Crypto } from '../../core/crypto.ts';
import { assert, type Problem, TuraError } from '../../core/error.ts';
import type { Place } from '../../core/tap.ts';
import { epoch, type Zone } from '../../core/time.ts';
import type { Told } from '../../core/validator/duty.ts';
import { PlayedClock } from '../../onboard/clock.ts';
import type { Device } from '../../onboard/device.ts';
import type { Offer } from '../../onboard/driver/offer.ts';
import type { DriverSeat } from '../../onboard/driver/seat.ts';
import type { MendableJournal } from '../../onboard/journal/mendable.ts';
import type { Prepared } from '../../onboard/prepare.ts';
import { momentOf, type PlayedTap, startOf } from '../../onboard/reader/played-tap.ts';
import { SimulatedReader } from '../../onboard/reader/simulated.ts';
import type { UplinkEvent } from '../../onboard/uplink/uplink.ts';
import { openJournalOf } from '../../onboard/vehicle/fit-out.ts';
import type { Seen } from '../../onboard/vehicle/voice.ts';
import { type Aboard, type Boarding, putToWork } from '../aboard.ts';
import { Hand, type Hold } from '../hand.ts';
import { cardsFolder, Wallet } from '../wallet.ts';
import { demoStart } from './schedule.ts';
import { type Comparison, compareTotals } from './totals.ts';

export interface DemoOptions {
  readonly vehicles: readonly Prepared[];
  readonly cards: CardFile;
  readonly taps: readonly PlayedTap[];
  readonly stateFolder: string;
  readonly firmware: string;
  readonly crypto: Crypto;
  /** The zone whose days the demo keeps to. */
  readonly zone: Zone;
  readonly onSeen: (vehicleId: string, card: string, seen: Seen) => void;
  readonly onTold: (vehicleId: string, told: Told, place: Place) => void;
  readonly onOffer: (vehicleId: string, offer: Offer) => void;
  readonly onUplink: (vehicleId: string, event: UplinkEvent) => void;
  readonly onFault: (fault: unknown) => void;
}

export interface Demo {
  /** True when the journals held taps of an earlier run. */
  readonly continued: boolean;
  readonly collectorUrl: string;
  readonly warnings: readonly Problem[];
  /** The first vehicle's driver's. */
  readonly seat: DriverSeat;
  /** Plays one tap of the file at its moment; the clock goes on to it. */
  play(tap: PlayedTap): Promise<void>;
  /** Taps a card by hand, `afterMs` after the last tap. Throws `bad-input` for a name that is not known. */
  tap(hold: Hold | undefined, afterMs: number): Promise<void>;
  /** Sends what waits; settles when all of it is acknowledged or the collector failed several times in a row. */
  drain(): Promise<void>;
  totals(): Promise<Comparison>;
  close(): Promise<void>;
}

/** Whatever was opened, closed in the opposite order. */
type Closing = (() => unknown)[];

/** Records still waiting after so many failures in a row are left for the next run. */
const TRIES = 5;

/** Throws whatever is wrong with a device, its data or the state folder; nothing is left open. */
export async function openDemo(options: DemoOptions): Promise<Demo> {
  const closing: Closing = [];
  const close = async () => {
    for (const step of closing.splice(0)) await step();
  };
  try {
    return await assemble(options, closing, close);
  } catch (error) {
    await close();
    throw error;
  }
}

/** A vehicle with its journal open and its readers in reach of the hand. */
interface Ready {
  readonly prepared: Prepared;
  readonly journal: MendableJournal;
  readonly readers: ReadonlyMap<string, SimulatedReader>;
}

async function assemble(options: DemoOptions, closing: Closing, close: Demo['close']): Promise<Demo> {
  refuseTwins(options.vehicles.map(({ device }) => device));
  const ledger = openLedger(join(options.stateFolder, 'collector.db'));
  closing.unshift(() => ledger.close());
  const collectorUrl = await embedCollector(options, ledger, closing);
  const vehicles = options.vehicles.map(prepared => openVehicle(prepared, options, closing));
  const journals = vehicles.map(({ journal }) => journal);
  const lasts = journals.flatMap(journal => journal.lastEventTimeMs() ?? []);
  const lastMs = lasts.length === 0 ? undefined : epoch(Math.max(...lasts));
  const startMs = startOf(options.taps, lastMs) ?? demoStart(options.zone, lastMs);
  const clock = new PlayedClock(startMs);
  const fleet = vehicles.map(({ prepared, readers }) => [prepared.device.vehicleId, readers] as const);
  const keys = options.vehicles.flatMap(({ transitKeys }) => transitKeys);
  const wallet = new Wallet({ keys, random: randomBytes, folder: cardsFolder(options.stateFolder) });
  const hand = new Hand(options.cards.cards, new Map(fleet), wallet);
  const working: Aboard[] = [];
  for (const vehicle of vehicles) {
    working.push(await board(vehicle, { ...options, clock, collectorUrl }, hand, closing));
  }
  const [first] = working;
  assert(first !== undefined, 'a demo has a vehicle');
  return {
    seat: first.seat,
    continued: lastMs !== undefined,
    collectorUrl,
    warnings: working.flatMap(({ warnings }) => warnings),
    play(tap) {
      clock.advanceTo(momentOf(tap, startMs));
      return hand.tap({ card: tap.card, vehicleId: tap.vehicle, readerId: tap.reader });
    },
    tap(hold, afterMs) {
      clock.advanceTo(epoch(clock.now() + afterMs));
      return hand.tap(hold);
    },
    async drain() {
      await Promise.all(working.map(aboard => aboard.drain(TRIES)));
    },
    totals: async () => compareTotals(journals, await ledger.totals()),
    close,
  };
}

function openVehicle(prepared: Prepared, options: DemoOptions, closing: Closing): Ready {
  const { device } = prepared;
  const journal = openJournalOf(device, { ...options, random: randomBytes });
  closing.unshift(() => journal.close());
  const readers = new Map(device.readers.map(({ id }) => [id, new SimulatedReader(id)]));
  return { prepared, journal, readers };
}

async function board(
  { prepared, journal, readers }: Ready,
  options: DemoOptions & Pick<Boarding, 'clock' | 'collectorUrl'>,
  hand: Hand,
  closing: Closing,
): Promise<Aboard> {
  const { vehicleId } = prepared.device;
  const aboard = await putToWork({
    ...options,
    ...{ prepared, journal, readers: [...readers.values()], random: randomBytes },
    onSeen: seen => options.onSeen(vehicleId, hand.cardAt(vehicleId, seen.readerId), seen),
    onTold: (told, place) => options.onTold(vehicleId, told, place),
    onOffer: offer => options.onOffer(vehicleId, offer),
    onUplink: event => options.onUplink(vehicleId, event),
  });
  closing.unshift(() => aboard.close());
  return aboard;
}

/** Cards, totals and taps are told by vehicle, journals by device; one collector takes one realm. */
function refuseTwins(devices: readonly Device[]): void {
  const [first, ...others] = devices;
  devices.forEach((device, index) => {
    for (const name of ['vehicleId', 'deviceId'] as const) {
      const twin = devices.slice(0, index).find(other => other[name] === device[name]);
      if (twin === undefined) continue;
      const what = `${device.file}: ${name} '${device[name]}' is that of ${twin.file}`;
      throw new TuraError('bad-input', what, { where: device.file, expected: `a ${name} of its own` });
    }
  });
  const stranger = others.find(({ realm }) => realm !== first?.realm);
  if (stranger === undefined) return;
  const what = `${stranger.file}: realm '${stranger.realm}' beside '${first?.realm}'`;
  throw new TuraError('bad-input', what, { where: stranger.file, expected: 'vehicles of one realm' });
}

async function embedCollector({ vehicles }: DemoOptions, ledger: Ledger, closing: Closing): Promise<string> {
  const realm = vehicles[0]?.device.realm ?? 'test';
  const collector = createCollector({ ledger, realm, now: () => epoch(Date.now()) });
  closing.unshift(() => collector.close());
  return collector.listen('127.0.0.1', 0);
}
