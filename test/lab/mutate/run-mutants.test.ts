/** Which changes a scenario notices, and which are none. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Readings } from '../../../src/gtfs/readings.ts';
import { readTariffFiles } from '../../../src/gtfs/tariff-files.ts';
import { changeText, type TariffTexts, withMutant } from '../../../src/lab/mutate/mutant.ts';
import { mutantsOf } from '../../../src/lab/mutate/mutants.ts';
import { type Fate, judgeMutants, type Passes } from '../../../src/lab/mutate/run-mutants.ts';
import { sampled } from '../../../src/lab/mutate/sample.ts';
import { Random } from '../../../src/lab/random.ts';
import { passes } from '../../../src/lab/scenario/play-scenario.ts';
import { nodeCrypto } from '../../../src/wire/node-crypto.ts';
import { cityFiles } from '../../core/fare/city.ts';
import { scenariosOf } from '../scenario/scenarios.ts';
import { shippedTariffs } from './folders.ts';

const RULES = `
caps:
  - { id: day, product: 9, limit: { amount: '2.50' }, period: { every: day, starts: calendar }, covers: {}, source: assumed }
`;

const CITY: TariffTexts = new Map(Object.entries(cityFiles(RULES)));

/** Whose tariff ends some day. */
const ENDING: TariffTexts = new Map(
  Object.entries(cityFiles(RULES, [['from: 2026-01-01', 'from: 2026-01-01, to: 2026-12-31']])),
);

/** Where the bus is sold by two products, of which the second costs so much. */
function twoBuses(price: string): TariffTexts {
  const number = '  - { id: 3, fareProduct: night, name: { en: Night, ru: Ночь } }\n';
  const files = cityFiles(RULES, [['  - { id: 9,', `${number}  - { id: 9,`]]);
  return new Map(
    Object.entries({
      ...files,
      'fare_products.txt': `${files['fare_products.txt']}night,,card,${price},EUR\n`,
      'fare_leg_rules.txt': 'network_id,fare_product_id,rule_priority\nbus,bus,1\nbus,night,1\n',
    }),
  );
}

const { tariff } = readTariffFiles(CITY, 'city', nodeCrypto);

/** A day in the city. */
function scenario(...steps: readonly object[]): Passes {
  const day = scenariosOf(JSON.stringify({ scenario: 'A day in the city', steps }), tariff);
  return tariffs => day.every(one => passes(tariffs, one));
}

const ONE_BUS = scenario({ at: '2026-03-02 08:00', network: 'bus', pay: '1.00' });
const THREE_BUSES = scenario(
  { at: '2026-03-02 08:00', network: 'bus', pay: '1.00' },
  { at: '09:00', network: 'bus', pay: '1.00' },
  { at: '10:00', network: 'bus', pay: '0.50', reason: 'capped' },
);

function fateOf(change: string, scenarios: readonly Passes[], files = CITY): Fate | undefined {
  const mutants = mutantsOf(files).filter(mutant => changeText(mutant) === change);
  assert.is(mutants.length, 1, change);
  return [...judgeMutants(files, mutants, scenarios, nodeCrypto)][0]?.fate;
}

const PRICE = 'fare_products.txt bus/card.amount 1.00 -> 1.01';
const LIMIT = 'tariff.yaml caps.0.limit.amount 2.50 -> 2.51';

test('a price that a scenario expects cannot change unnoticed, a limit that none reaches can', () => {
  assert.is(fateOf(PRICE, [ONE_BUS]), 'killed');
  assert.is(fateOf(LIMIT, [ONE_BUS]), 'survived');
});

test('of several scenarios one is enough, wherever it stands', () => {
  assert.is(fateOf(LIMIT, [ONE_BUS, THREE_BUSES]), 'killed');
  assert.is(fateOf(LIMIT, [THREE_BUSES, ONE_BUS]), 'killed');
});

test('without a scenario everything goes unnoticed', () => assert.is(fateOf(PRICE, []), 'survived'));

test('what is no tariff any more is stillborn', () => {
  assert.is(fateOf('tariff.yaml rounding.step 0.01 -> 0.00', [ONE_BUS]), 'stillborn');
  assert.is(
    fateOf('tariff.yaml categories.adult { ridersPerTrip: 4, source: assumed } -> removed', []),
    'stillborn',
  );
});

const BY = 'tariff.yaml effective.by first-entry -> tap';
const FIRST = 'fare_leg_rules.txt bus/bus.rule_priority 1 -> 2';

const IN_OTHER_WORDS: readonly [what: string, change: string, files: TariffTexts, fate: Fate][] = [
  [
    'a product sold by the only medium, or by any',
    'fare_products.txt bus/card.fare_media_id card -> removed',
    CITY,
    'same',
  ],
  [
    'a day of the calendar, or one from its first ride on',
    'tariff.yaml caps.0.period.starts calendar -> first-ride',
    CITY,
    'same',
  ],
  ['by the first entry or by the tap, where only one tariff ever holds', BY, CITY, 'same'],
  ['by the first entry or by the tap, where a tariff ends on the way', BY, ENDING, 'survived'],
  ['one of two products at one price', FIRST, twoBuses('1.00'), 'same'],
  ['one of two products, and the other one is cheaper', FIRST, twoBuses('0.90'), 'survived'],
];

for (const [what, change, files, fate] of IN_OTHER_WORDS) {
  test(`${what}: ${fate === 'same' ? 'nobody could notice' : 'somebody could'}`, () =>
    assert.is(fateOf(change, [], files), fate));
}

test('whoever notices one change is asked first about the next', () => {
  const asked: string[] = [];
  const telling =
    (name: string, inner: Passes): Passes =>
    tariffs => {
      asked.push(name);
      return inner(tariffs);
    };
  const changes = [LIMIT, LIMIT.replace('2.51', '2.49')];
  const mutants = mutantsOf(CITY).filter(mutant => changes.includes(changeText(mutant)));
  for (const _ of judgeMutants(
    CITY,
    mutants,
    [telling('one', ONE_BUS), telling('three', THREE_BUSES)],
    nodeCrypto,
  ));
  assert.equal(asked, ['one', 'three', 'three']);
});

test('a tariff of which only one file is read anew is the tariff that is read whole', () => {
  const [, files] = shippedTariffs().find(([name]) => name === 'netherlands-like') ?? [];
  assert.ok(files);
  const readings = new Readings();
  for (const mutant of sampled(mutantsOf(files), 40, new Random(3))) {
    const texts = withMutant(files, mutant);
    const read = (...known: readonly Readings[]) => {
      try {
        return JSON.stringify(readTariffFiles(texts, 'tariff', nodeCrypto, ...known));
      } catch (error) {
        return String(error);
      }
    };
    assert.is(read(readings), read(), changeText(mutant));
  }
});

test('a sample is so many of all, in their order, and the same for the same seed', () => {
  const all = mutantsOf(CITY);
  const some = sampled(all, 10, new Random(7));
  assert.is(some.length, 10);
  assert.equal(
    some,
    all.filter(mutant => some.includes(mutant)),
  );
  assert.equal(sampled(all, 10, new Random(7)), some);
  assert.not.equal(sampled(all, 10, new Random(8)), some);
  assert.equal(sampled(all, 10_000, new Random(7)), all);
});

test.run();
