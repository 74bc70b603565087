/** A driver at the keyboard of a vehicle, and the entry that lets one open a shift. */
import { join } from 'node:path';
import { test as suite } from 'uvu';
import * as assert from 'uvu/assert';
import { start } from './child.ts';
import { newState, ROOT, write } from './input.ts';
import { sideBySide } from './side-by-side.ts';

const test = sideBySide();
const TRAM = join(ROOT, 'devices/demo-tram.yaml');
const KEY = join(ROOT, 'fixtures/keys/token-key-test.yaml');

test('what a driver types is answered in words, and rides stand in the shift', async () => {
  const state = newState();
  const child = await start(['run', TRAM, '--state', state]);
  await child.says('ready to tap');
  child.type('/shift open 4711 waybill 12 pin 1234');
  await child.says(/tram-7 .* duty: shift opened: 8e57f1180065eaf4, waybill 12/);
  child.type('anna-general');
  await child.says(/anna-general +accepted/);
  child.type('/viod');
  await child.says("no command 'viod' (expected 'void')");
  child.type('/void');
  await child.says('duty: ride taken back: 37.00 RUB refunded');
  child.type('/service off');
  await child.says('duty: not in service');
  child.type('anna-general');
  await child.says('again not in service');
  child.type('/inspect on');
  await child.says('duty: inspection');
  child.type('sofia-pensioner');
  await child.says(/sofia-pensioner +declined +not yet known/);
  child.type('/service off');
  await child.until(({ out }) => out.split('duty: not in service').length === 3);
  child.process.kill('SIGKILL');
  await child.ended;
  const again = await start(['run', TRAM, '--state', state]);
  await again.says('ready to tap');
  again.type('/state');
  await again.says('not in service; shift of 8e57f1180065eaf4, waybill 12');
  again.interrupt();
  assert.equal(await again.ended, { code: 0, signal: null });
});

test('with --json every answer is an object, and no PIN is among them', async () => {
  const child = await start(['run', TRAM, '--state', newState(), '--json']);
  await child.says('"ready":true');
  child.type('/shift open 4711 pin 9876');
  await child.says('{"vehicleId":"tram-7","duty":{"kind":"shift","change":"refused"}}');
  child.type('/help');
  await child.says('{"driver":{"kind":"said","text":"shift open');
  child.interrupt();
  assert.equal(await child.ended, { code: 0, signal: null });
  assert.not.match(child.out + child.err, /9876/);
});

test('an entry is made of a number and a PIN, and holds neither', async () => {
  const child = await start(['driver', 'enrol', '4711', '--key', KEY]);
  child.process.stdin.end('1234\n');
  assert.equal(await child.ended, { code: 0, signal: null });
  assert.match(child.out, /^ {2}- \{ driverId: '8e57f1180065eaf4', keyId: 1, pin: '[0-9a-f]{64}' \}\n$/);
});

test('what is no PIN is refused by name', async () => {
  const child = await start(['driver', 'enrol', '4711', '--key', KEY]);
  child.process.stdin.end('12\n');
  assert.is((await child.ended).code, 2);
  assert.match(child.err, /stdin: no PIN\n {2}expected: 4 to 12 digits/);
});

test('a device file whose drivers are nowhere says so where it stands', async () => {
  const text = `deviceId: t\ndriver: { drivers: nowhere.yaml, shift: perhaps }\n`;
  const child = await start(['run', write(text, 'device.yaml'), '--state', newState()]);
  assert.is((await child.ended).code, 2);
  assert.match(child.err, /device\.yaml:2:\d+: .*(shift|required)/);
});

suite.run();
