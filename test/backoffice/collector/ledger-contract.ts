/** What every ledger must do, whatever it is made of. */
import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { judgeSequence } from '../../../src/backoffice/collector/judge.ts';
import type { Kept, Ledger } from '../../../src/backoffice/collector/ledger/ledger.ts';
import { hexOfBytes } from '../../../src/core/hex.ts';
import { type JournalRecord, riderAmount } from '../../../src/core/record.ts';
import { epoch } from '../../../src/core/time.ts';
import { joinRecords } from '../../../src/wire/batch.ts';
import { nodeCrypto } from '../../../src/wire/node-crypto.ts';
import { recordBytes } from '../../../src/wire/record/record.ts';
import { aLine, aRecord, EPOCH } from '../../wire/records.ts';

const AT = epoch(1_772_420_500_000);
const OTHER_EPOCH = 'ffeeddccbbaa9988';
const FIRST_PAGE = { after: 0, limit: 10 };

export function keepRecords(ledger: Ledger, ...records: readonly JournalRecord[]): Promise<Kept> {
  return ledger.keep(judgeSequence(joinRecords(records.map(recordBytes)), 'test'), AT);
}

const outcome = ({ results, acknowledged }: Kept) => [
  results.map(({ result }) => result).join(' '),
  ...acknowledged.map(({ through }) => through),
];
const at = (...sequences: number[]) => sequences.map(sequence => aRecord({ sequence }));

