import { deflateSync } from 'node:zlib';
import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { hexOfBytes } from '../../../src/core/hex.ts';
import { CborReader } from '../../../src/wire/cbor-reader.ts';
import { encode } from '../../../src/wire/codec.ts';
import { nodeEd25519 } from '../../../src/wire/node-ed25519.ts';
import { bytesOfBase45 } from '../../../src/wire/ticket/base45.ts';
import { codeOf, readCode } from '../../../src/wire/ticket/code.ts';
import { ticketFields } from '../../../src/wire/ticket/fields.ts';
import { sign1 } from '../../../src/wire/ticket/sign1.ts';
import { hex, ISSUER, issued, moment, PHONE, PLAIN, proven, STRANGER, scanned, WHOLE } from './tickets.ts';

/** What stands in a code, uncompressed. */
function inside(code: string): Uint8Array {
  const read = readCode(new TextEncoder().encode(code));
  if (read.kind !== 'ticket') throw new Error(`no ticket: ${read.kind}`);
  return read.bytes;
}

/** In a word or two. */
function said(code: string | Uint8Array): string {
  const scan = scanned(code);
  return scan.kind === 'genuine' ? 'genuine' : scan.kind === 'refused' ? scan.reason : scan.why;
}

test('a ticket that was issued is genuine, and says what its issuer signed', () => {
  assert.equal(scanned(issued(PLAIN)), { kind: 'genuine', ticket: PLAIN, issuerKey: 'tmn/1' });
  assert.equal(scanned(issued(WHOLE)), { kind: 'genuine', ticket: WHOLE, issuerKey: 'tmn/1' });
});

test('the bytes that a scanner delivers bare are the same ticket', () => {
  assert.equal(scanned(bytesOfBase45(issued(WHOLE).slice('TURA1:'.length))), scanned(issued(WHOLE)));
});

test("a ticket is written as it was the first time: what is in people's hands must be read for ever", () => {
  assert.is(
    hexOfBytes(encode(ticketFields, WHOLE)),
    `a90101024c0102030405060708090a0b0c031a69a4ef20041a69a4ef20051a69a50b400667${hexText('qr-ride')}` +
      `0765${hexText('pupil')}088261616162${'09a2015820'}${WHOLE.holder?.publicKey}0214`,
  );
});

function hexText(text: string): string {
  return hexOfBytes(new TextEncoder().encode(text));
}

test('a phone proves when it showed the ticket, and its last proof takes the place of the one before', () => {
  const once = proven(issued(WHOLE), moment('07:30:00'));
  const again = proven(once, moment('07:30:10'));
  assert.equal(scanned(again), {
    kind: 'genuine',
    ticket: WHOLE,
    issuerKey: 'tmn/1',
    provenAt: moment('07:30:10'),
  });
  assert.is(inside(again).length, inside(once).length);
});

const NOT_GENUINE: readonly (readonly [name: string, code: () => string, reason: string])[] = [
  ['signed by an issuer that nobody trusts', () => issued(PLAIN, STRANGER), 'ticket-issuer-unknown'],
  [
    'signed by another key under a trusted name',
    () => issued(PLAIN, { ...STRANGER, name: ISSUER.name }),
    'ticket-not-genuine',
  ],
  [
    'proven by another phone',
    () => proven(issued(WHOLE), moment('07:30:00'), STRANGER.secret),
    'ticket-not-genuine',
  ],
  ['proven by a phone that it does not name', () => proven(issued(PLAIN)), 'ticket-not-genuine'],
  ['with a proof that was made for another ticket', () => transplanted(), 'ticket-not-genuine'],
  [
    'proven by its issuer',
    () => proven(issued(WHOLE), moment('07:30:00'), ISSUER.secret),
    'ticket-not-genuine',
  ],
  ['that is a proof alone', () => codeOf(proofOf(proven(issued(WHOLE)))), 'ticket-issuer-unknown'],
];

for (const [name, code, reason] of NOT_GENUINE) {
  test(`a ticket ${name} is refused by name`, () => {
    assert.is(said(code()), reason);
  });
}

/** The rolling part of a code. */
function proofOf(code: string): Uint8Array {
  const bytes = inside(code);
  const reader = new CborReader(bytes);
  reader.raw();
  return bytes.subarray(reader.offset);
}

function transplanted(): string {
  const other = issued({ ...WHOLE, serial: 'ff'.repeat(12) });
  return codeOf(Buffer.concat([inside(other), proofOf(proven(issued(WHOLE)))]));
}

