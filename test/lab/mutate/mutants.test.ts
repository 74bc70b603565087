/** What is changed of a tariff, one thing at a time, and that nothing beside it is. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { z } from 'zod';
import { settingsSchema } from '../../../src/core/tariff/settings.ts';
import {
  changeText,
  type Mutant,
  REMOVED,
  type TariffTexts,
  withMutant,
} from '../../../src/lab/mutate/mutant.ts';
import { mutantsOf } from '../../../src/lab/mutate/mutants.ts';
import { SPARED } from '../../../src/lab/mutate/spared.ts';
import { cityFiles } from '../../core/fare/city.ts';
import { shippedTariffs } from './folders.ts';

function cityWith(rules: string, tables: Readonly<Record<string, string>> = {}): TariffTexts {
  return new Map(Object.entries({ ...cityFiles(rules), ...tables }));
}

/** What becomes of everything whose name begins so: the rest of its path, before and after. */
function changesOf(files: TariffTexts, name: string): string[] {
  return mutantsOf(files)
    .map(changeText)
    .filter(text => text.startsWith(name))
    .map(text => text.slice(name.length).trim());
}

const SHIPPED = shippedTariffs().map(([name, files]) => ({ name, files, mutants: mutantsOf(files) }));

const RULES = `
transfers:
  - id: hour
    product: 9
    window: 60 min
    inclusive: true
    count: 1
    sameRoute: allowed
    networks: [bus, tram]
    media: [card]
    categories: [adult]
    price: { percent: 50 }
    groupCovered: false
    freeRideOpensWindow: false
    source: assumed
caps:
  - { id: day, product: 9, limit: { amount: '5.00' }, period: { every: day, starts: calendar }, covers: { networks: [bus] }, beyond: 10, source: assumed }
`;

const OF_SETTINGS: readonly [what: string, path: string, changes: readonly string[]][] = [
  [
    'a window is longer or shorter by the least that the tariff counts',
    'transfers.0.window',
    ['60 min -> 3599 s', '60 min -> 3601 s'],
  ],
  ['a condition is turned round', 'transfers.0.inclusive', ['true -> false']],
  ['a count is one more or without limit, and never none', 'transfers.0.count', ['1 -> 2', '1 -> unlimited']],
  ['a word of a closed list is another', 'transfers.0.sameRoute', ['allowed -> refused']],
  [
    'a price is another share, or a word that may stand there',
    'transfers.0.price',
    [
      '{ percent: 50 } -> free',
      '{ percent: 50 } -> without-base',
      '{ percent: 50 } -> difference',
      '.percent 50 -> 49',
      '.percent 50 -> 51',
    ],
  ],
  [
    'a list loses its entries one by one, and a rule the list it may do without',
    'transfers.0.networks',
    ['[bus, tram] -> removed', '.0 bus -> removed', '.1 tram -> removed'],
  ],
  ['a list that must be there only loses its entries', 'transfers.0.media', ['.0 card -> removed']],
  ['a limit is a cent more or less', 'caps.0.limit', ['.amount 5.00 -> 4.99', '.amount 5.00 -> 5.01']],
  ['what is left out says what its absence says', 'caps.0.beyond', ['10 -> removed', '10 -> 9', '10 -> 11']],
  ['a rule is taken away, by its name', 'caps.0 ', ['day -> removed']],
  ['the day begins a minute sooner or later', 'dayStart', ['04:30 -> 04:29', '04:30 -> 04:31']],
  ['names and sources stay', 'name', []],
];

for (const [what, path, changes] of OF_SETTINGS) {
  test(`${what}: ${path.trim()}`, () =>
    assert.equal(changesOf(cityWith(RULES), `tariff.yaml ${path}`), changes));
}

const TABLES = {
  'timeframes.txt':
    'timeframe_group_id,start_time,end_time,service_id\r\n"peak",06:30:00,"09:30:00",weekdays\r\nnight,,,weekdays',
  'calendar.txt':
    'service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\nweekdays,1,1,1,1,1,0,0,20260101,20261231\n',
  'calendar_dates.txt': 'service_id,date,exception_type\nweekdays,20260403,2\n',
  'stops.txt': 'stop_id,parent_station\nplatform,station\nstation,\n"quay",\n',
};

const OF_TABLES: readonly [what: string, name: string, changes: readonly string[]][] = [
  [
    'a product loses its row, its condition, a cent',
    'fare_products.txt bus/child/card',
    [
      '.rider_category_id child -> removed',
      '.fare_media_id card -> removed',
      '.amount 0.50 -> 0.49',
      '.amount 0.50 -> 0.51',
    ],
  ],
  ['a leg rule is taken away, by how it reads', 'fare_leg_rules.txt row tram,', ['tram -> removed']],
  [
    'a timeframe begins and ends a minute sooner or later',
    'timeframes.txt peak/weekdays.',
    [
      'start_time 06:30:00 -> 06:29:00',
      'start_time 06:30:00 -> 06:31:00',
      'end_time 09:30:00 -> 09:29:00',
      'end_time 09:30:00 -> 09:31:00',
    ],
  ],
  [
    'a platform is no part of its station any more, and an empty cell ends with its line',
    'stops.txt ',
    ['platform.parent_station station -> removed'],
  ],
  ['an empty cell stays: nothing is written there', 'timeframes.txt night/weekdays.', []],
  [
    'a weekday runs or does not',
    'calendar.txt weekdays.s',
    ['aturday 0 -> 1', 'unday 0 -> 1', 'tart_date 20260101 -> 20251231', 'tart_date 20260101 -> 20260102'],
  ],
  [
    'a holiday is another day, or none',
    'calendar_dates.txt ',
    [
      'row weekdays,20260403,2 -> removed',
      'weekdays/20260403.date 20260403 -> 20260402',
      'weekdays/20260403.date 20260403 -> 20260404',
      'weekdays/20260403.exception_type 2 -> 1',
    ],
  ],
];

