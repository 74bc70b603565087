/** Published worked examples of taps, each as a tariff and what its card does. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { categoryOfAge } from '../../../src/core/fare/category.ts';
import { fareOf } from '../../../src/core/fare/price.ts';
import { rate } from '../../../src/core/fare/rate.ts';
import type { Ride } from '../../../src/core/fare/ride.ts';
import type { RiderState } from '../../../src/core/fare/rider.ts';
import { formatAmount, type MinorUnits, parseAmount } from '../../../src/core/money.ts';
import { riderAmount } from '../../../src/core/record.ts';
import type { Tariff } from '../../../src/core/tariff/tariff.ts';
import { parseInstant, parseLocal, serviceDateAt } from '../../../src/core/time.ts';
import { casesOf } from '../../cases.ts';
import { tariffOf } from './folder.ts';

interface Tap {
  readonly type: 'on' | 'trip' | 'journey' | 'topup';
  readonly mode?: string;
  readonly t?: string;
  readonly tap_on?: string;
  readonly tap_off?: string;
  readonly single_fare?: string;
  readonly balance_after?: string;
  readonly amount?: string;
}

interface TapCase {
  readonly id: string;
  readonly title: string;
  readonly tariff: Readonly<Record<string, unknown>> & { readonly currency: string };
  readonly taps: readonly Tap[];
  readonly expect: { readonly charged?: readonly string[]; readonly total?: string };
}

function folder(
  currency: string,
  prices: Readonly<Record<string, string>>,
  rules: string,
  network: string,
): Tariff {
  const names = Object.keys(prices);
  const products = names.map(
    (name, index) => `  - { id: ${index + 1}, fareProduct: ${name}, name: { en: Ride, ru: Поездка } }`,
  );
  const settings = `formatVersion: 1
tariffId: case
revision: 1
name: { en: Case, ru: Пример }
effective: { from: 2026-01-01, by: first-entry }
source: published
currency: ${currency}
rounding: { mode: half-up, step: '${currency === 'KRW' ? '1' : '0.01'}', stage: line, source: assumed }
timezone: Etc/UTC
dayStart: '00:00'
timeResolution: s
media: { card: { fareMedia: card, recognise: [storage], assurance: uid, source: assumed } }
defaultCategory: adult
products:
${products.join('\n')}
  - { id: 99, name: { en: Rule, ru: Правило } }
passback: { debounce: 2 s, furtherRider: 1 s, refuse: 1 s, source: assumed }
uncertain: { noStop: grace, noClock: grace, noEntitlement: grace, staleStopList: grace, source: assumed }
${rules}`;
  return tariffOf({
    'tariff.yaml': `${settings}\ncategories: { adult: { ridersPerTrip: 1, source: assumed } }\n`,
    'fare_media.txt': 'fare_media_id,fare_media_type\ncard,2\n',
    'fare_products.txt': `fare_product_id,fare_media_id,amount,currency\n${names.map(name => `${name},card,${prices[name]},${currency}`).join('\n')}\n`,
    'fare_leg_rules.txt': `network_id,fare_product_id\n${network}\n`,
  });
}

/** What each charge of the case was, in the order of its rides. */
function played(tariff: Tariff, taps: readonly Tap[], loadMinor: number): string[] {
  let state: RiderState | undefined;
  const at = (text: string) => parseInstant(text) ?? parseLocal(tariff.zone, `2026-03-02 ${text}`);
  let number = 0;
  const does = (text: string, ride: Partial<Ride>): string => {
    number += 1;
    const atMs = at(text);
    if (atMs === undefined) throw new Error(`no moment ${text}`);
    const serviceDate = serviceDateAt(tariff.zone, tariff.dayStartS, atMs);
    const who = { mediumClass: 'card', category: 'adult', trip: `trip-${number}` };
    const rated = rate(tariff, state, { ref: `tap-${number}`, atMs, serviceDate, ...who, ...ride });
    state = rated.state;
    return formatAmount(riderAmount(rated.lines), tariff.currency);
  };
  if (loadMinor > 0) does('00:01', { action: 'load', amountMinor: loadMinor as MinorUnits });
  return taps.flatMap(({ type, mode, t = '', tap_on = '', tap_off = '', amount = '' }) => {
    switch (type) {
      case 'on':
        return [does(t, { networkId: mode ?? 'bus' })];
      case 'topup':
        does(t, { action: 'load', amountMinor: parseAmount(amount, tariff.currency) });
        return [];
      case 'journey':
        return [does(tap_on, { networkId: mode })];
      case 'trip':
        does(tap_on, { networkId: mode, action: 'entry', stopId: 'a' });
        return [does(tap_off, { networkId: mode, action: 'exit', stopId: 'b' })];
      default:
        return type satisfies never;
    }
  });
}

