/** What `tariff check` says of a feed's fare tables: a slip a row. */
import { test } from 'uvu';
import { reachProblems } from '../../src/core/fare/itinerary/check-reach.ts';
import { compileItineraries } from '../../src/core/fare/itinerary/compile.ts';
import { readFareTables } from '../../src/gtfs/fare-files.ts';
import { type Files, type Slip, testSlips } from '../slips.ts';

/** A bus at one price, and a railway of two areas whose longer ride is dearer at its peak. */
const FEED: Files = {
  'agency.txt': 'agency_id,agency_name,agency_timezone\nx,X,Europe/London\n',
  'stops.txt': 'stop_id,parent_station,stop_timezone\na1,,\na2,A,\nA,,\nb1,,\nc1,,\n',
  'routes.txt': 'route_id,route_type,network_id\n1,3,bus\n2,1,rail\n',
  'areas.txt': 'area_id\na\nb\n',
  'stop_areas.txt': 'area_id,stop_id\na,a1\na,A\nb,b1\n',
  'calendar.txt':
    'service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\nwork,1,1,1,1,1,0,0,20260101,20261231\nrest,0,0,0,0,0,1,1,20260101,20261231\n',
  'timeframes.txt':
    'timeframe_group_id,start_time,end_time,service_id\npeak,07:00:00,09:00:00,work\noff,00:00:00,07:00:00,work\noff,09:00:00,24:00:00,work\noff,,,rest\n',
  'fare_media.txt': 'fare_media_id,fare_media_type\ncard,2\ncash,0\n',
  'rider_categories.txt':
    'rider_category_id,rider_category_name,is_default_fare_category\nadult,Adult,1\nchild,Child,0\n',
  'fare_products.txt':
    'fare_product_id,rider_category_id,fare_media_id,amount,currency\nsingle,adult,card,2.00,GBP\nsingle,child,card,1.00,GBP\nsingle,adult,cash,2.50,GBP\nlong,,,3.00,GBP\nextra,,,0.50,GBP\n',
  'fare_leg_rules.txt':
    'leg_group_id,network_id,from_area_id,to_area_id,from_timeframe_group_id,fare_product_id\nB,bus,,,,single\nR,rail,a,a,,single\nR,rail,b,b,,single\nR,rail,a,b,peak,long\nR,rail,a,b,off,single\nR,rail,b,a,,single\n',
  'fare_transfer_rules.txt':
    'from_leg_group_id,to_leg_group_id,transfer_count,duration_limit,duration_limit_type,fare_transfer_type,fare_product_id\nB,B,1,3600,1,0,\nB,R,,3600,1,0,extra\n',
};

function problemsOf(files: Files) {
  const texts = new Map(Object.entries(files).map(([path, text]) => [path, { path, text }] as const));
  const { tables, problems } = readFareTables(texts, 'feed');
  const { fares, problems: found } = compileItineraries(tables);
  return [...problems, ...found, ...(fares === undefined ? [] : reachProblems(fares, tables))];
}

