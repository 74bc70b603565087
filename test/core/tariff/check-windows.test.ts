/** Times and limits that cannot be. */
import { test } from 'uvu';
import { changed, type Slip, testSlips } from '../../slips.ts';
import { cityFiles } from '../fare/city.ts';
import { railwayFiles } from '../fare/rail.ts';

const OF_TRANSFERS: Slip[] = [
  [
    'a window of no time',
    [
      [
        'tariff.yaml',
        'uncertain:',
        'transfers: [{ id: bus, product: 9, window: 0 min, inclusive: true, count: 1, sameRoute: allowed, media: [card], categories: [adult], groupCovered: false, freeRideOpensWindow: false, source: assumed }]\nuncertain:',
      ],
    ],
    'error tariff.yaml:23:44: no time at all (expected a length of time above zero)',
  ],
  [
    'a window in words that are none',
    [
      [
        'tariff.yaml',
        'uncertain:',
        'transfers: [{ id: bus, product: 9, window: 60 mins, inclusive: true, count: 1, sameRoute: allowed, media: [card], categories: [adult], groupCovered: false, freeRideOpensWindow: false, source: assumed }]\nuncertain:',
      ],
    ],
    "error tariff.yaml:23:44: transfers.0.window: '60 mins' (expected a length of time: '60 min', '2 s', '1 h')",
  ],
  [
    'steps of a way out of order',
    [
      [
        'tariff.yaml',
        'uncertain:',
        "distances: [{ fareProduct: bus, steps: [{ upToMetres: 2000, everyMetres: 100, add: '0.10', begun: true }, { upToMetres: 1000, everyMetres: 100, add: '0.10', begun: true }], source: assumed }]\nuncertain:",
      ],
      ['distances.txt', 'from_area_id,to_area_id,metres\n'],
    ],
    'error tariff.yaml:23:107: no longer than the step before it (expected steps in ascending order)',
  ],
  [
    'a step of a way after one without an end',
    [
      [
        'tariff.yaml',
        'uncertain:',
        "distances: [{ fareProduct: bus, steps: [{ everyMetres: 100, add: '0.10', begun: true }, { upToMetres: 1000, everyMetres: 100, add: '0.10', begun: true }], source: assumed }]\nuncertain:",
      ],
      ['distances.txt', 'from_area_id,to_area_id,metres\n'],
    ],
    'error tariff.yaml:23:89: no longer than the step before it (expected steps in ascending order)',
  ],
];

const OF_NETWORKS: Slip[] = [
  [
    'an exit within no time',
    [['tariff.yaml', '{ upTo: 2 min,', '{ upTo: 0 s,']],
    'error tariff.yaml:32:17: no time at all (expected a length of time above zero)',
  ],
  [
    'exits out of order',
    [['tariff.yaml', '{ upTo: 30 min,', '{ upTo: 1 min,']],
    'error tariff.yaml:33:9: no longer than the step before it (expected steps in ascending order)',
  ],
  [
    'an exit step after one without an end',
    [['tariff.yaml', '      - { upTo: 30 min, price', '      - { price']],
    'error tariff.yaml:34:9: no longer than the step before it (expected steps in ascending order)',
  ],
  [
    'linking within no time',
    [['tariff.yaml', 'within: 10 min', 'within: 0 min']],
    'error tariff.yaml:39:24: no time at all (expected a length of time above zero)',
  ],
  [
    'a stop in two groups',
    [['tariff.yaml', '[[b1, b2]]', '[[b1, b2], [b2, c1]]']],
    "error tariff.yaml:39:56: 'b2' stands in two groups (expected one group a stop)",
  ],
  [
    'a maximum of no time',
    [['tariff.yaml', 'zones: 1, atMost: 60 min', 'zones: 1, atMost: 0 min']],
    'error tariff.yaml:36:29: no time at all (expected a length of time above zero)',
  ],
  [
    'maximum times that are never reached',
    [['tariff.yaml', 'zones: 1, atMost: 60 min', 'zones: 4, atMost: 60 min']],
    'error tariff.yaml:37:9: never reached: a step before it holds for as many zones (expected steps in ascending order)',
  ],
  [
    'a farther way in less time',
    [['tariff.yaml', 'zones: 2, atMost: 90 min', 'zones: 2, atMost: 45 min']],
    'warning tariff.yaml:37:29: farther in less time than the step before it (expected steps in ascending order)',
  ],
];

testSlips(cityFiles(''), OF_TRANSFERS);
testSlips(
  changed(railwayFiles(), [
    ['tariff.yaml', 'networks:\n', 'networks:\n  bus: { taps: entry-only, source: assumed }\n'],
  ]),
  OF_NETWORKS,
);

test.run();
