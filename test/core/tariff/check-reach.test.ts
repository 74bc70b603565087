/** Rides without a fare, rules without a ride, and two rules for one ride. */
import { test } from 'uvu';
import { changed, type Slip, testSlips } from '../../slips.ts';
import { cityFiles } from '../fare/city.ts';
import { railwayFiles } from '../fare/rail.ts';

const OF_RAIL: Slip[] = [
  [
    'a pair of areas without a fare',
    [['fare_leg_rules.txt', 'rail,a,c,farthest\n', '']],
    "warning fare_leg_rules.txt:2:1: in 'rail', no fare from a to c",
  ],
  [
    'an area that no stop lies in',
    [['stop_areas.txt', 'c1,c\n', '']],
    "warning fare_leg_rules.txt:4:10: no ride can reach this rule: no stop lies in 'c', here and in 4 more rows",
  ],
  [
    'two rules of equal right',
    [['fare_leg_rules.txt', 'rail,a,c,farthest', 'rail,a,c,farthest\nrail,a,c,far']],
    'warning fare_leg_rules.txt:10:10: of equal right as line 9, at another price: the cheaper is charged',
  ],
  [
    'two rules of which one comes first',
    [
      [
        'fare_leg_rules.txt',
        'network_id,from_area_id,to_area_id,fare_product_id,rule_priority\nrail,,,near,0\nrail,a,c,farthest,1\nbus,,,bus,0\n',
      ],
    ],
  ],
];

const OF_TIMES: Slip[] = [
  [
    'an hour without a fare',
    [['timeframes.txt', 'off,09:00:00', 'off,10:00:00']],
    "warning fare_leg_rules.txt:2:1: in 'bus', no fare at all at times of no timeframe (2026-01-01 09:00:00)",
    "warning fare_leg_rules.txt:4:1: in 'tram', no fare at all at times of no timeframe (2026-01-01 09:00:00)",
  ],
  [
    'days without a fare',
    [['calendar.txt', '20991231', '20261231']],
    "warning fare_leg_rules.txt:2:1: in 'bus', no fare at all at times of no timeframe (2027-01-01 00:00:00)",
    "warning fare_leg_rules.txt:4:1: in 'tram', no fare at all at times of no timeframe (2027-01-01 00:00:00)",
  ],
  [
    'a cap below a fare that it covers',
    [
      [
        'tariff.yaml',
        'uncertain:',
        "caps: [{ id: day, product: 9, limit: { amount: '2.00' }, period: { every: day, starts: calendar }, covers: {}, source: assumed }]\nuncertain:",
      ],
    ],
    "warning tariff.yaml:23:38: 'day' is below a single fare of 2.50 that it covers",
  ],
];

testSlips(
  changed(railwayFiles(), [
    ['tariff.yaml', 'networks:\n', 'networks:\n  bus: { taps: entry-only, source: assumed }\n'],
  ]),
  OF_RAIL,
);
testSlips(
  changed(cityFiles(''), [
    [
      'timeframes.txt',
      'timeframe_group_id,start_time,end_time,service_id\npeak,07:00:00,09:00:00,all\noff,00:00:00,07:00:00,all\noff,09:00:00,24:00:00,all\n',
    ],
    [
      'calendar.txt',
      'service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\nall,1,1,1,1,1,1,1,20260101,20991231\n',
    ],
    [
      'fare_leg_rules.txt',
      'network_id,from_timeframe_group_id,fare_product_id\nbus,peak,tram\nbus,off,bus\ntram,peak,tram\ntram,off,tram\n',
    ],
  ]),
  OF_TIMES,
);

test.run();