/** When a fare holds. */
const TIMES: Slip[] = [
  [
    'timeframes of one group that overlap',
    [['timeframes.txt', 'off,09:00:00', 'off,06:00:00']],
    "error timeframes.txt:4:5: 'off' holds already, by line 3 (expected times that do not overlap)",
  ],
  [
    'timeframes of two groups that overlap',
    [['timeframes.txt', 'peak,07:00:00,09:00:00', 'peak,07:00:00,09:30:00']],
    'warning fare_leg_rules.txt:6:16: of equal right as line 5 (2026-01-01 09:00:00), at another price: the cheaper is charged',
  ],
  [
    'a timeframe beyond midnight',
    [['timeframes.txt', 'off,09:00:00,24:00:00', 'off,09:00:00,25:00:00']],
    'error timeframes.txt:4:14: end_time is beyond 24:00:00 (expected at most 24:00:00, and the next day as a row of its own)',
  ],
  [
    'a timeframe reversed',
    [['timeframes.txt', '07:00:00,09:00:00', '09:00:00,07:00:00']],
    'error timeframes.txt:2:15: end_time is not after start_time (expected a later end_time; over midnight, one row to 24:00:00 and one from 00:00:00)',
  ],
  [
    'a service misspelt',
    [['timeframes.txt', '09:00:00,work', '09:00:00,wrok']],
    "error timeframes.txt:2:24: no service_id 'wrok' (expected 'work')",
  ],
  [
    'a timeframe group misspelt',
    [['fare_leg_rules.txt', ',peak,', ',peek,']],
    "warning fare_leg_rules.txt:5:12: no from_timeframe_group_id 'peek' (expected 'peak')",
    "warning fare_leg_rules.txt:3:3: in 'rail', no fare from a to b during peak (2026-01-01 07:00:00)",
  ],
  [
    'a minute that no timeframe holds in',
    [['timeframes.txt', 'off,00:00:00,07:00:00', 'off,00:00:00,06:59:00']],
    'warning timeframes.txt:3:14: nothing holds from 06:59:00 to 07:00:00: end_time is exclusive (expected 07:00:00)',
    "warning fare_leg_rules.txt:3:3: in 'rail', no fare from a to b at times of no timeframe (2026-01-01 06:59:00)",
  ],
  [
    'an hour that no timeframe holds in',
    [['timeframes.txt', 'off,09:00:00', 'off,10:00:00']],
    "warning fare_leg_rules.txt:3:3: in 'rail', no fare from a to b at times of no timeframe (2026-01-01 09:00:00)",
  ],
  [
    'a service that never runs',
    [['calendar.txt', 'rest,0,0,0,0,0,1,1', 'rest,0,0,0,0,0,0,0']],
    "warning calendar.txt:3:1: 'rest' never runs: no timeframe of it holds",
    "warning fare_leg_rules.txt:3:3: in 'rail', no fare from a to b at times of no timeframe (2026-01-03 00:00:00)",
  ],
  [
    'a calendar reversed',
    [['calendar.txt', 'rest,0,0,0,0,0,1,1,20260101,20261231', 'rest,0,0,0,0,0,1,1,20260101,20251231']],
    'error calendar.txt:3:29: end_date 2025-12-31 is before start_date 2026-01-01: it never runs (expected 2026-01-01 or later)',
  ],
];

