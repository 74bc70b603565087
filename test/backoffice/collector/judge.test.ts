import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type Judged, judgeLines, judgeSequence } from '../../../src/backoffice/collector/judge.ts';
import { hexOfBytes } from '../../../src/core/hex.ts';
import type { JournalRecord } from '../../../src/core/record.ts';
import { joinRecords, MAX_LINE_BYTES } from '../../../src/wire/batch.ts';
import { recordBytes, recordLine } from '../../../src/wire/record/record.ts';
import { aLine, anyRecord, aRecord, EPOCH } from '../../wire/records.ts';

const whyOf = (judged: Judged | undefined) => (judged?.kind === 'unsound' ? judged.why : 'sound');
const claimsOf = (judged: Judged | undefined) => (judged?.kind === 'unsound' ? judged.claims : undefined);
const lines = (...texts: string[]) => judgeLines(Buffer.from(texts.join('\n')), 'test');
const sequence = (...records: JournalRecord[]) =>
  judgeSequence(joinRecords(records.map(recordBytes)), 'test');

test('a sound record is kept as its canonical bytes', () => {
  const [judged] = sequence(aRecord());
  assert.is(judged?.kind, 'sound');
  assert.is(hexOfBytes(judged?.bytes ?? new Uint8Array()), hexOfBytes(recordBytes(aRecord())));
});

test('any record is judged the same as bytes and as a line', () => {
  fc.assert(
    fc.property(anyRecord, record => {
      const [asBytes] = sequence(record);
      const [asLine] = lines(recordLine(record));
      assert.is(whyOf(asLine), whyOf(asBytes));
      assert.equal(claimsOf(asLine), claimsOf(asBytes));
      if (asBytes?.kind === 'sound') assert.equal(asLine, asBytes);
    }),
  );
});

const REFUSED: readonly [what: string, changes: Partial<JournalRecord>, says: RegExp][] = [
  ['of another realm', { realm: 'production' }, /realm production where test is collected/],
  ['of a device without a name', { deviceId: '' }, /empty deviceId/],
  ['before the first of its epoch', { sequence: 0 }, /the first record of an epoch is 1/],
  ['in a currency that is none', { currency: '__proto__' }, /ISO 4217/],
  ['that charges more than any fare', { lines: [aLine(1_000_000_001)] }, /more than 1000000000/],
  ['that gives back more than any fare', { lines: [aLine(-1_000_000_001)] }, /more than 1000000000/],
];

for (const [what, changes, says] of REFUSED) {
  test(`a record ${what} is for the quarantine, and says whose it is`, () => {
    const record = aRecord(changes);
    const { deviceId, epoch, sequence: place } = record;
    for (const [judged] of [sequence(record), lines(recordLine(record))]) {
      assert.match(whyOf(judged), says);
      assert.equal(claimsOf(judged), { deviceId, epoch, sequence: place });
    }
  });
}

test('lines of money need their currency', () => {
  const { currency: _, ...record } = aRecord();
  assert.is(whyOf(sequence(record)[0]), 'lines without a currency');
  assert.is(whyOf(sequence({ ...record, lines: [] })[0]), 'sound');
});

test('a record that is not understood still says whose it is', () => {
  const claims = { deviceId: 'tmn-bus-101', epoch: EPOCH, sequence: 1 };
  const word = recordLine({ ...aRecord(), reason: 'of a later version' as never });
  assert.equal(claimsOf(lines(word)[0]), claims);
  const [judged] = judgeSequence(
    Uint8Array.of(0xa3, ...[0x04, 0x61, 0x61], ...[0x05, 0x48, 1, 2, 3, 4, 5, 6, 7, 8], ...[0x06, 0x07]),
    'test',
  );
  assert.match(whyOf(judged), /record.schema: missing/);
  assert.equal(claimsOf(judged), { deviceId: 'a', epoch: '0102030405060708', sequence: 7 });
});

const SPOILT_LINES: readonly [what: string, line: Uint8Array, says: RegExp][] = [
  ['that is not UTF-8', Uint8Array.of(0x22, 0xff, 0x22), /not UTF-8/],
  ['that is no JSON', Buffer.from('sequence,stop'), /not JSON/],
  ['that is no object', Buffer.from('17'), /not an object/],
  ['that is null', Buffer.from('null'), /not an object/],
  ['without end', Buffer.alloc(MAX_LINE_BYTES + 1, '['), /at most/],
];

for (const [what, line, says] of SPOILT_LINES) {
  test(`a line ${what} spoils no other line`, () => {
    const body = Buffer.concat([
      Buffer.from('\uFEFF'),
      Buffer.from(recordLine(aRecord())),
      Buffer.from('\r\n'),
      line,
    ]);
    const [first, second] = judgeLines(body, 'test');
    assert.is(whyOf(first), 'sound');
    assert.match(whyOf(second), says);
    assert.is(claimsOf(second), undefined);
  });
}

test('a truncated tail is one piece for the quarantine, after the whole records before it', () => {
  const whole = recordBytes(aRecord());
  const judged = judgeSequence(Uint8Array.of(...whole, ...whole.subarray(0, 9)), 'test');
  assert.equal(
    judged.map(piece => piece.kind),
    ['sound', 'unsound'],
  );
  assert.is(judged[1]?.bytes.length, 9);
});

test.run();
