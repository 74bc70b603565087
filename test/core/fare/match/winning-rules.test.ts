import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Findings } from '../../../../src/core/fare/match/findings.ts';
import { compileMatcher } from '../../../../src/core/fare/match/matcher.ts';
import { type LegQuestion, winningRules } from '../../../../src/core/fare/match/winning-rules.ts';
import { readFareTables } from '../../../../src/gtfs/fare-files.ts';
import { at } from '../itinerary/feed.ts';

const TEXTS: Readonly<Record<string, string>> = {
  agency: 'agency_id,agency_name,agency_timezone\nx,X,UTC',
  stops: 'stop_id\na\nb\nc',
  routes: 'route_id,route_type,network_id\nr1,3,bus\nr2,3,tram\nr3,3,rail',
  areas: 'area_id\nin\nout',
  stop_areas: 'area_id,stop_id\nin,a\nout,b',
  calendar: '',
  calendar_dates: 'service_id,date,exception_type\ndaily,20260302,1',
  timeframes: 'timeframe_group_id,start_time,end_time,service_id\npeak,07:00:00,09:00:00,daily',
};

function ask(rules: string, question: LegQuestion) {
  const texts = Object.entries({ ...TEXTS, fare_leg_rules: rules })
    .filter(([, text]) => text !== '')
    .map(([name, text]) => [`${name}.txt`, { path: name, text: `${text}\n` }] as const);
  const findings = new Findings();
  const { tables } = readFareTables(new Map(texts), '.');
  const matcher = compileMatcher(tables, findings);
  assert.equal(findings.problems, []);
  const { rules: won, undecided } = winningRules(matcher, question);
  return [won.map(row => row.fare_product_id).join(' '), undecided.join(' ')];
}

const FLAT = 'network_id,fare_product_id\nbus,flat';
const BY_END = 'network_id,to_area_id,fare_product_id\nbus,in,near\nbus,,far';
const RANKED = 'network_id,to_area_id,fare_product_id,rule_priority\nbus,in,near,1\nbus,,far,';
const LOW = 'network_id,to_area_id,fare_product_id,rule_priority\nbus,in,near,\nbus,,far,1';
const PEAK = 'network_id,from_timeframe_group_id,fare_product_id,rule_priority\nbus,peak,dear,1\nbus,,cheap,';
const FAR = 'network_id,fare_product_id,max_distance_units\nbus,near,5';

const ROWS: [what: string, rules: string, question: LegQuestion, won: string, undecided: string][] = [
  ['a flat fare needs no destination', FLAT, { networkId: 'bus', fromStopId: 'a' }, 'flat', ''],
  ['a network without rules has none', FLAT, { networkId: 'tram', fromStopId: 'a' }, '', ''],
  [
    'a fare by the end is undecided until that is known',
    BY_END,
    { networkId: 'bus', fromStopId: 'a' },
    '',
    'to',
  ],
  ['and then decided', BY_END, { networkId: 'bus', fromStopId: 'b', toStopId: 'a' }, 'near', ''],
  [
    'a higher priority may overrule what holds anyhow',
    RANKED,
    { networkId: 'bus', fromStopId: 'a' },
    'far',
    'to',
  ],
  ['a lower one may not', LOW, { networkId: 'bus', fromStopId: 'a' }, 'far', ''],
  [
    'a fare by the hour is undecided until it is known',
    PEAK,
    { networkId: 'bus', fromStopId: 'a' },
    'cheap',
    'departure',
  ],
  ['in the hour', PEAK, { networkId: 'bus', fromStopId: 'a', departure: at('08:59:59') }, 'dear', ''],
  ['after it', PEAK, { networkId: 'bus', fromStopId: 'a', departure: at('09:00:00') }, 'cheap', ''],
  ['a fare by distance', FAR, { networkId: 'bus', fromStopId: 'a', toStopId: 'b' }, '', 'distance'],
  ['near enough', FAR, { networkId: 'bus', fromStopId: 'a', toStopId: 'b', distance: 4 }, 'near', ''],
  ['too far', FAR, { networkId: 'bus', fromStopId: 'a', toStopId: 'b', distance: 5 }, '', ''],
];
for (const [what, rules, question, won, undecided] of ROWS) {
  test(`asked for one leg: ${what}`, () => assert.equal(ask(rules, question), [won, undecided]));
}

test('stops that no rule can tell apart are one class: a matrix has one row for them', () => {
  const { tables } = readFareTables(
    new Map(
      Object.entries({ ...TEXTS, fare_leg_rules: BY_END })
        .filter(([, text]) => text !== '')
        .map(([name, text]) => [`${name}.txt`, { path: name, text: `${text}\n` }]),
    ),
    '.',
  );
  const { areas } = compileMatcher(tables, new Findings());
  assert.equal([...areas.from.classOfStop], [0, 0, 0]);
  const [a, b, c] = areas.to.classOfStop;
  assert.is(b, c);
  assert.is.not(a, b);
});

test.run();
