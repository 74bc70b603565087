/** Networks by name, and what means nothing where nobody taps out. */
import { test } from 'uvu';
import { changed, type Slip, testSlips } from '../../slips.ts';
import { railwayFiles } from '../fare/rail.ts';

const OF_RAIL: Slip[] = [
  [
    'a network misspelt in the settings',
    [['tariff.yaml', '  rail:\n', '  rial:\n']],
    "warning tariff.yaml:28:3: no leg rule, route or network is 'rial' (expected 'rail')",
  ],
  [
    'a network misspelt in leg rules',
    [['fare_leg_rules.txt', 'rail,a,c,farthest', 'rial,a,c,farthest']],
    "warning fare_leg_rules.txt:9:1: no network_id 'rial' (expected 'rail')",
    "warning fare_leg_rules.txt:2:1: in 'rail', no fare from a to c",
  ],
  [
    'a network misspelt in leg rules, where routes name networks',
    [
      ['fare_leg_rules.txt', 'rail,a,c,farthest', 'rial,a,c,farthest'],
      ['routes.txt', 'route_id,route_type,network_id\n1,1,rail\n2,3,bus\n'],
    ],
    "error fare_leg_rules.txt:9:1: no network_id 'rial' (expected 'rail')",
  ],
  [
    'a network that a route names and no leg rule',
    [['routes.txt', 'route_id,route_type,network_id\n1,1,rail\n2,3,bus\n3,0,tram\n']],
    "warning routes.txt:4:5: no leg rule is for network 'tram': rides in it have no fare",
  ],
  [
    'a route of a network that networks.txt does not have',
    [
      ['networks.txt', 'network_id\nrail\nbus\n'],
      ['route_networks.txt', 'network_id,route_id\nrail,1\nbuss,2\n'],
    ],
    "error route_networks.txt:3:1: no network_id 'buss' (expected 'bus')",
  ],
  [
    'a route that routes.txt does not have',
    [
      ['routes.txt', 'route_id,route_type\nr1,1\n'],
      ['route_networks.txt', 'network_id,route_id\nrail,r1\nbus,rr1\n'],
    ],
    "warning route_networks.txt:3:5: no route_id 'rr1' (expected 'r1')",
  ],
  [
    'networks from two sources',
    [
      ['networks.txt', 'network_id\nrail\nbus\n'],
      ['routes.txt', 'route_id,route_type,network_id\n1,1,rail\n'],
    ],
    'error routes.txt:2:5: networks come from network_id in routes.txt and from tariff/networks.txt (expected one of them)',
  ],
  [
    'a price of an exit that is sold as no product',
    [['tariff.yaml', '{ fareProduct: out-again }, product: 6', '{ fareProduct: out-again }']],
    "error tariff.yaml:33:9: 'out-again' is sold as no product (expected product: a number of products)",
  ],
  [
    'an entry without an exit that costs nothing',
    [['tariff.yaml', '    incomplete: { fareProduct: maximum, product: 5, areas: { c: maximum-c } }\n', '']],
    "warning tariff.yaml:28:3: in 'rail' an entry without an exit costs nothing (expected incomplete, or deposit)",
  ],
  [
    'an entry without an exit that costs its deposit',
    [
      [
        'tariff.yaml',
        '    incomplete: { fareProduct: maximum, product: 5, areas: { c: maximum-c } }\n',
        '    deposit: { fareProduct: deposit, product: 7 }\n',
      ],
    ],
  ],
  [
    'every rule of exits where nobody taps out',
    [
      [
        'tariff.yaml',
        'taps: entry-exit',
        'taps: entry-only\n    estimate: chosen\n    deposit: { fareProduct: deposit, product: 7 }\n    autoCompletion: { perMonth: 2, afterSame: 3, product: 8 }',
      ],
    ],
    "error tariff.yaml:31:14: 'deposit' means nothing where nobody taps out (expected taps: entry-exit for 'rail')",
    "error tariff.yaml:33:17: 'incomplete' means nothing where nobody taps out (expected taps: entry-exit for 'rail')",
    "error tariff.yaml:32:21: 'autoCompletion' means nothing where nobody taps out (expected taps: entry-exit for 'rail')",
    "error tariff.yaml:35:7: 'sameStop' means nothing where nobody taps out (expected taps: entry-exit for 'rail')",
    "error tariff.yaml:39:7: 'maximumTime' means nothing where nobody taps out (expected taps: entry-exit for 'rail')",
    "error tariff.yaml:42:14: 'linking' means nothing where nobody taps out (expected taps: entry-exit for 'rail')",
  ],
  [
    'a fare by where the ride ends, and nobody says where',
    [
      ['tariff.yaml', 'taps: entry-exit', 'taps: entry-only'],
      [
        'tariff.yaml',
        '    incomplete: { fareProduct: maximum, product: 5, areas: { c: maximum-c } }\n    sameStop:\n      - { upTo: 2 min, price: free }\n      - { upTo: 30 min, price: { fareProduct: out-again }, product: 6 }\n      - { price: { fareProduct: maximum }, product: 6 }\n    maximumTime:\n      - { zones: 1, atMost: 60 min }\n      - { zones: 2, atMost: 90 min }\n      - { atMost: 120 min }\n    linking: { within: 10 min, inclusive: true, stops: [[b1, b2]] }\n',
        '',
      ],
    ],
    "warning tariff.yaml:28:3: the fare in 'rail' depends on where the ride ends: it is priced as if it ended where it began (expected estimate: end-of-line | chosen, or taps: entry-exit)",
  ],
];

testSlips(
  changed(railwayFiles(), [
    ['tariff.yaml', 'networks:\n', 'networks:\n  bus: { taps: entry-only, source: assumed }\n'],
  ]),
  OF_RAIL,
);

test.run();
