import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { hexOfBytes } from '../../../../src/core/hex.ts';
import { Frames, frameOf } from '../../../../src/onboard/position/ibis/frames.ts';
import { bytesOf, inPieces, someCuts, streamsOf } from '../../serial/streams.ts';

/** What is heard of a stream: telegrams as they are, the rest as `? what`. */
function heard(pieces: readonly Uint8Array[]): string[] {
  const said: string[] = [];
  const frames = new Frames({
    telegram: text => said.push(text),
    misheard: ({ what, example }) => said.push(`? ${what}: ${example}`),
  });
  for (const piece of pieces) frames.push(piece);
  return said;
}

const hear = (stream: string) => heard([bytesOf(stream)]);
const framed = (text: string) => Buffer.from(frameOf(text)).toString('latin1');

/** Telegrams whose check bytes are an asterisk, a semicolon, a newline, a letter and a form feed. */
const VECTORS: readonly (readonly [text: string, hex: string])[] = [
  ['l026', '6c3032360d2a'],
  ['z003', '7a3030330d3b'],
  ['u2249', '75323234390d0a'],
  ['eH0001234', '6548303030313233340d6b'],
  ['x0042', '78303034320d0c'],
];

for (const [text, hex] of VECTORS) {
  test(`${text} is sent as ${hex}, and heard as ${text}`, () => {
    assert.is(hexOfBytes(frameOf(text)), hex);
    assert.equal(heard([frameOf(text)]), [text]);
  });
}

/** A telegram of two characters whose check byte is this one. */
function withCheck(check: number): string {
  return `e${String.fromCharCode(0x7f ^ 0x0d ^ 0x65 ^ check)}`;
}

for (const [name, check] of [
  ['CR', 0x0d],
  ['LF', 0x0a],
  ['00', 0x00],
] as const) {
  test(`a check byte that is itself ${name} ends one telegram and begins none`, () => {
    const text = withCheck(check);
    assert.is(frameOf(text).at(-1), check);
    assert.equal(hear(framed(text) + framed('l026')), [text, 'l026']);
  });
}

const SPOILED: readonly (readonly [name: string, stream: string, said: readonly string[]])[] = [
  [
    'a wrong check byte spoils its own telegram alone',
    `l026\r+${framed('z003')}`,
    ['? a telegram with a wrong check byte: l026', 'z003'],
  ],
  [
    'half a telegram spoils the next one, and not the one after it',
    `l02${framed('z003')}${framed('l026')}`,
    ['? a telegram with a wrong check byte: l02z003', 'l026'],
  ],
  [
    'a telegram whose check byte was lost takes the next one’s first letter',
    `l026\r${framed('z003')}${framed('l026')}`,
    ['? a telegram with a wrong check byte: l026', '? a telegram with a wrong check byte: 003', 'l026'],
  ],
];

for (const [name, stream, said] of SPOILED) {
  test(name, () => assert.equal(hear(stream), said));
}

/** As a port set to 8N1 reads what was sent 7E2: the eighth bit is the parity. */
function withParity(bytes: Uint8Array): Uint8Array {
  return bytes.map(byte => (byte.toString(2).replaceAll('0', '').length % 2 === 1 ? byte | 0x80 : byte));
}

test('a line that is set to eight bits shows the parity, and is told what is wrong', () => {
  const said = heard(Array.from({ length: 60 }, () => withParity(frameOf('l026'))));
  assert.ok(said.length > 0);
  for (const line of said) assert.match(line, /^\? bytes of eight bits: is the line set to 7E2\?: /);
});

test('a telegram that does not end is given up after 256 bytes, and the one after it is heard', () => {
  const said = hear(`${'v'.repeat(700)}\r\x00${framed('l026')}`);
  assert.match(said[0] ?? '', /^\? a telegram that does not end: v{40}…$/);
  assert.is(said.at(-1), 'l026');
});

test('any split of a stream gives the same telegrams', () => {
  const parts = [...VECTORS.map(([text]) => framed(text)), '\r', 'l02', framed('e000010')];
  fc.assert(
    fc.property(streamsOf(parts), someCuts, (stream, cuts) => {
      const pieces: Uint8Array[] = [];
      inPieces(stream, cuts, piece => pieces.push(piece));
      assert.equal(heard(pieces), heard([stream]));
    }),
  );
});

test('after any bytes at all the second telegram is heard', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), noise => {
      const said = heard([
        Uint8Array.from(noise),
        bytesOf(framed('l026') + framed('z003') + framed('u2249')),
      ]);
      assert.is(said.at(-1), 'u2249');
    }),
  );
});

test.run();
