import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { choosePayment } from '../../../src/core/card/choose.ts';
import type { DirectoryEntry } from '../../../src/core/card/ppse.ts';
import { RESIDENT_AIDS } from '../../../src/core/card/resident.ts';
import { SCHEME_AIDS, SCHEMES, type Scheme, schemeOf } from '../../../src/core/card/schemes.ts';

const MIR = 'a0000006581010';
const UNIONPAY = 'a000000333010102';
const VISA = 'a0000000031010';
/** Some other application: a policy, a loyalty programme, a key to a door. */
const OTHER = 'f04f4d5301';

const entry = (aid: string, priority?: number): DirectoryEntry =>
  priority === undefined ? { aid } : { aid, priority };

const CHOICES: readonly (readonly [
  what: string,
  entries: readonly DirectoryEntry[],
  preferred: readonly Scheme[],
  chosen: string,
])[] = [
  ['the only payment', [entry(MIR)], [], 'payment mir'],
  ["the card's first", [entry(MIR, 2), entry(UNIONPAY, 1)], [], 'payment unionpay'],
  ['one with a priority before one without', [entry(MIR), entry(UNIONPAY, 15)], [], 'payment unionpay'],
  [
    'the first in the directory where priorities are equal',
    [entry(MIR, 3), entry(VISA, 3)],
    [],
    'payment mir',
  ],
  [
    "the operator's before the card's first",
    [entry(UNIONPAY, 1), entry(MIR, 2)],
    ['mir', 'unionpay'],
    'payment mir',
  ],
  [
    'one that the operator names before one that it does not',
    [entry(VISA, 1), entry(UNIONPAY, 2)],
    ['unionpay'],
    'payment unionpay',
  ],
  [
    "the card's first where the operator names neither",
    [entry(VISA, 2), entry(UNIONPAY, 1)],
    ['mir'],
    'payment unionpay',
  ],
  ['a supported one behind one that is not', [entry(OTHER, 1), entry(MIR, 2)], [], 'payment mir'],
  ['none where none is supported, whatever its priority', [entry(OTHER, 1)], [], 'none'],
  ['none of none', [], [], 'none'],
  ['none where there is a policy alone', [entry(RESIDENT_AIDS.policy)], [], 'none'],
];

for (const [what, entries, preferred, chosen] of CHOICES) {
  test(`chosen is ${what}`, () => {
    const choice = choosePayment(entries, preferred);
    assert.is(choice.kind === 'payment' ? `payment ${choice.scheme}` : choice.kind, chosen);
  });
}

test('a scheme is known by the beginning of an identifier, whatever the card adds', () => {
  for (const scheme of SCHEMES) {
    for (const aid of SCHEME_AIDS[scheme]) {
      assert.is(schemeOf(aid), scheme);
      assert.is(schemeOf(`${aid}0102`), scheme);
      assert.is.not(schemeOf(aid.slice(0, -2)), scheme);
    }
  }
});

test('nothing is ever chosen but the payments of known schemes', () => {
  const aid = fc.oneof(
    fc.constantFrom(MIR, UNIONPAY, VISA, OTHER, ...Object.values(RESIDENT_AIDS)),
    fc.uint8Array({ minLength: 5, maxLength: 16 }).map(bytes => Buffer.from(bytes).toString('hex')),
  );
  const entries = fc.array(fc.tuple(aid, fc.option(fc.integer({ min: 1, max: 15 }), { nil: undefined })));
  fc.assert(
    fc.property(entries, fc.uniqueArray(fc.constantFrom(...SCHEMES)), (pairs, preferred) => {
      const choice = choosePayment(
        pairs.map(([name, priority]) => entry(name, priority)),
        preferred,
      );
      if (choice.kind === 'payment') assert.is(schemeOf(choice.aid), choice.scheme);
      else assert.ok(pairs.every(([name]) => schemeOf(name) === undefined));
    }),
  );
});

test.run();
