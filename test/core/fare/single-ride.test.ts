import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { NEW_RIDER } from '../../../src/core/fare/rider.ts';
import { readEdited, singleOf } from '../../tariffs.ts';
import {
  BANK,
  type Card,
  GENERAL,
  local,
  PENSIONER,
  PUPIL,
  Rider,
  STUDENT,
  said,
  saidLines,
} from './rider.ts';

/** Published for 2026: 37.00 cashless, 42.00 cash; pupils 20 % and students 50 % of the cash fare, pensioners free. */
const PRICES: [name: string, card: Card, said: string, lines: string, rules: string[]][] = [
  ['the transport card', GENERAL, '37.00 fare-paid', 'rider 37.00', ['leg:ride::single']],
  ['a bank card', BANK, '37.00 fare-paid', 'rider 37.00', ['leg:ride::single']],
  [
    'a pupil',
    PUPIL,
    '8.40 concession',
    'rider 8.40 + region 33.60 of 42.00',
    ['leg:ride::single', 'concession:pupil'],
  ],
  [
    'a student',
    STUDENT,
    '21.00 concession',
    'rider 21.00 + region 21.00 of 42.00',
    ['leg:ride::single', 'concession:student'],
  ],
  [
    'a pensioner',
    PENSIONER,
    '0.00 free-ride',
    'rider 0.00 + region 42.00 of 42.00',
    ['leg:ride::single', 'concession:pensioner'],
  ],
];

for (const [name, card, expected, lines, rules] of PRICES) {
  test(`a ride on ${name} costs ${expected}`, () => {
    const rated = new Rider(card).tap('25', local('2026-03-02 07:30:00'));
    assert.is(said(rated), expected);
    assert.is(saidLines(rated.lines), lines);
    for (const line of rated.lines) assert.equal(line.ruleIds, rules);
    assert.is(rated.riderIndex, 1);
    assert.equal(rated.graced, []);
  });
}

test('each concession is sold as its own product', () => {
  const productOf = (card: Card) =>
    new Rider(card).tap('25', local('2026-03-02 07:30:00')).lines.map(line => line.productId);
  assert.equal([GENERAL, BANK, PUPIL, STUDENT, PENSIONER].map(productOf), [[1], [1], [2, 2], [3, 3], [4, 4]]);
});

test('only what other vehicles cannot change is final', () => {
  const finalityOf = (card: Card) => new Rider(card).tap('25', local('2026-03-02 07:30:00')).finality;
  assert.equal([GENERAL, PUPIL, STUDENT, BANK, PENSIONER].map(finalityOf), [
    'estimate',
    'estimate',
    'estimate',
    'final',
    'final',
  ]);
});

test('a category that the tariff does not know rides as the default one, and the record says so', () => {
  const rated = new Rider({ mediumClass: 'transport-card', category: 'veteran' }).tap(
    '25',
    local('2026-03-02 07:30:00'),
  );
  assert.is(said(rated), '37.00 fare-paid');
  assert.equal(rated.graced, ['entitlement-unknown']);
});

test('a medium without a fare is declined and nothing is remembered', () => {
  const rider = new Rider({ mediumClass: 'paper', category: 'general' });
  assert.is(said(rider.tap('25', local('2026-03-02 07:30:00'))), '- no-fare');
  assert.equal(rider.state, NEW_RIDER);
});

test('a concession is rounded by the named mode, and the funders always add up to the reference price', () => {
  const modes = [
    ['half-up', 'rider 4.69 + region 32.81 of 37.50'],
    ['half-even', 'rider 4.69 + region 32.81 of 37.50'],
    ['up', 'rider 4.69 + region 32.81 of 37.50'],
    ['down', 'rider 4.68 + region 32.82 of 37.50'],
  ] as const;
  for (const [mode, lines] of modes) {
    const { tariff } = readEdited(
      ['fare_products.txt', 'cash,42.00', 'cash,37.50'],
      ['tariff.yaml', 'percent: 20', 'percent: 12.5'],
      ['tariff.yaml', 'mode: half-up', `mode: ${mode}`],
    );
    const rated = new Rider(PUPIL, tariff).tap('25', local('2026-03-02 07:30:00'));
    assert.is(saidLines(rated.lines), lines, mode);
  }
});

test('a price that names the category and the medium beats one that names either, and that one the open one', () => {
  const { tariff } = readEdited([
    'fare_products.txt',
    'single,Single ride,,transport-card,37.00,RUB',
    [
      'single,Single ride,,,50.00,RUB',
      'single,Single ride,,transport-card,37.00,RUB',
      'single,Single ride,pensioner,,11.00,RUB',
      'single,Single ride,pensioner,bank-card,12.00,RUB',
    ].join('\n'),
  ]);
  const price = (category: string) => singleOf(tariff, category)?.lines[0];
  assert.is(price('general')?.amountMinor, 3700);
  // A concession stands on its reference price, here the pensioner's own row for any medium.
  assert.is(price('pensioner')?.referenceMinor, 1100);
});

test('an empty network is every network that no rule names, and no other', () => {
  const { tariff } = readEdited(
    ['fare_leg_rules.txt', 'ride,,,,single', 'ride,,,,single\nriver,ferry,,,boat'],
    [
      'fare_products.txt',
      'single,Single ride,,transport-card',
      'boat,Ferry,,,100.00,RUB\nsingle,Single ride,,transport-card',
    ],
    [
      'tariff.yaml',
      'products:',
      'products:\n  - { id: 9, fareProduct: boat, name: { en: Ferry, ru: Паром } }',
    ],
  );
  const on = (networkId?: string) =>
    said(
      new Rider(BANK, tariff).tap(
        '25',
        local('2026-03-02 07:30:00'),
        networkId === undefined ? {} : { networkId },
      ),
    );
  assert.is(on(), '37.00 fare-paid');
  assert.is(on('city-bus'), '37.00 fare-paid');
  assert.is(on('ferry'), '100.00 fare-paid');
});

test.run();
