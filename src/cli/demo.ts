/** `tura demo`, which is what `npm start` runs. */
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Command } from 'commander';
import { assert, type Problem } from '../core/error.ts';
import { readCardFile } from '../lab/card-input.ts';
import { type Demo, openDemo } from '../lab/demo/demo.ts';
import { readTapsFor } from '../lab/taps-input.ts';
import { prepare } from '../onboard/prepare.ts';
import type { PlayedTap } from '../onboard/reader/played-tap.ts';
import { nodeCrypto } from '../wire/node-crypto.ts';
import { folder } from './arguments.ts';
import { createOutput, type Output, sayFault, warn } from './output.ts';
import { DEMO_BUS, DEMO_CARDS, DEMO_TAPS, DEMO_TRAM } from './shipped.ts';
import { stoppable } from './signals.ts';
import { defaultStateFolder } from './state-folder.ts';
import { queueLine, queueObject, seenLine, seenObject, totalsLines } from './tap-line.ts';
import { obeyTyped, offerLine, offerObject, toldLine, toldObject } from './told-line.ts';
import { typedTaps } from './typed-taps.ts';
import { BUILD, VERSION } from './version.ts';

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
    .option('--state <dir>', 'where state lives', folder, defaultStateFolder())
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

While it waits, a line taps a card: 'anna-general', or 'anna-general tram-7 second'; an empty line taps the next one.
A line that begins with a slash is the first vehicle's driver's: '/shift open 4711', '/void', '/help'.`,
    )
    .action((files: string[], options: Options) =>
      stoppable(stop => demo(files.length > 0 ? files : [DEMO_BUS, DEMO_TRAM], options, stop)),
    );
}

async function demo(files: readonly string[], options: Options, stop: AbortSignal): Promise<void> {
  const output = createOutput(options.json === true);
  const { running, taps, warnings } = await open(files, options, output);
  try {
    warn([...warnings, ...running.warnings]);
    const how = running.continued ? 'going on from the last run' : 'a new state folder';
    output.say(
      `${files.length} vehicles, collector at ${running.collectorUrl}, state in ${options.state}: ${how}\n`,
    );
    await play(running, taps, options.once === true ? 0 : PACE_MS, stop);
    await finish(running, output);
    if (options.once === true || stop.aborted) return;
    output.say(
      "\nType a card's name to tap it ('anna-general tram-7 second'), or just Enter for the next. Ctrl-C ends.",
    );
    const command = (line: string) => obeyTyped(running.seat, line, output);
    await typedTaps(hold => running.tap(hold, BETWEEN_TYPED_MS), command, output, stop);
    await finish(running, output);
  } finally {
    await running.close();
  }
}

async function open(
  files: readonly string[],
  options: Options,
  output: Output,
): Promise<{ running: Demo; taps: readonly PlayedTap[]; warnings: readonly Problem[] }> {
  const firmware = `tura ${VERSION}`;
  const keeper = { stateFolder: options.state, firmware, build: BUILD, crypto: nodeCrypto };
  const vehicles = await Promise.all(files.map(file => prepare(resolve(file), keeper)));
  const cards = readCardFile(options.cards);
  const devices = vehicles.map(({ device }) => device);
  const { taps, problems: warnings } = readTapsFor(options.taps, devices, cards.cards);
  const zone = vehicles[0]?.tariffs[0].zone;
  assert(zone !== undefined, 'a demo has a vehicle');
  const running = await openDemo({
    ...{ ...keeper, vehicles, cards, taps, zone },
    onSeen: (vehicleId, card, seen) => {
      output.say(seenLine(zone, vehicleId, card, seen));
      output.emit(seenObject(vehicleId, card, seen));
    },
    onTold: (vehicleId, told, place) => {
      output.say(toldLine(vehicleId, told, place));
      output.emit(toldObject(vehicleId, told));
    },
    onOffer: (vehicleId, offer) => {
      output.say(offerLine(vehicleId, offer));
      output.emit(offerObject(vehicleId, offer));
    },
    onUplink: (vehicleId, event) => {
      output.say(queueLine(vehicleId, event));
      output.emit(queueObject(vehicleId, event));
    },
    onFault: fault => {
      process.exitCode = sayFault(fault, output);
    },
  });
  return { running, taps, warnings };
}

async function play(
  running: Demo,
  taps: readonly PlayedTap[],
  paceMs: number,
  stop: AbortSignal,
): Promise<void> {
  for (const tap of taps) {
    if (stop.aborted) return;
    await running.play(tap);
    // The uplink and a Ctrl-C get their turn, however fast the taps follow.
    await pause(paceMs, undefined, { signal: stop }).catch(() => undefined);
  }
}

async function finish(running: Demo, output: Output): Promise<void> {
  await running.drain();
  const totals = await running.totals();
  output.say(`\n${totalsLines(totals).join('\n')}`);
  output.emit({ totals });
  if (!totals.agree) process.exitCode = 1;
}
