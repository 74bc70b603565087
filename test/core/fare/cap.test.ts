import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { city, Holder, total } from './city.ts';

function cap(words: string): string {
  return `  - { ${words}, product: 9, source: assumed }\n`;
}

const DAY = cap("id: day, limit: { amount: '4.20' }, period: { every: day, starts: calendar }, covers: {}");
const WEEK = cap(
  "id: week, limit: { amount: '12.00' }, period: { every: week, starts: calendar }, covers: {}",
);
const TRAM = cap(
  "id: tram, limit: { amount: '3.00' }, period: { every: day, starts: calendar }, covers: { networks: [tram] }",
);

test('the ride that crosses a cap is charged what is left, and those after it nothing until the day is over', () => {
  const holder = new Holder(city(`caps:\n${DAY}`));
  assert.equal(holder.buses(6, '2026-03-02'), ['1.00', '1.00', '1.00', '1.00', '0.20', '0.00']);
  assert.is(holder.rides('bus', '2026-03-03 04:29:59'), '0.00 capped', 'the night belongs to the day before');
  assert.is(holder.rides('bus', '2026-03-03 04:30:00'), '1.00 fare-paid');
});

test('of several caps at once the rider gets the best', () => {
  const holder = new Holder(city(`caps:\n${DAY}${WEEK}${TRAM}`));
  assert.is(holder.rides('tram', '2026-03-02 08:00:00'), '2.50 fare-paid');
  assert.is(holder.rides('tram', '2026-03-02 09:00:00'), '0.50 capped', 'the tram cap');
  assert.is(holder.rides('bus', '2026-03-02 10:00:00'), '1.00 fare-paid');
  assert.is(holder.rides('bus', '2026-03-02 11:00:00'), '0.20 capped', 'the daily cap');
  assert.is(total(holder.buses(5, '2026-03-03')), '4.20');
  assert.is(total(holder.buses(5, '2026-03-04')), '3.60', 'the weekly cap');
  assert.is(total(holder.buses(5, '2026-03-08')), '0.00', 'on Sunday too');
  assert.is(total(holder.buses(5, '2026-03-09')), '4.20', 'on Monday a new week');
});

test('the order of caps in the file changes nothing', () => {
  const rides = (caps: string) => {
    const holder = new Holder(city(`caps:\n${caps}`));
    return ['tram', 'bus', 'tram', 'bus', 'bus'].map((network, hour) =>
      holder.rides(network, `2026-03-02 1${hour}:00:00`),
    );
  };
  assert.equal(rides(DAY + WEEK + TRAM), rides(TRAM + WEEK + DAY));
});

const PERIODS: [period: string, first: string, lastIn: string, firstOut: string][] = [
  ['every: day, starts: calendar', '2026-03-02', '2026-03-02', '2026-03-03'],
  ['every: day, starts: first-ride', '2026-03-02', '2026-03-02', '2026-03-03'],
  ['every: week, starts: calendar', '2026-03-04', '2026-03-08', '2026-03-09'],
  ['every: month, starts: calendar', '2026-02-10', '2026-02-28', '2026-03-01'],
  ['every: week, starts: first-ride', '2026-03-04', '2026-03-10', '2026-03-11'],
  ['every: { days: 30 }, starts: first-ride', '2026-03-04', '2026-04-02', '2026-04-03'],
  ['every: month, starts: first-ride', '2026-01-31', '2026-02-28', '2026-03-01'],
  // Stretches of ten days since 1970-01-01: one begins on 26 February 2026.
  ['every: { days: 10 }, starts: calendar', '2026-02-26', '2026-03-07', '2026-03-08'],
];

for (const [period, first, lastIn, firstOut] of PERIODS) {
  test(`a cap of { ${period} } that was filled on ${first} holds through ${lastIn}`, () => {
    const holder = new Holder(
      city(`caps:\n${cap(`id: c, limit: { rides: 2 }, period: { ${period} }, covers: {}`)}`),
    );
    assert.equal(holder.buses(3, first), ['1.00', '1.00', '0.00']);
    assert.equal(holder.buses(1, lastIn), ['0.00']);
    assert.equal(holder.buses(3, firstOut), ['1.00', '1.00', '0.00']);
  });
}

