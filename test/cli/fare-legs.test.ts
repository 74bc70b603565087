/** `tura fare legs`: the contract of its output, and what it says of an input that is wrong. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test as suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Case, casesOf } from '../cases.ts';
import { start } from './child.ts';
import { folder, write } from './input.ts';
import { sideBySide } from './side-by-side.ts';
import { tura } from './tura.ts';

const test = sideBySide();

let feeds = 0;

/** A folder of these files; gone with the run. */
function feed(files: Readonly<Record<string, string>>): string {
  const path = join(folder, `fare-feed-${++feeds}`);
  mkdirSync(path);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text);
  return path;
}

const FILES: Readonly<Record<string, string>> = {
  'agency.txt': 'agency_id,agency_name,agency_timezone\nx,X,Europe/London\n',
  'stops.txt': 'stop_id\nhigh-street\nharbour\n',
  'routes.txt': 'route_id,route_type,network_id\nbus-1,3,bus\ntram-2,0,tram\nferry-3,4,\n',
  'fare_media.txt': 'fare_media_id,fare_media_type\ncash,0\ncard,2\n',
  'fare_products.txt':
    'fare_product_id,fare_media_id,amount,currency\nsingle,cash,4.00,GBP\nsingle,card,3.50,GBP\nchange,,0.25,GBP\n',
  'fare_leg_rules.txt': 'leg_group_id,network_id,fare_product_id\nB,bus,single\nT,tram,single\n',
  'fare_transfer_rules.txt':
    'from_leg_group_id,to_leg_group_id,duration_limit,duration_limit_type,fare_transfer_type,fare_product_id\nB,T,3600,1,0,change\n',
};
const FEED = feed(FILES);
const BUS = {
  route_id: 'bus-1',
  from_stop_id: 'high-street',
  to_stop_id: 'harbour',
  departure: '2026-03-02T12:00:00Z',
  arrival: '2026-03-02T12:20:00Z',
};
const TRAM = {
  ...BUS,
  route_id: 'tram-2',
  departure: '2026-03-02T12:30:00Z',
  arrival: '2026-03-02T12:50:00Z',
};
const itinerary = (...legs: object[]) =>
  write(JSON.stringify({ timezone: 'Europe/London', legs }, null, 2), 'j.json');

const ANSWER = {
  currency: 'GBP',
  total: '3.75',
  total_by_medium: { cash: '4.25', card: '3.75' },
  fare_legs: [
    { legs: [0], product: 'single', medium: 'card', amount: '3.50' },
    {
      legs: [1],
      product: 'single',
      medium: 'card',
      amount: '0.25',
      transfer_rule: 'fare_transfer_rules.txt:2',
      transfer_product: 'change',
    },
  ],
};

suite('one JSON object on stdout, with --json and without, and nothing else', async () => {
  for (const flag of [[], ['--json']]) {
    const ran = await tura('fare', 'legs', '--tariff', FEED, '--legs', itinerary(BUS, TRAM), ...flag);
    assert.equal([ran.code, ran.err], [0, '']);
    assert.is(ran.out, `${JSON.stringify(ANSWER)}\n`);
  }
});

suite('where no fare is known the total is null, and people are told which leg has none', async () => {
  const file = itinerary(BUS, { ...TRAM, route_id: 'ferry-3' });
  const { code, out, err } = await tura('fare', 'legs', '--tariff', FEED, '--legs', file);
  assert.is(code, 0);
  assert.equal(JSON.parse(out), { currency: 'GBP', total: null, total_by_medium: {}, fare_legs: [] });
  assert.is(err, `warning ${file}:11:5: legs.1: no fare known: no rule matches this leg\n`);
});

