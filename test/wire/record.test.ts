import { cdeEncodeOptions, encode as encodeElsewhere } from 'cbor2';
import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { bytesOfHex, hexOfBytes } from '../../src/core/hex.ts';
import type { JournalRecord } from '../../src/core/record.ts';
import { Malformed } from '../../src/wire/malformed.ts';
import {
  MAX_RECORD_BYTES,
  parseRecordLine,
  readRecord,
  recordBytes,
  recordLine,
  type WireRecord,
} from '../../src/wire/record/record.ts';
import { asMap } from './numbers.ts';
import { aLine, anyRecord, aRecord } from './records.ts';

const refused = (error: Error) => error instanceof Malformed;

/** A record together with fields of a later schema. */
const laterField = fc
  .tuple(
    fc.oneof(fc.constantFrom(0, 10, 19, 29, 79, 110, 255), fc.integer({ min: 110, max: 0xffff_ffff })),
    fc.oneof(fc.integer(), fc.string(), fc.boolean(), fc.double({ noNaN: true }), fc.array(fc.integer())),
  )
  .map(([number, value]): [string, string] => [
    String(number),
    hexOfBytes(encodeElsewhere(value, cdeEncodeOptions)),
  ]);
const recordOfLaterSchema: fc.Arbitrary<WireRecord> = fc
  .tuple(anyRecord, fc.array(laterField, { minLength: 1, maxLength: 4 }))
  .map(([record, fields]) => ({ ...record, unknown: Object.fromEntries(fields) }));

test('the bytes of any record are the deterministic CBOR another implementation writes for the same map', () => {
  fc.assert(
    fc.property(anyRecord, record => {
      assert.is(
        hexOfBytes(recordBytes(record)),
        hexOfBytes(encodeElsewhere(asMap(record), cdeEncodeOptions)),
      );
    }),
  );
});

test('what was written is read back, as bytes and as a line', () => {
  fc.assert(
    fc.property(fc.oneof(anyRecord, recordOfLaterSchema), record => {
      assert.equal(readRecord(recordBytes(record)), record);
      assert.equal(parseRecordLine(recordLine(record)), record);
    }),
  );
});

test('fields of a later schema survive reading and writing', () => {
  const later = new Map<number, unknown>([...asMap(aRecord()), [10, 'new'], [200, [1, 2.5, null]]]);
  const bytes = encodeElsewhere(later, cdeEncodeOptions);
  const record = readRecord(bytes);
  assert.equal(Object.keys(record.unknown ?? {}), ['10', '200']);
  assert.equal(hexOfBytes(recordBytes(record)), hexOfBytes(bytes));
  assert.equal(hexOfBytes(recordBytes(parseRecordLine(recordLine(record)))), hexOfBytes(bytes));
});

test('any bytes at all are a record or Malformed, and a record has one form of bytes only', () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 64 }),
    fc.tuple(recordOfLaterSchema, fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 3 })).map(damaged),
  );
  fc.assert(
    fc.property(bytes, candidate => {
      const record = readOrRefusal(candidate);
      if (record !== undefined) assert.is(hexOfBytes(recordBytes(record)), hexOfBytes(candidate));
    }),
    { numRuns: 700 },
  );
});

test('any JSON at all is a record whose bytes can be read, or Malformed', () => {
  const changed = fc
    .tuple(anyRecord, fc.constantFrom(...Object.keys(aRecord()), 'unknown', 'lines', 'lat'), fc.jsonValue())
    .map(([record, name, value]) => JSON.stringify({ ...record, [name]: value }));
  const line = fc.oneof(fc.string(), fc.json(), changed);
  fc.assert(
    fc.property(line, candidate => {
      try {
        readRecord(recordBytes(parseRecordLine(candidate)));
      } catch (error) {
        if (!(error instanceof Malformed)) throw error;
      }
    }),
    { numRuns: 300 },
  );
});

test('every truncation of a record is Malformed', () => {
  fc.assert(
    fc.property(anyRecord, record => {
      const whole = recordBytes(record);
      for (let length = 0; length < whole.length; length++) {
        assert.throws(() => readRecord(whole.subarray(0, length)), refused);
      }
    }),
    { numRuns: 8 },
  );
});

const REFUSED_BYTES: readonly [what: string, bytes: () => Uint8Array][] = [
  ['bytes after the record', () => Uint8Array.of(...recordBytes(aRecord()), 0)],
  ['a map of indefinite length', () => Uint8Array.of(0xbf, 0x01, 0x01, 0xff)],
  ['a length that is not the shortest', () => Uint8Array.of(0xb8, 0x01, 0x01, 0x01)],
  ['fields out of order', () => bytesOfHex('a206010101')],
  ['a field twice', () => bytesOfHex('a201010101')],
  ['a text that is not UTF-8', () => withText(bytesOfHex('61ff'))],
  ['a simple value in two bytes that belongs in one', () => withLastField('f810')],
  ['an array that claims more than there is', () => withLastField('9b00ffffffffffffff')],
  ['a latitude beyond the pole', () => encodeElsewhere(new Map([...asMap(aRecord()), [41, 900_000_001]]))],
  ['no fields at all', () => Uint8Array.of(0xa0)],
  ['a word beyond its table', () => encodeElsewhere(new Map([...asMap(aRecord()), [66, 9999]]))],
  ['a record longer than the limit', () => new Uint8Array(MAX_RECORD_BYTES + 1)],
];

