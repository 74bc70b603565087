/** Fare tables from folders and zips, and the real feeds priced whole. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { formatProblem, refuseIfWrong, TuraError } from '../../src/core/error.ts';
import { compileItineraries } from '../../src/core/fare/itinerary/compile.ts';
import { rateItinerary } from '../../src/core/fare/itinerary/rate-itinerary.ts';
import { readFareFolder } from '../../src/gtfs/fare-folder.ts';
import { byMedium, ride } from '../core/fare/itinerary/feed.ts';
import { withFeed } from '../feeds.ts';
import { withFolder } from '../temporary.ts';
import { zipOf } from './zip-file.ts';

const FLAT: Readonly<Record<string, string>> = {
  'agency.txt': 'agency_id,agency_name,agency_timezone\nx,X,UTC\n',
  'stops.txt': 'stop_id,stop_name,stop_lat,stop_lon\na,A,1,1\nb,B,2,2\n',
  'routes.txt': 'route_id,route_short_name,route_type,network_id\nr1,1,3,n1\n',
  'fare_products.txt': 'fare_product_id,amount,currency\nfare,2.00,EUR\n',
  'fare_leg_rules.txt': 'network_id,fare_product_id\nn1,fare\n',
};

function write(folder: string, files: Readonly<Record<string, string>>): string {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

async function refusal(path: string): Promise<string> {
  try {
    refuseIfWrong((await readFareFolder(path)).problems);
  } catch (error) {
    if (error instanceof TuraError && error.exitCode === 2) return error.message.replaceAll(`${path}/`, '');
    throw error;
  }
  return '';
}

const without = (name: string) => Object.fromEntries(Object.entries(FLAT).filter(([file]) => file !== name));

test('a folder and a zip of the same files are the same tables', () =>
  withFolder(async folder => {
    mkdirSync(join(folder, 'feed'));
    write(join(folder, 'feed'), FLAT);
    const zip = join(folder, 'feed.zip');
    writeFileSync(zip, zipOf(Object.entries(FLAT).map(([name, content]) => ({ name, content }))));
    for (const path of [join(folder, 'feed'), zip]) {
      const { tables, drafts, problems } = await readFareFolder(path);
      assert.equal(problems, []);
      assert.is(drafts, 'bare');
      const { fares } = compileItineraries(tables, drafts);
      assert.ok(fares !== undefined);
      assert.equal(byMedium(rateItinerary(fares, { legs: [ride('r1', 'a', 'b')] })), { '': '2.00' });
    }
  }));

test('a byte order mark and Windows line ends are warned of, and change no fare', () =>
  withFolder(async folder => {
    const marked = Object.entries(FLAT).map(([name, text]) => [
      name,
      `\uFEFF${text.replaceAll('\n', '\r\n')}`,
    ]);
    write(folder, Object.fromEntries(marked));
    const { tables, problems } = await readFareFolder(folder);
    assert.equal(
      problems.map(problem => formatProblem(problem).replace(`${folder}/`, '')).sort(),
      Object.keys(FLAT)
        .sort()
        .map(name => `${name}:1:1: begins with a byte order mark`),
    );
    const { fares } = compileItineraries(tables);
    assert.ok(fares !== undefined);
    assert.equal(byMedium(rateItinerary(fares, { legs: [ride('r1', 'a', 'b')] })), { '': '2.00' });
  }));

for (const name of ['agency.txt', 'stops.txt', 'routes.txt']) {
  test(`a feed without ${name} is refused: nobody could say where a leg is`, () =>
    withFolder(async folder =>
      assert.is(await refusal(write(folder, without(name))), `${name}: missing (expected a file)`),
    ));
}

test('a cell that a fare depends on is refused with its place; what else stands there is not looked at', () =>
  withFolder(async folder => {
    write(folder, {
      ...FLAT,
      'stops.txt': 'stop_id,stop_lat,location_type\na,north,77\nb,2,0\n',
      'fare_media.txt': 'fare_media_id,fare_media_type\ncard,12\n',
    });
    const { problems } = await readFareFolder(folder);
    assert.equal(problems, []);
    write(folder, { 'fare_leg_rules.txt': 'network_id,fare_product_id\nn1,\n' });
    assert.is(await refusal(folder), 'fare_leg_rules.txt:2:4: fare_product_id is empty (expected an id)');
  }));

test('tariff.yaml is asked for the drafts it switches on, and for nothing else', () =>
  withFolder(async folder => {
    write(folder, { ...FLAT, 'tariff.yaml': 'formatVersion: 7\ndrafts: [area-sets, transfer-only]\n' });
    assert.equal((await readFareFolder(folder)).drafts, ['area-sets', 'transfer-only']);
    write(folder, { 'tariff.yaml': 'formatVersion: 7\n' });
    assert.equal((await readFareFolder(folder)).drafts, []);
    write(folder, { 'tariff.yaml': 'drafts: [area-set]\n' });
    assert.is(await refusal(folder), "tariff.yaml:1:10: drafts.0: 'area-set' (expected 'area-sets')");
  }));

test('a file of nearly the name of one that is missing is told; a file of the feed itself is not', () =>
  withFolder(async folder => {
    const { 'fare_leg_rules.txt': rules = '', ...others } = FLAT;
    write(folder, { ...others, 'fare_leg_rule.txt': rules, 'directions.txt': 'x\n', 'calendars.txt': 'x\n' });
    const { tables, problems } = await readFareFolder(folder);
    const said = [...problems, ...compileItineraries(tables).problems].map(formatProblem);
    assert.equal(said.map(line => line.replaceAll(`${folder}/`, '')).sort(), [
      "calendars.txt: this file is not read (expected 'calendar.txt'?)",
      "fare_leg_rule.txt: this file is not read (expected 'fare_leg_rules.txt'?)",
      'fare_leg_rules.txt: no fare rules (expected a row here, or in fare_attributes.txt)',
    ]);
  }));

test('a path that is no feed is refused', () =>
  withFolder(async folder => {
    assert.match(await refusal(join(folder, 'nowhere')), 'there is no such file');
    assert.match(await refusal(folder), 'holds no .txt file');
    write(folder, { 'feed.zip': 'not a zip' });
    assert.match(await refusal(join(folder, 'feed.zip')), 'is no zip');
  }));

/** A journey in each, priced by hand from its tables. */
const REAL: [
  name: string,
  legs: ReturnType<typeof ride>[],
  paid: Record<string, string>,
  warned: RegExp[],
][] = [
  [
    // LOCAL in timeframe REGULAR, then LOCAL again within 9,000 s of the first departure, on a Tuesday.
    'ctran-fares-v2.zip',
    [
      ride('002', '8126', '8111', '2025-10-07T07:00:00-07:00', '2025-10-07T07:20:00-07:00'),
      ride('050', '8111', '6052', '2025-10-07T08:30:00-07:00', '2025-10-07T08:50:00-07:00'),
    ],
    { 0: '1.25', 1: '1.25', 2: '1.25', 3: '1.25', 4: '1.25' },
    [
      /fare_leg_rules\.txt:1:1: begins with a byte order mark/,
      /timeframes\.txt:2:18: nothing holds from 08:59:00 to 09:00:00/,
    ],
  ],
  [
    // The minute that its timeframes leave out.
    'ctran-fares-v2.zip',
    [ride('002', '8126', '8111', '2025-10-07T08:59:30-07:00', '2025-10-07T09:20:00-07:00')],
    {},
    [],
  ],
  [
    // The subway by a ticket of one medium; then by bus within two hours, which is free with that ticket.
    'mbta-fares-v2-partial.zip',
    [
      ride('Red', 'place-sstat', 'place-harsq', '2024-10-21T08:00:00-04:00', '2024-10-21T08:20:00-04:00'),
      ride('1', '1', '10', '2024-10-21T09:00:00-04:00', '2024-10-21T09:20:00-04:00'),
    ],
    { charlieticket: '2.40' },
    [/column 'transfer_only' is a draft/, /no from_timeframe_group_id 'timeframe_systemwide_free'/],
  ],
  [
    'transcollines-fares-v2.zip',
    [ride('921', '411-56', 'FL912-41', '2026-03-02T08:00:00-05:00')],
    { '': '5.00' },
    [],
  ],
  ['zakroczym-fares-v2.zip', [ride('Z1', '100', '117')], { 0: '4.00' }, []],
  // Route 1 is of fare 1, in v1.
  ['hart-tampa-bus-streetcar.zip', [ride('1', '86', '313')], { '': '2.00' }, []],
];
for (const [name, legs, paid, warned] of REAL) {
  test(
    `${name}: ${legs.map(leg => leg.routeId).join(' then ')} costs ${Object.values(paid)[0] ?? 'what nobody knows'}`,
    withFeed(name, async path => {
      const { tables, drafts, problems } = await readFareFolder(path);
      const { fares, problems: found } = compileItineraries(tables, drafts);
      const all = [...problems, ...found].map(formatProblem);
      assert.ok(fares !== undefined, all.join('\n'));
      for (const pattern of warned)
        assert.ok(
          all.some(line => pattern.test(line)),
          `${pattern} in\n${all.join('\n')}`,
        );
      assert.equal(byMedium(rateItinerary(fares, { legs })), paid);
    }),
  );
}

test.run();
