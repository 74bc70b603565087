import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Sentences } from '../../../../src/onboard/position/nmea/sentences.ts';
import { bytesOf, inPieces, someCuts, streamsOf } from '../../serial/streams.ts';

/** What is heard of a stream: sentences as they are, the rest as `? what`. */
function heard(pieces: readonly Uint8Array[]): string[] {
  const said: string[] = [];
  const sentences = new Sentences({
    sentence: text => said.push(text),
    misheard: ({ what, example }) => said.push(`? ${what}: ${example}`),
  });
  for (const piece of pieces) sentences.push(piece);
  return said;
}

const hear = (text: string) => heard([bytesOf(text)]);

const RMC = '$GPRMC,150000,A,5654.660,N,01432.52,E,3.14,90,241216,1.2,E,A*3E\r\n';

const STREAMS: readonly (readonly [name: string, stream: string, said: readonly string[]])[] = [
  ['a sentence ends with CR LF, and with either of them alone', '$A*41\r\n$A*41\r$A*41\n', ['A', 'A', 'A']],
  ['hex digits of a checksum are large or small', '$LO*03\r\n$Z*5a\r\n$Z*5A\r\n', ['LO', 'Z', 'Z']],
  ['the checksum is over all between dollar and star', RMC, [RMC.slice(1, -5)]],
  ['a wrong checksum is no sentence', '$A*42\r\n', ['? a sentence with a wrong checksum, or without: A*42']],
  ['nor is none', '$A\r\n', ['? a sentence with a wrong checksum, or without: A']],
  ['nor half of one', '$A*4\r\n', ['? a sentence with a wrong checksum, or without: A*4']],
  ['an empty sentence says nothing', '$\r\n', ['? a sentence with a wrong checksum, or without: ']],
  [
    'a dollar begins a sentence wherever it stands',
    '$GPRMC,1500$A*41\r\n',
    ['? a sentence cut short: GPRMC,1500', 'A'],
  ],
  ['noise before a sentence spoils no sentence', 'xyz$A*41\r\n', ['? noise between sentences: xyz', 'A']],
  ['noise is told with its bytes', 'a\x00\xff\r\n', ['? noise between sentences: a<00><FF>']],
  ['what comes between lines and is nothing is nothing', '\r\n\r\n\n', []],
];

for (const [name, stream, said] of STREAMS) {
  test(name, () => assert.equal(hear(stream), said));
}

test('a sentence that does not end is given up after 128 bytes, and the next one is heard', () => {
  const said = hear(`$${'x'.repeat(300)}$A*41\r\n`);
  assert.is(said.at(-1), 'A');
  assert.match(said[0] ?? '', /^\? a sentence that does not end: x{40}…$/);
});

test('any split of a stream gives the same sentences', () => {
  fc.assert(
    fc.property(streamsOf([RMC, '$A*41\r\n', '$A*4', '\r\n', '$']), someCuts, (stream, cuts) => {
      const pieces: Uint8Array[] = [];
      inPieces(stream, cuts, piece => pieces.push(piece));
      assert.equal(heard(pieces), heard([stream]));
    }),
  );
});

test('any bytes at all are taken, and the sentence after them is heard', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), noise => {
      assert.is(heard([Uint8Array.from(noise), bytesOf(`\r\n${RMC}`)]).at(-1), RMC.slice(1, -5));
    }),
  );
});

test.run();
