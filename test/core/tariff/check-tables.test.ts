/** The Fares v2 tables of a tariff, and what of them taps cannot be priced by. */
import { test } from 'uvu';
import { changed, type Slip, testSlips } from '../../slips.ts';
import { cityFiles } from '../fare/city.ts';

const OF_TAPS: Slip[] = [
  [
    'the column min_distance_units',
    [['fare_leg_rules.txt', 'network_id,min_distance_units,fare_product_id\nbus,,bus\ntram,3,tram\n']],
    "error fare_leg_rules.txt:3:6: column 'min_distance_units' is priced for itineraries, not for taps (expected an empty column)",
  ],
  [
    'the column max_distance_units',
    [['fare_leg_rules.txt', 'network_id,max_distance_units,fare_product_id\nbus,,bus\ntram,3,tram\n']],
    "error fare_leg_rules.txt:3:6: column 'max_distance_units' is priced for itineraries, not for taps (expected an empty column)",
  ],
  [
    'the column transfer_only',
    [['fare_leg_rules.txt', 'network_id,transfer_only,fare_product_id\nbus,,bus\ntram,1,tram\n']],
    "error fare_leg_rules.txt:3:6: column 'transfer_only' is priced for itineraries, not for taps (expected an empty column)",
  ],
  [
    'the column contains_area_set_id',
    [['fare_leg_rules.txt', 'network_id,contains_area_set_id,fare_product_id\nbus,,bus\ntram,set,tram\n']],
    "error fare_leg_rules.txt:3:6: column 'contains_area_set_id' is priced for itineraries, not for taps (expected an empty column)",
  ],
  [
    'the column contains_exactly_area_set_id',
    [
      [
        'fare_leg_rules.txt',
        'network_id,contains_exactly_area_set_id,fare_product_id\nbus,,bus\ntram,set,tram\n',
      ],
    ],
    "error fare_leg_rules.txt:3:6: column 'contains_exactly_area_set_id' is priced for itineraries, not for taps (expected an empty column)",
  ],
  [
    'the column min_distance_units, switched on for itineraries',
    [
      ['fare_leg_rules.txt', 'network_id,min_distance_units,fare_product_id\nbus,,bus\ntram,3,tram\n'],
      [
        'tariff.yaml',
        'source: assumed\ncurrency',
        'source: assumed\ndrafts: [distance-based-rules]\ncurrency',
      ],
    ],
    "error fare_leg_rules.txt:3:6: column 'min_distance_units' is priced for itineraries, not for taps (expected an empty column)",
  ],
  [
    'the column min_distance_units without a value',
    [['fare_leg_rules.txt', 'network_id,min_distance_units,fare_product_id\nbus,,bus\ntram,,tram\n']],
  ],
  [
    'the column min_distance',
    [['fare_leg_rules.txt', 'network_id,min_distance,fare_product_id\nbus,,bus\ntram,1,tram\n']],
    "error fare_leg_rules.txt:3:6: column 'min_distance' would change the price and is not priced (expected an empty column)",
  ],
  [
    'the column max_distance',
    [['fare_leg_rules.txt', 'network_id,max_distance,fare_product_id\nbus,,bus\ntram,1,tram\n']],
    "error fare_leg_rules.txt:3:6: column 'max_distance' would change the price and is not priced (expected an empty column)",
  ],
  [
    'the column distance_type',
    [['fare_leg_rules.txt', 'network_id,distance_type,fare_product_id\nbus,,bus\ntram,1,tram\n']],
    "error fare_leg_rules.txt:3:6: column 'distance_type' would change the price and is not priced (expected an empty column)",
  ],
  [
    'the column is_symmetrical',
    [['fare_leg_rules.txt', 'network_id,is_symmetrical,fare_product_id\nbus,,bus\ntram,1,tram\n']],
    "error fare_leg_rules.txt:3:6: column 'is_symmetrical' would change the price and is not priced (expected an empty column)",
  ],
  [
    'a product misspelt in a leg rule',
    [['fare_leg_rules.txt', 'tram,tram', 'tram,tarm']],
    "error fare_leg_rules.txt:3:6: no fare_product_id 'tarm' (expected 'tram')",
  ],
  [
    'a category misspelt in a product',
    [['fare_products.txt', 'bus,child,', 'bus,chlid,']],
    "error fare_products.txt:3:5: no rider_category_id 'chlid' (expected 'child')",
  ],
  [
    'a medium misspelt in a product',
    [['fare_products.txt', 'tram,,card', 'tram,,crad']],
    "error fare_products.txt:4:7: no fare_media_id 'crad' (expected 'card')",
  ],
  [
    'a product twice',
    [['fare_products.txt', 'tram,,card,2.50,EUR', 'tram,,card,2.50,EUR\ntram,,card,2.60,EUR']],
    "error fare_products.txt:5:1: the same fare_product_id, rider_category_id, fare_media_id 'tram, , card' as in line 4 (expected each once)",
  ],
  [
    'a leg rule twice',
    [['fare_leg_rules.txt', 'tram,tram\n', 'tram,tram\ntram,tram\n']],
    'warning fare_leg_rules.txt:4:6: the same rule as line 3 (expected each rule once)',
  ],
];

const BESIDE_A_FEED: Slip[] = [
  [
    'an agency by another clock',
    [['agency.txt', 'Asia/Yekaterinburg', 'Europe/Moscow']],
    "warning agency.txt:2:5: agency_timezone 'Europe/Moscow' (expected 'Asia/Yekaterinburg', as in tariff.yaml: taps go by no other clock)",
  ],
  [
    'a stop by another clock',
    [['stops.txt', 'b,B,', 'b,B,Europe/Moscow']],
    "warning stops.txt:3:5: stop_timezone 'Europe/Moscow' (expected 'Asia/Yekaterinburg', as in tariff.yaml: taps go by no other clock)",
  ],
  [
    'another default category',
    [['rider_categories.txt', 'adult,Adult,1\nchild,Child,0', 'adult,Adult,0\nchild,Child,1']],
    "warning rider_categories.txt:3:13: 'child' is the default here and 'adult' in tariff.yaml (expected one default for both)",
  ],
  [
    'a category that the feed does not have',
    [['tariff.yaml', 'child: { ridersPerTrip: 1', 'child: { ridersPerTrip: 1, riderCategory: chlid']],
    "error tariff.yaml:17:45: no rider_category_id in rider_categories.txt 'chlid' (expected 'child')",
    "warning fare_products.txt:3:5: no rider_category_id 'child' (expected 'chlid')",
  ],
  [
    'a carrier of a route that the feed does not have',
    [
      [
        'tariff.yaml',
        'uncertain:',
        'carriers: { red: { routes: ["1", "22"], source: assumed } }\nuncertain:',
      ],
    ],
    "error tariff.yaml:23:34: no route '22' (expected '2')",
  ],
];

testSlips(cityFiles(''), OF_TAPS);
testSlips(
  changed(cityFiles(''), [
    ['agency.txt', 'agency_id,agency_name,agency_timezone\nx,X,Asia/Yekaterinburg\n'],
    ['stops.txt', 'stop_id,stop_name,stop_timezone\na,A,\nb,B,\n'],
    ['routes.txt', 'route_id,route_type,network_id\n1,3,bus\n2,0,tram\n'],
    [
      'rider_categories.txt',
      'rider_category_id,rider_category_name,is_default_fare_category\nadult,Adult,1\nchild,Child,0\n',
    ],
  ]),
  BESIDE_A_FEED,
);

test.run();
