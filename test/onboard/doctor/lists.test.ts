/** Each thing that can be wrong with the lists and the timetable that a vehicle keeps, alone. */
import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { feedFile } from '../../../src/onboard/vehicle/fit-out.ts';
import { HOUR_MS, healthyPi, later } from './pi.ts';
import { testEach } from './sickness.ts';

const DAY_MS = 24 * HOUR_MS;

for (const check of ['stop-list', 'cards', 'actions']) {
  testEach({
    'a list that no newer one followed for days': {
      check,
      spoil: later(4 * DAY_MS),
      ...{
        is: 'warning',
        found: /^version 1, \d+ entries, 4 days old: stale$/,
        mend: /^sudo systemctl restart tura$/,
      },
    },
    'a list that is past its time': {
      check,
      spoil: later(40 * DAY_MS),
      ...{ is: 'wrong', found: /40 days old: expired$/, mend: /^sudo systemctl restart tura$/ },
    },
    'a list made for tomorrow': {
      check,
      spoil: later(-DAY_MS),
      ...{ is: 'wrong', found: /: early$/, mend: /^sudo systemctl restart tura$/ },
    },
    'a list of another realm': {
      check,
      spoil: pi => {
        pi.device = { ...pi.bus, realm: 'training' };
      },
      ...{ is: 'wrong', found: /of the realm test$/, mend: /restart tura/ },
    },
  });
}

testEach({
  'a stale list that comes as a bundle': {
    check: 'stop-list',
    spoil: pi => {
      later(4 * DAY_MS)(pi);
      pi.device = { ...pi.bus, stopList: '/etc/tura/stop-list.cbor' };
    },
    ...{
      is: 'warning',
      found: /stale/,
      mend: /^put a newer bundle at \/etc\/tura\/stop-list\.cbor, then: sudo systemctl restart tura$/,
    },
  },
  'a list that is another list': {
    check: 'stop-list',
    spoil: pi => {
      const home = pi.ownState();
      cpSync(join(home, 'cards.db'), join(home, 'stop-list.db'));
    },
    ...{ is: 'wrong', found: /a list of kind entitlements/, mend: /^expected: stop-list$/ },
  },
  'a timetable that has ended': {
    check: 'feed',
    spoil: later(3 * 365 * DAY_MS),
    ...{
      is: 'warning',
      found: /^0 trips of bus-25 on 2029-.*, published until 2027-12-31$/,
      mend: /put a newer feed at .*tyumen/,
    },
  },
  'a timetable file of another program': {
    check: 'feed',
    spoil: pi => {
      pi.ownState();
      writeFileSync(feedFile(pi.bus, pi.stateFolder), 'no more than words\n'.repeat(300));
    },
    ...{ is: 'wrong', found: /no SQLite file/, mend: /./ },
  },
});

test('what the first start will make is not asked before', async () => {
  const pi = await healthyPi();
  rmSync(pi.ownState(), { recursive: true });
  rmSync(join(pi.stateFolder, 'feeds'), { recursive: true });
  for (const check of ['stop-list', 'cards', 'feed']) {
    const { state, found } = await pi.finding(check);
    assert.is(state, 'not asked');
    assert.match(found, /^none yet: the validator (applies|imports) .* when it starts$/);
  }
});

test.run();
