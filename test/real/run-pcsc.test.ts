import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { readCardFile } from '../../src/lab/card-input.ts';
import { start } from '../cli/child.ts';
import { needs } from './needs.ts';
import { PCSCD_PARTS, type PrivatePcscd, privatePcscd } from './private-pcscd.ts';
import { chipCard, present, storageCard, type VirtualFace } from './virtual-card.ts';

const ROOT = join(import.meta.dirname, '../..');
const { cards } = readCardFile(join(ROOT, 'fixtures/cards.yaml'));
const onPcscd = needs(...PCSCD_PARTS);
/** pcscd looks at its slot about every 400 ms: a card that is changed faster is the same card to it. */
const SLOT_POLLED_MS = 1_500;

/** A card of the card file, as it lies in a slot. */
function faceOf(id: string): VirtualFace {
  const card = cards.find(candidate => candidate.id === id);
  if (card === undefined) throw new Error(`no card ${id}`);
  return card.form === 'storage' ? storageCard(card.uid) : chipCard(card.uid, { bank: card.bank });
}

async function withPcscd(use: (pcscd: PrivatePcscd, state: string) => Promise<void>): Promise<void> {
  const state = mkdtempSync(join(tmpdir(), 'tura-run-pcsc-'));
  const pcscd = await privatePcscd();
  Object.assign(process.env, pcscd.env);
  try {
    await pcscd.start();
    await use(pcscd, state);
  } finally {
    await pcscd.close();
    rmSync(state, { recursive: true, force: true });
  }
}

onPcscd('the device file of the Raspberry Pi is a validator on the real pcscd', () =>
  withPcscd(async (pcscd, state) => {
    const device = join(ROOT, 'devices/rpi-acr122u.yaml');
    const collector = 'http://127.0.0.1:1';
    const words = ['run', device, '--reader', 'pcsc', '--json', '--state', state, '--collector', collector];
    const run = await start(words);
    await run.says('"ready":true');
    const taps = [
      ['anna-general', ['fare-paid', 3700, 'transport-card', 'front']],
      ['ulyana-bank', ['fare-paid', 3700, 'bank-card', 'front']],
      ['yury-debtor', ['blocked', undefined, undefined, 'front']],
      ['phone-random', ['random-uid', undefined, undefined, 'front']],
    ] as const;
    for (const [index, [id, said]] of taps.entries()) {
      const held = await present(pcscd.slots[0].port, faceOf(id));
      await run.until(({ out }) => answersIn(out).length > index);
      const answer = answersIn(run.out)[index];
      assert.equal([answer?.reason, answer?.amountMinor, answer?.mediumClass, answer?.readerId], said, id);
      await held.takeAway();
      await pause(SLOT_POLLED_MS);
    }
    for (const { uid, bank } of cards) {
      assert.not.match(run.out + run.err, new RegExp(uid, 'i'), 'the number stays inside');
      if (bank !== undefined) assert.not.match(run.out + run.err, bank.pan);
    }
    run.interrupt();
    assert.equal(await run.ended, { code: 0, signal: null });
  }),
);

onPcscd('tura card read reads a card on the real pcscd, masked', () =>
  withPcscd(async pcscd => {
    const words = ['card', 'read', '--reader', 'pcsc', '--name', 'Interface 00 00', '--json'];
    const read = await start(words);
    await read.says('hold a card there');
    const held = await present(pcscd.slots[0].port, faceOf('xenia-bank'));
    assert.equal(await read.ended, { code: 0, signal: null });
    await held.takeAway();
    const { applications } = JSON.parse(read.out) as { applications: { scheme: string; number: string }[] };
    assert.equal(
      applications.map(({ scheme, number }) => `${scheme} ${number}`),
      ['mir 2200 99•• •••• 0236', 'unionpay 2200 99•• •••• 0236'],
    );
  }),
);

interface Said {
  readonly reason?: string;
  readonly amountMinor?: number;
  readonly mediumClass?: string;
  readonly readerId?: string;
}

function answersIn(out: string): Said[] {
  const lines = out.split('\n').filter(line => line.endsWith('}'));
  return lines.map(line => JSON.parse(line) as Said).filter(({ reason }) => reason !== undefined);
}

test.run();
