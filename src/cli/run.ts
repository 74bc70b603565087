/** `tura run`: be a validator. */
import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { TuraError } from '../core/error.ts';
import { type EpochMs, epoch, type Zone } from '../core/time.ts';
import { type Aboard, type Boarding, putToWork } from '../lab/aboard.ts';
import { cardsFolder } from '../lab/wallet.ts';
import { openWorkbench, type Workbench } from '../lab/workbench.ts';
import { type OnboardClock, PlayedClock, systemClock } from '../onboard/clock.ts';
import type { Device } from '../onboard/device.ts';
import type { Journal } from '../onboard/journal/journal.ts';
import { type Prepared, prepare } from '../onboard/prepare.ts';
import { momentOf, startOf } from '../onboard/reader/played-tap.ts';
import { READER_KINDS, type Reader, type ReaderKind } from '../onboard/reader/reader.ts';
import type { Lines } from '../onboard/serial/lines.ts';
import type { Pulse } from '../onboard/service/pulse.ts';
import { tapPoints } from '../onboard/tap-points.ts';
import { systemTimers } from '../onboard/timers.ts';
import { homeOf, openJournalOf } from '../onboard/vehicle/fit-out.ts';
import { nodeCrypto } from '../wire/node-crypto.ts';
import { address, choice, folder } from './arguments.ts';
import { createOutput, type Output, sayFault, warn } from './output.ts';
import { lineLine, lineObject } from './serial-line.ts';
import { DEMO_BUS } from './shipped.ts';
import { stoppable, untilStopped } from './signals.ts';
import { defaultStateFolder } from './state-folder.ts';
import { queueLine, queueObject, seenLine, seenObject } from './tap-line.ts';
import { obeyTyped, offerLine, offerObject, shareLine, toldLine, toldObject } from './told-line.ts';
import { typedTaps } from './typed-taps.ts';
import { BUILD, VERSION } from './version.ts';

/** After so many failures in a row, played taps are left in the outbox for the next run. */
const PLAYED_TRIES = 3;

interface Options {
  readonly reader?: ReaderKind;
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
    .option('--state <dir>', 'where state lives', folder, defaultStateFolder())
    .option('--collector <url>', 'where taps go, instead of where the device file says', address)
    .option('--json', 'NDJSON on stdout')
    .addHelpText(
      'after',
      `
Examples:
  tura run devices/rpi-acr122u.yaml --reader pcsc         a USB reader
  tura run devices/demo-bus.yaml                          type a card's name to tap it
  tura run devices/demo-bus.yaml --taps my-taps.csv --json

While it runs, a line that begins with a slash is the driver's: '/shift open 4711 waybill 12', '/void', '/help'.`,
    )
    .action((file: string, options: Options) => stoppable(stop => run(file, options, stop)));
}

async function run(file: string, options: Options, stop: AbortSignal): Promise<void> {
  const output = createOutput(options.json === true);
  const keeper = {
    stateFolder: options.state,
    crypto: nodeCrypto,
    random: randomBytes,
    firmware: `tura ${VERSION}`,
    build: BUILD,
  };
  refuseRealTaps(options);
  const asWritten = await prepare(resolve(file), keeper);
  const device = asAsked(asWritten.device, options);
  const bench = await openWorkbench(device, options.taps, {
    keys: asWritten.transitKeys,
    random: randomBytes,
    folder: cardsFolder(options.state),
  });
  const journal = openJournalOf(device, keeper);
  let aboard: Aboard | undefined;
  let pulse: Pulse | undefined;
  try {
    const startMs = beginning(bench, journal);
    const played = bench.taps === undefined ? undefined : new PlayedClock(startMs);
    const said = heard(output, asWritten.tariffs[0].zone, device, bench);
    const clock = played ?? systemClock(() => journal.lastSetTimeMs());
    // Nobody's wires live in the time of played taps.
    const lines = played === undefined ? await openSerial(asWritten, clock, output) : undefined;
    aboard = await putToWork({
      ...{ ...keeper, journal, prepared: { ...asWritten, device }, clock, lines },
      readers: [
        ...bench.simulated.values(),
        ...(await openPcsc(device)),
        ...(lines === undefined ? [] : lines.scanners),
      ],
      collectorUrl: options.collector ?? device.collector,
      ...said,
    });
    warn([...bench.warnings, ...aboard.warnings]);
    const waiting = journal.outboxSize();
    output.say(
      `ready to tap: ${device.deviceId} at ${tapPoints(device).length} readers, ${waiting} records waiting`,
    );
    output.emit({ ready: true, deviceId: device.deviceId, waiting });
    if (played === undefined) pulse = await beginPulse(homeOf(device, options.state), journal, said.onFault);
    if (played !== undefined) await playAll(bench, played, startMs, aboard, stop);
    else {
      const { seat } = aboard;
      const command = (line: string) => obeyTyped(seat, line, output);
      await typedTaps(async hold => (await bench.hand()).tap(hold), command, output, stop);
    }
  } finally {
    await pulse?.stop();
    await aboard?.close();
    journal.close();
  }
}

