import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import {
  type Element,
  find,
  MAX_TLV_BYTES,
  MAX_TLV_DEPTH,
  readTlv,
  tagText,
  writeTlv,
} from '../../../src/core/card/tlv.ts';
import { bytesOfHex, hexOfBytes } from '../../../src/core/hex.ts';

/** `6f(84=3132, a5(bf0c()))`: the elements as a person would write them. */
function inWords(elements: readonly Element[]): string {
  const one = ({ tag, value, elements: inner }: Element) =>
    inner === undefined
      ? `${tagText(tag).toLowerCase()}=${hexOfBytes(value)}`
      : `${tagText(tag).toLowerCase()}(${inWords(inner)})`;
  return elements.map(one).join(', ');
}

const READ = [
  ['nothing', '', ''],
  ['an element', '5a023132', '5a=3132'],
  ['an empty element', '5000', '50='],
  ['two elements', '500141870102', '50=41, 87=02'],
  ['a tag of two bytes', '9f3803414243', '9f38=414243'],
  ['a tag of three bytes', 'df810a01ff', 'df810a=ff'],
  ['templates within templates', '6f09a507bf0c0461024f00', '6f(a5(bf0c(61(4f=))))'],
  ['an empty template', '7000', '70()'],
  ['a length in one more byte', `5a8180${'ab'.repeat(128)}`, `5a=${'ab'.repeat(128)}`],
  ['a length in two more bytes', `5a820100${'ab'.repeat(256)}`, `5a=${'ab'.repeat(256)}`],
  ['a length longer than it need be', '5a8100', '5a='],
  ['zeros before, between and after', '000050014100008701020000', '50=41, 87=02'],
  ['nothing but zeros', '0000', ''],
] as const;

for (const [what, hex, words] of READ) {
  test(`${what} is read`, () => {
    const reading = readTlv(bytesOfHex(hex));
    assert.is(reading.kind === 'elements' && inWords(reading.elements), words);
  });
}

const nested = (depth: number) => {
  let bytes = new Uint8Array(0);
  for (let level = 0; level < depth; level++) bytes = Uint8Array.from(writeTlv(0x70, bytes));
  return hexOfBytes(bytes);
};

const MALFORMED = [
  ['a tag alone', '5a', 'length-missing', 1],
  ['a tag that goes on and does not', '9f', 'tag-cut', 0],
  ['a second byte of a tag that goes on and does not', '9f81', 'tag-cut', 0],
  ['a tag of four bytes', '9f81818001ff', 'tag-too-long', 0],
  ['an indefinite length', '70800000', 'length-indefinite', 1],
  ['a length in three bytes', '5a83000001ff', 'length-too-long', 1],
  ['a length that ends early', '5a82ff', 'length-missing', 3],
  ['a value that ends early', '5a0212', 'value-cut', 2],
  ['a value that runs out of its template', '70035a0212', 'value-cut', 4],
  ['a fault in the second element', '5001415a0912', 'value-cut', 5],
  ['templates nested too deep', nested(MAX_TLV_DEPTH + 1), 'too-deep', 18],
  ['more than there may be', '00'.repeat(MAX_TLV_BYTES + 1), 'too-large', MAX_TLV_BYTES],
] as const;

for (const [what, hex, fault, at] of MALFORMED) {
  test(`${what} is malformed: ${fault} at byte ${at}`, () => {
    assert.equal(readTlv(bytesOfHex(hex)), { kind: 'malformed', fault, at });
  });
}

test('templates may be nested as deep, and bytes may be as many, as is said', () => {
  assert.is(readTlv(bytesOfHex(nested(MAX_TLV_DEPTH))).kind, 'elements');
  assert.is(readTlv(new Uint8Array(MAX_TLV_BYTES)).kind, 'elements');
});

test('an element is found down a path of tags, the first of several', () => {
  const reading = readTlv(bytesOfHex('6f0ba509bf0c06610250006100'));
  const elements = reading.kind === 'elements' ? reading.elements : [];
  assert.is(find(elements, 0x6f, 0xa5, 0xbf0c, 0x61)?.elements?.length, 1);
  assert.is(find(elements, 0x6f, 0x61), undefined);
  assert.is(find(elements, 0x5a), undefined);
});

test('what is written is read back, whatever the tags and however nested', () => {
  const leaf = fc.tuple(
    fc.constantFrom(0x4f, 0x50, 0x5a, 0x87, 0x9f38, 0x9f2a, 0xdf810a),
    fc.uint8Array({ maxLength: 40 }),
  );
  type Tree = readonly [tag: number, inner: Uint8Array | readonly Tree[]];
  const tree = (depth: number): fc.Arbitrary<Tree> =>
    depth === 0
      ? leaf
      : fc.oneof(
          leaf,
          fc.tuple(fc.constantFrom(0x61, 0x70, 0xbf0c), fc.array(tree(depth - 1), { maxLength: 3 })),
        );
  const bytesOf = ([tag, inner]: Tree): Uint8Array =>
    inner instanceof Uint8Array ? writeTlv(tag, inner) : writeTlv(tag, ...inner.map(bytesOf));
  const wordsOf = ([tag, inner]: Tree): string =>
    inner instanceof Uint8Array
      ? `${tag.toString(16)}=${hexOfBytes(inner)}`
      : `${tag.toString(16)}(${inner.map(wordsOf).join(', ')})`;
  fc.assert(
    fc.property(tree(3), written => {
      const bytes = bytesOf(written);
      fc.pre(bytes.length <= MAX_TLV_BYTES);
      const reading = readTlv(bytes);
      assert.is(reading.kind === 'elements' && inWords(reading.elements), wordsOf(written));
    }),
  );
});

test('any bytes are elements or malformed at a byte of theirs', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), bytes => {
      const reading = readTlv(bytes);
      if (reading.kind === 'malformed') assert.ok(reading.at <= bytes.length);
    }),
  );
});

test.run();