/** `{}` stands for the legs file, `FEED` for the folder. */
const WRONG: [what: string, text: string, ...says: string[]][] = [
  ['nothing', '', '{}:1:1: the JSON ends here (expected a JSON value)'],
  ['no JSON', '{"legs": [\n  {"route_id": bus}\n]}', "{}:2:16: no JSON from 'b' on (expected a JSON value)"],
  ['no legs', '{"legs": []}', '{}:1:10: legs: an empty list (expected at least one leg)'],
  [
    'a leg without its stop',
    JSON.stringify({ legs: [{ ...BUS, to_stop_id: undefined }] }),
    '{}:1:10: legs.0.to_stop_id: missing (expected text)',
  ],
  [
    'a local time',
    JSON.stringify({ legs: [{ ...BUS, departure: '2026-03-02T12:00:00' }] }),
    "legs.0.departure: '2026-03-02T12:00:00' (expected a time with an offset: 2026-03-02T07:30:00+05:00)",
  ],
  [
    'a route, a stop and a network misspelt: all are said',
    JSON.stringify(
      { legs: [{ ...BUS, route_id: 'bus-11', from_stop_id: 'highstreet', network_id: 'buss' }] },
      null,
      1,
    ),
    "{}:4:16: legs.0.route_id: no route 'bus-11' (expected 'bus-1')",
    "{}:9:18: legs.0.network_id: no network 'buss' (expected 'bus')",
    "{}:5:20: legs.0.from_stop_id: no stop 'highstreet' (expected 'high-street')",
  ],
  [
    'an arrival before its departure',
    JSON.stringify({ legs: [{ ...BUS, arrival: '2026-03-02T11:00:00Z' }] }),
    'legs.0.arrival: arrives before it departs (expected 2026-03-02T12:00:00.000Z or later)',
  ],
  [
    'a rider with a medium that is none',
    JSON.stringify({ rider: { media: ['cards'] }, legs: [BUS] }),
    "{}:1:20: rider.media.0: no fare medium 'cards' (expected 'card')",
  ],
];
for (const [what, text, ...says] of WRONG) {
  suite(`an itinerary of ${what} ends with code 2 and its place`, async () => {
    const file = write(text, 'j.json');
    const { code, out, err } = await tura('fare', 'legs', '--tariff', FEED, '--legs', file);
    assert.equal([code, out], [2, '']);
    for (const said of says) assert.match(err, said.replaceAll('{}', file));
  });
}

const WRONG_FEEDS: [what: string, files: Readonly<Record<string, string>>, ...says: string[]][] = [
  [
    'a product misspelt',
    { 'fare_leg_rules.txt': 'leg_group_id,network_id,fare_product_id\nB,bus,singel\nT,tram,single\n' },
    "/fare_leg_rules.txt:2:7: no fare_product_id 'singel' (expected 'single')",
  ],
  [
    'a cell that is none of its type, and one that names nothing: both are said',
    {
      'fare_products.txt':
        'fare_product_id,fare_media_id,amount,currency\nsingle,cash,four,GBP\nsingle,card,3.50,GBP\n',
    },
    "/fare_products.txt:2:13: amount is 'four' (expected a decimal amount such as 2.50)",
  ],
  [
    'a draft that its tariff.yaml does not switch on',
    {
      'fare_leg_rules.txt':
        'leg_group_id,network_id,fare_product_id,transfer_only\nB,bus,single,\nT,tram,single,1\n',
      'tariff.yaml': 'tariffId: x\n',
    },
    "/fare_leg_rules.txt:3:15: column 'transfer_only' is a draft (expected drafts: [transfer-only] in tariff.yaml)",
  ],
];
for (const [what, files, ...says] of WRONG_FEEDS) {
  suite(`a feed with ${what} ends with code 2 and its place`, async () => {
    const path = feed({ ...FILES, ...files });
    const { code, out, err } = await tura('fare', 'legs', '--tariff', path, '--legs', itinerary(BUS, TRAM));
    assert.equal([code, out], [2, '']);
    for (const said of says) assert.match(err, `${path}${said}`);
  });
}

