import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { TuraError } from '../../src/core/error.ts';
import { FILE_BYTES } from '../../src/gtfs/feed.ts';
import { openFeed } from '../../src/gtfs/open-feed.ts';
import { type ZipEntry, zipOf } from './zip-file.ts';

const STOPS = `stop_id,stop_name\n${Array.from({ length: 3_000 }, (_, line) => `${line},Stop ${line * 7919}\n`).join('')}`;
const FEED: readonly ZipEntry[] = [
  { name: 'stops.txt', content: STOPS },
  { name: 'agency.txt', content: 'agency_name\nA\n', method: 0 },
];

let folder = '';
test.before(() => {
  folder = mkdtempSync(join(tmpdir(), 'tura-feed-'));
});
test.after(() => rmSync(folder, { recursive: true }));

function fileWith(bytes: Uint8Array): string {
  const path = join(folder, 'feed.zip');
  writeFileSync(path, bytes);
  return path;
}

/** All files' contents by name, read through the port. */
async function contents(path: string): Promise<Record<string, string>> {
  const feed = await openFeed(path);
  try {
    const read: Record<string, string> = {};
    for (const file of feed.files) {
      const pieces: Uint8Array[] = [];
      for await (const piece of file.stream()) pieces.push(piece);
      read[file.name] = Buffer.concat(pieces).toString();
      assert.is(Buffer.concat(pieces).length, file.bytes);
    }
    return read;
  } finally {
    feed.close();
  }
}

async function refusal(path: string): Promise<string> {
  try {
    await contents(path);
  } catch (fault) {
    if (!(fault instanceof TuraError)) throw fault;
    assert.is(fault.code, 'bad-input');
    return fault.message
      .replaceAll(`${folder}/`, '')
      .replace(' (expected a GTFS zip, or a folder of its .txt files)', '');
  }
  return 'read';
}

const WHOLE = { 'stops.txt': STOPS, 'agency.txt': 'agency_name\nA\n' };

test('a zip gives its text files, deflated or stored', async () => {
  assert.equal(await contents(fileWith(zipOf([...FEED, { name: 'read.me', content: 'x' }]))), WHOLE);
});

test('a folder gives the same as the zip of it', async () => {
  const unpacked = join(folder, 'unpacked');
  mkdirSync(unpacked);
  for (const { name, content } of FEED) writeFileSync(join(unpacked, name), content);
  assert.equal(await contents(unpacked), WHOLE);
});

test('a feed inside one folder of the zip is found', async () => {
  const inside = FEED.map(entry => ({ ...entry, name: `gtfs/2026/${entry.name}` }));
  const mac = { name: '__MACOSX/gtfs/2026/stops.txt', content: 'x' };
  const path = fileWith(zipOf([...inside, mac, { name: 'licence.txt', content: 'x' }]));
  assert.equal(await contents(path), WHOLE);
  const feed = await openFeed(path);
  assert.is(feed.files[0]?.path, `${path}/gtfs/2026/stops.txt`);
  feed.close();
});

const WRONG: readonly [what: string, bytes: () => Uint8Array, said: string][] = [
  ['no zip at all', () => Buffer.from('stop_id,stop_name\n'), 'feed.zip: is no zip, or its end is cut off'],
  ['an empty file', () => Buffer.alloc(0), 'feed.zip: is no zip, or its end is cut off'],
  [
    'a zip without text files',
    () => zipOf([{ name: 'a.csv', content: '' }]),
    'feed.zip: the zip holds no .txt file',
  ],
  [
    'a zip in a zip',
    () => zipOf([{ name: 'gtfs.zip', content: zipOf(FEED) }]),
    'feed.zip: the feed is in a zip inside: gtfs.zip',
  ],
  [
    'two feeds in one zip',
    () => zipOf(['bus/stops.txt', 'tram/stops.txt'].map(name => ({ name, content: STOPS }))),
    'feed.zip: holds 2 feeds: bus, tram',
  ],
  [
    'an encrypted file',
    () => zipOf([{ name: 'stops.txt', content: STOPS, encrypted: true }]),
    'feed.zip/stops.txt: is encrypted',
  ],
  [
    'an unknown compression',
    () => zipOf([{ name: 'stops.txt', content: STOPS, method: 93 }]),
    'feed.zip/stops.txt: is compressed by method 93',
  ],
  [
    'a wrong check sum',
    () => zipOf([{ name: 'stops.txt', content: STOPS, statedSum: 1 }]),
    'feed.zip/stops.txt: the zip is damaged here: its check sum differs',
  ],
  [
    'more bytes than stated',
    () => zipOf([{ name: 'stops.txt', content: STOPS, statedBytes: 10 }]),
    'feed.zip/stops.txt: the zip is damaged here: another size than stated',
  ],
  [
    'fewer bytes than stated',
    () => zipOf([{ name: 'stops.txt', content: STOPS, statedBytes: 1_000_000 }]),
    'feed.zip/stops.txt: the zip is damaged here: another size than stated',
  ],
  [
    'too many files',
    () => zipOf(Array.from({ length: 1001 }, (_, index) => ({ name: `${index}.txt`, content: '' }))),
    'feed.zip: holds more than 1,000 files',
  ],
];
for (const [what, bytes, said] of WRONG) {
  test(`${what}: refused by name`, async () => {
    assert.is(await refusal(fileWith(bytes())), said);
  });
}

test('a zip cut off anywhere is refused, and the process lives', async () => {
  const whole = zipOf(FEED);
  for (let kept = 0; kept < whole.length; kept += Math.ceil(whole.length / 20)) {
    assert.is(await refusal(fileWith(whole.subarray(0, kept))), 'feed.zip: is no zip, or its end is cut off');
  }
});

test('a zip with one byte of its content changed is refused at that file', async () => {
  const whole = zipOf(FEED);
  const inStops = Math.floor(whole.length / 20);
  for (let place = 60; place < whole.length - 300; place += inStops) {
    const damaged = Buffer.from(whole);
    damaged.writeUInt8(damaged.readUInt8(place) ^ 0x10, place);
    assert.match(await refusal(fileWith(damaged)), /^feed\.zip\/stops\.txt: the zip is damaged here/);
  }
});

test('a file beyond the limit is refused before it is read', async () => {
  const sparse = join(folder, 'sparse');
  mkdirSync(sparse);
  writeFileSync(join(sparse, 'stop_times.txt'), '');
  truncateSync(join(sparse, 'stop_times.txt'), FILE_BYTES + 1);
  assert.is(await refusal(sparse), 'sparse/stop_times.txt: is larger than 8 GiB');
});

test('a path that is not there, and a folder without tables, are refused by name', async () => {
  assert.is(await refusal(join(folder, 'nowhere.zip')), 'nowhere.zip: there is no such file');
  mkdirSync(join(folder, 'empty'));
  assert.is(await refusal(join(folder, 'empty')), 'empty: the folder holds no .txt file');
});

test.run();