for (const [what, name, changes] of OF_TABLES) {
  test(what, () => assert.equal(changesOf(cityWith('', TABLES), name), changes));
}

test('a cell is replaced where it stands, with its quotes, whatever ends its line', () => {
  const files = cityWith('', TABLES);
  const found = mutantsOf(files).find(({ path, to }) => path.endsWith('.end_time') && to === '09:31:00');
  assert.ok(found);
  assert.equal(found.at, { file: 'timeframes.txt', line: 2, column: 17 });
  assert.is(
    withMutant(files, found).get('timeframes.txt'),
    TABLES['timeframes.txt'].replace('"09:30:00"', '09:31:00'),
  );
});

test('every mutant of shipped settings is YAML with one value changed or gone, in its own place', () => {
  for (const { name, files, mutants } of SHIPPED.filter(({ name }) => name !== 'london-like')) {
    const text = files.get('tariff.yaml') ?? '';
    const [lines, own] = [text.split('\n'), parse(text)];
    for (const mutant of mutants.filter(({ at }) => at.file === 'tariff.yaml')) {
      const what = `${name}: ${changeText(mutant)}`;
      const changed = parse(withMutant(files, mutant).get('tariff.yaml') ?? '');
      const path = mutant.path.split('.');
      const leaf = path.reduce(into, changed);
      assert.equal(changed, mutant.to === REMOVED ? without(own, path) : withLeaf(own, path, leaf), what);
      if (mutant.to !== REMOVED) assert.is(String(leaf), mutant.to, what);
      const line = lines[(mutant.at.line ?? 0) - 1] ?? '';
      const last = path.at(-1) ?? '';
      const begins = mutant.to === REMOVED && !/^\d+$/.test(last) ? last : mutant.from.slice(0, 8);
      const isRule = mutant.to === REMOVED && begins !== last;
      const stands = line.slice((mutant.at.column ?? 0) - 1).replace(/^['"]/, '');
      if (!isRule) assert.ok(stands.startsWith(begins), `${what} stands at '${stands}'`);
    }
  }
});

function into(value: unknown, step: string): unknown {
  return Object.entries(value ?? {}).find(([key]) => key === step)?.[1];
}

function withLeaf(value: unknown, path: readonly string[], leaf: unknown): unknown {
  return rebuilt(value, path, () => [leaf]);
}

function without(value: unknown, path: readonly string[]): unknown {
  return rebuilt(value, path, () => []);
}

/** The same value, with what stands at the end of `path` replaced by nothing or one thing. */
function rebuilt(value: unknown, [step, ...rest]: readonly string[], end: () => unknown[]): unknown {
  const entries = Object.entries(value ?? {}).flatMap(([key, inner]) => {
    if (key !== step) return [[key, inner] as const];
    return (rest.length === 0 ? end() : [rebuilt(inner, rest, end)]).map(instead => [key, instead] as const);
  });
  return Array.isArray(value) ? entries.map(([, inner]) => inner) : Object.fromEntries(entries);
}

test('the same folder gives the same mutants in the same order', () => {
  for (const { files, mutants } of SHIPPED) {
    const again = mutantsOf(new Map([...files].reverse()));
    assert.equal(mutants.map(changeText), again.map(changeText));
  }
});

test('a folder without settings that can be read has no mutants', () => {
  assert.equal(mutantsOf(new Map([['tariff.yaml', 'caps: [']])), []);
});

for (const { path, why } of SPARED) {
  test(`${path} stays, for it ${why}; and the settings know it`, () => {
    let schema: z.core.$ZodType | undefined = settingsSchema;
    for (const step of path.split('.')) schema = stepInto(schema, step);
    assert.ok(schema, path);
    const pattern = new RegExp(`^${path.replaceAll('.', '\\.').replaceAll('*', '[^.]+')}(\\.|$)`);
    const isThere = ({ at, path: place }: Mutant) => at.file === 'tariff.yaml' && pattern.test(place);
    for (const { mutants } of SHIPPED) assert.equal(mutants.filter(isThere).map(changeText), []);
  });
}

function stepInto(schema: z.core.$ZodType | undefined, step: string): z.core.$ZodType | undefined {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault)
    return stepInto(schema.unwrap(), step);
  if (schema instanceof z.ZodArray) return schema.element;
  if (schema instanceof z.ZodRecord) return schema.valueType;
  return schema instanceof z.ZodObject ? schema.shape[step] : undefined;
}

test.run();