/** Played taps go on after the last one, so that the play itself never sets a clock back. */
function beginning({ taps = [] }: Workbench, journal: Journal): EpochMs {
  const lastMs = journal.lastEventTimeMs();
  return startOf(taps, lastMs) ?? epoch(Math.max(Date.now(), (lastMs ?? 0) + 1000));
}

/** What the vehicle says, said on. */
function heard(
  output: Output,
  zone: Zone,
  { vehicleId }: Device,
  bench: Workbench,
): Pick<Boarding, 'onSeen' | 'onShare' | 'onTold' | 'onOffer' | 'onUplink' | 'onFault'> {
  return {
    onSeen: seen => {
      const card = bench.cardAt(seen.readerId);
      output.say(seenLine(zone, vehicleId, card, seen));
      output.emit(seenObject(vehicleId, card, seen));
    },
    onShare: event => {
      output.say(shareLine(vehicleId, event));
      output.emit({ vehicleId, share: event });
    },
    onTold: (told, place) => {
      output.say(toldLine(vehicleId, told, place));
      output.emit(toldObject(vehicleId, told));
    },
    onOffer: offer => {
      output.say(offerLine(vehicleId, offer));
      output.emit(offerObject(vehicleId, offer));
    },
    onUplink: event => {
      output.say(queueLine(vehicleId, event));
      output.emit(queueObject(vehicleId, event));
      if (event.kind === 'broken') process.exitCode = 1;
    },
    onFault: fault => {
      process.exitCode = sayFault(fault, output);
    },
  };
}

/** Loaded when riders can tap already. */
async function beginPulse(home: string, journal: Journal, onFault: Boarding['onFault']): Promise<Pulse> {
  const { startService } = await import('../onboard/service/start.ts');
  return startService(home, journal, onFault);
}

async function playAll(
  bench: Workbench,
  clock: PlayedClock,
  startMs: EpochMs,
  aboard: Aboard,
  stop: AbortSignal,
): Promise<void> {
  const hand = await bench.hand();
  for (const tap of bench.taps ?? []) {
    clock.advanceTo(momentOf(tap, startMs));
    await hand.tap({ card: tap.card, readerId: tap.reader });
  }
  // What a collector does not take in a few tries waits in the outbox for the next run.
  await untilStopped(stop, aboard.drain(PLAYED_TRIES));
}

function refuseRealTaps({ reader, taps }: Options): void {
  if (taps === undefined || reader !== 'pcsc') return;
  throw new TuraError('bad-usage', '--taps plays cards, which a PC/SC reader cannot be made to see', {
    expected: '--reader simulated, or no --taps',
  });
}

/** `--reader` turns every reader of the file into one of that kind. */
function asAsked(device: Device, { reader: kind, taps }: Options): Device {
  const asked = kind ?? (taps === undefined ? undefined : 'simulated');
  if (asked === undefined) return device;
  return { ...device, readers: device.readers.map(reader => ({ ...reader, kind: asked })) };
}

/** The PC/SC library is loaded only when a reader asks for it. */
async function openPcsc({ readers }: Device): Promise<readonly Reader[]> {
  const wanted = readers
    .filter(({ kind }) => kind === 'pcsc')
    .map(({ id, name = '' }) => ({ readerId: id, name }));
  if (wanted.length === 0) return [];
  const { openPcscReaders } = await import('../onboard/reader/pcsc/open.ts');
  return [await openPcscReaders(wanted)];
}

/** Nor are serial lines' parts loaded where there are none. */
async function openSerial(
  { device, ticketKeys }: Prepared,
  clock: OnboardClock,
  output: Output,
): Promise<Lines | undefined> {
  if (device.serial.length === 0) return undefined;
  const [{ openLines }, { nodePorts }, { scanner }, { nodeEd25519 }] = await Promise.all([
    import('../onboard/serial/lines.ts'),
    import('../onboard/serial/node-port.ts'),
    import('../wire/ticket/scan.ts'),
    import('../wire/node-ed25519.ts'),
  ]);
  return openLines(device.serial, {
    ...{ openPort: nodePorts(), timers: systemTimers, clock, scan: scanner(ticketKeys, nodeEd25519) },
    onLine: event => {
      output.say(lineLine(device.vehicleId, event));
      output.emit(lineObject(device.vehicleId, event));
    },
    onFault: fault => {
      process.exitCode = sayFault(fault, output);
    },
  });
}
