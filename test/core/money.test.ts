import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import {
  CURRENCIES,
  exponentOf,
  formatAmount,
  minor,
  parseAmount,
  percentOf,
  ROUNDING_MODES,
  type RoundingMode,
  roundExact,
  roundFraction,
} from '../../src/core/money.ts';

const PARSED: [text: string, currency: string, minor: number | undefined, written?: string][] = [
  ['8.40', 'RUB', 840],
  ['8.4', 'RUB', 840, '8.40'],
  ['37', 'RUB', 3700, '37.00'],
  ['0.01', 'RUB', 1],
  ['0.00', 'RUB', 0],
  ['-0.00', 'RUB', 0, '0.00'],
  ['-0.05', 'RUB', -5],
  ['-37.00', 'RUB', -3700],
  ['007.10', 'RUB', 710, '7.10'],
  ['1.2300', 'RUB', 123, '1.23'],
  ['300', 'JPY', 300],
  ['300.0', 'JPY', 300, '300'],
  ['0', 'JPY', 0],
  ['-12', 'JPY', -12],
  ['1.234', 'KWD', 1234],
  ['0.005', 'KWD', 5],
  ['-0.500', 'KWD', -500],
  ['2', 'KWD', 2000, '2.000'],
  ['1.2345', 'CLF', 12345],
  ['999999999999.99', 'RUB', 99_999_999_999_999],
  ['1.234', 'RUB', undefined],
  ['300.5', 'JPY', undefined],
  ['1.2345', 'KWD', undefined],
  ['', 'RUB', undefined],
  ['.50', 'RUB', undefined],
  ['5.', 'RUB', undefined],
  ['+5', 'RUB', undefined],
  ['5,00', 'RUB', undefined],
  ['1e3', 'RUB', undefined],
  ['1 000', 'RUB', undefined],
  ['--5', 'RUB', undefined],
  ['0x10', 'RUB', undefined],
  ['NaN', 'RUB', undefined],
  ['Infinity', 'RUB', undefined],
  ['1234567890123', 'RUB', undefined],
  // Twelve digits fit every exponent but the largest: beyond what an integer holds exactly there is no amount.
  ['999999999999', 'CLF', undefined],
  ['900719925474.0991', 'CLF', Number.MAX_SAFE_INTEGER],
];

for (const [text, currency, expected, written] of PARSED) {
  test(`'${text}' ${currency} is ${expected === undefined ? 'no amount' : `${expected} in minor units`}`, () => {
    const parsed = parseAmount(text, currency);
    assert.is(parsed, expected);
    if (parsed !== undefined) assert.is(formatAmount(parsed, currency), written ?? text);
  });
}

test('a currency has its exponent of ISO 4217, two where it is not listed', () => {
  assert.equal(['JPY', 'RUB', 'EUR', 'KWD', 'CLF', 'XXX'].map(exponentOf), [0, 2, 2, 3, 4, 2]);
});

test('what is written is read back, in every exponent', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -999_999_999_999, max: 999_999_999_999 }),
      fc.constantFrom('JPY', 'RUB', 'KWD', 'CLF'),
      (amount, currency) => Object.is(parseAmount(formatAmount(minor(amount), currency), currency), amount),
    ),
  );
});