suite('two currencies in one journey end with code 2', async () => {
  const path = feed({
    ...FILES,
    'fare_products.txt': 'fare_product_id,amount,currency\nsingle,4.00,GBP\nchange,0.25,EUR\n',
  });
  const { code, err } = await tura('fare', 'legs', '--tariff', path, '--legs', itinerary(BUS, TRAM));
  assert.is(code, 2);
  assert.match(err, 'legs.1: the journey is priced in two currencies, GBP and EUR (expected one currency)');
});

suite('with --json a refusal is an object, too', async () => {
  const file = itinerary({ ...BUS, route_id: 'bus-11' });
  const { code, out } = await tura('fare', 'legs', '--tariff', FEED, '--legs', file, '--json');
  assert.is(code, 2);
  const { error } = JSON.parse(out);
  assert.equal(
    [error.code, error.problems[0].at.line, error.problems[0].expected],
    ['bad-input', 5, "'bus-1'"],
  );
});

const PATHS: [what: string, words: readonly string[], says: string][] = [
  ['no tariff', ['--legs', '-'], '--tariff <gtfs>'],
  ['no legs', ['--tariff', FEED], '--legs <file>'],
  ['a tariff that is not there', ['--tariff', 'nowhere', '--legs', '-'], 'nowhere: there is no such file'],
  ['a legs file that is not there', ['--tariff', FEED, '--legs', 'nowhere.json'], 'nowhere.json'],
];
for (const [what, words, says] of PATHS) {
  suite(`${what} is bad usage, said as such`, async () => {
    const { code, err } = await tura('fare', 'legs', ...words);
    assert.is(code, 2);
    assert.match(err, says);
  });
}

/** The program in a process of its own, fed by a pipe. */
async function piped(path: string, text: string) {
  const child = await start(['fare', 'legs', '--tariff', path, '--legs', '-']);
  child.process.stdin.end(text);
  const { code } = await child.ended;
  return { code, out: child.out, err: child.err };
}

test('the itinerary may come by a pipe', async () => {
  const { code, out, err } = await piped(FEED, JSON.stringify({ legs: [BUS, TRAM] }));
  assert.equal([code, err, JSON.parse(out)], [0, '', ANSWER]);
});

test('what is wrong with it then stands in stdin', async () => {
  const { code, out, err } = await piped(FEED, '{"legs": [{}]}');
  assert.equal([code, out], [2, '']);
  assert.match(err, 'stdin:1:11: legs.0.route_id: missing (expected text)');
});

/** One of each guide, through the real command. */
const CHOSEN = /-(bart-03|maryland-02|mnr-04|muni-01|translink-08|translink-nonconsecutive-0[12]|wmata-05)$/;
const missing = (body: () => void) => suite('the cases of the GTFS guides by the command', body);
for (const one of casesOf('gtfsorg-', missing).filter(({ id }) => CHOSEN.test(id))) {
  test(`${one.id} through the command: ${one.title}`, async () => {
    const { code, out, err } = await piped(feed(filesOf(one)), JSON.stringify(one.journey));
    assert.is(code, 0, err);
    const answer = JSON.parse(out);
    const { total, total_by_medium, total_for_product, unknown_fare } = one.expect as Record<string, unknown>;
    if (unknown_fare === true) assert.is(answer.total, null);
    if (total !== undefined) assert.is(answer.total, total);
    if (total_for_product !== undefined)
      assert.is(answer.total, (total_for_product as { amount: string }).amount);
    if (total_by_medium !== undefined) assert.equal(answer.total_by_medium, total_by_medium);
    assert.is(
      err.includes('is a draft (nonconsecutive-transfers): it is kept to'),
      one.id.endsWith('nonconsecutive-01'),
    );
  });
}

function filesOf({ tariff }: Case): Readonly<Record<string, string>> {
  return (tariff as { readonly files: Readonly<Record<string, string>> }).files;
}

suite.run();
