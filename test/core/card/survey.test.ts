import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { maskedNumber, maskedUid } from '../../../src/core/card/mask.ts';
import { surveyChip } from '../../../src/core/card/survey.ts';
import { virtualChip } from '../../../src/core/card/virtual/chip.ts';
import { CO_BADGED, WITH_REFERENCE } from './bank-cards.ts';
import { play, scripted, TERMINAL } from './play.ts';

const MASKED = [
  ['2200701234561234', '2200 70•• •••• 1234'],
  ['340070123456789', '3400 70•• •••• 789'],
  ['2200701234567', '2200 70•• •••• 7'],
  ['220070123456', '2200 70•• ••••'],
  ['6200190000000000048', '6200 19•• •••• •••0 048'],
] as const;

for (const [digits, masked] of MASKED) {
  test(`${digits.length} digits are shown as ${masked}`, () => assert.is(maskedNumber(digits), masked));
}

test('of a UID its last byte is shown', () => {
  assert.is(maskedUid('04a1b2c3d4e5f6'), '•••• •••• •••• F6');
  assert.is(maskedUid('9e31d0a4'), '•••• ••A4');
});

test('every application of a card is told, its number masked', () => {
  const survey = play(
    surveyChip(TERMINAL),
    virtualChip({ bank: { ...WITH_REFERENCE, coBadged: 'unionpay' } }),
  );
  const common = { number: '2200 99•• •••• 0012', expiry: '2028-12', psn: '01', hasReference: true };
  assert.equal(survey, {
    kind: 'applications',
    applications: [
      {
        aid: 'a0000006581010',
        label: 'MIR',
        priority: 1,
        kernel: '0a',
        kind: 'payment',
        scheme: 'mir',
        ...common,
      },
      {
        ...{ aid: 'a000000333010101', label: 'UnionPay Debit', priority: 2, kernel: '07' },
        ...{ kind: 'payment', scheme: 'unionpay', ...common },
      },
    ],
  });
  assert.not.match(JSON.stringify(survey), CO_BADGED.pan);
});

test('an application that is not read says why, and those of others are not asked', () => {
  const directory =
    '6f29a527bf0c24' +
    '61094f07a0000006581010' +
    '61084f06f05455524101' +
    '610d4f0bf04f4d53000000000000' +
    '0000';
  const chip = scripted(`${directory}9000`, '6283');
  const survey = play(surveyChip(TERMINAL), chip);
  const kinds = survey.kind === 'applications' ? survey.applications.map(({ kind }) => kind) : [];
  assert.equal(kinds, ['unread', 'transit', 'unknown']);
  assert.is(chip.asked.length, 2);
});

test('a card without a directory has none, and one that fails says why', () => {
  assert.equal(play(surveyChip(TERMINAL), scripted('6a82')), { kind: 'no-directory' });
  assert.is(play(surveyChip(TERMINAL), scripted('6f00')).kind, 'unread');
});

test.run();