const TARIFFS: Readonly<Record<string, (one: TapCase) => Tariff>> = {
  hopper: ({ tariff, taps }) => {
    const tube = taps.find(({ mode }) => mode === 'tube')?.single_fare ?? '1.00';
    return folder(
      tariff.currency,
      { road: String(tariff.bus_fare), tube },
      `transfers:
  - { id: hopper, product: 99, window: ${tariff.window_s} s, from: paid-entry, inclusive: true, count: unlimited, sameRoute: allowed, networks: [bus, tram], media: [card], categories: [adult], groupCovered: false, freeRideOpensWindow: false, suspendedBelowZero: true, source: published }
purse: { media: [card], floor: '-10.00', belowZero: to-floor, maximum: '90.00', source: assumed }
`,
      'bus,road\ntram,road\ntube,tube',
    );
  },
  google: ({ tariff }) => {
    const caps = tariff.caps as readonly { period: string; amount: string }[];
    const prices = Object.fromEntries(caps.map(({ period, amount }) => [period, amount]));
    const passes = caps.map(
      ({ period }) =>
        `  - { id: ${period}, product: 99, fareProduct: ${period}, valid: fixed, period: { every: ${period}, starts: calendar }, covers: {}, source: published }`,
    );
    return folder(
      tariff.currency,
      { single: String(tariff.single), ...prices },
      `passes:\n${passes.join('\n')}\nbestValue:\n  - { id: best, product: 99, passes: [${caps.map(({ period }) => period).join(', ')}], covers: {}, source: published }\n`,
      'bus,single',
    );
  },
  opal: ({ tariff, taps }) => {
    const modes = taps.map(({ mode = '', single_fare = '' }) => [mode, single_fare] as const);
    const networks = modes.map(([mode]) => `  ${mode}: { taps: entry-exit, source: published }`);
    return folder(
      tariff.currency,
      Object.fromEntries(modes),
      `networks:\n${networks.join('\n')}\ntransfers:
  - { id: opal, product: 99, window: 60 min, from: last-exit, inclusive: true, count: unlimited, otherNetwork: true, sameRoute: allowed, price: { minus: '${tariff.transfer_discount}' }, media: [card], categories: [adult], groupCovered: false, freeRideOpensWindow: false, source: published }
caps:
  - { id: reward, product: 99, limit: { rides: 8 }, beyond: 50, period: { every: week, starts: calendar }, covers: {}, source: published }
`,
      modes.map(([mode]) => `${mode},${mode}`).join('\n'),
    );
  },
};

for (const [prefix, tariffFor] of Object.entries(TARIFFS)) {
  for (const found of casesOf(prefix, body => test(`${prefix}: the cases are there`, body))) {
    const one = found as unknown as TapCase;
    test(`${one.id}: ${one.title}`, () => {
      const tariff = tariffFor(one);
      const first = one.taps.find(({ balance_after }) => balance_after !== undefined);
      const after = parseAmount(first?.balance_after ?? '', tariff.currency);
      const load =
        after === undefined ? 0 : after + (parseAmount(String(one.tariff.bus_fare), tariff.currency) ?? 0);
      const charged = played(tariff, one.taps, load);
      if (one.expect.charged !== undefined) assert.equal(charged, one.expect.charged);
      if (one.expect.total === undefined) return;
      const total = charged.reduce((sum, amount) => sum + (parseAmount(amount, tariff.currency) ?? 0), 0);
      assert.is(formatAmount(total as MinorUnits, tariff.currency), one.expect.total);
    });
  }
}

