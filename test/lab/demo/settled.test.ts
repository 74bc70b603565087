/** What vehicles decided in the demo, settled from their records: only what one could not know of the other differs. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { formatAmount } from '../../../src/core/money.ts';
import { type JournalRecord, riderAmount } from '../../../src/core/record.ts';
import { identityText } from '../../../src/core/tap.ts';
import { openDatabase } from '../../../src/disk/sqlite.ts';
import { readRecord, recordLine } from '../../../src/wire/record/record.ts';
import { objects, tura } from '../../cli/tura.ts';
import { TYUMEN_FOLDER } from '../../tariffs.ts';

const folder = mkdtempSync(join(tmpdir(), 'tura-settled-'));
const records = new Map<string, JournalRecord>();
let settled: Record<string, unknown>[] = [];

test.before(async () => {
  assert.is((await tura('demo', '--once', '--state', folder)).code, 0);
  const ledger = openDatabase(join(folder, 'collector.db'), { what: 'ledger', mode: 'read', version: 1 });
  const rows = ledger.prepare('SELECT bytes FROM record ORDER BY stream, sequence').pluck().all() as Buffer[];
  const read = rows.map(bytes => readRecord(new Uint8Array(bytes)));
  ledger.close();
  for (const record of read) records.set(identityText(record), record);
  const file = join(folder, 'records.ndjson');
  writeFileSync(file, read.map(recordLine).join('\n'));
  const cards = join(folder, 'tmn-bus-101', 'published', 'cards.cbor');
  const ran = await tura(
    'fare',
    'taps',
    '--tariff',
    TYUMEN_FOLDER,
    '--taps',
    file,
    '--cards',
    cards,
    '--json',
  );
  settled = objects(ran).filter(object => 'ref' in object);
});

test('every accepted tap is settled at what its vehicle charged, but where another vehicle knew better', () => {
  const differing = settled.flatMap(({ ref, amount, reason }) => {
    const record = records.get(String(ref));
    const charged = formatAmount(riderAmount(record?.lines), 'RUB');
    return charged === amount
      ? []
      : [`${record?.reason} ${charged}, ${reason} ${amount}, ${record?.finality}`];
  });
  // Anna took the tram half an hour before the bus, which the bus had no way to know.
  assert.equal(differing, ['fare-paid 37.00, free-transfer 0.00, estimate']);
  assert.is(settled.length, 25);
});

test('what settles a quota and an expired proof is on the records themselves', async () => {
  const file = join(folder, 'records.ndjson');
  const ran = await tura('fare', 'taps', '--tariff', TYUMEN_FOLDER, '--taps', file, '--json');
  const amounts = (told: readonly Record<string, unknown>[]) =>
    told.map(({ ref, amount }) => `${ref} ${amount}`);
  assert.equal(amounts(objects(ran).filter(object => 'ref' in object)), amounts(settled));
});

test.after(() => rmSync(folder, { recursive: true }));
test.run();