/** Which fare a leg has. */
const RULES: Slip[] = [
  [
    'two leg rules of equal right',
    [['fare_leg_rules.txt', 'B,bus,,,,single', 'B,bus,,,,single\nB,bus,,,,long']],
    'warning fare_leg_rules.txt:3:10: of equal right as line 2, at another price: the cheaper is charged',
  ],
  [
    'two leg rules of one price',
    [
      ['fare_leg_rules.txt', 'B,bus,,,,single', 'B,bus,,,,single\nB,bus,,,,other'],
      [
        'fare_products.txt',
        'extra,,,0.50,GBP',
        'extra,,,0.50,GBP\nother,adult,card,2.00,GBP\nother,child,card,1.00,GBP\nother,adult,cash,2.50,GBP',
      ],
    ],
  ],
  [
    'a pair of areas without a fare',
    [['fare_leg_rules.txt', 'R,rail,b,a,,single\n', '']],
    "warning fare_leg_rules.txt:3:3: in 'rail', no fare from b to a",
  ],
  [
    'an area that no stop lies in',
    [['stop_areas.txt', 'b,b1\n', '']],
    "warning fare_leg_rules.txt:4:13: no ride can reach this rule: no stop lies in 'b', here and in 3 more rows",
  ],
  [
    'a network misspelt in a leg rule',
    [['fare_leg_rules.txt', 'B,bus', 'B,bsu']],
    "error fare_leg_rules.txt:2:3: no network_id 'bsu' (expected 'bus')",
  ],
  [
    'an area misspelt in a leg rule',
    [['fare_leg_rules.txt', 'rail,a,b,peak', 'rail,a,bb,peak']],
    "error fare_leg_rules.txt:5:10: no to_area_id 'bb' (expected 'b')",
  ],
  [
    'a product misspelt in a leg rule',
    [['fare_leg_rules.txt', 'B,bus,,,,single', 'B,bus,,,,singel']],
    "error fare_leg_rules.txt:2:10: no fare_product_id 'singel' (expected 'single')",
  ],
  [
    'a leg rule twice',
    [['fare_leg_rules.txt', 'B,bus,,,,single', 'B,bus,,,,single\nB,bus,,,,single']],
    'warning fare_leg_rules.txt:3:10: the same rule as line 2 (expected each rule once)',
  ],
  [
    'a leg rule in two groups',
    [['fare_leg_rules.txt', 'B,bus,,,,single', 'B,bus,,,,single\nC,bus,,,,single']],
    "warning fare_leg_rules.txt:3:1: the same rule as line 2, in another group: 'C' and 'B' (expected each rule once)",
  ],
  [
    'a column misspelt',
    [['fare_leg_rules.txt', 'from_area_id', 'from_aera_id']],
    "warning fare_leg_rules.txt:1:25: unknown column 'from_aera_id' (expected 'from_area_id'?)",
    'warning fare_leg_rules.txt:7:13: the same rule as line 3 (expected each rule once)',
    'warning fare_leg_rules.txt:5:17: of equal right as line 4 (2026-01-01 07:00:00), at another price: the cheaper is charged',
  ],
  [
    'a network that no leg rule is for',
    [['routes.txt', '2,1,rail', '2,1,rail\n3,0,tram']],
    "warning routes.txt:4:5: no leg rule is for network 'tram': rides in it have no fare",
  ],
  [
    'a route of a network that networks.txt does not have',
    [
      ['routes.txt', 'route_id,route_type\n1,3\n2,1\n'],
      ['networks.txt', 'network_id\nbus\nrail\n'],
      ['route_networks.txt', 'network_id,route_id\nbus,1\nrial,2\n'],
    ],
    "error route_networks.txt:3:1: no network_id 'rial' (expected 'rail')",
  ],
];

/** What a transfer costs. */
const TRANSFERS: Slip[] = [
  [
    'a transfer rule twice',
    [['fare_transfer_rules.txt', 'B,R,,3600,1,0,extra', 'B,R,,3600,1,0,extra\nB,R,,3600,1,0,extra']],
    'warning fare_transfer_rules.txt:4:13: the same rule as line 3 (expected each rule once)',
  ],
  [
    'two transfer rules that say two things',
    [['fare_transfer_rules.txt', 'B,R,,3600,1,0,extra', 'B,R,,3600,1,0,extra\nB,R,,3600,1,1,extra']],
    'warning fare_transfer_rules.txt:4:13: line 3 says of the same transfer that its fare_transfer_type is 0 (expected one rule a transfer: the cheaper is charged)',
  ],
  [
    'a group misspelt',
    [['fare_transfer_rules.txt', 'B,R,,', 'B,RR,,']],
    "error fare_transfer_rules.txt:3:3: no to_leg_group_id 'RR' (expected 'R')",
  ],
  [
    'a product of a transfer misspelt',
    [['fare_transfer_rules.txt', ',0,extra', ',0,extar']],
    "error fare_transfer_rules.txt:3:15: no fare_product_id 'extar' (expected 'extra')",
  ],
];

