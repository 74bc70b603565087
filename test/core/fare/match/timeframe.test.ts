import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { compile, type Files, products, ride, total } from '../itinerary/feed.ts';

const calendar = (...rows: string[]) =>
  ['service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date', ...rows].join(
    '\n',
  );
const DAILY = calendar('daily,1,1,1,1,1,1,1,20260101,20261231', 'monday,1,0,0,0,0,0,0,20260101,20261231');
const frames = (...rows: string[]) =>
  ['timeframe_group_id,start_time,end_time,service_id', ...rows].join('\n');

/** One fare, in one timeframe group, at the departure. */
const during = (...rows: string[]): Files => ({
  ...products({ fare: '2.00' }),
  calendar: DAILY,
  timeframes: frames(...rows),
  fare_leg_rules: 'from_timeframe_group_id,fare_product_id\npeak,fare',
});

const PEAK = during('peak,09:00:00,10:00:00,daily');
const EDGES: [departure: string, paid: string | null][] = [
  ['08:59:59', null],
  ['09:00:00', '2.00'],
  ['09:59:59', '2.00'],
  ['10:00:00', null],
];
for (const [departure, paid] of EDGES) {
  test(`from 9 to 10 a departure at ${departure} costs ${paid ?? 'no one knows what'}: the end is exclusive`, () =>
    assert.is(total(PEAK, [ride('r1', 'a', 'b', departure)]), paid));
}

for (const [arrival, paid] of EDGES) {
  test(`an arrival at ${arrival} is looked up likewise, whenever the ride began`, () => {
    const files = { ...PEAK, fare_leg_rules: 'to_timeframe_group_id,fare_product_id\npeak,fare' };
    assert.is(total(files, [ride('r1', 'a', 'b', '08:00:00', arrival)]), paid);
  });
}

test('both ends must hold where a rule asks for both', () => {
  const files = {
    ...during('peak,09:00:00,10:00:00,daily', 'late,10:00:00,11:00:00,daily'),
    fare_leg_rules: 'from_timeframe_group_id,to_timeframe_group_id,fare_product_id\npeak,late,fare',
  };
  assert.is(total(files, [ride('r1', 'a', 'b', '09:50:00', '10:10:00')]), '2.00');
  assert.is(total(files, [ride('r1', 'a', 'b', '09:50:00', '09:59:00')]), null);
  assert.is(total(files, [ride('r1', 'a', 'b', '10:00:00', '10:10:00')]), null);
});

test('an empty timeframe is the whole day, from 00:00 to 24:00', () => {
  const files = during('peak,,,monday');
  assert.is(total(files, [ride('r1', 'a', 'b', '00:00:00')]), '2.00');
  assert.is(total(files, [ride('r1', 'a', 'b', '23:59:59', '2026-03-03T00:20:00Z')]), '2.00');
  assert.is(total(files, [ride('r1', 'a', 'b', '2026-03-03T00:00:00Z')]), null);
});

test("the day is the calendar's own: half past midnight is Tuesday, however late Monday's bus runs", () => {
  const files = during('peak,00:00:00,03:00:00,monday');
  assert.is(total(files, [ride('r1', 'a', 'b', '00:30:00')]), '2.00');
  assert.is(total(files, [ride('r1', 'a', 'b', '2026-03-03T00:30:00Z')]), null);
});

test('several rows of a group are alternatives', () => {
  const files = during('peak,07:00:00,09:00:00,daily', 'peak,16:00:00,19:00:00,daily');
  assert.is(total(files, [ride('r1', 'a', 'b', '08:00:00')]), '2.00');
  assert.is(total(files, [ride('r1', 'a', 'b', '12:00:00')]), null);
  assert.is(total(files, [ride('r1', 'a', 'b', '18:00:00')]), '2.00');
});

