import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { judgeSequence } from '../../../src/backoffice/collector/judge.ts';
import { openLedger } from '../../../src/backoffice/collector/ledger/file-ledger.ts';
import { TuraError } from '../../../src/core/error.ts';
import { epoch } from '../../../src/core/time.ts';
import { joinRecords } from '../../../src/wire/batch.ts';
import { recordBytes } from '../../../src/wire/record/record.ts';
import { aRecord } from '../../wire/records.ts';
import { keepRecords, ledgerContract } from './ledger-contract.ts';

const folder = mkdtempSync(join(tmpdir(), 'tura-ledger-'));
let files = 0;
const newFile = () => join(folder, `${++files}`, 'ledger.sqlite');

ledgerContract('the ledger in SQLite', () => openLedger(newFile()));

const test = suite('the ledger file');
test.after(() => rmSync(folder, { recursive: true }));

test('what was kept is there after the file was closed and opened again', async () => {
  const file = newFile();
  const before = openLedger(file);
  await keepRecords(before, aRecord(), aRecord({ sequence: 3 }));
  const totals = await before.totals();
  await before.close();
  const after = openLedger(file);
  assert.equal(await after.totals(), totals);
  assert.equal((await keepRecords(after, aRecord({ sequence: 2 }))).acknowledged[0]?.through, 3);
  await after.close();
});

test('two collectors on one file are one ledger', async () => {
  const file = newFile();
  const [one, two] = [openLedger(file), openLedger(file)];
  await keepRecords(one, aRecord());
  assert.equal((await keepRecords(two, aRecord(), aRecord({ sequence: 2 }))).results, [
    { result: 'same' },
    { result: 'new' },
  ]);
  assert.equal(await one.totals(), await two.totals());
  await Promise.all([one.close(), two.close()]);
});

test('a batch that fails in its middle leaves nothing behind', async () => {
  const ledger = openLedger(newFile());
  const [one, two] = judgeSequence(
    joinRecords([aRecord(), aRecord({ sequence: 2 })].map(recordBytes)),
    'test',
  );
  assert.ok(one !== undefined && two !== undefined);
  const broken = { ...two, hash: null as never };
  await assertRejects(ledger.keep([one, broken], epoch(0)), /NOT NULL/);
  const { records, devices } = await ledger.totals();
  assert.equal([records, devices], [0, []]);
  await ledger.close();
});

const NO_LEDGERS: readonly [what: string, make: (file: string) => void, says: RegExp][] = [
  ['a text file', file => writeFileSync(file, 'taps, many of them\n'.repeat(100)), /no SQLite file/],
  ['another database', file => new Database(file).exec('CREATE TABLE tap (id)').close(), /no ledger/],
  ['a ledger of a later version', file => new Database(file).exec('PRAGMA user_version = 9; CREATE TABLE tap (id)').close(), /no ledger/],
]; // biome-ignore format: a table reads best as one block

for (const [what, make, says] of NO_LEDGERS) {
  test(`${what} is refused by its path`, () => {
    const file = join(folder, `${++files}.sqlite`);
    make(file);
    assert.throws(
      () => openLedger(file),
      (error: unknown) =>
        error instanceof TuraError &&
        error.code === 'bad-input' &&
        error.where === file &&
        says.test(error.message),
    );
  });
}

test.run();

async function assertRejects(promise: Promise<unknown>, says: RegExp): Promise<void> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.match(String(error), says);
}
