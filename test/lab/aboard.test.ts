/** A vehicle whose journal was lost: what is left of it reaches the collector all the same. */
import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { openLedger } from '../../src/backoffice/collector/ledger/file-ledger.ts';
import { DEMO_BUS } from '../../src/cli/shipped.ts';
import { newState, write } from '../cli/input.ts';
import { objects, tura } from '../cli/tura.ts';

const TAPS = write('at,reader,card\n+0:10,front,anna-general\n+0:20,rear,sofia-pensioner\n', 'taps.csv');

test('a journal that was set aside is sent with the next start, beside the one that took its place', async () => {
  const state = newState();
  const run = await tura('run', DEMO_BUS, '--taps', TAPS, '--state', state, '--json');
  assert.is(run.code, 0, run.err);
  const taps = objects(run).flatMap(({ tap }) => (typeof tap === 'string' ? [tap.split('/')] : []));
  const [deviceId = '', lostEpoch = ''] = taps[0] ?? [];
  assert.is(taps.length, 2);
  const home = join(state, deviceId);
  renameSync(join(home, 'journal.db'), join(home, `journal-${lostEpoch}.db`));

  const demo = await tura('demo', '--once', '--state', state, '--json');
  assert.is(demo.code, 0, demo.err);
  const ledger = openLedger(join(state, 'collector.db'));
  const { devices } = await ledger.totals();
  await ledger.close();
  const epochs = devices.filter(device => device.deviceId === deviceId);
  assert.is(epochs.length, 2);
  assert.is(epochs.find(({ epoch }) => epoch === lostEpoch)?.records, 2);

  const again = await tura('demo', '--once', '--state', state, '--json');
  assert.is(again.code, 0, again.err);
});

test.run();
