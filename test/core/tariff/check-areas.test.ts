/** Areas, stops and the ways between them. */
import { test } from 'uvu';
import { changed, type Slip, testSlips } from '../../slips.ts';
import { railwayFiles } from '../fare/rail.ts';

const OF_RAIL: Slip[] = [
  [
    'an area misspelt in stop_areas.txt',
    [['stop_areas.txt', 'c1,c', 'c1,cc']],
    "error stop_areas.txt:6:4: no area_id 'cc' (expected 'c')",
  ],
  [
    'a stop misspelt in stop_areas.txt',
    [
      ['stops.txt', 'stop_id,stop_name\na1,A\na2,A\nb1,B\nb2,B\nc1,C\n'],
      ['stop_areas.txt', 'c1,c', 'cc1,c'],
    ],
    "warning stop_areas.txt:6:1: no stop_id 'cc1' (expected 'c1')",
  ],
  [
    'an area twice in the order',
    [['tariff.yaml', 'areaOrder: [a, b, c]', 'areaOrder: [a, b, b, c]']],
    "error tariff.yaml:25:19: a second area 'b' (expected each once)",
  ],
  [
    'an area that the order leaves out',
    [['tariff.yaml', 'areaOrder: [a, b, c]', 'areaOrder: [a, b]']],
    "warning tariff.yaml:25:1: no place for 'c': zones from or to it are not counted (expected every area, in the order they are crossed in)",
  ],
  [
    'an area misspelt in the order',
    [['tariff.yaml', 'areaOrder: [a, b, c]', 'areaOrder: [a, b, cc]']],
    "error tariff.yaml:25:19: no area 'cc' (expected 'c')",
  ],
  [
    'a linked stop that is nowhere',
    [['tariff.yaml', '[[b1, b2]]', '[[b1, b22]]']],
    "error tariff.yaml:39:62: no stop 'b22' (expected 'b2')",
  ],
  [
    'linked stops of a tariff that knows no stops',
    [
      ['stop_areas.txt', 'stop_id,area_id\n'],
      ['areas.txt', 'area_id\n'],
      ['fare_leg_rules.txt', 'network_id,fare_product_id\nrail,near\nbus,bus\n'],
      ['tariff.yaml', 'areaOrder: [a, b, c]\n', ''],
      ['tariff.yaml', ', areas: { c: maximum-c }', ''],
    ],
  ],
  [
    'an extension of a pass that is good everywhere',
    [
      [
        'tariff.yaml',
        'uncertain:',
        'passes: [{ id: pass, product: 7, period: { every: week, starts: calendar }, valid: fixed, extension: difference, covers: {}, source: assumed }]\nuncertain:',
      ],
    ],
    'error tariff.yaml:42:102: an extension of a pass that is good in every area (expected areas that it covers)',
  ],
  [
    'an extension of a pass without an order of areas',
    [
      [
        'tariff.yaml',
        'uncertain:',
        'passes: [{ id: pass, product: 7, period: { every: week, starts: calendar }, valid: fixed, extension: difference, covers: { areas: [a] }, source: assumed }]\nuncertain:',
      ],
      ['tariff.yaml', 'areaOrder: [a, b, c]\n', ''],
    ],
    'error tariff.yaml:41:102: an extension, and no order of areas to go on in (expected areaOrder: the areas as they are crossed)',
  ],
];

const OF_WAYS: Slip[] = [
  [
    'an area misspelt in distances.txt',
    [['distances.txt', 'b,c,7000', 'b,cc,7000']],
    "error distances.txt:6:3: no to_area_id 'cc' (expected 'c')",
  ],
  [
    'a way that distances.txt leaves out',
    [['distances.txt', 'b,c,7000\n', '']],
    'warning distances.txt: no distance from b to c: rides between them have no fare (expected a row of metres for each)',
  ],
  [
    'ways that distances.txt leaves out',
    [['distances.txt', 'b,c,7000\na,c,12000\n', '']],
    'warning distances.txt: no distance from a to c and 1 more: rides between them have no fare (expected a row of metres for each)',
  ],
  [
    'a way that costs more than any price',
    [['tariff.yaml', "add: '0.10'", "add: '999999999.00'"]],
    'error tariff.yaml:42:41: 12000 m cost more than any price (expected at most 1000000000.00)',
  ],
  [
    'a way twice',
    [['distances.txt', 'b,c,7000', 'b,c,7000\nb,c,7100']],
    "error distances.txt:7:1: the same from_area_id, to_area_id 'b, c' as in line 6 (expected each once)",
  ],
  ['a way there and another back', [['distances.txt', 'b,c,7000', 'b,c,7000\nc,b,7100']]],
];

testSlips(
  changed(railwayFiles(), [
    ['tariff.yaml', 'networks:\n', 'networks:\n  bus: { taps: entry-only, source: assumed }\n'],
  ]),
  OF_RAIL,
);
testSlips(
  changed(railwayFiles(), [
    ['tariff.yaml', 'networks:\n', 'networks:\n  bus: { taps: entry-only, source: assumed }\n'],
    [
      'tariff.yaml',
      'uncertain:',
      "distances: [{ fareProduct: near, steps: [{ everyMetres: 1000, add: '0.10', begun: false }], source: assumed }]\nuncertain:",
    ],
    ['distances.txt', 'from_area_id,to_area_id,metres\na,a,0\nb,b,0\nc,c,0\na,b,5000\nb,c,7000\na,c,12000\n'],
    ['fare_leg_rules.txt', 'network_id,fare_product_id\nrail,near\nbus,bus\n'],
  ]),
  OF_WAYS,
);

test.run();
