/** `tura inspect`: an inspector's terminal, which asks the validators of a vehicle about cards. */
import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { chipOf, faceOf, type SyntheticCard } from '../core/card/card-file.ts';
import { TuraError } from '../core/error.ts';
import { riderText } from '../core/reason.ts';
import type { Token } from '../core/tap.ts';
import { formatLocal, type Zone } from '../core/time.ts';
import { CHECK_REASONS } from '../core/validator/inspected.ts';
import { cardNamed, readCardFile } from '../lab/card-input.ts';
import { systemClock } from '../onboard/clock.ts';
import { type Prepared, prepare } from '../onboard/prepare.ts';
import { askAbout, type Inspected, type InspectorParts } from '../onboard/share/inspector.ts';
import { tcp } from '../onboard/share/tcp.ts';
import { systemTimers } from '../onboard/timers.ts';
import { Recogniser } from '../onboard/vehicle/recogniser.ts';
import { nodeCrypto } from '../wire/node-crypto.ts';
import { folder } from './arguments.ts';
import { colour } from './colour.ts';
import { createOutput, warn } from './output.ts';
import { DEMO_CARDS } from './shipped.ts';
import { defaultStateFolder } from './state-folder.ts';
import { BUILD } from './version.ts';

interface Options {
  readonly at?: readonly string[];
  readonly cards: string;
  readonly state: string;
  readonly json?: boolean;
}

export function describe(command: Command): void {
  command
    .argument('<device>', "a validator's device file: its keys, and under 'share' where the vehicle is asked")
    .argument('<cards...>', 'the names of the cards that are shown')
    .option('--at <addresses...>', "the vehicle's validators, instead of those of the device file")
    .option('--cards <file>', 'the synthetic cards that may be named', DEMO_CARDS)
    .option('--state <dir>', 'where state lives', folder, defaultStateFolder())
    .option('--json', 'one JSON object a card on stdout')
    .addHelpText(
      'after',
      `
Examples:
  tura inspect devices/tram-door-1.yaml anna-general
  tura inspect devices/tram-door-1.yaml anna-general --at 127.0.0.1:7411 127.0.0.1:7412

It says 'paid on this trip', 'card listed' or 'not yet known'; exit 1 when a card is not paid.`,
    )
    .action(inspect);
}

async function inspect(file: string, names: readonly string[], options: Options): Promise<void> {
  const output = createOutput(options.json === true);
  const prepared = await prepare(resolve(file), {
    stateFolder: options.state,
    crypto: nodeCrypto,
    build: BUILD,
  });
  warn(prepared.warnings);
  const parts = partsOf(prepared, options);
  const cards = readCardFile(options.cards).cards;
  const [{ zone }] = prepared.tariffs;
  for (const card of names.map(name => cardNamed(cards, name, options.cards))) {
    const inspected = await askAbout(await tokensOf(card, prepared), parts);
    output.say(`${card.id.padEnd(18)} ${inspectedText(zone, inspected)}`);
    output.emit({ card: card.id, ...inspected });
    if (inspected.check !== 'paid') process.exitCode = 1;
  }
}

function partsOf({ device, keys }: Prepared, { at }: Options): InspectorParts {
  const { listen, peers = [] } = device.share ?? {};
  const asked = at ?? [...(listen === undefined ? [] : [listen]), ...peers];
  if (asked.length === 0) {
    const expected = "--at 127.0.0.1:7411, or 'share' in the device file";
    throw new TuraError('bad-usage', 'no validator to ask', { expected });
  }
  return {
    ...{ deviceId: `inspector-${device.deviceId}`, keys, peers: asked },
    ...{ crypto: nodeCrypto, random: randomBytes, network: tcp, timers: systemTimers },
  };
}

/** As a validator would know it; none of a card that nobody can know again. */
async function tokensOf(
  card: SyntheticCard,
  { device, keys, transitKeys, tariffs }: Prepared,
): Promise<readonly Token[]> {
  const recogniser = new Recogniser({
    ...{ device, keys, transitKeys, tariffs, crypto: nodeCrypto, random: randomBytes, timers: systemTimers },
    ...{ clock: systemClock(() => undefined), payments: undefined },
  });
  const [face, chip] = [faceOf(card), chipOf(card)];
  const read =
    chip === undefined
      ? { medium: recogniser.byUid(face) }
      : await recogniser.byChip(face, { transmit: async command => chip(command) });
  if (!('medium' in read) || read.medium.kind !== 'identified') return [];
  return [read.medium.token, ...read.medium.further];
}

function inspectedText(zone: Zone, { check, paidAtMs, riders = 1, stopId, silent }: Inspected): string {
  const word = riderText(CHECK_REASONS[check], 'en');
  const parts = [check === 'paid' ? colour.green(word) : colour.yellow(word)];
  if (paidAtMs !== undefined) parts.push(`at ${formatLocal(zone, paidAtMs).slice(11, 19)}`);
  if (stopId !== undefined) parts.push(`from ${stopId}`);
  if (riders > 1) parts.push(`${riders} riders`);
  for (const { peer, why } of silent) parts.push(colour.dim(`${peer} is silent: ${why}`));
  return parts.join(', ');
}