const SERVICES: [what: string, files: Files, day: string, paid: string | null][] = [
  ['its first day', { calendar: calendar('s,1,1,1,1,1,1,1,20260302,20260303') }, '2026-03-02', '2.00'],
  ['its last day', { calendar: calendar('s,1,1,1,1,1,1,1,20260302,20260303') }, '2026-03-03', '2.00'],
  ['the day before', { calendar: calendar('s,1,1,1,1,1,1,1,20260302,20260303') }, '2026-03-01', null],
  ['the day after', { calendar: calendar('s,1,1,1,1,1,1,1,20260302,20260303') }, '2026-03-04', null],
  [
    'a weekday that it leaves out',
    { calendar: calendar('s,0,1,1,1,1,1,1,20260101,20261231') },
    '2026-03-02',
    null,
  ],
  [
    'a day that is taken away',
    {
      calendar: calendar('s,1,1,1,1,1,1,1,20260101,20261231'),
      calendar_dates: 'service_id,date,exception_type\ns,20260302,2',
    },
    '2026-03-02',
    null,
  ],
  [
    'a day that is added',
    {
      calendar: calendar('s,0,0,0,0,0,0,0,20260101,20261231'),
      calendar_dates: 'service_id,date,exception_type\ns,20260302,1',
    },
    '2026-03-02',
    '2.00',
  ],
  [
    'a day of a service that has no week',
    { calendar: '', calendar_dates: 'service_id,date,exception_type\ns,20260302,1' },
    '2026-03-02',
    '2.00',
  ],
];
for (const [what, { calendar: week = '', calendar_dates: dates }, day, paid] of SERVICES) {
  test(`a timeframe on ${what} ${paid === null ? 'does not hold' : 'holds'}`, () => {
    const { calendar: _, ...files } = during('peak,,,s');
    const days = {
      ...(week === '' ? {} : { calendar: week }),
      ...(dates === undefined ? {} : { calendar_dates: dates }),
    };
    assert.is(total({ ...files, ...days }, [ride('r1', 'a', 'b', `${day}T12:00:00Z`)]), paid);
  });
}

/** 12:00 in London is 13:00 in Berlin and 21:00 in Tokyo. */
const CLOCKS: [what: string, stop: string, hour: string][] = [
  ["the stop's own", 'own', '21'],
  ["its station's where it has none", 'under', '13'],
  ["its own before its station's", 'both', '21'],
  ["the agency's where neither has one", 'a', '12'],
];
for (const [what, stop, hour] of CLOCKS) {
  test(`the clock of a departure is ${what}`, () => {
    const files = {
      ...during(`peak,${hour}:00:00,${hour}:01:00,daily`),
      stops:
        'stop_id,parent_station,stop_timezone\na,,\nberlin,,Europe/Berlin\nown,,Asia/Tokyo\nunder,berlin,\nboth,berlin,Asia/Tokyo',
    };
    assert.is(total(files, [ride('r1', stop, 'a')]), '2.00');
  });
}

test('when clocks go forward the wall clock counts: one second before one, then two', () => {
  const files = during('peak,02:00:00,03:00:00,daily');
  assert.is(total(files, [ride('r1', 'a', 'b', '2026-03-29T00:59:59Z')]), null);
  assert.is(total(files, [ride('r1', 'a', 'b', '2026-03-29T01:00:00Z')]), '2.00');
});

test('when clocks go back the hour that comes twice counts twice', () => {
  const files = during('peak,01:30:00,01:31:00,daily');
  for (const utc of ['00:30:00', '01:30:00'])
    assert.is(total(files, [ride('r1', 'a', 'b', `2026-10-25T${utc}Z`)]), '2.00', utc);
});

