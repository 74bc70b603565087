/** The doctor beside a real pcscd: what it finds while the daemon is there, and when it is gone. */
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { start } from '../cli/child.ts';
import { newState, ROOT } from '../cli/input.ts';
import { needs } from './needs.ts';
import { PCSCD_PARTS, privatePcscd } from './private-pcscd.ts';

interface Line {
  readonly check?: string;
  readonly state?: string;
  readonly found?: string;
}

async function examined(): Promise<ReadonlyMap<string, Line>> {
  const device = join(ROOT, 'devices/rpi-acr122u.yaml');
  const child = await start(['doctor', device, '--state', newState(), '--json']);
  assert.is((await child.ended).code, 1, 'no collector runs');
  const lines = child.out
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as Line);
  return new Map(lines.map(line => [line.check ?? '', line]));
}

needs(...PCSCD_PARTS)('the reader of the device file is found among those of the real pcscd', async () => {
  const pcscd = await privatePcscd();
  const own = process.env.PCSCLITE_CSOCK_NAME;
  Object.assign(process.env, pcscd.env);
  try {
    await pcscd.start();
    const there = await examined();
    assert.match(
      there.get('pcsc')?.found ?? '',
      /'ACS ACR122U PICC Interface 00 00', 'ACS ACR122U PICC Interface 00 01'/,
    );
    assert.equal(there.get('reader-front'), {
      ...{ check: 'reader-front', state: 'ok', found: "'ACS ACR122U PICC Interface 00 00'" },
    });
    assert.is(there.get('usb-reader')?.state, 'ok', 'a virtual reader is on no bus');
    await pcscd.kill();
    const gone = await examined();
    assert.is(gone.get('pcscd')?.state, 'wrong');
    assert.is(gone.get('reader-front')?.state, 'not asked');
  } finally {
    if (own === undefined) delete process.env.PCSCLITE_CSOCK_NAME;
    else process.env.PCSCLITE_CSOCK_NAME = own;
    await pcscd.close();
  }
});

test.run();
