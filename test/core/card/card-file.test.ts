import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { cardFileSchema, faceOf } from '../../../src/core/card/card-file.ts';
import { isRandomUid } from '../../../src/core/card/face.ts';
import { formatProblem } from '../../../src/core/error.ts';
import { readYaml } from '../../../src/core/source/yaml.ts';

const read = (text: string) => readYaml(text, 'cards.yaml', cardFileSchema);
const CARD = {
  id: 'anna',
  holder: 'Anna',
  mediumClass: 'transport-card',
  form: 'storage',
  uid: '"04A1B2C3D4E5F6"',
  category: 'general',
};
type Changes = Readonly<Record<string, string>>;
const fileOf = (...cards: readonly Changes[]) => {
  const lines = cards.map(
    card =>
      `  - { ${Object.entries({ ...CARD, ...card })
        .map(pair => pair.join(': '))
        .join(', ')} }`,
  );
  return ['asOf: 2026-03-02T00:00:00+05:00', 'cards:', ...lines].join('\n');
};

test('the synthetic cards that everything shows itself with are as the file says', () => {
  const text = readFileSync(new URL('../../../fixtures/cards.yaml', import.meta.url), 'utf8');
  const { value, problems } = read(text);
  assert.equal(problems, []);
  const cards = value?.cards ?? [];
  assert.is(cards.length, 25);
  const lengths = new Set(cards.map(card => faceOf(card).uid.length));
  assert.equal(
    [...lengths].sort((a, b) => a - b),
    [4, 7, 10],
  );
  assert.equal(
    cards.filter(card => isRandomUid(faceOf(card).uid)).map(({ id }) => id),
    ['ulyana-bank', 'rita-resident', 'phone-random'],
  );
  const olga = cards.find(({ id }) => id === 'olga-student');
  assert.equal(olga?.quotaUsed, { month: 202603, used: 51 });
  assert.is(olga?.categoryExpiry, 20260630);
});

test('a card that is wrong is named with line and column', () => {
  const cases: readonly (readonly [Changes, RegExp])[] = [
    [{ uid: '0412' }, /^cards\.yaml:3:\d+: cards\.0\.uid: 412 \(expected 4, 7, 10 bytes of hex in quotes/],
    [{ uid: '"0412"' }, /expected 4, 7, 10 bytes/],
    [{ uid: '"04A1B2C3D4E5Fx"' }, /expected 4, 7, 10 bytes/],
    [{ form: 'storge' }, /cards\.0\.form: 'storge' \(expected 'storage'\)$/],
    [{ catgory: 'pupil' }, /unknown key 'catgory' \(expected 'category'\)$/],
    [
      { bank: '{ scheme: mir, pan: "2200998000000129", expiry: 2028-12 }' },
      /^cards\.yaml:3:\d+: cards\.0\.form: 'storage' \(expected form iso14443-4/,
    ],
    [{ id: 'Anna Sokolova' }, /cards\.0\.id: .*expected small letters/],
    [{ categoryExpiry: '2026-02-30' }, /cards\.0\.categoryExpiry: .*expected a day such as/],
    [{ quotaUsed: '{ month: 2026-13, used: 1 }' }, /cards\.0\.quotaUsed\.month: .*expected a month such as/],
    [{ quotaUsed: '{ month: 2026-03, used: -1 }' }, /cards\.0\.quotaUsed\.used/],
  ];
  for (const [changes, message] of cases) {
    const { problems } = read(fileOf(changes));
    assert.is(problems.length, 1, JSON.stringify(changes));
    assert.match(problems.map(formatProblem).join('\n'), message);
  }
});

const BANK = { scheme: 'mir', pan: '"2200998000000129"', expiry: '2028-12' };
const bankCard = (changes: Changes): Changes => {
  const pairs = Object.entries({ ...BANK, ...changes }).map(pair => pair.join(': '));
  return { form: 'iso14443-4', bank: `{ ${pairs.join(', ')} }` };
};

test('a bank card that is wrong is named, and its number is not repeated', () => {
  assert.equal(read(fileOf(bankCard({ psn: '"07"', coBadged: 'unionpay' }))).problems, []);
  const cases: readonly (readonly [Changes, RegExp])[] = [
    [{ pan: '2200998000000129' }, /cards\.0\.bank\.pan: not text \(expected 12-19 digits in quotes\)/],
    [{ pan: '"22009980000"' }, /cards\.0\.bank\.pan: of another form \(expected 12-19 digits in quotes\)/],
    [{ pan: '"2200 9980 0000 0129"' }, /cards\.0\.bank\.pan: of another form/],
    [{ scheme: 'mirr' }, /cards\.0\.bank\.scheme: 'mirr' \(expected 'mir'\)/],
    [{ expiry: '12/28' }, /cards\.0\.bank\.expiry: '12\/28' \(expected a month such as 2026-03\)/],
    [{ psn: '1' }, /cards\.0\.bank\.psn: not text \(expected two digits in quotes\)/],
    [
      { par: '"500"' },
      /cards\.0\.bank\.par: of another form \(expected 29 digits and capital letters in quotes\)/,
    ],
    [{ coBadget: 'mir' }, /unknown key 'coBadget' \(expected 'coBadged'\)/],
  ];
  for (const [changes, message] of cases) {
    const { problems } = read(fileOf(bankCard(changes)));
    assert.is(problems.length, 1, JSON.stringify(problems));
    const said = problems.map(formatProblem).join('\n');
    assert.match(said, message);
    assert.not.match(said, /\d{5}/);
  }
});

test('no bank can have issued a card of the fixtures: its check digit is wrong', () => {
  const text = readFileSync(new URL('../../../fixtures/cards.yaml', import.meta.url), 'utf8');
  const numbers = (read(text).value?.cards ?? []).flatMap(({ bank }) =>
    bank === undefined ? [] : [bank.pan],
  );
  assert.is(numbers.length, 5);
  for (const pan of numbers) assert.is.not(luhnSum(pan) % 10, 0, pan);
});

/** From the right every second digit counts twice, digit by digit. */
function luhnSum(digits: string): number {
  return [...digits].reverse().reduce((sum, digit, index) => {
    const value = Number(digit) * (1 + (index % 2));
    return sum + (value > 9 ? value - 9 : value);
  }, 0);
}

test('a card stands once, by its id and by its number', () => {
  const { problems } = read(fileOf({}, { uid: '"04a1b2c3d4e5f6"' }));
  assert.equal(
    problems.map(({ what }) => what),
    ["cards.1.id: 'anna' stands twice", "cards.1.uid: '04a1b2c3d4e5f6' stands twice"],
  );
});

test.run();
