/** Each thing that can be wrong with the vehicle on a machine, alone. */
import { cpSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { epoch } from '../../../src/core/time.ts';
import { openDatabase } from '../../../src/disk/sqlite.ts';
import { openJournalOf } from '../../../src/onboard/vehicle/fit-out.ts';
import { nodeCrypto } from '../../../src/wire/node-crypto.ts';
import { write } from '../../cli/input.ts';
import { withTariffCopy } from '../../tariffs.ts';
import { HOUR_MS, healthyPi, later, MINUTE_MS, type Pi } from './pi.ts';
import { testEach } from './sickness.ts';

function inJournal(pi: Pi, sql: string): void {
  const database = openDatabase(join(pi.ownState(), 'journal.db'), { what: 'journal', mode: 'write' });
  database.exec(sql);
  database.close();
}

testEach({
  'a vehicle that never ran': {
    check: 'journal',
    spoil: pi => rmSync(pi.ownState(), { recursive: true }),
    ...{ is: 'ok', found: /no tap yet/ },
  },
  'a journal whose record was changed': {
    check: 'journal',
    spoil: pi =>
      inJournal(
        pi,
        'UPDATE record SET bytes = (SELECT bytes FROM record WHERE sequence = 1) WHERE sequence = 2',
      ),
    ...{
      is: 'wrong',
      found: /the record before 3 is another, or gone/,
      mend: /^mkdir (.*)\/damaged && mv \1\/journal\.db\* \1\/damaged\/ && sudo systemctl restart tura$/,
    },
  },
  'a journal whose newest record is no record': {
    check: 'journal',
    spoil: pi => inJournal(pi, "UPDATE record SET bytes = x'ff' WHERE sequence = 3"),
    ...{ is: 'wrong', found: /^its newest record is none: byte 0: /, mend: /\/damaged\// },
  },
  'a journal that is no database': {
    check: 'journal',
    spoil: pi => writeFileSync(join(pi.ownState(), 'journal.db'), 'no more than words\n'.repeat(300)),
    ...{ is: 'wrong', found: /journal\.db: this is no SQLite file/, mend: /\/damaged\// },
  },
  'a journal with a page that was overwritten': {
    check: 'journal',
    spoil: pi => {
      const file = join(pi.ownState(), 'journal.db');
      const bytes = readFileSync(file);
      bytes.fill(0x5a, 4096 * 2, 4096 * 4);
      writeFileSync(file, bytes);
    },
    ...{ is: 'wrong', found: /^its file is damaged: .*page 3/, mend: /\/damaged\// },
  },
  'a damaged journal in a folder with a space and a quote in its name': {
    check: 'journal',
    spoil: pi => {
      const file = join(pi.ownState(), 'journal.db');
      const named = `${pi.stateFolder}, driver's`;
      writeFileSync(file, 'no more than words\n'.repeat(300));
      renameSync(pi.stateFolder, named);
      pi.stateFolder = named;
    },
    ...{ is: 'wrong', found: /./, mend: /^mkdir '\/.*, driver'\\''s\/test-bus\/damaged' && mv '\/.*'\* / },
  },
  'a journal of another version': {
    check: 'journal',
    spoil: pi => inJournal(pi, 'PRAGMA user_version = 99'),
    ...{ is: 'wrong', found: /is no journal of this version/, mend: /^expected: version 1, found 99$/ },
  },
});

/** Runs with the journal held, as a validator at work holds it. */
async function whileAtWork(pi: Pi, use: () => Promise<void>): Promise<void> {
  pi.ownState();
  const { bus: device, stateFolder } = pi;
  const random = (length: number) => new Uint8Array(length);
  const journal = openJournalOf(device, { stateFolder, crypto: nodeCrypto, random, firmware: 'tura' });
  try {
    await use();
  } finally {
    journal.close();
  }
}

test('a validator at work is left alone, and its own note says what waits', async () => {
  const pi = await healthyPi();
  await whileAtWork(pi, async () => {
    assert.equal(await pi.finding('journal'), {
      ...{ check: 'journal', state: 'ok', found: 'a validator is at work with it' },
    });
    assert.match((await pi.finding('outbox')).found, /^waiting: 1 record,/);
    assert.match((await pi.finding('upload')).found, /^last acknowledged 2 minutes ago$/);
    assert.is((await pi.finding('clock-order')).state, 'ok');
  });
});

test('a validator that holds its journal and says nothing any more is wrong', async () => {
  const pi = await healthyPi();
  await whileAtWork(pi, async () => {
    later(HOUR_MS)(pi);
    const found = await pi.finding('journal');
    assert.match(JSON.stringify(found), /was last well 1 hour ago.*sudo systemctl restart tura/);
    assert.is(found.state, 'wrong');
  });
});

const waiting = (ms: number) => async (pi: Pi) => {
  const { nowMs } = pi;
  later(ms)(pi);
  await pi.note({ atMs: nowMs, waiting: 1, acknowledgedMs: nowMs });
};

testEach({
  'a tap that waits for a day and more': {
    check: 'outbox',
    spoil: later(26 * HOUR_MS),
    ...{
      is: 'warning',
      found: /^waiting: 1 record, the oldest for 1 day$/,
      mend: /^curl -sS http:\/\/127\.0\.0\.1:8470$/,
    },
  },
  'a tap that waits where no collector is named': {
    check: 'outbox',
    spoil: pi => {
      later(50 * HOUR_MS)(pi);
      const { collector: _none, ...rest } = pi.bus;
      pi.device = rest;
    },
    ...{ is: 'warning', found: /the oldest for 2 days/, mend: /'collector' in the device file/ },
  },
  'an empty outbox': {
    check: 'outbox',
    spoil: pi => inJournal(pi, "UPDATE meta SET value = 3 WHERE name = 'acknowledged'"),
    ...{ is: 'ok', found: /^nothing waits$/ },
  },
  'what waits in a journal set aside': {
    check: 'outbox',
    spoil: pi => {
      const home = pi.ownState();
      renameSync(join(home, 'journal.db'), join(home, 'journal-00112233aabbccdd.db'));
      const { bus: device, stateFolder } = pi;
      const random = (length: number) => new Uint8Array(length).fill(9);
      openJournalOf(device, { stateFolder, crypto: nodeCrypto, random, firmware: 'tura' }).close();
    },
    ...{ is: 'ok', found: /^waiting: 1 record/ },
  },
  'a collector that was not heard for hours': {
    check: 'upload',
    spoil: waiting(3 * HOUR_MS),
    ...{
      is: 'warning',
      found: /^last acknowledged 3 hours ago, and a record has waited for 3 hours$/,
      mend: /^curl/,
    },
  },
  'a collector that was never heard': {
    check: 'upload',
    spoil: pi => {
      later(3 * HOUR_MS)(pi);
      rmSync(join(pi.ownState(), 'health.json'));
    },
    ...{
      is: 'warning',
      found: /^nothing was acknowledged yet, and a record has waited for 3 hours$/,
      mend: /^curl/,
    },
  },
  'the first tap after a quiet night': {
    check: 'upload',
    spoil: async pi => {
      await pi.note({ atMs: pi.nowMs, waiting: 1, acknowledgedMs: epoch(pi.nowMs - 9 * HOUR_MS) });
    },
    ...{ is: 'ok', found: /^last acknowledged 9 hours ago$/ },
  },
  'a clock behind the last tap': {
    check: 'clock-order',
    spoil: later(-45 * MINUTE_MS),
    ...{
      is: 'wrong',
      found: /^43 minutes behind the last tap, of 2026-03-02T02:33:00/,
      mend: /timedatectl set-ntp true/,
    },
  },
});

testEach({
  'keys of another realm': {
    check: 'token-keys',
    spoil: pi => {
      pi.device = { ...pi.bus, realm: 'production' };
    },
    ...{
      is: 'wrong',
      found: /keys of the realm test in a vehicle of the realm production/,
      mend: /keys of the realm production under 'tokenKeys'/,
    },
  },
  'a key file that is none': {
    check: 'token-keys',
    spoil: pi => {
      pi.device = { ...pi.bus, tokenKeys: [write('keyId: one\n', 'key.yaml')] };
    },
    ...{ is: 'wrong', found: /key\.yaml:1:/, mend: /./ },
  },
  'a day before the tariff': {
    check: 'tariff',
    spoil: pi => {
      pi.nowMs = epoch(Date.UTC(2012, 0, 1));
    },
    ...{
      is: 'wrong',
      found: /no version is in force on 2012-01-01, the next from 20\d\d-/,
      mend: /^tura tariff check .*tyumen$/,
    },
  },
  'a day for which nobody published a price': {
    check: 'tariff',
    spoil: pi => {
      pi.nowMs = epoch(Date.UTC(2024, 5, 1));
    },
    ...{
      is: 'wrong',
      found: /nobody published which version is in force on 2024-06-01/,
      mend: /^tura tariff check/,
    },
  },
  'a tariff before its next version': {
    check: 'tariff',
    spoil: pi => {
      pi.nowMs = epoch(Date.UTC(2025, 10, 1));
    },
    ...{ is: 'ok', found: /revision 3, in force since 2025-10-01; next from 2026-01-01/ },
  },
  'a tariff that ends soon': {
    check: 'tariff',
    spoil: pi => ownTariff(pi, '2026-03-09'),
    ...{ is: 'warning', found: /until 2026-03-09 and none after it/, mend: /^tura tariff check/ },
  },
  'a tariff that ends some day': {
    check: 'tariff',
    spoil: pi => ownTariff(pi, '2026-12-31'),
    ...{ is: 'ok', found: /until 2026-12-31/ },
  },
  'a tariff that has ended': {
    check: 'tariff',
    spoil: pi => {
      ownTariff(pi, '2026-03-01');
    },
    ...{ is: 'wrong', found: /on 2026-03-02, and none is to come/, mend: /^tura tariff check/ },
  },
  'a tariff with a slip': {
    check: 'tariff',
    spoil: pi => {
      const folder = ownTariff(pi, '2026-12-31');
      const file = join(folder, 'tariff.yaml');
      writeFileSync(file, readFileSync(file, 'utf8').replace('currency:', 'curency:'));
    },
    ...{
      is: 'wrong',
      found: /tariff\.yaml:3:1: currency: missing .*; and 1 more$/,
      mend: /^tura tariff check/,
    },
  },
});

let tariffs = 0;

/** A tariff of its own that is in force to the end of a day. */
function ownTariff(pi: Pi, until: string): string {
  const folder = join(dirname(pi.stateFolder), `tariff-${++tariffs}`);
  withTariffCopy(copy => cpSync(copy, folder, { recursive: true }));
  const file = join(folder, 'tariff.yaml');
  writeFileSync(
    file,
    readFileSync(file, 'utf8').replace('from: 2026-01-01,', `from: 2026-01-01, to: ${until},`),
  );
  pi.device = { ...pi.bus, tariff: folder };
  return folder;
}

test.run();
