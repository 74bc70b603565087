/** The examination as a whole: everything is asked, in order, and nothing hangs or ends it. */
import { setImmediate as turn } from 'node:timers/promises';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { TuraError } from '../../../src/core/error.ts';
import type { Examined } from '../../../src/onboard/doctor/examine.ts';
import { clockwork } from '../clockwork.ts';
import { healthyPi, type Pi } from './pi.ts';

async function examined(pi: Pi): Promise<readonly Examined[]> {
  const all: Examined[] = [];
  for await (const one of pi.examination()) all.push(one);
  return all;
}

/** The checks in this state, by name. */
const named = (all: readonly Examined[], state: string): string[] =>
  all.filter(one => one.state === state).map(({ check }) => check);

test('on a machine and vehicle in the best of health everything is asked and all right', async () => {
  const all = await examined(await healthyPi());
  assert.equal(
    all.filter(({ state }) => state !== 'ok'),
    [],
  );
  assert.ok(all.length >= 25);
  assert.is(new Set(all.map(({ check }) => check)).size, all.length, 'each check has a name of its own');
});

test('without a device file the machine alone is asked, for any reader', async () => {
  const pi = await healthyPi();
  pi.device = undefined;
  const all = await examined(pi);
  assert.equal(named(all, 'wrong'), []);
  assert.equal(named(all, 'not asked'), [
    ...['journal', 'outbox', 'upload', 'clock-order', 'token-keys', 'tariff'],
    ...['stop-list', 'cards', 'actions', 'feed', 'collector'],
  ]);
  assert.match(
    all.find(({ check }) => check === 'reader')?.found ?? '',
    /^'ACS ACR122U PICC Interface 00 00'$/,
  );
});

test('a vehicle of simulated readers asks nothing of PC/SC, and one without serial lines nothing of them', async () => {
  const pi = await healthyPi();
  pi.device = { ...pi.bus, readers: [{ id: 'front', kind: 'simulated' }] };
  pi.serialPaths = [];
  pi.unloadable.set('nfc-pcsc', 'not here').set('serialport', 'not here');
  const all = await examined(pi);
  assert.equal(named(all, 'wrong'), []);
  assert.equal(named(all, 'not asked'), [
    ...['nfc-pcsc', 'serialport', 'kernel-modules', 'usb-reader', 'pcscd', 'pcsc'],
  ]);
});

test('where one thing is missing, what stands on it is not asked: one fault is told once', async () => {
  const pi = await healthyPi();
  pi.refused.set('/run/pcscd/pcscd.comm', 'ENOENT');
  const all = await examined(pi);
  assert.equal(named(all, 'wrong'), ['pcscd']);
  assert.equal(named(all, 'not asked'), ['pcsc', 'reader-front']);
  assert.match(all.find(({ check }) => check === 'reader-front')?.found ?? '', /once pcsc is in order/);
});

test('a check that is never answered is wrong after its time, and the next one is asked', async () => {
  const pi = await healthyPi();
  pi.pcsc = () => new Promise(() => undefined);
  const timers = clockwork();
  const all: Examined[] = [];
  const end = (async () => {
    for await (const one of pi.examination(undefined, timers)) all.push(one);
    return 'ended';
  })();
  let done: string | undefined;
  void end.then(word => {
    done = word;
  });
  while (done === undefined) {
    await turn();
    // Time stands still until somebody waits for nothing else.
    if (all.at(-1)?.check === 'pcscd') timers.pass(15_000);
  }
  const late = all.find(({ check }) => check === 'pcsc');
  assert.equal(late, {
    ...{ check: 'pcsc', state: 'wrong', found: 'no answer in 15 s' },
    mend: 'sudo dmesg --ctime | tail -n 30',
  });
  assert.equal(named(all, 'wrong'), ['pcsc']);
});

test('what a check throws is what it found, with what was expected', async () => {
  const pi = await healthyPi();
  pi.collector = () => {
    throw new TypeError('odd');
  };
  assert.equal(await pi.finding('collector'), {
    ...{ check: 'collector', state: 'wrong', found: 'odd' },
    mend: 'sudo dmesg --ctime | tail -n 30',
  });
  pi.device = { ...pi.bus, tokenKeys: ['/nowhere/key.yaml'] };
  const keys = await pi.finding('token-keys');
  assert.match(keys.found, /key\.yaml: no such file/);
  assert.match('mend' in keys ? keys.mend : '', /^expected: a token key/);
});

test('whatever is wrong comes with the line that mends it', async () => {
  const pi = await healthyPi();
  pi.files.clear();
  pi.standing.clear();
  pi.commands.clear();
  pi.nodeVersion = '18.20.4';
  pi.disk = { kind: 'silent', afterMs: 8_000 };
  pi.collector = url => {
    throw new TuraError('link-down', `${url}: nobody listens there`);
  };
  pi.pcsc = async () => ({ kind: 'lost', why: 'Access denied.' });
  const all = await examined(pi);
  const mends = all.filter(one => one.state === 'wrong' || one.state === 'warning');
  assert.equal(
    mends.map(({ check }) => check),
    [
      'node',
      'usb-reader',
      'pcsc',
      'serial-usb-FTDI_IBIS-if00-port0',
      'state-folder',
      'clock-sync',
      'collector',
    ],
  );
  for (const one of mends) assert.ok('mend' in one && one.mend.length > 0, one.check);
});

test.run();
