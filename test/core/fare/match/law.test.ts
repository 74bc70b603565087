/**
 * The hashed index against the words of the reference, applied to every rule in turn: in small worlds with few names,
 * where every kind of coincidence is likely.
 */
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Findings } from '../../../../src/core/fare/match/findings.ts';
import { compileMatcher, type LegMatcher } from '../../../../src/core/fare/match/matcher.ts';
import { NONE } from '../../../../src/core/fare/match/names.ts';
import { winningRules } from '../../../../src/core/fare/match/winning-rules.ts';
import type { ItineraryTables } from '../../../../src/core/tariff/tables.ts';
import { type EpochMs, epoch } from '../../../../src/core/time.ts';
import { readFareTables } from '../../../../src/gtfs/fare-files.ts';
import { at } from '../itinerary/feed.ts';

interface Rule {
  readonly network: string;
  readonly from: string;
  readonly to: string;
  readonly early: string;
  readonly late: string;
  readonly priority: string;
}

interface World {
  readonly rules: readonly Rule[];
  readonly hasPriority: boolean;
  /** By stop: its areas. */
  readonly areas: Readonly<Record<string, readonly string[]>>;
}

const STOPS = ['a', 'b', 'c', 'd'];
const NETWORKS = ['', 'n1', 'n2'];
const AREAS = ['x', 'y', 'z'];
/** Two groups that overlap: morning until 12, day from 9 to 17. */
const FRAMES = [
  { group: 'morning', fromS: 0, toS: 43_200 },
  { group: 'day', fromS: 32_400, toS: 61_200 },
];

const maybe = (...names: string[]) => fc.constantFrom('', '', ...names);
const world: fc.Arbitrary<World> = fc.record({
  rules: fc.array(
    fc.record({
      network: maybe('n1', 'n2'),
      from: maybe(...AREAS),
      to: maybe(...AREAS),
      early: maybe('morning', 'day'),
      late: maybe('morning', 'day'),
      priority: fc.constantFrom('', '0', '1', '2'),
    }),
    { minLength: 1, maxLength: 12 },
  ),
  hasPriority: fc.boolean(),
  areas: fc.record(Object.fromEntries(STOPS.map(stop => [stop, fc.subarray(AREAS)]))),
});

function tablesOf({ rules, hasPriority, areas }: World): ItineraryTables {
  const header =
    'network_id,from_area_id,to_area_id,from_timeframe_group_id,to_timeframe_group_id,fare_product_id';
  const rows = rules.map((rule, index) => {
    const fields = [rule.network, rule.from, rule.to, rule.early, rule.late, `p${index}`];
    return [...fields, ...(hasPriority ? [rule.priority] : [])].join(',');
  });
  const clock = (seconds: number) => `${Math.floor(seconds / 3600)}:00:00`;
  const texts: Record<string, readonly string[]> = {
    agency: ['agency_id,agency_name,agency_timezone', 'x,X,UTC'],
    stops: ['stop_id', ...STOPS],
    routes: ['route_id,route_type,network_id', 'r0,3,', 'r1,3,n1', 'r2,3,n2'],
    areas: ['area_id', ...AREAS],
    stop_areas: [
      'area_id,stop_id',
      ...STOPS.flatMap(stop => (areas[stop] ?? []).map(area => `${area},${stop}`)),
    ],
    calendar_dates: ['service_id,date,exception_type', 's,20260302,1'],
    timeframes: [
      'timeframe_group_id,start_time,end_time,service_id',
      ...FRAMES.map(({ group, fromS, toS }) => `${group},${clock(fromS)},${clock(toS)},s`),
    ],
    fare_leg_rules: [hasPriority ? `${header},rule_priority` : header, ...rows],
  };
  const named = Object.entries(texts).map(
    ([name, lines]) => [`${name}.txt`, { path: name, text: `${lines.join('\n')}\n` }] as const,
  );
  const { tables, problems } = readFareTables(new Map(named), '.');
  assert.equal(problems, []);
  return tables;
}

interface Leg {
  readonly network: string;
  readonly from: string;
  readonly to: string;
  readonly departure: EpochMs;
  readonly arrival: EpochMs;
}

const leg: fc.Arbitrary<Leg> = fc
  .tuple(
    fc.constantFrom(...NETWORKS),
    fc.constantFrom(...STOPS),
    fc.constantFrom(...STOPS),
    fc.constantFrom(-1, 0, 1),
    fc.constantFrom('08:00:00', '09:00:00', '12:00:00', '17:00:00'),
    fc.constantFrom(0, 3600, 14_400),
  )
  .map(([network, from, to, seconds, time, later]) => {
    const departure = epoch(at(time) + seconds * 1000);
    return { network, from, to, departure, arrival: epoch(departure + later * 1000) };
  });