for (const [what, bytes] of REFUSED_BYTES) {
  test(`${what}: Malformed`, () => {
    assert.throws(() => readRecord(bytes()), refused);
  });
}

/** Values that the type allows and no reader would take: writing them would only lose them later. */
const UNWRITABLE: readonly [what: string, changes: Partial<JournalRecord>][] = [
  ['an amount that is no whole number', { lines: [{ ...aLine(0), amountMinor: 0.5 as never }] }],
  ['a text longer than its limit', { stopId: 'я'.repeat(513) }],
  ['half of a surrogate pair', { stopId: 'stop \ud83d' }],
  ['a sequence below zero', { sequence: -1 }],
  ['a hash of the wrong length', { prevHash: 'abcd' }],
  ['a hash that is not hex', { prevHash: 'g'.repeat(64) }],
  ['more lines than a record holds', { lines: Array.from({ length: 17 }, () => aLine(1)) }],
  ['a latitude that is no number', { lat: Number.NaN }],
  ['a latitude beyond the pole', { lat: 90.5 }],
  [
    'more bytes than a record may have',
    { lines: Array.from({ length: 16 }, () => aLine(1, { ruleIds: ['r'.repeat(1024), 's'.repeat(200)] })) },
  ],
];

for (const [what, changes] of UNWRITABLE) {
  test(`${what} is refused when the record is written, and as a line`, () => {
    assert.throws(() => recordBytes(aRecord(changes)), refused);
    assert.throws(() => recordBytes(parseRecordLine(recordLine(aRecord(changes)))), refused);
  });
}

// biome-ignore format: a table reads best as one block
const REFUSED_LINES: readonly [what: string, line: string, says: RegExp][] = [
  ['not JSON', '{"schema":1', /not JSON/],
  ['an array', '[]', /not an object/],
  ['an unknown name', recordLine({ ...aRecord(), stopID: 'x' } as JournalRecord), /record\.stopID/],
  ['a wrong type, by its path', recordLine(aRecord({ lines: [{ ...aLine(1), productId: 'one' as never }] })), /record\.lines\[0\]\.productId/],
  ['a missing field, by its path', recordLine({ ...aRecord(), lines: [{} as never] }), /record\.lines\[0\]\.productId: missing/],
  ['a known number among the unknown', recordLine({ ...aRecord(), unknown: { 6: '01' } }), /record\.unknown\.6/],
  ['an unknown field that is two items', recordLine({ ...aRecord(), unknown: { 200: '0101' } }), /record\.unknown\.200/],
  ['lists nested without end', `{"stopId":${'['.repeat(20_000)}${']'.repeat(20_000)}}`, /record\.stopId/],
];

for (const [what, line, says] of REFUSED_LINES) {
  test(`a line with ${what} is refused and says where`, () => {
    assert.throws(
      () => parseRecordLine(line),
      (error: Error) => refused(error) && says.test(error.message),
    );
  });
}

test('nesting without end in a field of a later schema is kept, not followed', () => {
  const record = withLastField(`${'81'.repeat(4000)}00`);
  assert.is(hexOfBytes(recordBytes(readRecord(record))), hexOfBytes(record));
});

const GOLDEN = [
  'b81d010102000301046b746d6e2d6275732d313031054800112233aabbccdd06010865302e312e300948000000000000',
  '0001141b0000019cac7d0380151a0001e240160117001818183218191a013525ce181f676275732d3130311823623235',
  '18267825d186d0b5d0bdd182d180d0b0d0bbd18cd0bdd0b0d18f2dd0bfd0bbd0bed189d0b0d0b4d18c18291a2210da07',
  '182a1a270fbe5b182b01182c001832a3010002010350000102030405060708090a0b0c0d0e0f183c0018410018420018',
  '4400184500185063525542185181a4010102191068030005816c666c61742f67656e6572616c',
].join('');

test('the bytes of a record never change: ledgers and hashes stand on them', () => {
  assert.is(hexOfBytes(recordBytes(aRecord())), GOLDEN);
});

function readOrRefusal(bytes: Uint8Array): WireRecord | undefined {
  try {
    return readRecord(bytes);
  } catch (error) {
    if (error instanceof Malformed) return undefined;
    throw error;
  }
}

function damaged([record, changes]: [WireRecord, [number, number][]]): Uint8Array {
  const bytes = recordBytes(record);
  for (const [place, value] of changes) bytes[place % bytes.length] = value;
  return bytes;
}

/** A record whose last field is one of a later schema, holding the item given in hex. */
function withLastField(item: string): Uint8Array {
  const record = encodeElsewhere(new Map<number, unknown>([...asMap(aRecord()), [200, 0]]), cdeEncodeOptions);
  return Uint8Array.of(...record.subarray(0, -1), ...bytesOfHex(item));
}

function withText(item: Uint8Array): Uint8Array {
  const record = encodeElsewhere(
    new Map<number, unknown>([...asMap(aRecord()), [103, 'x']]),
    cdeEncodeOptions,
  );
  return Uint8Array.of(...record.subarray(0, -2), ...item);
}

test.run();