interface Seoul {
  readonly id: string;
  readonly expect: {
    readonly rows: readonly {
      km?: number;
      age?: number;
      category?: string | null;
      fare?: number;
      result?: number;
    }[];
  };
}

for (const found of casesOf('seoul', body => test('seoul: the cases are there', body))) {
  const { id, expect } = found as unknown as Seoul;
  for (const row of expect.rows) {
    test(`${id}: ${JSON.stringify(row)}`, () => {
      if (row.km !== undefined) assert.is(byDistance(row.km), row.fare);
      else if (row.age !== undefined) assert.is(categoryOfAge(byAge(1350), row.age) ?? null, row.category);
      else assert.is(costOf(byAge(row.fare ?? 0), row.category ?? ''), row.result);
    });
  }
}

function byDistance(km: number): number | undefined {
  const settings = `distances:
  - fareProduct: way
    steps:
      - { upToMetres: 10000, everyMetres: 10000, add: '0', begun: false }
      - { upToMetres: 50000, everyMetres: 5000, add: '100', begun: true }
      - { everyMetres: 8000, add: '100', begun: true }
    source: published
`;
  const tariff = tariffOf({
    ...filesOf('1250', settings),
    'distances.txt': `from_area_id,to_area_id,metres\na,b,${km * 1000}\n`,
  });
  const [fromZone, toZone] = [tariff.zoneOfStop.a ?? 0, tariff.zoneOfStop.b ?? 0];
  return fareOf(tariff, { network: 0, fromZone, toZone, band: 0, medium: 0, category: 0 }, 0)?.amountMinor;
}

function byAge(fare: number): Tariff {
  return tariffOf(
    filesOf(
      String(fare),
      `discounts:
  - { id: child, product: 99, covers: { categories: [child] }, minus: '350', percent: 50, source: published }
  - { id: teenager, product: 99, covers: { categories: [teenager] }, minus: '350', percent: 80, source: published }
`,
    ),
  );
}

function costOf(tariff: Tariff, category: string): number | undefined {
  const index = tariff.categories[category]?.index ?? -1;
  const ridden = { network: 0, fromZone: 0, toZone: 0, band: 0, medium: 0, category: index };
  return fareOf(tariff, ridden, 0)?.amountMinor;
}

function filesOf(fare: string, rules: string): Record<string, string> {
  return {
    'tariff.yaml': `formatVersion: 1
tariffId: seoul
revision: 1
name: { en: Seoul, ru: Сеул }
effective: { from: 2026-01-01, by: first-entry }
source: published
currency: KRW
rounding: { mode: half-up, step: '1', stage: line, source: assumed }
timezone: Asia/Seoul
dayStart: '04:00'
timeResolution: s
media: { card: { fareMedia: card, recognise: [storage], assurance: uid, source: assumed } }
defaultCategory: adult
categories:
  adult: { ridersPerTrip: 1, source: published }
  child: { ridersPerTrip: 1, ages: { from: 6, to: 12 }, source: published }
  teenager: { ridersPerTrip: 1, ages: { from: 13, to: 18 }, source: published }
products:
  - { id: 1, fareProduct: way, name: { en: Ride, ru: Поездка } }
  - { id: 99, name: { en: Rule, ru: Правило } }
passback: { debounce: 2 s, furtherRider: 1 s, refuse: 1 s, source: assumed }
uncertain: { noStop: grace, noClock: grace, noEntitlement: grace, staleStopList: grace, source: assumed }
${rules}`,
    'fare_media.txt': 'fare_media_id,fare_media_type\ncard,2\n',
    'fare_products.txt': `fare_product_id,fare_media_id,amount,currency\nway,card,${fare},KRW\n`,
    'fare_leg_rules.txt': 'fare_product_id\nway\n',
    'areas.txt': 'area_id\na\nb\n',
    'stop_areas.txt': 'stop_id,area_id\na,a\nb,b\n',
  };
}

test.run();
