import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { readDirectory } from '../../../src/core/card/ppse.ts';
import { writeTlv } from '../../../src/core/card/tlv.ts';
import { bytesOfHex, hexOfBytes } from '../../../src/core/hex.ts';
import { play, scripted } from './play.ts';

const MIR = '4f07a0000006581010';

/** The answer of a card whose directory has these entries, each in hex. */
const directory = (...entries: readonly string[]): string => {
  const list = entries.map(entry => writeTlv(0x61, bytesOfHex(entry)));
  const information = writeTlv(0x6f, writeTlv(0xa5, writeTlv(0xbf0c, ...list)));
  return `${hexOfBytes(information)}9000`;
};

const read = (answer: string) => play(readDirectory(), scripted(answer));

test('the directory is selected by its name, with as much wanted as there is', () => {
  const chip = scripted('6a82');
  assert.equal(play(readDirectory(), chip), { kind: 'no-directory' });
  assert.equal(chip.asked, ['00a404000e325041592e5359532e444446303100']);
});

const ENTRIES = [
  ['an identifier alone', MIR, { aid: 'a0000006581010' }],
  ['a label', `${MIR}50034d4952`, { aid: 'a0000006581010', label: 'MIR' }],
  [
    'a label that would order a terminal about',
    `${MIR}50041b5b324a`,
    { aid: 'a0000006581010', label: '?[2J' },
  ],
  ['a priority', `${MIR}870102`, { aid: 'a0000006581010', priority: 2 }],
  [
    'a priority that asks for a confirmation, which counts without it',
    `${MIR}870181`,
    { aid: 'a0000006581010', priority: 1 },
  ],
  ['a priority of none', `${MIR}870180`, { aid: 'a0000006581010' }],
  ['an empty priority', `${MIR}8700`, { aid: 'a0000006581010' }],
  ['a kernel', `${MIR}9f2a010a`, { aid: 'a0000006581010', kernel: '0a' }],
] as const;

for (const [what, entry, expected] of ENTRIES) {
  test(`an entry with ${what} is read`, () => {
    assert.equal(read(directory(entry)), { kind: 'directory', entries: [expected] });
  });
}

test('entries stand in the order of the card; one that names no application is passed over', () => {
  const answer = directory('4f05a000000999', '50034d4952', '4f04a0000006', `4f11${'a0'.repeat(17)}`, MIR);
  assert.equal(read(answer), {
    kind: 'directory',
    entries: [{ aid: 'a000000999' }, { aid: 'a0000006581010' }],
  });
});

test('a directory without entries is one: the card shows that it has applications of this kind', () => {
  assert.equal(read(directory()), { kind: 'directory', entries: [] });
});

const UNREAD = [
  ['refuses by another word than not found', '6985', '(6985, the conditions of use are not met)'],
  ['does not know the instruction', '6d00', '(6D00, no such instruction)'],
  ['answers nothing', '9000', '0 elements instead of one'],
  ['answers two elements', '6f006f009000', '2 elements instead of one'],
  ['answers another template', '70009000', '70 instead of 6F'],
  ['answers no TLV', '6f059000', 'no TLV: a value that ends early at byte 2'],
  ['lists nothing', '6f02a5009000', 'holds no list'],
] as const;

for (const [what, answer, why] of UNREAD) {
  test(`a card that ${what} is unread, and says why`, () => {
    const said = read(answer);
    assert.ok(said.kind === 'unread' && said.why.includes(why), JSON.stringify(said));
  });
}

test('any answer is a directory, none, or unread', () => {
  const answer = fc.oneof(
    fc.uint8Array({ minLength: 2, maxLength: 258 }),
    fc.uint8Array({ maxLength: 60 }).map(inner => bytesOfHex(directory(hexOfBytes(inner)))),
  );
  fc.assert(
    fc.property(answer, bytes => {
      const { kind } = play(readDirectory(), () => bytes);
      assert.ok(['directory', 'no-directory', 'unread'].includes(kind));
    }),
  );
});

test.run();