for (const amount of [0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
  test(`${amount} is no amount in minor units`, () => {
    assert.throws(() => minor(amount), /safe integer/);
  });
}

// Both sides of the half and the half itself, for even and odd steps.
const ROUNDED: [
  numerator: number,
  denominator: number,
  step: number,
  expected: Record<RoundingMode, number>,
][] = [
  [0, 2, 1, { 'half-up': 0, 'half-even': 0, up: 0, down: 0 }],
  [1, 2, 1, { 'half-up': 1, 'half-even': 0, up: 1, down: 0 }],
  [3, 2, 1, { 'half-up': 2, 'half-even': 2, up: 2, down: 1 }],
  [5, 2, 1, { 'half-up': 3, 'half-even': 2, up: 3, down: 2 }],
  [4, 2, 1, { 'half-up': 2, 'half-even': 2, up: 2, down: 2 }],
  [2499, 1000, 1, { 'half-up': 2, 'half-even': 2, up: 3, down: 2 }],
  [2501, 1000, 1, { 'half-up': 3, 'half-even': 3, up: 3, down: 2 }],
  [1, 1000, 1, { 'half-up': 0, 'half-even': 0, up: 1, down: 0 }],
  // To five kopecks: 12.5 lies half-way between 10 and 15, and 15 is the odd number of steps.
  [25, 2, 5, { 'half-up': 15, 'half-even': 10, up: 15, down: 10 }],
  [35, 2, 5, { 'half-up': 20, 'half-even': 20, up: 20, down: 15 }],
  [10, 1, 5, { 'half-up': 10, 'half-even': 10, up: 10, down: 10 }],
  [11, 1, 5, { 'half-up': 10, 'half-even': 10, up: 15, down: 10 }],
  // An odd step has no half in whole minor units, but its fractions do.
  [3, 2, 3, { 'half-up': 3, 'half-even': 0, up: 3, down: 0 }],
  [9, 2, 3, { 'half-up': 6, 'half-even': 6, up: 6, down: 3 }],
];

for (const [numerator, denominator, step, expected] of ROUNDED) {
  for (const mode of ROUNDING_MODES) {
    test(`${numerator}/${denominator} ${mode} to ${step} is ${expected[mode]}, and its negative mirrors it`, () => {
      const rounding = { mode, stepMinor: step };
      assert.is(roundFraction(numerator, denominator, rounding), expected[mode]);
      const mirrored = roundFraction(-numerator, denominator, rounding);
      assert.ok(Object.is(mirrored, expected[mode] === 0 ? 0 : -expected[mode]), `${mirrored}`);
    });
  }
}

test('an exact fraction is rounded alike whether numbers hold it or not', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -1e9, max: 1e9 }),
      fc.integer({ min: 1, max: 10_000 }),
      fc.constantFrom(...ROUNDING_MODES),
      fc.integer({ min: 1, max: 1000 }),
      fc.bigInt({ min: 1n, max: 10n ** 30n }),
      (numerator, denominator, mode, stepMinor, factor) => {
        const exact = roundExact(BigInt(numerator) * factor, BigInt(denominator) * factor, {
          mode,
          stepMinor,
        });
        assert.ok(Object.is(exact, roundFraction(numerator, denominator, { mode, stepMinor })));
      },
    ),
  );
});

test('a currency is a code of three letters, and each stands once', () => {
  for (const code of CURRENCIES) assert.match(code, /^[A-Z]{3}$/);
  assert.is(new Set(CURRENCIES).size, CURRENCIES.length);
  for (const code of Intl.supportedValuesOf('currency').filter(code => !NO_MONEY.includes(code)))
    assert.ok(CURRENCIES.includes(code), code);
});

/** Units of account of banks, which nobody rides for. */
const NO_MONEY = ['XDR', 'XSU', 'XUA'];

test('rounding gives a multiple of the step, less than one step away, and no nearer multiple is passed by', () => {
  const anyRounding = fc.record({
    numerator: fc.integer({ min: -1e9, max: 1e9 }),
    denominator: fc.integer({ min: 1, max: 10_000 }),
    mode: fc.constantFrom(...ROUNDING_MODES),
    stepMinor: fc.integer({ min: 1, max: 1000 }),
  });
  fc.assert(
    fc.property(anyRounding, ({ numerator, denominator, mode, stepMinor }) => {
      const rounded = BigInt(roundFraction(numerator, denominator, { mode, stepMinor }));
      const unit = BigInt(denominator) * BigInt(stepMinor);
      const signed = rounded * BigInt(denominator) - BigInt(numerator);
      const away = signed < 0n ? -signed : signed;
      assert.is(rounded % BigInt(stepMinor), 0n);
      assert.ok(away < unit);
      if (mode === 'half-up' || mode === 'half-even') assert.ok(away * 2n <= unit);
    }),
  );
});

test('a percentage is taken of the whole amount, once, and then rounded', () => {
  const kopeck = { mode: 'half-up', stepMinor: 1 } as const;
  assert.is(percentOf(minor(4200), 2000, kopeck), 840);
  assert.is(percentOf(minor(4200), 5000, kopeck), 2100);
  assert.is(percentOf(minor(4200), 0, kopeck), 0);
  assert.is(percentOf(minor(4200), 10_000, kopeck), 4200);
  assert.is(percentOf(minor(3333), 3333, kopeck), 1111);
  assert.is(percentOf(minor(1), 5000, kopeck), 1);
  assert.is(percentOf(minor(-1), 5000, kopeck), -1);
});

test('a percentage that an integer cannot hold exactly is refused, not rounded in silence', () => {
  assert.throws(() => percentOf(minor(2 ** 52), 3333, { mode: 'down', stepMinor: 1 }), /exact fraction/);
});

test.run();
