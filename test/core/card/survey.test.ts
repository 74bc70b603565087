import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { maskedNumber, maskedUid } from '../../../src/core/card/mask.ts';
import { type Survey, surveyChip } from '../../../src/core/card/survey.ts';
import { virtualChip } from '../../../src/core/card/virtual/chip.ts';
import type { ServiceDate } from '../../../src/core/time.ts';
import { CO_BADGED, WITH_REFERENCE } from './bank-cards.ts';
import { play, scripted, TERMINAL } from './play.ts';
import { issued, reading } from './transit/cards.ts';

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
    surveyChip(TERMINAL, reading()),
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
    resident: [],
  });
  assert.not.match(JSON.stringify(survey), CO_BADGED.pan);
});

/** None of the resident card's applications. */
const DENIED = ['6a82', '6a82', '6a82', '6a82'];

test('of the resident card every application is told apart: there, expired or not, blocked, another operator’s', () => {
  const chip = virtualChip({
    transit: issued(),
    policy: { number: '7251840831000013', expiry: 20301231 as ServiceDate, blocked: false },
    loyalty: { number: '9000000000000017', blocked: true },
    services: { number: '100200300400', blocked: false },
  });
  const said = (survey: Survey) =>
    survey.kind === 'unread'
      ? []
      : survey.resident.map(each => [each.application, each.kind === 'numbered' ? each.number : each.kind]);
  const others = [
    ['policy', '•••• •••• •••• 0013'],
    ['loyalty', 'blocked'],
    ['services', '•••• •••• •400'],
  ];
  assert.equal(said(play(surveyChip(TERMINAL, reading()), chip)), [['transit', 'transit'], ...others]);
  const foreign = reading(7, { keyId: 2, secret: new Uint8Array(16) });
  assert.equal(said(play(surveyChip(TERMINAL, foreign), chip)), [['transit', 'foreign'], ...others]);
});

test('an application that is not read says why, and those of others are not asked', () => {
  const directory =
    '6f29a527bf0c24' +
    '61094f07a0000006581010' +
    '61084f06f05455524101' +
    '610d4f0bf04f4d53000000000000' +
    '0000';
  const chip = scripted(`${directory}9000`, '6283', ...DENIED);
  const survey = play(surveyChip(TERMINAL, reading()), chip);
  const kinds = survey.kind === 'applications' ? survey.applications.map(({ kind }) => kind) : [];
  assert.equal(kinds, ['unread', 'unknown', 'unknown']);
  assert.is(chip.asked.length, 6);
});

test('a card without a directory has none, and one that fails says why', () => {
  assert.equal(play(surveyChip(TERMINAL, reading()), scripted('6a82', ...DENIED)), {
    kind: 'no-directory',
    applications: [],
    resident: [],
  });
  assert.is(play(surveyChip(TERMINAL, reading()), scripted('6f00')).kind, 'unread');
});

test.run();
