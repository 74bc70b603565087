/** YAML and CSV say the same: what is read is one scenario. */
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { readScenarios } from '../../../src/lab/scenario/read-scenarios.ts';
import type { Scenario } from '../../../src/lab/scenario/scenario.ts';
import { city } from '../../core/fare/city.ts';
import { scenariosOf, shipped } from './scenarios.ts';

/** Without where it stands, which is all that may differ. */
function said({ at: _at, steps, ...scenario }: Scenario): object {
  return { ...scenario, steps: steps.map(({ where: _where, ...step }) => step) };
}

test('a scenario of several cards is the same in either form', () => {
  const yaml = `scenario: Pupils and students
source: published
unconfirmed: true
cards:
  katya: { category: pupil, quotaUsed: { month: 2026-03, used: 43 }, categoryExpiry: 2026-05-31 }
  ulyana: { medium: bank-card, proofExpired: false }
steps:
  - { at: 2026-03-02 07:30, card: katya, line: 25, stop: solnechny, pay: 8.40, others: 33.60, quota: 0 }
  - { at: 07:31:10, card: ulyana, trip: bus-25, riders: 2, carrier: tmn, decision: accepted, reason: fare-paid }
  - { at: 07:31:00, card: katya, does: leave, network: bus, to: vokzal }
`;
  const csv = `scenario,source,unconfirmed,card,medium,category,quotaUsed,categoryExpiry,proofExpired,at,does,line,network,stop,to,trip,riders,carrier,decision,pay,others,reason,quota
Pupils and students,published,true,katya,,pupil,2026-03:43,2026-05-31,,2026-03-02 07:30,,25,,solnechny,,,,,,8.40,33.60,,0
,,,ulyana,bank-card,,,,false,07:31:10,,,,,,bus-25,2,tmn,accepted,,,fare-paid,
,,,katya,,,,,,07:31:00,leave,,bus,,vokzal,,,,,,,,
`;
  const tyumen = shipped('tyumen');
  assert.equal(scenariosOf(csv, tyumen, 'x.csv').map(said), scenariosOf(yaml, tyumen).map(said));
});

const LOYAL = city(`purse: { media: [card], floor: '0.00', maximum: '50.00', source: assumed }
passes: [{ id: month, product: 9, valid: fixed, covers: {}, source: assumed }]
loyalty:
  - { id: bonus, partner: shop, point: '0.01', accrual: [{ id: ride, covers: {}, points: 1, source: assumed }], source: assumed }
`);

test('a purse, passes and points are the same in either form', () => {
  const yaml = `scenario: Holding
card: { purse: 10.00, passes: [{ pass: month, from: 2026-03-01, to: 2026-03-31 }, { pass: month }], points: { bonus: 120 } }
steps:
  - { at: 2026-03-02 07:30, network: bus, redeem: [bonus], purse: 10.00 }
  - { at: 2026-03-02 12:00, does: load, amount: EUR 5.00, purse: 15 }
`;
  const csv = `scenario,purseBefore,passes,points,at,does,network,redeem,amount,purse
Holding,10.00,month:2026-03-01..2026-03-31 month,bonus:120,2026-03-02 07:30,,bus,bonus,,10.00
Holding,,,,2026-03-02 12:00,load,,,5.00,15.00
`;
  assert.equal(scenariosOf(csv, LOYAL, 'x.csv').map(said), scenariosOf(yaml, LOYAL).map(said));
});

const word = fc.stringMatching(/^[a-z][a-z0-9 ]{0,8}[a-z]$/);
const row = fc.record(
  {
    minute: fc.integer({ min: 0, max: 59 }),
    card: fc.constantFrom('anna', 'petr'),
    network: fc.constantFrom('bus', 'tram'),
    trip: word,
    pay: fc.integer({ min: 0, max: 99_999 }),
    reason: fc.constantFrom('fare-paid', 'capped'),
  },
  { requiredKeys: ['minute', 'card'] },
);

test('whatever is written as a table is read as it is in YAML', () => {
  const tariff = city('');
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 6 }), rows => {
      const steps = [...rows]
        .sort((a, b) => a.minute - b.minute)
        .map(({ minute, pay, ...step }) => ({
          at: `2026-03-02 08:${String(minute).padStart(2, '0')}`,
          pay: pay === undefined ? undefined : (pay / 100).toFixed(2),
          ...step,
        }));
      const names = ['at', 'card', 'network', 'trip', 'pay', 'reason'] as const;
      const cells = steps.map(step => ['x', ...names.map(name => step[name] ?? '')].join(','));
      const csv = `scenario,${names.join(',')}\n${cells.join('\n')}\n`;
      const cards = Object.fromEntries(rows.map(({ card }) => [card, {}]));
      const yaml = JSON.stringify({ scenario: 'x', cards, steps });
      assert.equal(scenariosOf(csv, tariff, 'x.csv').map(said), scenariosOf(yaml, tariff).map(said));
    }),
    { numRuns: 50 },
  );
});

test('rows of one name belong together wherever they stand, and an empty name is that of the row above', () => {
  const csv = `scenario,at
morning,2026-03-02 08:00
evening,2026-03-02 18:00
,19:00
morning,2026-03-02 09:00
`;
  const steps = scenariosOf(csv, city(''), 'x.csv').map(({ title, steps: each }) => [title, each.length]);
  assert.equal(steps, [
    ['morning', 2],
    ['evening', 2],
  ]);
});

test('a table may come from a spreadsheet: a byte order mark, CRLF, quotes and empty lines', () => {
  const csv = '\uFEFFscenario,at,pay\r\n"A ride, ""by bus""",2026-03-02 08:00,1.00\r\n\r\n,09:00,1.00\r\n';
  const { scenarios, problems } = readScenarios(csv, 'x.csv', city(''));
  assert.equal(
    problems.map(({ severity }) => severity),
    ['warning'],
  );
  assert.equal(
    scenarios.map(({ title, steps }) => [title, steps.map(({ where }) => where.line)]),
    [['A ride, "by bus"', [2, 4]]],
  );
});

test.run();
