/** Timeframes and their calendars, in themselves and while the tariff is in force. */
import { test } from 'uvu';
import { changed, type Slip, testSlips } from '../../slips.ts';
import { cityFiles } from '../fare/city.ts';

const OF_TIMES: Slip[] = [
  [
    'a service misspelt in timeframes',
    [['timeframes.txt', '09:00:00,work', '09:00:00,wrok']],
    "error timeframes.txt:2:24: no service_id 'wrok' (expected 'work')",
  ],
  [
    'a service misspelt in calendar_dates.txt',
    [['calendar_dates.txt', 'work,', 'wrok,']],
    "error calendar_dates.txt:2:1: no service_id 'wrok' (expected 'work')",
  ],
  [
    'a day taken from a service that is nowhere',
    [['calendar_dates.txt', 'work,', 'school,']],
    "warning calendar_dates.txt:2:1: no service_id 'school' (expected work | rest)",
  ],
  ['a day added to a service of its own', [['calendar_dates.txt', 'rest,', 'christmas,']]],
  [
    'a timeframe reversed',
    [['timeframes.txt', '07:00:00,09:00:00', '09:00:00,07:00:00']],
    'error timeframes.txt:2:15: end_time is not after start_time (expected a later end_time; over midnight, one row to 24:00:00 and one from 00:00:00)',
  ],
  [
    'a timeframe of no time',
    [['timeframes.txt', '07:00:00,09:00:00', '09:00:00,09:00:00']],
    'error timeframes.txt:2:15: end_time is not after start_time (expected a later end_time; over midnight, one row to 24:00:00 and one from 00:00:00)',
  ],
  [
    'a timeframe into the next day',
    [['timeframes.txt', '16:00:00,19:00:00', '16:00:00,25:00:00']],
    'error timeframes.txt:3:15: end_time is beyond 24:00:00 (expected at most 24:00:00, and the next day as a row of its own)',
  ],
  [
    'timeframes of one group that overlap',
    [['timeframes.txt', '16:00:00,19:00:00', '08:00:00,19:00:00']],
    "error timeframes.txt:3:6: 'peak' holds already, by line 2 (expected times that do not overlap)",
  ],
  [
    'a timeframe that ends at :59',
    [
      ['timeframes.txt', 'peak,16:00:00', 'peak,09:01:00'],
      ['timeframes.txt', '09:00:00,work', '09:00:59,work'],
    ],
    'warning timeframes.txt:2:15: nothing holds from 09:00:59 to 09:01:00: end_time is exclusive (expected 09:01:00)',
  ],
  [
    'a timeframe with an open end',
    [['timeframes.txt', '16:00:00,19:00:00', '16:00:00,']],
    'warning timeframes.txt:3:15: end_time is empty: taken for 24:00:00',
  ],
  [
    'a timeframe group misspelt in a leg rule',
    [['fare_leg_rules.txt', 'bus,peak,', 'bus,peek,']],
    "error fare_leg_rules.txt:3:5: no from_timeframe_group_id 'peek' (expected 'peak')",
  ],
  [
    'a calendar reversed',
    [['calendar.txt', 'work,1,1,1,1,1,0,0,20260101,20281231', 'work,1,1,1,1,1,0,0,20260101,20251231']],
    'error calendar.txt:2:29: end_date 2025-12-31 is before start_date 2026-01-01: it never runs (expected 2026-01-01 or later)',
  ],
  [
    'a calendar that is over before the tariff begins',
    [
      ['calendar.txt', 'work,1,1,1,1,1,0,0,20260101,20281231', 'work,1,1,1,1,1,0,0,20240101,20251231'],
      ['calendar_dates.txt', 'service_id,date,exception_type\n'],
    ],
    "error timeframes.txt:2:24: 'peak' never holds: 'work' is over before the tariff begins on 2026-01-01, here and in one more row (expected days from 2026-01-01 on)",
  ],
  [
    'a calendar that begins after the tariff ends',
    [
      ['tariff.yaml', 'effective: { from: 2026-01-01', 'effective: { from: 2026-01-01, to: 2026-06-30'],
      ['calendar.txt', 'work,1,1,1,1,1,0,0,20260101', 'work,1,1,1,1,1,0,0,20260701'],
      ['calendar_dates.txt', 'service_id,date,exception_type\n'],
    ],
    "error timeframes.txt:2:24: 'peak' never holds: 'work' begins after the tariff ends on 2026-06-30, here and in one more row (expected days from 2026-01-01 to 2026-06-30)",
  ],
  [
    'a calendar that is over, of a group that others hold in',
    [
      ['timeframes.txt', '19:00:00,work', '19:00:00,rest'],
      ['calendar.txt', 'rest,0,0,0,0,0,1,1,20260101,20281231', 'rest,0,0,0,0,0,1,1,20240101,20251231'],
      ['calendar_dates.txt', 'service_id,date,exception_type\n'],
    ],
    "warning timeframes.txt:3:24: 'rest' is over before the tariff begins on 2026-01-01 (expected days from 2026-01-01 on)",
  ],
  [
    'a calendar without a weekday',
    [['calendar.txt', 'work,1,1,1,1,1', 'work,0,0,0,0,0']],
    "warning calendar.txt:2:1: 'work' never runs: no timeframe of it holds",
    "warning fare_leg_rules.txt:3:10: no ride can reach this rule: 'peak' never holds",
  ],
  [
    'a calendar that begins before days are told',
    [['calendar.txt', 'work,1,1,1,1,1,0,0,20260101', 'work,1,1,1,1,1,0,0,19500101']],
    'warning calendar.txt:2:20: only the days from 1970-01-01 on and before 2100-01-01 are told',
  ],
  [
    'a calendar that goes on after days are told',
    [['calendar.txt', 'work,1,1,1,1,1,0,0,20260101,20281231', 'work,1,1,1,1,1,0,0,20260101,21500101']],
    'warning calendar.txt:2:29: only the days from 1970-01-01 on and before 2100-01-01 are told',
  ],
];

testSlips(
  changed(cityFiles(''), [
    [
      'timeframes.txt',
      'timeframe_group_id,start_time,end_time,service_id\npeak,07:00:00,09:00:00,work\npeak,16:00:00,19:00:00,work\n',
    ],
    [
      'calendar.txt',
      'service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\nwork,1,1,1,1,1,0,0,20260101,20281231\nrest,0,0,0,0,0,1,1,20260101,20281231\n',
    ],
    ['calendar_dates.txt', 'service_id,date,exception_type\nwork,20260403,2\nrest,20260403,1\n'],
    [
      'fare_leg_rules.txt',
      'network_id,from_timeframe_group_id,fare_product_id,rule_priority\nbus,,bus,0\nbus,peak,tram,1\ntram,,tram,0\n',
    ],
  ]),
  OF_TIMES,
);

test.run();