/** The reference, sentence by sentence, for each rule. */
function byTheReference({ rules, hasPriority, areas }: World, asked: Leg): string[] {
  const listed = (field: 'network' | 'from' | 'to') =>
    new Set(rules.map(rule => rule[field]).filter(name => name !== ''));
  const passes = (field: 'network' | 'from' | 'to', named: string, own: readonly string[]) =>
    named === ''
      ? hasPriority || own.length === 0 || own.some(name => !listed(field).has(name))
      : own.includes(named);
  const holds = (group: string, ms: EpochMs) => {
    const second = Math.floor(((ms % 86_400_000) + 86_400_000) / 1000) % 86_400;
    return (
      group === '' ||
      FRAMES.some(frame => frame.group === group && second >= frame.fromS && second < frame.toS)
    );
  };
  const matching = rules.flatMap((rule, index) =>
    passes('network', rule.network, asked.network === '' ? [] : [asked.network]) &&
    passes('from', rule.from, areas[asked.from] ?? []) &&
    passes('to', rule.to, areas[asked.to] ?? []) &&
    holds(rule.early, asked.departure) &&
    holds(rule.late, asked.arrival)
      ? [{ id: `p${index}`, priority: hasPriority ? Number(rule.priority) : 0 }]
      : [],
  );
  const most = Math.max(...matching.map(({ priority }) => priority));
  return matching.filter(({ priority }) => priority === most).map(({ id }) => id);
}

function byTheIndex(matcher: LegMatcher, asked: Leg): string[] {
  const { stops, networks, areas, timeframes } = matcher;
  const [from, to] = [stops.names.of(asked.from), stops.names.of(asked.to)];
  const network = asked.network === '' ? NONE : networks.names.of(asked.network);
  const match = matcher.match(
    network,
    areas.from.classOfStop[from] ?? 0,
    areas.to.classOfStop[to] ?? 0,
    timeframes.setAt(from, asked.departure),
    timeframes.setAt(to, asked.arrival),
  );
  return match.rules.map(({ row }) => row.fare_product_id);
}

test('the index finds the rules that the reference does', () => {
  fc.assert(
    fc.property(world, fc.array(leg, { minLength: 1, maxLength: 8 }), (small, legs) => {
      const findings = new Findings();
      const matcher = compileMatcher(tablesOf(small), findings);
      assert.not(findings.hasErrors);
      // Every leg twice: the second answer is a remembered one.
      for (const asked of [...legs, ...legs])
        assert.equal(byTheIndex(matcher, asked), byTheReference(small, asked));
    }),
    { numRuns: 300 },
  );
});

test('asked with everything known, the winning rules are those of the index, and nothing is undecided', () => {
  fc.assert(
    fc.property(world, leg, (small, asked) => {
      const matcher = compileMatcher(tablesOf(small), new Findings());
      const { network, from: fromStopId, to: toStopId, departure, arrival } = asked;
      const networkId = network === '' ? undefined : network;
      const found = winningRules(matcher, { networkId, fromStopId, toStopId, departure, arrival });
      assert.equal(found.undecided, []);
      assert.equal(
        found.rules.map(row => row.fare_product_id),
        byTheIndex(matcher, asked),
      );
    }),
    { numRuns: 200 },
  );
});

test('asked without a destination, nothing that is decided depends on it', () => {
  fc.assert(
    fc.property(world, leg, (small, { network, from: fromStopId, departure, arrival }) => {
      const matcher = compileMatcher(tablesOf(small), new Findings());
      const networkId = network === '' ? undefined : network;
      const { rules, undecided } = winningRules(matcher, { networkId, fromStopId, departure });
      if (undecided.length > 0) return;
      for (const toStopId of STOPS) {
        const whole = winningRules(matcher, { networkId, fromStopId, toStopId, departure, arrival });
        assert.equal(whole.rules, rules, toStopId);
      }
    }),
    { numRuns: 300 },
  );
});

test('a rule of lower priority than what matches changes nothing', () => {
  fc.assert(
    fc.property(world, leg, (small, asked) => {
      const prioritised = {
        ...small,
        hasPriority: true,
        rules: small.rules.map(rule => ({ ...rule, priority: '1' })),
      };
      const before = byTheIndex(compileMatcher(tablesOf(prioritised), new Findings()), asked);
      fc.pre(before.length > 0);
      const everywhere = { network: '', from: '', to: '', early: '', late: '', priority: '' };
      const more = { ...prioritised, rules: [...prioritised.rules, everywhere] };
      assert.equal(byTheIndex(compileMatcher(tablesOf(more), new Findings()), asked), before);
    }),
    { numRuns: 200 },
  );
});

test.run();
