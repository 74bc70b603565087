/** The life of a bank card in scenarios: ridden on credit, asked once a charging day, paid or refused. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { city } from '../../core/fare/city.ts';
import { missesOf, paidIn } from './scenarios.ts';

const CREDIT = city(
  "openLoop: { media: [card], aggregate: day, firstRide: '3.00', floorLimit: '10.00', retryDays: [1, 3], source: assumed }\n",
);

/** Steps of a card in the bus, at a euro a ride. */
const life = (steps: readonly string[], card = '{}') =>
  `scenario: x\ncard: ${card}\nsteps:\n${steps.map(step => `  - { network: bus, ${step} }\n`).join('')}`;

const DAY = ['at: 2026-03-02 08:00', 'at: 09:00', 'at: 10:00'];

test('a card that never paid rides up to the first ride limit, and no further that day', () => {
  assert.equal(paidIn(life([...DAY, 'at: 11:00']), CREDIT), [
    '1.00 fare-paid',
    '1.00 fare-paid',
    '1.00 fare-paid',
    '- credit-limit',
  ]);
});

test('a card that paid before rides up to the floor limit', () => {
  const rides = Array.from(
    { length: 11 },
    (_, hour) => `at: 2026-03-02 ${String(8 + hour).padStart(2, '0')}:00`,
  );
  const paid = paidIn(life(rides, '{ paidOn: 2026-02-27 }'), CREDIT);
  assert.equal(paid.slice(-2), ['1.00 fare-paid', '- credit-limit']);
});

test('the day is asked for at the first step after it, and paid the card is known to pay', () => {
  const steps = [...DAY, 'at: 2026-03-03 05:00, does: paid, asks: 3.00'];
  const next = ['at: 08:00, asks: 0.00', 'at: 09:00', 'at: 10:00', 'at: 11:00, reason: fare-paid'];
  assert.equal(missesOf(life([...steps, ...next]), CREDIT), []);
});

test('the charging day begins when the tariff says, not at midnight', () => {
  const asked = [
    'at: 2026-03-02 23:00',
    'at: 2026-03-03 04:29, asks: 0.00',
    'at: 2026-03-03 04:30, asks: 2.00',
  ];
  assert.equal(missesOf(life(asked), CREDIT), []);
});

test('refused it is declined as the stop list does, tried again on its days, and rides again when the debt is paid', () => {
  const steps = [
    ...DAY,
    'at: 2026-03-03 05:00, does: refused, asks: 3.00',
    'at: 08:00, decision: declined, reason: blocked, pay: 0.00',
    'at: 2026-03-04 05:00, does: refused, asks: 3.00',
    'at: 2026-03-05 08:00, reason: blocked, asks: 0.00',
    'at: 2026-03-06 05:00, does: paid, asks: 3.00',
    'at: 08:00, reason: fare-paid, pay: 1.00',
  ];
  assert.equal(missesOf(life(steps), CREDIT), []);
});

test('a part of a debt that is paid leaves the card on the stop list', () => {
  const steps = [
    ...DAY,
    'at: 2026-03-03 05:00, does: refused',
    'at: 06:00, does: paid, amount: 2.00',
    'at: 08:00, reason: blocked',
    'at: 09:00, does: paid, amount: 1.00',
    'at: 10:00, reason: fare-paid',
  ];
  assert.equal(missesOf(life(steps), CREDIT), []);
});

test('an answer to a payment that nobody asked for is missed', () => {
  assert.equal(missesOf(life(['at: 2026-03-02 08:00', 'at: 09:00, does: paid']), CREDIT), [
    '2: does is nothing is asked for, not a payment that was asked for',
  ]);
});

test('time alone asks for a day that is over, and nothing rode then', () => {
  const steps = [...DAY, 'at: 2026-03-03 12:00, does: nothing, asks: 3.00, pay: 0.00'];
  assert.equal(missesOf(life(steps), CREDIT), []);
  assert.equal(paidIn(life(steps), CREDIT).at(-1), '-');
});

test('where no medium rides on credit, nothing is asked', () => {
  assert.equal(paidIn(life(DAY), city('')), ['1.00 fare-paid', '1.00 fare-paid', '1.00 fare-paid']);
});

test.run();