/** `open` gives a new, empty ledger. */
export function ledgerContract(name: string, open: () => Ledger): void {
  const test = suite<{ ledger: Ledger }>(name);
  test.before.each(context => {
    context.ledger = open();
  });
  test.after.each(({ ledger }) => ledger.close());

  test('a record is new once and the same ever after', async ({ ledger }) => {
    assert.equal(outcome(await keepRecords(ledger, ...at(1, 2, 2))), ['new new same', 2]);
    assert.equal(outcome(await keepRecords(ledger, ...at(1, 2))), ['same same', 2]);
    assert.is((await ledger.totals()).records, 2);
  });

  test('the same identity with another hash is a conflict: both are kept, the first one counts', async ({
    ledger,
  }) => {
    const clone = aRecord({ sequence: 2, bootId: 'ffffffffffffffff' });
    await keepRecords(ledger, ...at(1, 2));
    assert.equal(outcome(await keepRecords(ledger, clone, clone)), ['conflict conflict', 2]);
    const conflicts = await ledger.conflicts(FIRST_PAGE);
    assert.is(conflicts.length, 1);
    assert.equal(hexOfBytes(conflicts[0]?.bytes ?? new Uint8Array()), hexOfBytes(recordBytes(clone)));
    assert.equal(conflicts[0]?.identity, { deviceId: 'tmn-bus-101', epoch: EPOCH, sequence: 2 });
    assert.is(conflicts[0]?.heldHash, hashOf(aRecord({ sequence: 2 })));
    assert.is(conflicts[0]?.hash, hashOf(clone));
    const { records, conflicts: counted } = await ledger.totals();
    assert.equal([records, counted], [2, 1]);
  });

  test('a record of another realm is quarantined by its name, once, and does not stop its neighbours', async ({
    ledger,
  }) => {
    const stray = aRecord({ sequence: 2, realm: 'production' });
    const kept = await keepRecords(ledger, aRecord(), stray, aRecord({ sequence: 3 }));
    assert.equal(outcome(kept), ['new quarantined new', 3]);
    assert.match(kept.results[1]?.why ?? '', /production.*test/);
    await keepRecords(ledger, stray);
    const [entry, ...more] = await ledger.quarantine(FIRST_PAGE);
    assert.is(more.length, 0);
    assert.equal(entry?.claims, { deviceId: 'tmn-bus-101', epoch: EPOCH, sequence: 2 });
    assert.is(entry?.receivedAtMs, AT);
  });

  test('bytes that are no record are quarantined as they came', async ({ ledger }) => {
    const torn = recordBytes(aRecord()).subarray(0, 50);
    const kept = await ledger.keep(judgeSequence(torn, 'test'), AT);
    assert.equal(outcome(kept), ['quarantined']);
    const [entry] = await ledger.quarantine(FIRST_PAGE);
    assert.is(hexOfBytes(entry?.bytes ?? new Uint8Array()), hexOfBytes(torn));
    assert.is(entry?.claims, undefined);
    assert.equal((await ledger.totals()).devices, []);
  });

  test('a record in quarantine does not keep the true one out of the ledger', async ({ ledger }) => {
    await keepRecords(ledger, aRecord({ realm: 'training' }));
    assert.equal(outcome(await keepRecords(ledger, aRecord())), ['new', 1]);
  });

  test('a gap is listed until it is filled, and the acknowledgement stops before it', async ({ ledger }) => {
    assert.equal(outcome(await keepRecords(ledger, ...at(1, 2, 6, 9))), ['new new new new', 2]);
    const device = { deviceId: 'tmn-bus-101', epoch: EPOCH };
    assert.equal(await ledger.gaps(10), [
      { ...device, first: 3, last: 5 },
      { ...device, first: 7, last: 8 },
    ]);
    assert.equal(await ledger.gaps(1), [{ ...device, first: 3, last: 5 }]);
    assert.is((await ledger.totals()).missing, 5);
    assert.equal(outcome(await keepRecords(ledger, ...at(5, 3, 4))), ['new new new', 6]);
    assert.equal(outcome(await keepRecords(ledger, ...at(8, 7))), ['new new', 9]);
    assert.equal(await ledger.gaps(10), []);
  });

  test('a first record that never came is a gap too', async ({ ledger }) => {
    assert.equal(outcome(await keepRecords(ledger, ...at(2))), ['new', 0]);
    assert.equal(await ledger.gaps(10), [{ deviceId: 'tmn-bus-101', epoch: EPOCH, first: 1, last: 1 }]);
  });

  test('two epochs of one device are two sequences', async ({ ledger }) => {
    await keepRecords(ledger, ...at(1, 2, 3));
    const kept = await keepRecords(ledger, aRecord({ epoch: OTHER_EPOCH }), aRecord({ sequence: 4 }));
    assert.equal(kept.acknowledged, [
      { deviceId: 'tmn-bus-101', epoch: OTHER_EPOCH, through: 1 },
      { deviceId: 'tmn-bus-101', epoch: EPOCH, through: 4 },
    ]);
  });

  test('a record that names another predecessor is kept and noted, whichever of the two comes first', async ({
    ledger,
  }) => {
    const wrong = 'ab'.repeat(32);
    const [one, two] = [aRecord(), aRecord({ sequence: 2, prevHash: hashOf(aRecord()) })];
    await keepRecords(ledger, one, two, aRecord({ sequence: 3, prevHash: wrong }));
    assert.is((await ledger.totals()).brokenLinks, 1);
    await keepRecords(ledger, aRecord({ sequence: 6, prevHash: wrong }));
    await keepRecords(ledger, aRecord({ sequence: 5 }));
    assert.is((await ledger.totals()).brokenLinks, 2);
    const swapped = { epoch: OTHER_EPOCH };
    await keepRecords(ledger, aRecord({ ...swapped, sequence: 2, prevHash: wrong }), aRecord(swapped));
    assert.is((await ledger.totals()).brokenLinks, 3);
    await keepRecords(ledger, two);
    assert.is((await ledger.totals()).brokenLinks, 3);
  });

  test('a chain that is whole is whole in any order', async ({ ledger }) => {
    const [one, two, three] = chain(3);
    assert.ok(one !== undefined && two !== undefined && three !== undefined);
    await keepRecords(ledger, one, three);
    await keepRecords(ledger, two);
    assert.is((await ledger.totals()).brokenLinks, 0);
  });

  test('totals are what riders pay, by currency and by device', async ({ ledger }) => {
    const free = [aLine(0), aLine(4200, { funder: 'region' })];
    const { decision: _, reason: __, lines: ___, currency: ____, ...quiet } = aRecord();
    await keepRecords(
      ledger,
      aRecord(),
      aRecord({ sequence: 2, lines: free, reason: 'free-ride' }),
      aRecord({ sequence: 3, decision: 'declined', reason: 'passback', lines: [] }),
      { ...quiet, sequence: 4, kind: 'health' },
      aRecord({ deviceId: 'tmn-tram-7', currency: 'EUR', lines: [aLine(300), aLine(-50)] }),
    );
    const totals = await ledger.totals();
    assert.equal(
      [totals.records, totals.accepted, totals.declined, totals.riderMinor],
      [5, 3, 1, { RUB: 4200, EUR: 250 }],
    );
    assert.equal(
      totals.devices.map(device => [device.deviceId, device.records, device.riderMinor, device.through]),
      [
        ['tmn-bus-101', 4, { RUB: 4200 }, 4],
        ['tmn-tram-7', 1, { EUR: 250 }, 1],
      ],
    );
  });

  test('records are read back in their own order, by pages, byte for byte', async ({ ledger }) => {
    await keepRecords(ledger, ...at(3, 1, 2, 5));
    const page = async (from: number, limit: number) =>
      (await ledger.records({ deviceId: 'tmn-bus-101', epoch: EPOCH, from, limit }))?.map(
        ({ sequence, bytes }) => [sequence, hexOfBytes(bytes)],
      );
    const held = (...sequences: number[]) =>
      at(...sequences).map(record => [record.sequence, hexOfBytes(recordBytes(record))]);
    assert.equal(await page(2, 2), held(2, 3));
    assert.equal(await page(4, 9), held(5));
    assert.is(await ledger.records({ deviceId: 'tmn', epoch: EPOCH, from: 1, limit: 1 }), undefined);
  });

  test('entries are read by pages in order of arrival', async ({ ledger }) => {
    const strays = [1, 2, 3].map(sequence => aRecord({ sequence, realm: 'training' }));
    await keepRecords(ledger, ...strays);
    const [first, second] = await ledger.quarantine({ after: 0, limit: 2 });
    assert.equal([first?.claims?.sequence, second?.claims?.sequence], [1, 2]);
    const rest = await ledger.quarantine({ after: second?.id ?? 0, limit: 2 });
    assert.equal(
      rest.map(entry => entry.claims?.sequence),
      [3],
    );
  });

  test('any batches, in any order and with any repeats, end in the same ledger', async () => {
    const device = fc.constantFrom('a', 'b');
    const record = fc
      .record({
        deviceId: device,
        sequence: fc.integer({ min: 1, max: 12 }),
        fare: fc.constantFrom(0, 100, 4200),
      })
      .map(({ fare, ...changes }) => aRecord({ ...changes, lines: [aLine(fare)] }));
    const batches = fc.array(fc.array(record, { minLength: 1, maxLength: 6 }), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(batches, async sent => {
        const ledger = open();
        for (const batch of sent) await keepRecords(ledger, ...batch);
        await agrees(ledger, sent.flat());
        await ledger.close();
      }),
      { numRuns: 40 },
    );
  });

  test.run();
}