test('a ticket with any bit of it turned is refused', () => {
  const bytes = inside(proven(issued(WHOLE)));
  for (let at = 0; at < bytes.length; at++) {
    for (const bit of [0x01, 0x80]) {
      const damaged = bytes.slice();
      damaged[at] = (damaged[at] ?? 0) ^ bit;
      assert.is.not(said(codeOf(damaged)), 'genuine', `byte ${at}`);
    }
  }
});

test('a ticket cut anywhere is torn, except behind its static part', () => {
  const bytes = inside(proven(issued(WHOLE)));
  const whole = bytes.length - proofOf(proven(issued(WHOLE))).length;
  for (let length = 0; length < bytes.length; length++) {
    const expected = length === whole ? /^genuine$/ : /^a ticket with |^a ticket torn/;
    assert.match(said(codeOf(bytes.subarray(0, length))), expected, `${length} bytes`);
  }
});

test('bytes after a ticket are no part of it, and are said to be there', () => {
  assert.match(said(codeOf(Buffer.concat([inside(issued(PLAIN)), hex('00')]))), /^a ticket with .*tag 18/);
  const bare = bytesOfBase45(issued(PLAIN).slice('TURA1:'.length));
  assert.match(said(Buffer.concat([bare, hex('0d')])), /1 bytes after it; does the scanner add a suffix\?/);
});

test('nothing is inflated beyond what a ticket holds', () => {
  assert.match(said(deflateSync(Buffer.alloc(3_000_000))), /torn in scanning: more than 4096 bytes inside/);
});

test('what is longer than any code is not looked at', () => {
  assert.match(said(new Uint8Array(4297)), /a code of 4297 bytes: at most 4296/);
});

test('a UIC 918.3 ticket is known by its head, and declined as a medium that is not taken', () => {
  const scan = scanned(`#UT011080000010${'0'.repeat(50)}0123`);
  assert.equal(scan, {
    kind: 'refused',
    reason: 'medium-not-accepted',
    why: 'a UIC 918.3 ticket, version 01, of issuer 1080, key 00001',
  });
});

test("a code that is no ticket is not repeated in words: it may be somebody's", () => {
  for (const code of ['4006381333931', 'M1DESMARAIS/LUC', '#UT', 'tura1:', 'TURA1', 'https://example.org']) {
    assert.is(said(code), `no ticket, but a code of ${code.length} bytes`);
  }
  assert.is(said(''), 'an empty code');
});

const OUT_OF_FORM: readonly (readonly [name: string, payload: string, says: RegExp])[] = [
  ['a later schema', 'a1 01 02', /missing|schema/],
  ['no fields', 'a0', /missing/],
  ['no map', '80', /a map was expected/],
  ['bytes after its fields', `${hexOfBytes(encode(ticketFields, PLAIN))}00`, /bytes after its fields/],
];

for (const [name, payload, says] of OUT_OF_FORM) {
  test(`a ticket whose issuer signed ${name} is unreadable`, () => {
    const bytes = hex(payload.replaceAll(' ', ''));
    const code = codeOf(sign1(bytes, { ed25519: nodeEd25519, secret: ISSUER.secret, keyName: ISSUER.name }));
    assert.match(said(code), says);
  });
}

test('a ticket that no reader would take is not issued', () => {
  const wrong = [
    { ...PLAIN, schema: 2 },
    { ...PLAIN, validTo: PLAIN.validFrom },
    { ...PLAIN, serial: '0102' },
    { ...PLAIN, zones: Array.from({ length: 33 }, (_, zone) => `z${zone}`) },
    { ...PLAIN, pass: 'x'.repeat(2000) },
    { ...PLAIN, validFrom: moment('07:00:00.5') },
    { ...WHOLE, holder: { publicKey: WHOLE.holder?.publicKey ?? '', goodForS: 0 } },
    { ...WHOLE, holder: { publicKey: WHOLE.holder?.publicKey ?? '', goodForS: 3601 } },
  ];
  for (const ticket of wrong) assert.throws(() => issued(ticket));
});

test('any bytes at all get an answer', () => {
  const heads = fc.constantFrom('', 'TURA1:', '#UT01', 'x');
  const text = fc.tuple(heads, fc.string({ maxLength: 80 })).map(([head, rest]) => head + rest);
  const packed = fc.uint8Array({ maxLength: 300 }).map(bytes => deflateSync(bytes));
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 300 }), packed), bytes => {
      assert.is.not(scanned(new Uint8Array(bytes)).kind, 'genuine');
    }),
  );
  fc.assert(fc.property(text, code => assert.is.not(scanned(code).kind, 'genuine')));
});

test('a text that is no ticket cannot be proven', () => {
  for (const code of ['', 'TURA1:', '#UT011080000010', codeOf(hex('a0'))]) {
    assert.throws(() => proven(code, moment('07:30:00'), PHONE), /ticket|code/);
  }
});

test.run();
