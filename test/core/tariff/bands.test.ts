/** Which timeframes hold when, as patterns of days. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Bands } from '../../../src/core/tariff/bands.ts';
import { cityFiles } from '../fare/city.ts';
import { tariffOf } from '../fare/folder.ts';

const TIMEFRAMES = 'timeframe_group_id,start_time,end_time,service_id\n';
const CALENDAR = 'service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n';

function bandsOf(timeframes: string, calendar: string): Bands {
  const files = { ...cityFiles(''), 'timeframes.txt': TIMEFRAMES + timeframes };
  return tariffOf({ ...files, 'calendar.txt': CALENDAR + calendar }).bands;
}

const NEVER = { startsS: [0], bands: [0] };
const NIGHT = { startsS: [0, 6 * 3600], bands: [1, 0] };

test('days of which the same holds are of one pattern, whichever services run on them', () => {
  const night =
    'night,00:00:00,06:00:00,working\nnight,00:00:00,03:00:00,free\nnight,03:00:00,06:00:00,free\n';
  const { patterns, patternOfDay } = bandsOf(
    night,
    'working,1,1,1,1,1,0,0,20260302,20260308\nfree,0,0,0,0,0,1,1,20260302,20260308\n',
  );
  assert.equal(patterns, [NEVER, NIGHT]);
  assert.equal(patternOfDay, [1, 1, 1, 1, 1, 1, 1]);
});

test('days before the first service and after the last are of none', () => {
  const { firstDay, patternOfDay } = bandsOf(
    'night,00:00:00,06:00:00,tuesdays\n',
    'tuesdays,0,1,0,0,0,0,0,20260302,20260315\n',
  );
  assert.is(firstDay, Date.UTC(2026, 2, 3) / 86_400_000);
  assert.equal(patternOfDay, [1, 0, 0, 0, 0, 0, 0, 1]);
});

test('where no service ever runs there is nothing but what never holds', () => {
  const { patterns, patternOfDay } = bandsOf('night,,,never\n', 'never,0,0,0,0,0,0,0,20260302,20260315\n');
  assert.equal([patterns, patternOfDay], [[NEVER], []]);
});

test.run();
