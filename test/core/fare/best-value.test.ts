import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { city, Holder, total } from './city.ts';

const LIMITS = `passes:
  - { id: day, product: 9, fareProduct: day, valid: fixed, period: { every: day, starts: calendar }, covers: {}, source: assumed }
  - { id: week, product: 9, fareProduct: week, valid: fixed, period: { every: week, starts: calendar }, covers: {}, source: assumed }
  - { id: seven, product: 9, fareProduct: week, valid: fixed, period: { every: { days: 7 }, starts: first-ride }, covers: {}, source: assumed }
  - { id: three, product: 9, fareProduct: three, valid: fixed, period: { every: { days: 3 }, starts: first-ride }, covers: {}, source: assumed }
`;

function bestOf(passes: string): string {
  return `${LIMITS.replaceAll('fareProduct: three', 'fareProduct: tram')}bestValue:
  - { id: best, product: 9, passes: [${passes}], covers: {}, source: assumed }
`;
}

test('a day of many rides costs no more than its day pass', () => {
  const holder = new Holder(city(bestOf('day')));
  assert.equal(holder.buses(7, '2026-03-02'), ['1.00', '1.00', '1.00', '1.00', '1.00', '0.00', '0.00']);
  assert.is(total(holder.buses(2, '2026-03-03')), '2.00');
});

test('a week costs no more than the cheapest of day passes, singles and its week pass', () => {
  const holder = new Holder(city(bestOf('day, week')));
  const days = ['02', '03', '04', '05', '06', '07', '08'].map(day =>
    total(holder.buses(6, `2026-03-${day}`)),
  );
  assert.equal(days, ['5.00', '5.00', '5.00', '5.00', '0.00', '0.00', '0.00']);
  assert.is(total(holder.buses(3, '2026-03-09')), '3.00', 'the next week begins anew');
});

test('a pass from any day on is counted from the day that is best for the rider', () => {
  const holder = new Holder(city(bestOf('seven')));
  assert.is(total(holder.buses(1, '2026-03-02')), '1.00');
  const days = ['05', '06', '07', '08', '09'].map(day => total(holder.buses(6, `2026-03-${day}`)));
  // On the 8th seven days from the 2nd on are best, on the 9th the 2nd's single and seven days from the 5th on.
  assert.equal(days, ['6.00', '6.00', '6.00', '1.00', '1.00']);
  assert.is(total(holder.buses(6, '2026-03-11')), '0.00');
  assert.is(total(holder.buses(6, '2026-03-12')), '6.00');
});

test('whoever rides along is not part of the bargain', () => {
  const holder = new Holder(city(bestOf('day')));
  const trip = (hour: string) =>
    ['00', '10'].map(
      second => holder.rides('bus', `2026-03-02 ${hour}:00:${second}`, { trip: hour }).split(' ')[0],
    );
  const said = ['08', '09', '10', '11', '12', '13', '14'].map(trip);
  assert.equal(
    said.map(([own]) => own),
    ['1.00', '1.00', '1.00', '1.00', '1.00', '0.00', '0.00'],
  );
  assert.ok(said.every(([, other]) => other === '1.00'));
});

const DAYS = 12;
const anyDays = fc.array(fc.integer({ min: 0, max: 8 }), { minLength: DAYS, maxLength: DAYS });

/** The cheapest way to cover days of so many rides each, by trying everything: day 0 is Monday 2 March 2026. */
function byTrying(rides: readonly number[], passes: readonly string[], from = 0, week = -1): number {
  if (from >= rides.length) return 0;
  const here = (rides[from] ?? 0) * 100;
  if (here === 0 || Math.floor(from / 7) === week) return byTrying(rides, passes, from + 1, week);
  const ways = [here + byTrying(rides, passes, from + 1, week)];
  if (passes.includes('day')) ways.push(500 + byTrying(rides, passes, from + 1, week));
  if (passes.includes('week')) ways.push(2000 + byTrying(rides, passes, from + 1, Math.floor(from / 7)));
  if (passes.includes('seven')) ways.push(2000 + byTrying(rides, passes, from + 7, week));
  if (passes.includes('three')) ways.push(250 + byTrying(rides, passes, from + 3, week));
  return Math.min(...ways);
}

for (const passes of [['day'], ['day', 'week'], ['seven'], ['day', 'seven'], ['three', 'week']]) {
  test(`under best value of ${passes.join(' and ')} nobody pays more than by trying everything, nor less`, () => {
    const tariff = city(bestOf(passes.join(', ')));
    fc.assert(
      fc.property(anyDays, rides => {
        const holder = new Holder(tariff);
        const paid = rides.flatMap((count, day) =>
          holder.buses(count, `2026-03-${String(day + 2).padStart(2, '0')}`),
        );
        assert.ok(
          paid.every(amount => Number(amount) >= 0),
          'no ride gives money back',
        );
        assert.is(total(paid), (byTrying(rides, passes) / 100).toFixed(2));
      }),
      { numRuns: 60 },
    );
  });
}

test('what is remembered is bounded by the longest pass', () => {
  const holder = new Holder(city(bestOf('day, seven')));
  for (let day = 1; day <= 28; day++) holder.buses(2, `2026-03-${String(day).padStart(2, '0')}`);
  assert.ok((holder.state?.bestValue[0]?.days.length ?? 0) <= 7);
});

test.run();
