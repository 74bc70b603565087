import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { start } from '../cli/child.ts';
import { needs } from './needs.ts';
import { PCSCD_PARTS, privatePcscd } from './private-pcscd.ts';
import { present, storageCard } from './virtual-card.ts';

const ROOT = join(import.meta.dirname, '../..');
/** anna-general of fixtures/cards.yaml. */
const ANNA = '04A1B2C3D4E5F6';
needs(...PCSCD_PARTS)('the device file of the Raspberry Pi is a validator on the real pcscd', async () => {
  const state = mkdtempSync(join(tmpdir(), 'tura-run-pcsc-'));
  const pcscd = await privatePcscd();
  Object.assign(process.env, pcscd.env);
  try {
    await pcscd.start();
    const device = join(ROOT, 'devices/rpi-acr122u.yaml');
    const collector = 'http://127.0.0.1:1';
    const run = await start([
      'run',
      device,
      '--reader',
      'pcsc',
      '--json',
      '--state',
      state,
      '--collector',
      collector,
    ]);
    await run.says('"ready":true');
    const held = await present(pcscd.slots[0].port, storageCard(ANNA));
    await run.says('"reason":');
    const answer = answerIn(run.out);
    assert.equal([answer?.reason, answer?.amountMinor, answer?.readerId], ['fare-paid', 3700, 'front']);
    assert.not.match(run.out + run.err, new RegExp(ANNA, 'i'), 'the number stays inside');
    await held.takeAway();
    run.interrupt();
    assert.equal(await run.ended, { code: 0, signal: null });
  } finally {
    await pcscd.close();
    rmSync(state, { recursive: true, force: true });
  }
});

interface Said {
  readonly reason?: string;
  readonly amountMinor?: number;
  readonly readerId?: string;
}

function answerIn(out: string): Said | undefined {
  const lines = out.split('\n').filter(line => line.endsWith('}'));
  return lines.map(line => JSON.parse(line) as Said).find(({ reason }) => reason !== undefined);
}

test.run();
