import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { compile, type Files, products, rate, ride, total } from './feed.ts';

/** 1.00 a leg; from a to d at once 1.50. */
const ZONES: Files = {
  ...products({ leg: '1.00', through: '1.50' }),
  stops: 'stop_id,parent_station\na,\nb,\nc,\nd,\ns,\np1,s\np2,s\nfront,p2',
  areas: 'area_id\nwest\neast',
  stop_areas: 'area_id,stop_id\nwest,a\neast,d',
  fare_leg_rules:
    'network_id,from_area_id,to_area_id,fare_product_id,rule_priority\n,,,leg,\nn1,west,east,through,1',
};
const join = (...rows: string[]): Files => ({
  ...ZONES,
  fare_leg_join_rules: ['from_network_id,to_network_id,from_stop_id,to_stop_id', ...rows].join('\n'),
});
const change = (off: string, on: string, routes: readonly [string, string] = ['r1', 'r1']) => [
  ride(routes[0], 'a', off, '12:00:00'),
  ride(routes[1], on, 'd', '12:30:00'),
];

const CHANGES: [what: string, rule: string, off: string, on: string, joined: boolean][] = [
  ['at one stop', 'n1,n1,,', 'b', 'b', true],
  ['at two platforms of one station', 'n1,n1,,', 'p1', 'p2', true],
  ['between the station and a boarding area in it', 'n1,n1,,', 's', 'front', true],
  ['between two stops', 'n1,n1,,', 'b', 'c', false],
  ['between the two stops it names', 'n1,n1,b,c', 'b', 'c', true],
  ['between them the other way round', 'n1,n1,b,c', 'c', 'b', false],
  ['at one stop, where it names two others', 'n1,n1,b,c', 'b', 'b', false],
  ['from any platform of the station it names', 'n1,n1,s,b', 'p2', 'b', true],
  ['from another platform than it names', 'n1,n1,p1,b', 'p2', 'b', false],
];
for (const [what, rule, off, on, joined] of CHANGES) {
  test(`a rule '${rule}' ${joined ? 'joins' : 'does not join'} a change ${what}`, () =>
    assert.is(total(join(rule), change(off, on)), joined ? '1.50' : '2.00'));
}

test('legs of another network are not joined, on either side', () => {
  for (const routes of [
    ['r1', 'r2'],
    ['r2', 'r1'],
    ['r2', 'r2'],
    ['r0', 'r1'],
  ] as const)
    assert.is(total(join('n1,n1,,'), change('b', 'b', routes)), '2.00', routes.join());
});

test('any number of legs in a row are one, and are said to be', () => {
  const legs = [
    ride('r1', 'a', 'b', '12:00:00'),
    ride('r1', 'b', 'c', '12:30:00'),
    ride('r1', 'c', 'd', '13:00:00'),
  ];
  const priced = rate(join('n1,n1,,'), { legs });
  assert.ok(priced.kind === 'priced');
  assert.equal(
    priced.fareLegs.map(({ legs, product }) => [legs, product]),
    [[[0, 1, 2], 'through']],
  );
});

test('the first and the last moment of a joined leg are those of its outer ends', () => {
  const files = {
    ...join('n1,n1,,'),
    calendar_dates: 'service_id,date,exception_type\nday,20260302,1',
    timeframes:
      'timeframe_group_id,start_time,end_time,service_id\nnoon,12:00:00,12:01:00,day\none,12:50:00,12:51:00,day',
    fare_leg_rules:
      'network_id,fare_product_id,from_timeframe_group_id,to_timeframe_group_id\nn1,through,noon,one',
  };
  assert.is(total(files, change('b', 'b')), '1.50');
  assert.is(
    total({ ...files, fare_leg_join_rules: 'from_network_id,to_network_id\nn2,n2' }, change('b', 'b')),
    null,
  );
});

const LIMITS: [type: number, limit: number, joined: boolean][] = [
  // From 12:00 to 12:20 and on from 12:30 to 12:50.
  [0, 3000, true],
  [0, 2999, false],
  [1, 1800, true],
  [1, 1799, false],
  [2, 600, true],
  [2, 599, false],
  [3, 1800, true],
  [3, 1799, false],
];
for (const [type, limit, joined] of LIMITS) {
  test(`a join rule of type ${type} with ${limit} s ${joined ? 'joins' : 'does not join'}: the limit is in`, () => {
    const files = {
      ...ZONES,
      fare_leg_join_rules: `from_network_id,to_network_id,duration_limit,duration_limit_type\nn1,n1,${limit},${type}`,
    };
    assert.is(total(files, change('b', 'b')), joined ? '1.50' : '2.00');
  });
}

test('the time limit of a join runs from the first of all the legs', () => {
  const files = {
    ...ZONES,
    fare_leg_join_rules: 'from_network_id,to_network_id,duration_limit,duration_limit_type\nn1,n1,3600,1',
  };
  const legs = [
    ride('r1', 'a', 'b', '12:00:00'),
    ride('r1', 'b', 'c', '12:40:00'),
    ride('r1', 'c', 'd', '13:10:00'),
  ];
  const priced = rate(files, { legs });
  assert.ok(priced.kind === 'priced');
  assert.equal(
    priced.fareLegs.map(leg => leg.legs),
    [[0, 1], [2]],
  );
});

const REFUSED: [what: string, rule: string, said: string][] = [
  [
    'two networks',
    'n1,n2,,',
    "fare_leg_join_rules.txt:2:4: joins 'n1' to another network, 'n2' (expected 'n1')",
  ],
  [
    'a network that is nowhere',
    'm1,m1,,',
    "fare_leg_join_rules.txt:2:1: no from_network_id 'm1' (expected 'n1')",
  ],
  [
    'a stop that is nowhere',
    'n1,n1,p11,b',
    "fare_leg_join_rules.txt:2:7: no from_stop_id 'p11' (expected 'p1')",
  ],
  [
    'one stop of two',
    'n1,n1,b,',
    'fare_leg_join_rules.txt:2:9: to_stop_id is empty (expected both stops or neither)',
  ],
];
for (const [what, rule, said] of REFUSED) {
  test(`a join rule for ${what} is refused`, () => assert.is(compile(join(rule)).errors[0], said));
}

test.run();