/** Records that name each other as a journal makes them. */
function chain(length: number): readonly JournalRecord[] {
  const records: JournalRecord[] = [];
  for (let sequence = 1; sequence <= length; sequence++) {
    const before = records.at(-1);
    records.push(aRecord(before === undefined ? { sequence } : { sequence, prevHash: hashOf(before) }));
  }
  return records;
}

/** The ledger holds the first of each identity, counts the rest as conflicts, and knows what is missing. */
async function agrees(ledger: Ledger, sent: readonly JournalRecord[]): Promise<void> {
  const first = new Map<string, JournalRecord>();
  const others = new Set<string>();
  for (const record of sent) {
    const identity = `${record.deviceId}/${record.sequence}`;
    const held = first.get(identity) ?? record;
    first.set(identity, held);
    if (hashOf(held) !== hashOf(record)) others.add(`${identity} ${hashOf(record)}`);
  }
  const totals = await ledger.totals();
  assert.is(totals.records, first.size);
  assert.is(totals.conflicts, others.size);
  assert.is(
    totals.riderMinor.RUB ?? 0,
    [...first.values()].reduce((sum, record) => sum + riderAmount(record.lines), 0),
  );
  const gaps = await ledger.gaps(100);
  for (const device of totals.devices) {
    const held = [...first.values()].filter(record => record.deviceId === device.deviceId);
    const missing = gaps.filter(gap => gap.deviceId === device.deviceId);
    assert.is(device.highest, Math.max(...held.map(record => record.sequence)));
    assert.is(held.length + missing.reduce((sum, gap) => sum + gap.last - gap.first + 1, 0), device.highest);
    assert.is(device.through, missing[0] === undefined ? device.highest : missing[0].first - 1);
  }
}

export function hashOf(record: JournalRecord): string {
  return hexOfBytes(nodeCrypto.sha256(recordBytes(record)));
}
