/** `tura run`: be a validator. */
import { randomBytes } from 'node:crypto';
import type { Command } from 'commander';
import { epoch } from '../core/time.ts';
import { readTariff } from '../gtfs/tariff-folder.ts';
import { type Aboard, putToWork } from '../lab/aboard.ts';
import { Hand } from '../lab/hand.ts';
import { readCardFile } from '../lab/publish.ts';
import { PlayedClock, systemClock } from '../onboard/clock.ts';
import { type Device, readDevice } from '../onboard/device.ts';
import type { Reader } from '../onboard/reader/reader.ts';
import { SimulatedReader } from '../onboard/reader/simulated.ts';
import { momentOf } from '../onboard/reader/taps-file.ts';
import { openJournalOf } from '../onboard/vehicle/fit-out.ts';
import { nodeCrypto } from '../wire/node-crypto.ts';
import { choice } from './arguments.ts';
import { createOutput, warn } from './output.ts';
import { DEMO_BUS } from './shipped.ts';
import { untilStopped } from './signals.ts';
import { defaultStateFolder } from './state-folder.ts';
import { queueLine, seenLine, seenObject } from './tap-line.ts';
import { tapsFor } from './taps-input.ts';
import { typedTaps } from './typed-taps.ts';
import { VERSION } from './version.ts';

/** After so many failures in a row, played taps are left in the outbox for the next run. */
const PLAYED_TRIES = 3;

const READER_KINDS = ['pcsc', 'simulated'] as const;

interface Options {
  readonly reader?: (typeof READER_KINDS)[number];
  readonly taps?: string;
  readonly state: string;
  readonly collector?: string;
  readonly json?: boolean;
}

export function describe(command: Command): void {
  command
    .argument('[device]', 'the vehicle: a device file', DEMO_BUS)
    .option('--reader <kind>', `all its readers as: ${READER_KINDS.join(', ')}`, choice(READER_KINDS))
    .option('--taps <file>', 'play these taps on simulated readers, then end')
    .option('--state <dir>', 'where state lives', defaultStateFolder())
    .option('--collector <url>', 'where taps go, instead of where the device file says')
    .option('--json', 'NDJSON on stdout')
    .addHelpText(
      'after',
      `
Examples:
  tura run devices/rpi-acr122u.yaml --reader pcsc         a USB reader
  tura run devices/demo-bus.yaml                          type a card's name to tap it
  tura run devices/demo-bus.yaml --taps my-taps.csv --json`,
    )
    .action(run);
}

async function run(file: string, options: Options): Promise<void> {
  const output = createOutput(options.json === true);
  const device = asAsked(readDevice(file), options);
  const cards = device.cards?.endsWith('.yaml') ? readCardFile(device.cards).cards : [];
  const taps = options.taps === undefined ? undefined : tapsFor(options.taps, [device], cards);
  const { tariff } = readTariff(device.tariff, nodeCrypto);
  const { readers, simulated } = await openReaders(device);
  const hand = new Hand(cards, new Map([[device.vehicleId, simulated]]));
  const keeper = {
    stateFolder: options.state,
    crypto: nodeCrypto,
    random: randomBytes,
    firmware: `tura ${VERSION}`,
  };
  const journal = openJournalOf(device, keeper);
  let aboard: Aboard | undefined;
  try {
    // Played taps go on after the last one, so that the play itself never sets a clock back.
    const startMs = epoch(Math.max(Date.now(), (journal.lastEventTimeMs() ?? 0) + 1000));
    const played = taps === undefined ? undefined : new PlayedClock(startMs);
    aboard = await putToWork({
      ...{ ...keeper, device, journal, readers },
      clock: played ?? systemClock,
      collectorUrl: options.collector ?? device.collector,
      onSeen: seen => {
        output.say(seenLine(tariff.zone, device.vehicleId, hand.card, seen));
        output.emit(seenObject(device.vehicleId, hand.card, seen));
      },
      onUplink: event => {
        output.say(queueLine(device.vehicleId, event));
        output.emit({ vehicleId: device.vehicleId, uplink: event });
      },
    });
    warn(aboard.warnings);
    const { deviceId } = device;
    output.say(
      `ready to tap: ${deviceId} at ${readers.length} readers, ${journal.outboxSize()} records waiting`,
    );
    output.emit({ ready: true, deviceId, waiting: journal.outboxSize() });
    if (taps !== undefined && played !== undefined) {
      for (const tap of taps) {
        played.advanceTo(momentOf(tap, startMs));
        hand.tap({ card: tap.card, readerId: tap.reader });
      }
      await aboard.uplink?.drain(PLAYED_TRIES);
    } else if (simulated.size > 0) {
      await typedTaps(hold => hand.tap(hold), nextCard(cards), output);
    } else {
      await untilStopped();
    }
  } finally {
    await aboard?.close();
    journal.close();
  }
}

/** `--reader` turns every reader of the file into one of that kind. */
function asAsked(device: Device, { reader: kind, taps }: Options): Device {
  const asked = kind ?? (taps === undefined ? undefined : 'simulated');
  if (asked === undefined) return device;
  return { ...device, readers: device.readers.map(reader => ({ ...reader, kind: asked })) };
}

interface OpenReaders {
  readonly readers: readonly Reader[];
  readonly simulated: ReadonlyMap<string, SimulatedReader>;
}

/** The PC/SC library is loaded only when a reader asks for it. */
async function openReaders({ readers }: Device): Promise<OpenReaders> {
  const simulated = new Map(
    readers.filter(({ kind }) => kind === 'simulated').map(({ id }) => [id, new SimulatedReader(id)]),
  );
  const pcsc = readers.filter(({ kind }) => kind === 'pcsc');
  if (pcsc.length === 0) return { readers: [...simulated.values()], simulated };
  const { openPcscReaders } = await import('../onboard/reader/pcsc/open.ts');
  const wanted = pcsc.map(({ id, name = '' }) => ({ readerId: id, name }));
  return { readers: [...simulated.values(), await openPcscReaders(wanted)], simulated };
}

/** The cards one after another, for whoever only presses Enter. */
function nextCard(cards: readonly { readonly id: string }[]): () => { card: string } {
  let next = 0;
  return () => ({ card: cards[next++ % cards.length]?.id ?? '' });
}
