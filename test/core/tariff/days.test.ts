/** From which day to which a tariff tells the time: by its calendars, and by the clocks of its zone. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { bandAt } from '../../../src/core/tariff/bands.ts';
import type { Tariff } from '../../../src/core/tariff/tariff.ts';
import { tariffAt } from '../../../src/core/tariff/versions.ts';
import { compileZone } from '../../../src/core/tariff/zone.ts';
import { offsetAt, parseDate, parseInstant, parseLocal, type ServiceDate } from '../../../src/core/time.ts';
import { city, cityFiles } from '../fare/city.ts';
import { tariffOf } from '../fare/folder.ts';

const day = (text: string) => parseDate(text) as ServiceDate;

/** A city whose peak is from 7 to 9 every day of the calendar. */
function peaked(from: string, to: string): Tariff {
  return tariffOf({
    ...cityFiles(''),
    'fare_leg_rules.txt':
      'network_id,from_timeframe_group_id,fare_product_id,rule_priority\nbus,,bus,0\nbus,peak,tram,1\n',
    'timeframes.txt': 'timeframe_group_id,start_time,end_time,service_id\npeak,07:00:00,09:00:00,all\n',
    'calendar.txt': `service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\nall,1,1,1,1,1,1,1,${from},${to}\n`,
  });
}

function isPeak({ bands, zone }: Tariff, local: string): boolean {
  const at = parseLocal(zone, local);
  if (at === undefined) throw new Error(`no moment ${local}`);
  return bandAt(bands, zone, at) !== 0;
}

const HELD: [from: string, to: string, local: string, held: boolean][] = [
  ['20000101', '20991231', '1999-12-31 08:00', false],
  ['20000101', '20991231', '2000-01-01 08:00', true],
  ['20000101', '20991231', '2026-03-02 08:00', true],
  ['20000101', '20991231', '2026-03-02 09:00', false],
  ['20000101', '20991231', '2099-12-31 08:00', true],
  ['19600101', '21991231', '1970-01-01 08:00', true],
  ['19600101', '21991231', '2099-12-31 08:00', true],
  ['19600101', '21991231', '2026-03-02 06:59', false],
];

for (const [from, to, local, held] of HELD) {
  test(`a calendar from ${from} to ${to} ${held ? 'holds' : 'does not hold'} at ${local}`, () =>
    assert.is(isPeak(peaked(from, to), local), held));
}

const CLOCKS: [zone: string, moment: string, hours: number][] = [
  ['Europe/London', '1975-01-15T12:00:00Z', 0],
  ['Europe/London', '1975-07-15T12:00:00Z', 1],
  ['Europe/London', '2014-07-15T12:00:00Z', 1],
  ['Europe/London', '2055-07-15T12:00:00Z', 1],
  ['Europe/London', '2099-12-15T12:00:00Z', 0],
  ['Asia/Yekaterinburg', '2012-01-15T12:00:00Z', 6],
  ['Asia/Yekaterinburg', '2026-01-15T12:00:00Z', 5],
];

for (const [name, moment, hours] of CLOCKS) {
  test(`at ${moment} the clocks of ${name} are ${hours} hours ahead`, () => {
    const [zone, at] = [compileZone(name), parseInstant(moment)];
    assert.ok(zone !== undefined && at !== undefined);
    assert.is(offsetAt(zone, at), hours * 3_600_000);
  });
}

test('a tariff without an end is in force as long as days are told, and no longer', () => {
  const tariff = city('');
  assert.is(tariffAt([tariff], day('2099-12-31')), tariff);
  assert.is(tariffAt([tariff], day('2100-01-01')), 'none');
});

test('a tariff of all times is in force from the first day that is told', () => {
  const tariff = city('', [['from: 2026-01-01', 'from: 1960-01-01']]);
  assert.is(tariffAt([tariff], day('1970-01-01')), tariff);
  assert.is(tariffAt([tariff], day('1969-12-31')), 'none');
});

test.run();
