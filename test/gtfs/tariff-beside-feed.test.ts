/** One folder that is a tariff for taps and a feed for itineraries: its tables serve both. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { formatProblem } from '../../src/core/error.ts';
import { compileItineraries } from '../../src/core/fare/itinerary/compile.ts';
import { compileTariff } from '../../src/fare.ts';
import { readFareFolder } from '../../src/gtfs/fare-folder.ts';
import { readTariff } from '../../src/gtfs/tariff-folder.ts';
import { nodeCrypto } from '../../src/wire/node-crypto.ts';
import { cityFiles } from '../core/fare/city.ts';
import { withFolder } from '../temporary.ts';

const FEED: Readonly<Record<string, string>> = {
  ...cityFiles(''),
  'agency.txt': 'agency_id,agency_name,agency_timezone\nx,X,Asia/Yekaterinburg\n',
  'stops.txt': 'stop_id,stop_name\na,A\nb,B\n',
  'routes.txt': 'route_id,route_type,network_id\n1,3,bus\n2,0,tram\n3,3,\n',
  'rider_categories.txt':
    'rider_category_id,rider_category_name,is_default_fare_category\nadult,Adult,1\nchild,Child,0\n',
};

const warnings = (files: Readonly<Record<string, string>>) =>
  compileTariff({ ...FEED, ...files }, 'f').warnings.map(formatProblem);

test('the tables of a tariff and of a feed are read by both commands', () =>
  withFolder(async folder => {
    for (const [name, text] of Object.entries(FEED)) writeFileSync(join(folder, name), text);
    const { tariff, warnings } = readTariff(folder, nodeCrypto);
    assert.equal(warnings, []);
    assert.is(tariff.tariffId, 'city');
    const { tables, drafts } = await readFareFolder(folder);
    assert.equal(compileItineraries(tables, drafts).problems, []);
  }));

test('a timetable is not opened, and no part of what a tariff is', () =>
  withFolder(folder => {
    for (const [name, text] of Object.entries(FEED)) writeFileSync(join(folder, name), text);
    const { hash } = readTariff(folder, nodeCrypto).tariff;
    mkdirSync(join(folder, 'stop_times.txt'));
    assert.is(readTariff(folder, nodeCrypto).tariff.hash, hash);
    assert.is(compileTariff({ ...FEED, 'shapes.txt': 'shape_id\n' }).tariff.hash, hash);
  }));

test('transfer rules and join rules of itineraries are no rules of taps, and that is said where they stand', () => {
  const files = {
    'fare_transfer_rules.txt': 'from_leg_group_id,fare_transfer_type\n\nx,0\ny,0\n',
    'fare_leg_join_rules.txt': 'from_network_id,to_network_id\nbus,bus\n',
  };
  assert.equal(warnings(files), [
    'f/fare_transfer_rules.txt:3: not kept to: taps transfer as transfers in tariff.yaml say',
    'f/fare_leg_join_rules.txt:2: not kept to: taps are one journey as networks in tariff.yaml say',
  ]);
  assert.equal(warnings({ 'fare_transfer_rules.txt': 'fare_transfer_type\n' }), []);
});

test("a file that is nobody's is said, and one whose name is nearly right is refused", () => {
  assert.equal(warnings({ 'directions.txt': 'x\n', 'timetables.txt': 'x\n' }), [
    'f/directions.txt: this file is not read here',
    'f/timetables.txt: this file is not read here',
  ]);
  assert.throws(
    () => compileTariff({ ...FEED, 'calender.txt': 'service_id\n' }, 'f'),
    /^f\/calender\.txt: this file is not read here \(expected 'calendar\.txt'\)$/,
  );
});

test.run();
