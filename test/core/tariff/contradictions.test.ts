/** Rules of which only one can count are told when a tariff is checked. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { compileTariff } from '../../../src/fare.ts';
import { cityFiles } from '../fare/city.ts';

function warnings(rules: string): string[] {
  return compileTariff(cityFiles(rules), 'city').warnings.map(({ at, what }) => `${at.line}: ${what}`);
}

/** The line on which the settings of the city end. */
const END = cityFiles('')['tariff.yaml']?.split('\n').length ?? 0;

const transfer = (id: string, more = '') =>
  `  - { id: ${id}, product: 9, window: 60 min, inclusive: true, count: 1, sameRoute: allowed, media: [card], categories: [adult], groupCovered: false, freeRideOpensWindow: false, ${more}source: assumed }\n`;
const discount = (id: string, covers: string) =>
  `  - { id: ${id}, product: 9, covers: ${covers}, percent: 50, source: assumed }\n`;
const cap = (id: string, amount: string, covers: string) =>
  `  - { id: ${id}, product: 9, limit: { amount: '${amount}' }, period: { every: day, starts: calendar }, covers: ${covers}, source: assumed }\n`;

const CONTRADICTIONS: [name: string, rules: string, line: number, what: string][] = [
  [
    'a transfer behind a wider one',
    `transfers:\n${transfer('any')}${transfer('bus-only', 'networks: [bus], ')}`,
    2,
    "'bus-only' never counts: 'any' fits first",
  ],
  [
    'a discount behind a wider one',
    `discounts:\n${discount('all', '{}')}${discount('tram', '{ networks: [tram] }')}`,
    2,
    "'tram' never counts: 'all' covers it first",
  ],
  [
    'a discount of a category that has a concession',
    `concessions:
  - { category: child, product: 9, percent: 50, of: { fareProduct: bus, fareMedia: card }, rest: region, source: assumed }
discounts:\n${discount('young', '{ categories: [child] }')}`,
    3,
    "'young' never counts for 'child': its concession is a price of its own",
  ],
  [
    'a cap above a wider and lower one',
    `caps:\n${cap('low', '5.00', '{}')}${cap('high', '7.00', '{ networks: [bus] }')}`,
    2,
    "'high' never counts: 'low' is reached before it",
  ],
];

for (const [name, rules, line, what] of CONTRADICTIONS) {
  test(`${name} is warned of where it stands`, () => {
    assert.equal(warnings(rules), [`${END + line}: ${what}`]);
  });
}

test('rules that go from the special to the general are none', () => {
  assert.equal(
    warnings(`transfers:\n${transfer('bus-only', 'networks: [bus], ')}${transfer('any')}discounts:
${discount('tram', '{ networks: [tram] }')}${discount('all', '{}')}caps:
${cap('tram', '6.00', '{ networks: [tram] }')}${cap('day', '8.00', '{}')}`),
    [],
  );
});

test.run();