/** What a product costs whom. */
const PRICES: Slip[] = [
  [
    'a category whose letters changed places',
    [['fare_products.txt', 'single,child', 'single,chlid']],
    "error fare_products.txt:3:8: no rider_category_id 'chlid' (expected 'child')",
  ],
  [
    'a medium misspelt',
    [['fare_products.txt', 'adult,cash', 'adult,csah']],
    "error fare_products.txt:4:14: no fare_media_id 'csah' (expected 'cash')",
  ],
  [
    'a second default category',
    [['rider_categories.txt', 'child,Child,0', 'child,Child,1']],
    "error rider_categories.txt:3:13: a second default beside 'adult', for 'single' (expected one default for each product)",
  ],
  [
    'no default category',
    [['rider_categories.txt', 'adult,Adult,1', 'adult,Adult,0']],
    'warning fare_products.txt:2:8: no rider category is the default: a rider who names none pays only what is for everybody',
  ],
  [
    'two currencies',
    [['fare_products.txt', 'extra,,,0.50,GBP', 'extra,,,0.50,EUR']],
    "warning fare_products.txt:6:14: a second currency, 'EUR': a journey that needs both has no total (expected 'GBP')",
  ],
  [
    'two currencies, the odd one first',
    [['fare_products.txt', 'single,adult,card,2.00,GBP', 'single,adult,card,2.00,EUR']],
    "warning fare_products.txt:2:24: a second currency, 'EUR': a journey that needs both has no total (expected 'GBP')",
  ],
  [
    'a currency that is none',
    [['fare_products.txt', 'extra,,,0.50,GBP', 'extra,,,0.50,GBX']],
    "error fare_products.txt:6:14: currency is 'GBX' (expected 'GBP')",
  ],
  [
    'an amount without the decimals of its currency',
    [['fare_products.txt', 'long,,,3.00', 'long,,,3']],
    "warning fare_products.txt:5:8: amount '3' (expected '3.00', with the decimals of GBP)",
  ],
  [
    'an amount finer than its currency, missed nowhere',
    [['fare_products.txt', 'long,,,3.00', 'long,,,3.001']],
    "error fare_products.txt:5:8: amount '3.001' (expected an amount in GBP, exact to its minor unit)",
  ],
  [
    'a leg that costs less than nothing',
    [['fare_products.txt', 'long,,,3.00', 'long,,,-3.00']],
    "warning fare_products.txt:5:8: amount '-3.00': a leg that is sold by 'long' costs less than nothing (expected 0 or more)",
  ],
  ['a discount for a transfer', [['fare_products.txt', 'extra,,,0.50', 'extra,,,-0.50']]],
];

/** More kinds of rides than are asked: 3 networks, 600 areas at either end. */
const many = Array.from({ length: 600 }, (_, number) => `many-${number}`);
const MANY: Slip[] = [
  [
    'a feed of very many areas that no rule names',
    [
      ['stops.txt', `stop_id\n${many.join('\n')}\n`],
      ['areas.txt', `area_id\na\nb\n${many.join('\n')}\n`],
      ['stop_areas.txt', `area_id,stop_id\n${many.map(name => `${name},${name}`).join('\n')}\n`],
      ['fare_leg_rules.txt', 'leg_group_id,fare_product_id\nB,single\nR,long\n'],
    ],
    'warning fare_leg_rules.txt:3:3: of equal right as line 2, at another price: the cheaper is charged',
  ],
  [
    'a feed whose rules are for very many areas',
    [
      [
        'fare_leg_rules.txt',
        `leg_group_id,from_area_id,to_area_id,fare_product_id\nB,,,single\n${many.map(name => `R,${name},${name},long`).join('\n')}\n`,
      ],
      ['stops.txt', `stop_id\n${many.join('\n')}\n`],
      ['areas.txt', `area_id\na\nb\n${many.join('\n')}\n`],
      ['stop_areas.txt', `area_id,stop_id\n${many.map(name => `${name},${name}`).join('\n')}\n`],
    ],
    'warning fare_leg_rules.txt: 3,240,000 kinds of rides, by networks, areas and timeframes: none was asked for its fare (expected at most 1,000,000)',
  ],
];

for (const slips of [TIMES, RULES, TRANSFERS, PRICES, MANY]) testSlips(FEED, slips, problemsOf);

test.run();
