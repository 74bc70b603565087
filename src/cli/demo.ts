/** `tura demo`, which is what `npm start` runs. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Command } from 'commander';
import { TuraError } from '../core/error.ts';
import { readTariff } from '../gtfs/tariff-folder.ts';
import { type Demo, openDemo } from '../lab/demo/demo.ts';
import type { Hold } from '../lab/hand.ts';
import { readCardFile } from '../lab/publish.ts';
import { readDevice } from '../onboard/device.ts';
import type { PlayedTap } from '../onboard/reader/taps-file.ts';
import { nodeCrypto } from '../wire/node-crypto.ts';
import { createOutput, type Output, warn } from './output.ts';
import { DEMO_BUS, DEMO_CARDS, DEMO_TAPS, DEMO_TRAM } from './shipped.ts';
import { defaultStateFolder } from './state-folder.ts';
import { queueLine, seenLine, seenObject, totalsLines } from './tap-line.ts';
import { tapsFor } from './taps-input.ts';
import { typedTaps } from './typed-taps.ts';
import { VERSION } from './version.ts';

interface Options {
  readonly once?: boolean;
  readonly state: string;
  readonly taps: string;
  readonly cards: string;
  readonly json?: boolean;
}

/** Between two taps of the file, so that a person can follow. */
const PACE_MS = 350;

/** How far the demo's clock goes on for a tap by hand. */
const BETWEEN_TYPED_MS = 20_000;

export function describe(command: Command): void {
  command
    .argument('[devices...]', 'device files with simulated readers (default: a bus and a tram)')
    .option('--once', 'end when the taps are played and the totals compared')
    .option('--state <dir>', 'where state lives', defaultStateFolder())
    .option('--taps <file>', 'the taps to play', DEMO_TAPS)
    .option('--cards <file>', 'the synthetic cards that taps may name', DEMO_CARDS)
    .option('--json', 'NDJSON on stdout')
    .addHelpText(
      'after',
      `
Examples:
  tura demo                     play the taps, then wait for yours and for Ctrl-C
  tura demo --once --json       one object a tap, the last one the totals of both sides
  tura demo --state /tmp/demo   a state folder of its own

While it waits, a line taps a card: 'anna-general', or 'anna-general tram-7 second'; an empty line taps the next one.`,
    )
    .action((files: string[], options: Options) =>
      demo(files.length > 0 ? files : [DEMO_BUS, DEMO_TRAM], options),
    );
}

async function demo(files: readonly string[], options: Options): Promise<void> {
  const output = createOutput(options.json === true);
  const devices = files.map(readDevice);
  const cards = readCardFile(options.cards);
  const taps = tapsFor(options.taps, devices, cards.cards);
  const [first] = devices;
  if (first === undefined) throw new TuraError('bad-usage', 'no device file');
  const { tariff } = readTariff(first.tariff, nodeCrypto);
  const running = await openDemo({
    devices,
    cards,
    stateFolder: options.state,
    firmware: `tura ${VERSION}`,
    crypto: nodeCrypto,
    zone: tariff.zone,
    onSeen: (vehicleId, card, seen) => {
      output.say(seenLine(tariff.zone, vehicleId, card, seen));
      output.emit(seenObject(vehicleId, card, seen));
    },
    onUplink: (vehicleId, event) => {
      output.say(queueLine(vehicleId, event));
      output.emit({ vehicleId, uplink: event });
    },
  });
  try {
    warn(running.warnings);
    const how = running.continued ? 'going on from the last run' : 'a new state folder';
    output.say(
      `${devices.length} vehicles, collector at ${running.collectorUrl}, state in ${options.state}: ${how}\n`,
    );
    await play(running, taps, options.once === true ? 0 : PACE_MS);
    await finish(running, output);
    if (options.once === true) return;
    output.say(
      "\nType a card's name to tap it ('anna-general tram-7 second'), or just Enter for the next. Ctrl-C ends.",
    );
    await typedTaps(hold => running.tap(hold, BETWEEN_TYPED_MS), nextOf(taps), output);
    await finish(running, output);
  } finally {
    await running.close();
  }
}

async function play(running: Demo, taps: readonly PlayedTap[], paceMs: number): Promise<void> {
  for (const tap of taps) {
    running.play(tap);
    // The uplink and a Ctrl-C get their turn, however fast the taps follow.
    await pause(paceMs);
  }
}

async function finish(running: Demo, output: Output): Promise<void> {
  await running.drain();
  const totals = await running.totals();
  output.say(`\n${totalsLines(totals).join('\n')}`);
  output.emit({ totals });
  if (!totals.agree) process.exitCode = 1;
}

/** The file's cards one after another, and again from the first. */
function nextOf(taps: readonly PlayedTap[]): () => Hold {
  let next = 0;
  return () => {
    const tap = taps[next++ % taps.length];
    return { card: tap?.card ?? '', vehicleId: tap?.vehicle, readerId: tap?.reader };
  };
}
