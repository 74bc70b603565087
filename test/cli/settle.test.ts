/** `tura settle`: from the collected records to what each card paid, and from a refused payment to a stop list. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { openLedger } from '../../src/backoffice/collector/ledger/file-ledger.ts';
import type { JournalRecord } from '../../src/core/record.ts';
import { epoch } from '../../src/core/time.ts';
import { keepRecords } from '../backoffice/collector/ledger-contract.ts';
import { spoil } from '../backoffice/collector/spoilt.ts';
import { aRecord, EPOCH } from '../wire/records.ts';
import { FIXTURES, folder, newState, write } from './input.ts';
import { objects, tura } from './tura.ts';

const NEW_YORK = join(FIXTURES, 'tariffs/new-york-like');
const INSTRUMENT = { kind: 'instrument', keyId: 1, value: 'ab'.repeat(16) } as const;
const OLDER_KEY = { ...INSTRUMENT, keyId: 2, value: 'cd'.repeat(16) };

async function ledgerOf(...records: readonly JournalRecord[]): Promise<string> {
  const file = join(newState(), 'taps.db');
  const ledger = openLedger(file);
  await keepRecords(ledger, ...records);
  await ledger.close();
  return file;
}

const ONE_RIDE = aRecord({
  ...{ token: INSTRUMENT, furtherTokens: [OLDER_KEY], eventTimeMs: epoch(1_772_460_000_000) },
  ...{ mediumClass: 'card', category: 'adult', currency: 'USD', routeId: 'm15' },
});

test('what a card paid is told, and with --json counted', async () => {
  const db = await ledgerOf(ONE_RIDE);
  const words = ['settle', '--db', db, '--tariff', NEW_YORK, '--today', '2026-03-03'];
  const said = await tura(...words);
  assert.match(
    said.out,
    /^instrument:1:abab\w+ {2}(\d+\.\d\d), 1 charge\n1 card, \1 USD, 0 open, 0 on the list/,
  );
  const [card, sum] = objects(await tura(...words, '--json'));
  assert.equal([card?.home, card?.riderMinor], ['account', sum?.riderMinor]);
  assert.equal([said.code, sum?.unreadable], [0, 0]);
  assert.equal(card?.payments, [{ day: 20260302, amountMinor: card?.riderMinor }]);
});

test('a refused payment is a debt, and its card is on a stop list until it is paid', async () => {
  const db = await ledgerOf(ONE_RIDE);
  const amount = '3.00';
  const debtors = join(folder, 'debtors.csv');
  const settle = (...answers: readonly string[]) => {
    const file = write(['instrument,day,result,amount', ...answers, ''].join('\n'), 'answers.csv');
    const more = ['--answers', file, '--debtors', debtors, '--today', '2026-03-04'];
    return tura('settle', '--db', db, '--tariff', NEW_YORK, ...more);
  };
  const refused = await settle(`1:${INSTRUMENT.value},20260303,refused,${amount}`);
  assert.match(refused.out, /owes \d\.\d\d\n.*2 on the list of debtors/);
  const list = join(newState(), 'list.db');
  const lookup = async (version: string) => {
    const bundle = join(folder, `debtors-${version}.cbor`);
    const built = await tura('stoplist', 'build', debtors, '--out', bundle, '--version', version);
    assert.is(built.code, 0, built.err);
    await tura('stoplist', 'apply', bundle, '--db', list);
    return await tura('stoplist', 'lookup', `instrument:1:${INSTRUMENT.value}`, '--db', list);
  };
  assert.match((await lookup('1')).out, /decline \(debt\)/);
  await settle(
    `1:${INSTRUMENT.value},20260303,refused,${amount}`,
    `1:${INSTRUMENT.value},20260304,paid,${amount}`,
  );
  assert.is(readFileSync(debtors, 'utf8').trim().split('\n').length, 1);
  assert.is((await lookup('2')).code, 0);
});

test('an answer finds its card under either key, and one for no card here is told', async () => {
  const db = await ledgerOf(ONE_RIDE);
  const stranger = 'ef'.repeat(16);
  const rows = [
    'instrument,day,result,amount',
    `2:${OLDER_KEY.value},20260303,refused,3.00`,
    `1:${stranger},20260303,refused,3.00`,
  ];
  const answers = write(`${rows.join('\n')}\n`, 'answers.csv');
  const words = ['--tariff', NEW_YORK, '--answers', answers, '--today', '2026-03-04', '--json'];
  const said = await tura('settle', '--db', db, ...words);
  const [card, sum] = objects(said);
  assert.equal([card?.owedMinor, sum?.debtors, sum?.strangers], [300, 2, 1]);
  assert.match(
    said.err,
    new RegExp(`instrument:1:${stranger}: answers for a card that is not in this ledger`),
  );
});

test('a record that the disk has spoilt is counted and named, the rest is settled, and the answer is no', async () => {
  const more = { sequence: 2, eventTimeMs: epoch(1_772_470_000_000) };
  const db = await ledgerOf(ONE_RIDE, { ...ONE_RIDE, ...more }, { ...ONE_RIDE, sequence: 3 });
  spoil(db, 1, 3);
  const words = ['settle', '--db', db, '--tariff', NEW_YORK, '--today', '2026-03-03'];
  const said = await tura(...words);
  const named = (sequence: number) =>
    `record tmn-bus-101/${EPOCH}/${sequence} cannot be read, and is not settled: `;
  assert.is(said.code, 1);
  assert.ok([1, 3].every(sequence => said.out.includes(named(sequence))));
  assert.match(said.out, /, 1 charge\n1 card, \d\.\d\d USD, .*, without 2 unreadable records\n$/);
  const inJson = await tura(...words, '--json');
  const [first, third, card, sum] = objects(inJson);
  assert.is(inJson.code, 1);
  assert.equal(
    [first?.unreadable, third?.unreadable].map(String),
    [1, 3].map(sequence => `tmn-bus-101/${EPOCH}/${sequence}`),
  );
  assert.type(first?.why, 'string');
  assert.equal([card?.rides, sum?.cards, sum?.unreadable], [1, 1, 2]);
  const debtors = join(folder, 'nobody.csv');
  assert.match((await tura(...words, '--debtors', debtors)).out, /nobody\.csv is left as it is/);
  assert.not.ok(existsSync(debtors), 'what cannot be read may be a ride that was taken back');
});

test('every slip in the answers is said with its line and column', async () => {
  const answers = write('instrument,day,result,amount\n1:xy,20260303,payd,-1\n', 'answers.csv');
  const { code, err } = await tura('settle', '--db', await ledgerOf(), '--answers', answers);
  assert.is(code, 2);
  assert.match(err, /:2:1: no instrument token/);
  assert.match(err, /:2:15: result is 'payd' .*'paid'/);
  assert.match(err, /:2:20: amount is '-1'/);
});

test('a file that holds something else is no ledger', async () => {
  const file = join(newState(), 'list.db');
  const bundle = join(folder, 'actions.cbor');
  const key = join(FIXTURES, 'keys/token-key-test.yaml');
  await tura('actions', 'build', join(FIXTURES, 'actions.csv'), '--key', key, '--out', bundle);
  await tura('actions', 'apply', bundle, '--db', file);
  const { code, err } = await tura('settle', '--db', file);
  assert.is(code, 2);
  assert.match(err, /list\.db is no ledger/);
});

test('a ledger that is not there, or holds nothing, is no empty one and does not become one', async () => {
  const missing = await tura('settle', '--db', join(newState(), 'taps.db'));
  assert.is(missing.code, 2);
  assert.match(missing.err, /ledger .*taps\.db: no such file\n +expected: what tura collect writes/);
  const file = write('', 'taps.db');
  const empty = await tura('settle', '--db', file);
  assert.is(empty.code, 2);
  assert.match(empty.err, /is no ledger of this version/);
  assert.is(statSync(file).size, 0);
});

test.run();
