/** What only a process shows: Ctrl-C, typed lines, a closed pipe, a library that is not there. */
import { join } from 'node:path';
import { test as suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Child, start } from './child.ts';
import { newState, ROOT, write } from './input.ts';
import { sideBySide } from './side-by-side.ts';

const FEW_TAPS = write('at,vehicle,reader,card\n+0:30,bus-101,front,anna-general\n', 'few.csv');

const test = sideBySide();

const demo = (...words: readonly string[]): Promise<Child> =>
  start(['demo', '--state', newState(), ...words]);

test('the demo takes typed cards until Ctrl-C, which ends it with the totals of both sides', async () => {
  const child = await demo('--taps', FEW_TAPS);
  await child.says('Ctrl-C ends');
  child.type('sofia-pensioner tram-7 third');
  await child.says(/tram-7 .* third .* sofia-pensioner .* free ride/);
  child.type('sofia-pensionr');
  await child.says("no card 'sofia-pensionr'\n  expected: 'sofia-pensioner'");
  child.type('sofia-pensioner tram-8');
  await child.says("no vehicle 'tram-8'\n  expected: 'tram-7'");
  child.type('sofia-pensioner tram-7 fourth');
  await child.says("no reader 'fourth'\n  expected: first | third | second");
  child.type('');
  await child.says(/further rider/);
  child.interrupt();
  assert.equal(await child.ended, { code: 0, signal: null });
  assert.match(child.out, /vehicles +3 +3 +0 +74\.00 RUB\ncollector +3 +3 +0 +74\.00 RUB\nboth sides agree/);
});

test('Ctrl-C in the middle of the play ends it in the same good order', async () => {
  const child = await demo();
  await child.says('dmitry-general');
  child.interrupt();
  assert.equal(await child.ended, { code: 0, signal: null });
  assert.match(child.out, /both sides agree: 0 waiting on board/);
  assert.not.match(child.out, /igor-general/);
});

test('where nobody can type it waits for a termination, and ends as well', async () => {
  const child = await demo('--taps', FEW_TAPS, '--json');
  child.process.stdin.end();
  await child.says('Ctrl-C ends');
  child.interrupt('SIGTERM');
  assert.equal(await child.ended, { code: 0, signal: null });
  assert.ok(JSON.parse(child.out.trim().split('\n').at(-1) ?? '').totals.agree);
});

test('lines from a pipe are tapped, and their end is the end', async () => {
  const child = await demo('--taps', FEW_TAPS);
  child.process.stdin.end('boris-blocked\n');
  assert.is((await child.ended).code, 0);
  assert.match(child.out, /boris-blocked +declined +card blocked/);
});

test('whoever reads its words may go away: taps are taken all the same', async () => {
  const state = newState();
  const child = await start(['demo', '--once', '--state', state]);
  await child.says('anna-general');
  child.process.stdout.destroy();
  assert.equal(await child.ended, { code: 0, signal: null });
  assert.is(child.err, '');
  const after = await start(['demo', '--once', '--taps', FEW_TAPS, '--state', state]);
  await after.ended;
  assert.match(after.out, /vehicles +34 .*\ncollector +34 .*\nboth sides agree/);
});

/** What a machine without the PC/SC headers has: npm leaves an optional package out. */
const NO_PCSC = `import { register } from 'node:module';
register('data:text/javascript,' + encodeURIComponent(\`export async function resolve(name, context, next) {
  if (name !== 'nfc-pcsc') return next(name, context);
  throw Object.assign(new Error('Cannot find package'), { code: 'ERR_MODULE_NOT_FOUND' });
}\`));`;

test('a PC/SC reader without its library says the line that installs it', async () => {
  const hooks = write(NO_PCSC, 'no-pcsc.mjs');
  const device = join(ROOT, 'devices/rpi-acr122u.yaml');
  const child = await start(['run', device, '--state', newState(), '--json'], ['--import', hooks]);
  assert.is((await child.ended).code, 1);
  assert.match(child.err, /^tura: PC\/SC readers need nfc-pcsc.*apt install .*libpcsclite-dev/);
  const { error } = JSON.parse(child.out);
  assert.is(error.code, 'reader-missing');
});

test('a validator with nothing to do waits, without a collector and without a keyboard', async () => {
  const child = await start(['run', '--state', newState()]);
  child.process.stdin.end();
  await child.says('ready to tap');
  child.interrupt('SIGTERM');
  assert.equal(await child.ended, { code: 0, signal: null });
});

test('a system clock behind the last tap was not set since: riders are taken all the same, and the record says so', async () => {
  const state = newState();
  const taps = write('at,reader,card\n2099-03-02T07:30:00+05:00,front,anna-general\n', 'later.csv');
  assert.is((await (await start(['run', '--taps', taps, '--state', state])).ended).code, 0);
  const child = await start(['run', '--state', state]);
  await child.says('ready to tap');
  child.process.stdin.end('dmitry-general\n');
  assert.is((await child.ended).code, 0);
  assert.match(child.out, /dmitry-general +accepted .*graced: .*clock-unsynced/);
});

test('a collector says where it listens, and ends at Ctrl-C', async () => {
  const child = await start(['collect', '--port', '0', '--db', join(newState(), 'taps.db'), '--json']);
  await child.says('"listening"');
  const { listening } = JSON.parse(child.out);
  const totals = await fetch(`${listening}/v1/totals`);
  assert.is(totals.status, 200);
  await totals.text();
  child.interrupt();
  assert.equal(await child.ended, { code: 0, signal: null });
});

suite.run();