test('after so many rides a share of the fare is still paid', () => {
  const reward = cap(
    'id: reward, limit: { rides: 2 }, beyond: 50, period: { every: week, starts: calendar }, covers: {}',
  );
  assert.equal(new Holder(city(`caps:\n${reward}`)).buses(4, '2026-03-02'), ['1.00', '1.00', '0.50', '0.50']);
});

test('rides that cost nothing fill no cap of rides unless it says so', () => {
  const rides = (more: string) =>
    cap(`id: rides, limit: { rides: 2 }, period: { every: day, starts: calendar }, covers: {}${more}`);
  const free = cap("id: a, limit: { amount: '1.00' }, period: { every: day, starts: calendar }, covers: {}");
  const counted = (caps: string) => {
    const holder = new Holder(city(`caps:\n${caps}`));
    holder.buses(3, '2026-03-02');
    return holder.state?.caps.find(count => count.cap === 'rides')?.counted;
  };
  assert.is(counted(free + rides('')), 1);
  assert.is(counted(free + rides(', freeRidesCount: true')), 3);
});

test('a cap of a category is filled by that category alone', () => {
  const tariff = city(
    `caps:\n${cap("id: child, limit: { amount: '1.00' }, period: { every: day, starts: calendar }, covers: { categories: [child] }")}`,
  );
  assert.equal(new Holder(tariff, 'child').buses(3, '2026-03-02'), ['0.50', '0.50', '0.00']);
  assert.equal(new Holder(tariff).buses(3, '2026-03-02'), ['1.00', '1.00', '1.00']);
});

test('whoever rides along on the card fills no cap and is covered by none, unless the cap says so', () => {
  const along = (more: string) => {
    const holder = new Holder(
      city(
        `caps:\n${cap(`id: day, limit: { amount: '1.50' }, period: { every: day, starts: calendar }, covers: {}${more}`)}`,
      ),
    );
    return ['00', '10', '20'].map(second =>
      holder.rides('bus', `2026-03-02 08:00:${second}`, { trip: 'one' }),
    );
  };
  assert.equal(along(''), ['1.00 fare-paid', '1.00 further-rider', '1.00 further-rider']);
  assert.equal(along(', groupCounts: true'), ['1.00 fare-paid', '0.50 capped', '0.00 capped']);
});

test('a cap that is reached may give a pass to its end', () => {
  const holder = new Holder(
    city(
      `caps:\n${cap('id: week, limit: { rides: 2 }, gives: weekly, period: { every: week, starts: first-ride }, covers: {}')}passes:\n  - { id: weekly, product: 9, valid: fixed, period: { every: week, starts: first-ride }, covers: {}, source: assumed }\n`,
    ),
  );
  holder.buses(2, '2026-03-04');
  assert.equal(holder.state?.passes, [{ pass: 'weekly', from: 20260304, to: 20260310, rides: 0 }]);
});

const anyRides = fc.array(
  fc.record({
    day: fc.integer({ min: 1, max: 28 }),
    hour: fc.integer({ min: 5, max: 23 }),
    tram: fc.boolean(),
  }),
  { minLength: 1, maxLength: 60 },
);

test('no cap is ever exceeded in its period, whatever is ridden', () => {
  const tariff = city(`caps:\n${DAY}${WEEK}${TRAM}`);
  fc.assert(
    fc.property(anyRides, rides => {
      const holder = new Holder(tariff);
      const sums = new Map<string, number>();
      const inOrder = [...rides].sort((a, b) => a.day - b.day || a.hour - b.hour);
      for (const { day, hour, tram } of inOrder) {
        const date = `2026-03-${String(day).padStart(2, '0')}`;
        const said = holder.rides(tram ? 'tram' : 'bus', `${date} ${String(hour).padStart(2, '0')}:00:00`);
        const paid = Math.round(Number(said.split(' ')[0]) * 100);
        assert.ok(paid >= 0);
        // Sunday 1 March 2026 is the last day of a week.
        for (const period of [date, `week-${Math.floor((day + 5) / 7)}`, ...(tram ? [`tram-${date}`] : [])]) {
          sums.set(period, (sums.get(period) ?? 0) + paid);
        }
      }
      for (const [period, sum] of sums) {
        const limit = period.startsWith('week') ? 1200 : period.startsWith('tram') ? 300 : 420;
        assert.ok(sum <= limit, `${period}: ${sum}`);
      }
    }),
    { numRuns: 300 },
  );
});

test.run();
