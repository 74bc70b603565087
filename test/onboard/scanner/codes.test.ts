import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Codes, type Framing } from '../../../src/onboard/scanner/codes.ts';
import { bytesOf, inPieces, someCuts, streamsOf } from '../serial/streams.ts';

/** What is heard of pieces; `null` is silence. */
function heard(framing: Framing, pieces: readonly (Uint8Array | null)[]): string[] {
  const said: string[] = [];
  const codes = new Codes(framing, {
    code: bytes => said.push(Buffer.from(bytes).toString('latin1')),
    tooLong: () => said.push('? too long'),
  });
  for (const piece of pieces) {
    if (piece === null) codes.silence();
    else codes.push(piece);
  }
  return said;
}

const LINES: readonly (readonly [name: string, stream: string, said: readonly string[]])[] = [
  ['a line ends with CR, LF or both', 'A\rB\nC\r\nD', ['A', 'B', 'C']],
  ['empty lines are no codes', '\r\n\r\n', []],
  ['spaces are part of a code', ' A \r', [' A ']],
];

for (const [name, stream, said] of LINES) {
  test(name, () => assert.equal(heard('lines', [bytesOf(stream)]), said));
}

test('silence ends a line that has no suffix, and a code of bytes whatever is in it', () => {
  assert.equal(heard('lines', [bytesOf('A'), null, bytesOf('B'), null, null]), ['A', 'B']);
  assert.equal(heard('bytes', [bytesOf('x\r\n'), bytesOf('\ry'), null, null]), ['x\r\n\ry']);
});

test('the largest code is taken, and one byte more is thrown away up to its end', () => {
  const largest = 'x'.repeat(4296);
  assert.equal(heard('lines', [bytesOf(`${largest}\rA\r`)]), [largest, 'A']);
  assert.equal(heard('lines', [bytesOf(`${largest}x\rA\r`)]), ['? too long', 'A']);
  assert.equal(heard('bytes', [new Uint8Array(100_000), null, bytesOf('A'), null]), ['? too long', 'A']);
});

test('any split of a stream gives the same codes', () => {
  for (const framing of ['lines', 'bytes'] as const) {
    fc.assert(
      fc.property(streamsOf(['TURA1:ABC\r\n', 'x', '\r', '\n']), someCuts, (stream, cuts) => {
        const pieces: (Uint8Array | null)[] = [];
        inPieces(stream, cuts, piece => pieces.push(piece));
        assert.equal(heard(framing, [...pieces, null]), heard(framing, [stream, null]));
      }),
    );
  }
});

test.run();
