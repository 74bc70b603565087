import { decodeSequence } from 'cbor2';
import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { bytesOfHex, hexOfBytes } from '../../src/core/hex.ts';
import { cutLines, cutSequence, joinRecords } from '../../src/wire/batch.ts';
import { recordBytes } from '../../src/wire/record/record.ts';
import { anyRecord, aRecord } from './records.ts';

const texts = (items: readonly Uint8Array[]) => items.map(item => Buffer.from(item).toString());

test('the records of a batch are cut apart as they were joined, here and by another implementation', () => {
  fc.assert(
    fc.property(fc.array(anyRecord, { maxLength: 5 }), records => {
      const bytes = records.map(recordBytes);
      const batch = joinRecords(bytes);
      assert.equal(cutSequence(batch).items.map(hexOfBytes), bytes.map(hexOfBytes));
      assert.is([...decodeSequence(batch)].length, records.length);
    }),
    { numRuns: 30 },
  );
});

test('a record whose bytes are damaged, whatever they are, stays one item and shifts no other', () => {
  const record = recordBytes(aRecord());
  const damaged = fc.oneof(
    fc.uint8Array({ maxLength: 40 }),
    fc.nat(record.length - 1).map(length => record.subarray(0, length)),
  );
  fc.assert(
    fc.property(damaged, bytes => {
      const { items, rest } = cutSequence(joinRecords([record, bytes, record]));
      assert.is(rest, undefined);
      assert.is(items.length, 3);
      assert.equal(hexOfBytes(items[2] ?? new Uint8Array()), hexOfBytes(record));
    }),
  );
});

test('any bytes at all are cut into items and a rest that together are those bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), bytes => {
      const { items, rest } = cutSequence(bytes);
      assert.is([...items, rest?.bytes ?? new Uint8Array()].map(hexOfBytes).join(''), hexOfBytes(bytes));
    }),
  );
});

test('a truncated tail is the rest, with the place where sense ended', () => {
  const whole = recordBytes(aRecord());
  const { items, rest } = cutSequence(Uint8Array.of(...whole, ...whole.subarray(0, 20)));
  assert.is(items.length, 1);
  assert.is(rest?.bytes.length, 20);
  assert.match(rest?.why ?? '', /byte \d+: the bytes end/);
});

test('an array that claims more items than there are bytes is refused without counting them', () => {
  const { items, rest } = cutSequence(bytesOfHex('9b001fffffffffffff00'));
  assert.is(items.length, 0);
  assert.match(rest?.why ?? '', /byte 0: the bytes end/);
});

test('lines are cut at newlines, CRLF or not, and blank ones left out', () => {
  const cut = cutLines(Buffer.from('\n{"a":1}\r\n \t\r\n{"b":2}'));
  assert.equal(texts(cut.items), ['{"a":1}\r', '{"b":2}']);
  assert.equal(cutLines(new Uint8Array()).items, []);
});

test.run();
