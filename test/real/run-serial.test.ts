/** A validator as people run it, with a satellite receiver, the vehicle bus and a barcode scanner on real terminals. */
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { frameOf } from '../../src/onboard/position/ibis/frames.ts';
import { type Child, start } from '../cli/child.ts';
import { deviceText, FIXTURES, newState, write } from '../cli/input.ts';
import { tura } from '../cli/tura.ts';
import { CABLE_PARTS, Cable } from './cable.ts';
import { needs } from './needs.ts';

const keys = join(FIXTURES, 'keys');

async function ticket(): Promise<string> {
  const key = join(keys, 'ticket-issuer-test-secret.yaml');
  return (await tura('ticket', 'issue', '--key', key, '--pass', 'qr-ride', '--to', '1 h')).out.trimEnd();
}

interface Said {
  readonly readerId?: string;
  readonly reason?: string;
  readonly decision?: string;
  readonly lineId?: string;
  readonly line?: { readonly kind: string; readonly what?: string };
}

function said({ out }: Child): Said[] {
  const whole = out.split('\n').filter(line => line.endsWith('}'));
  return whole.map(line => JSON.parse(line) as Said);
}

const isLine = (id: string, kind: string) => (child: Child) =>
  said(child).some(({ lineId, line }) => lineId === id && line?.kind === kind);

needs(...CABLE_PARTS)(
  'a bus with wires takes a ticket at its door, answers its bus, and outlives its cables',
  async () => {
    const [gnss, bus, code] = [new Cable(), new Cable(), new Cable()];
    await Promise.all([gnss, bus, code].map(cable => cable.plug()));
    const device = deviceText({
      serial: `[{ id: gnss, kind: nmea, path: ${gnss.path} }, { id: bus, kind: ibis, address: 5, path: ${bus.path} }, { id: code, kind: scanner, door: '1', path: ${code.path} }]`,
      ticketKeys: `[${join(keys, 'ticket-issuer-test.yaml')}]`,
    });
    const run = await start(['run', write(device, 'wires.yaml'), '--state', newState(), '--json']);
    try {
      await run.until(child => isLine('gnss', 'up')(child) && isLine('bus', 'up')(child));
      bus.say(frameOf('a5'));
      await bus.hears('a0\r#');
      bus.say(frameOf('lE01'));
      await run.until(isLine('bus', 'misheard'));

      const text = await ticket();
      code.say(`${text}\r\n`);
      await run.says('"reason":"pass"');
      const tap = said(run).find(({ reason }) => reason === 'pass');
      assert.equal([tap?.readerId, tap?.decision], ['code', 'accepted']);
      assert.not.ok(run.out.includes(text.slice(10, 40)), 'what stood in the code is said nowhere');

      await gnss.pull();
      await run.until(isLine('gnss', 'down'));
      await gnss.plug();
      await run.until(
        child =>
          said(child).filter(({ lineId, line }) => lineId === 'gnss' && line?.kind === 'up').length === 2,
      );

      code.say('#UT011080000010\r\n');
      await run.says('"reason":"medium-not-accepted"');
      run.interrupt();
      assert.equal(await run.ended, { code: 0, signal: null });
    } finally {
      run.interrupt('SIGKILL');
      await Promise.all([gnss, bus, code].map(cable => cable.close()));
    }
  },
);

test.run();
