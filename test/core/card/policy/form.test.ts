/** What stands in the PDF417 of a policy: by the example in the fund's rules, by hand, and by laws. */
import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import {
  beyondPolicyForm,
  decodePolicyForm,
  encodePolicyForm,
  type PolicyForm,
  SEXES,
} from '../../../../src/core/card/policy/form.ts';
import { ALPHABET } from '../../../../src/core/card/policy/name.ts';
import { isPolicyNumber } from '../../../../src/core/card/policy/number.ts';
import { bytesOfHex, hexOfBytes } from '../../../../src/core/hex.ts';
import { dateOfDay, dayOfDate, type ServiceDate } from '../../../../src/core/time.ts';

const PERSON: Extract<PolicyForm, { type: 2 }> = {
  type: 2,
  number: '7251840831000013',
  family: 'БЕЛОВ',
  given: 'ИВАН',
  patronymic: 'ПЕТРОВИЧ',
  sex: 'male',
  born: 19900517 as ServiceDate,
  expiry: 20301231 as ServiceDate,
  signature: new Uint8Array(65).fill(0xa5),
};
const OLDER: PolicyForm = { ...PERSON, type: 1, insurer: '1027700000000', region: '71000' };

/** 7251840831000013; then 6 bits each: Б Е Л О В | И В А Н | П Е Т Р О В И Ч, and spaces to byte 59. */
const WHOLE = [
  '02',
  '0019c382c4b30dcd',
  `3d369d43f5d039cfde4e17dd417980${'00'.repeat(36)}`,
  '01',
  '80f0',
  'bae6',
  'a5'.repeat(65),
].join('');

test('a form 2 is what its rules say, byte for byte', () => {
  assert.is(hexOfBytes(encodePolicyForm(PERSON)), WHOLE);
  assert.equal(decodePolicyForm(bytesOfHex(WHOLE)), { kind: 'form', form: PERSON });
});

test("the name in the fund's rules for form 1 is the bytes that stand there", () => {
  const name = { family: 'АЛПАТОВА', given: 'ВАЛЕНТИНА', patronymic: 'АЛЕКСАНДРОВНА' };
  const bytes = encodePolicyForm({ ...OLDER, ...name });
  assert.is(hexOfBytes(bytes.slice(9, 33)), '90a34d5c7871ceef689e137690f33bda94810e277d1dc439');
  assert.ok(bytes.slice(33, 51).every(byte => byte === 0));
  // Sex 1, the days, the insurer and the region as numbers.
  // Male, born, expiring; 1027700000000 in 71000.
  assert.is(hexOfBytes(bytes.slice(51, 65)), '01' + '80f0' + 'bae6' + '00ef47b18500' + '011558');
});

const name = fc.stringMatching(/^[ .\-'0-9АБВЁЙЬЪЫЮЯ]{0,14}[0-9АБВЁЙЬЪЫЮЯ]$/);
const day = fc
  .integer({ min: 1, max: 0xffff })
  .map(days => dateOfDay(dayOfDate(19000101 as ServiceDate) + days));
const insured = fc.record({
  number: fc
    .stringMatching(/^\d{15}$/)
    .map(digits => digits + Array.from('0123456789').find(last => isPolicyNumber(digits + last))),
  family: name,
  given: name,
  patronymic: fc.oneof(name, fc.constant('')),
  sex: fc.constantFrom(...SEXES),
  born: fc.option(day, { nil: undefined }),
  expiry: fc.option(day, { nil: undefined }),
  signature: fc.uint8Array({ minLength: 65, maxLength: 65 }),
});
const form: fc.Arbitrary<PolicyForm> = fc.oneof(
  insured.map(person => ({ type: 2, ...person }) as const),
  fc
    .tuple(insured, fc.stringMatching(/^\d{13}$/), fc.stringMatching(/^\d{5}$/))
    .map(([person, insurer, region]) => ({ type: 1, ...person, insurer, region }) as const),
);

test('whatever is written is read as it was', () => {
  fc.assert(
    fc.property(form, written => {
      const bytes = encodePolicyForm(written);
      assert.is(bytes.length, 130);
      assert.equal(decodePolicyForm(bytes), { kind: 'form', form: written });
    }),
    { numRuns: 300 },
  );
});

test('every character has its own six bits', () => {
  for (const [code, letter] of Array.from(ALPHABET).entries()) {
    const family = `${letter}А`;
    const bytes = encodePolicyForm({ ...PERSON, family });
    assert.is((bytes[9] ?? 0) >>> 2, code, letter);
  }
});

const WRONG: readonly (readonly [what: string, at: number, spoil: (bytes: Uint8Array) => Uint8Array])[] = [
  ['a code that is cut', 0, bytes => bytes.slice(0, 129)],
  ['a code that goes on', 0, bytes => Uint8Array.of(...bytes, 0)],
  ['a third form', 0, bytes => bytes.fill(3, 0, 1)],
  ['a number that is misread', 1, bytes => bytes.fill(0xce, 8, 9)],
  ['a number of more digits than there are', 1, bytes => bytes.fill(0xff, 1, 9)],
  ['a character that nobody has', 9, bytes => bytes.fill(0xbf, 9, 10)],
  ['a name in one part', 9, bytes => bytes.fill(0, 9, 60)],
  ['a name in four parts', 9, bytes => bytes.fill(0xff, 50, 51)],
  ['a sex that nobody has', 60, bytes => bytes.fill(0, 60, 61)],
];

for (const [what, at, spoil] of WRONG) {
  test(`${what} is refused, and at which byte is said`, () => {
    const reading = decodePolicyForm(spoil(encodePolicyForm(PERSON)));
    assert.equal([reading.kind, reading.kind === 'malformed' && reading.at], ['malformed', at]);
  });
}

for (const [what, at] of [
  ['insurer', 56],
  ['region', 62],
] as const) {
  test(`a form 1 whose ${what} has too many digits is refused`, () => {
    const reading = decodePolicyForm(encodePolicyForm(OLDER).fill(0xff, at, at + 3));
    assert.equal([reading.kind, reading.kind === 'malformed' && reading.at], ['malformed', at]);
  });
}

const BEYOND: readonly (readonly [change: Partial<PolicyForm>, says: RegExp])[] = [
  [{ number: '7251840831000014' }, /last digit/],
  [{ family: 'Белов' }, /Russian capitals/],
  [{ given: 'А|Б' }, /Russian capitals/],
  [{ patronymic: 'П ' }, /ends with a space/],
  [{ family: 'А'.repeat(54) }, /a name of 68 characters, where 56/],
  [{ born: 19000101 as ServiceDate }, /before 1900-01-02/],
  [{ expiry: 20790607 as ServiceDate }, /after 2079-06-06/],
  [{ signature: new Uint8Array(64) }, /64 bytes/],
];

for (const [change, says] of BEYOND) {
  test(`what has no room is refused by name: ${says.source}`, () => {
    assert.match(beyondPolicyForm({ ...OLDER, ...change } as PolicyForm) ?? '', says);
  });
}

test('a name fills its room, and not one character more', () => {
  const longest = 68 - '||ИВАНПЕТРОВИЧ'.length;
  for (const [letters, beyond] of [
    [longest, undefined],
    [longest + 1, 'a name of 69 characters, where 68 have room'],
  ] as const)
    assert.is(beyondPolicyForm({ ...PERSON, family: 'А'.repeat(letters) }), beyond);
});

test.run();