const REFUSED: [what: string, row: string, said: string][] = [
  [
    'beyond 24:00:00',
    'peak,22:00:00,26:00:00,daily',
    'timeframes.txt:2:15: end_time is beyond 24:00:00 (expected at most 24:00:00, and the next day as a row of its own)',
  ],
  [
    'over midnight',
    'peak,22:00:00,02:00:00,daily',
    'timeframes.txt:2:15: end_time is not after start_time (expected a later end_time; over midnight, one row to 24:00:00 and one from 00:00:00)',
  ],
  [
    'of no length',
    'peak,09:00:00,09:00:00,daily',
    'timeframes.txt:2:15: end_time is not after start_time (expected a later end_time; over midnight, one row to 24:00:00 and one from 00:00:00)',
  ],
  [
    'of a service that is nowhere',
    'peak,09:00:00,10:00:00,dayly',
    "timeframes.txt:2:24: no service_id 'dayly' (expected 'daily')",
  ],
];
for (const [what, row, said] of REFUSED) {
  test(`a timeframe ${what} is refused`, () => assert.equal(compile(during(row)).errors, [said]));
}

test('a timeframe that ends at 24:00:00 is sound, and one with an empty end runs to it', () => {
  assert.equal(compile(during('peak,22:00:00,24:00:00,daily')).errors, []);
  const { errors, warnings } = compile(during('peak,22:00:00,,daily'));
  assert.equal(errors, []);
  assert.equal(warnings, ['timeframes.txt:2:15: end_time is empty: taken for 24:00:00']);
});

const GAPS: [what: string, rows: string[], warned: string[]][] = [
  [
    'that ends a minute before the next begins',
    ['peak,09:00:00,09:59:00,daily', 'off,10:00:00,24:00:00,daily'],
    [
      'timeframes.txt:2:15: nothing holds from 09:59:00 to 10:00:00: end_time is exclusive (expected 10:00:00)',
    ],
  ],
  [
    'that ends a minute before midnight',
    ['peak,09:00:00,23:59:00,daily'],
    [
      'timeframes.txt:2:15: nothing holds from 23:59:00 to 24:00:00: end_time is exclusive (expected 24:00:00)',
    ],
  ],
  [
    'that ends a second before the next begins',
    ['peak,09:00:00,09:59:59,daily', 'off,10:00:00,24:00:00,daily'],
    [
      'timeframes.txt:2:15: nothing holds from 09:59:59 to 10:00:00: end_time is exclusive (expected 10:00:00)',
    ],
  ],
  ['that ends where the next begins', ['peak,09:00:00,10:00:00,daily', 'off,10:00:00,24:00:00,daily'], []],
  ['with hours after it', ['peak,09:00:00,10:00:00,daily', 'off,12:00:00,24:00:00,daily'], []],
  ['whose gap another covers', ['peak,09:00:00,23:59:00,daily', 'off,00:00:00,24:00:00,daily'], []],
  ['of another service', ['peak,09:00:00,10:00:00,daily', 'off,10:01:00,24:00:00,monday'], []],
];
for (const [what, rows, warned] of GAPS) {
  test(`a timeframe ${what} is ${warned.length > 0 ? 'warned of' : 'no slip'}`, () =>
    assert.equal(compile(during(...rows)).warnings, warned));
}

test('a rule by a timeframe that is nowhere is warned of and never matches', () => {
  const files = {
    ...PEAK,
    fare_leg_rules: 'from_timeframe_group_id,fare_product_id\npeek,fare',
  };
  assert.equal(compile(files).warnings, [
    "fare_leg_rules.txt:2:1: no from_timeframe_group_id 'peek' (expected 'peak')",
  ]);
  assert.is(total(files, [ride('r1', 'a', 'b', '09:30:00')]), null);
});

test('agencies of several time zones are refused where fares go by the clock, and only there', () => {
  const agency = 'agency_id,agency_name,agency_timezone\nx,X,Europe/London\ny,Y,Asia/Tokyo';
  assert.equal(compile({ ...PEAK, agency }).errors, [
    "agency.txt:3:5: agency_timezone 'Asia/Tokyo' (expected 'Europe/London', as in the first row)",
  ]);
  const flat = { ...products({ fare: '2.00' }), agency, fare_leg_rules: 'fare_product_id\nfare' };
  assert.equal(compile(flat).errors, []);
});

test.run();
