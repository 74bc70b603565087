/** Whatever is wrong with what a person gives: what, where, what was expected, the exit code, and nothing begun. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { openDatabase } from '../../src/disk/sqlite.ts';
import { deviceText, FIXTURES, folder, newState, write } from './input.ts';
import { objects, tura } from './tura.ts';

/** The words of a command line and what it must say; `{}` stands for the file that the row is about. */
interface Row {
  readonly when: string;
  /** Makes the file. */
  readonly file: () => string;
  readonly words: readonly string[];
  readonly says: readonly string[];
  /** 2 where nothing else is said. */
  readonly code?: number;
}

const device = (
  when: string,
  changed: Parameters<typeof deviceText>[0],
  ...says: readonly string[]
): Row => ({
  when,
  file: () => write(deviceText(changed), 'device.yaml'),
  words: ['run', '{}', '--state', newState()],
  says,
});

const text = (when: string, content: string | Uint8Array, ...says: readonly string[]): Row => ({
  when,
  file: () => write(content, 'device.yaml'),
  words: ['run', '{}', '--state', newState()],
  says,
});

function acquirerKey(realm: string): string {
  return write(`realm: ${realm}\nkeyId: 1\npublicKey: "${'42'.repeat(32)}"\n`, 'acquirer.yaml');
}

const DEVICES: readonly Row[] = [
  text('an empty device file', '', '{}:1:1: the file: empty'),
  text('a device file that is no YAML', 'deviceId: [a\nmode: bus\n', '{}:2:', "']' before it"),
  text('a device file in another encoding', Uint8Array.of(0xff, 0xfe, 0x64, 0), 'is not UTF-8 text'),
  device('a key that is not known', { positon: 'x' }, "{}:13:1: unknown key 'positon' (expected 'position')"),
  device('a key that is missing', { vehicleId: undefined }, 'vehicleId: missing (expected text)'),
  device('an id with a blank', { deviceId: "'bus 1'" }, '{}:1:11:', 'letters, digits, . _ -'),
  device('a path for an id', { deviceId: '../bus' }, '{}:1:11:', 'letters, digits, . _ -'),
  device('a mode misspelt', { mode: 'tran' }, "{}:4:7: mode: 'tran' (expected 'tram')"),
  device(
    'a reader kind misspelt',
    { readers: '[{ id: front, kind: simulatd }]' },
    "{}:6:30: readers.0.kind: 'simulatd' (expected 'simulated')",
  ),
  device(
    'two readers of one id',
    { readers: '[{ id: front, kind: pcsc }, { id: front, kind: pcsc }]' },
    "{}:6:44: reader 'front' stands here twice (expected an id of its own)",
  ),
  device('no readers', { readers: '[]' }, '{}:6:10: readers: an empty list (expected at least 1 entries)'),
  device(
    'a source of position that is not known',
    { position: '{ source: sundial, routeId: bus-25 }' },
    '{}:7:21: position.source: keys with values (expected timetable | driver | gnss | ibis)',
  ),
  device(
    'a position by a receiver that no wire leads to',
    { position: '{ source: gnss, routeId: bus-25 }' },
    "{}:7:21: gnss, and no wire to a satellite receiver (expected a line of kind nmea under 'serial')",
  ),
  device(
    'a position by a vehicle bus, with a wire to a receiver only',
    { position: '{ source: ibis }', serial: '[{ id: gnss, kind: nmea, path: /dev/ttyUSB0 }]' },
    "{}:7:21: ibis, and no wire to the vehicle bus (expected a line of kind ibis under 'serial')",
  ),
  device(
    'a serial line of a kind that is not known',
    { serial: '[{ id: gnss, kind: nmae, path: /dev/ttyUSB0 }]' },
    '{}:13:28: serial.0.kind: ',
    '(expected nmea | ibis | scanner)',
  ),
  device(
    'a serial line whose path is no port',
    { serial: '[{ id: gnss, kind: nmea, path: ttyUSB0 }]' },
    '{}:13:40: serial.0.path: ',
    '/dev/serial/by-id/…, /dev/ttyUSB0 or COM3',
  ),
  device(
    'a serial line at a speed that no port has',
    { serial: '[{ id: gnss, kind: nmea, path: /dev/ttyUSB0, baud: 4801 }]' },
    '{}:13:60: serial.0.baud: ',
    '1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200',
  ),
  device(
    'an address on a line that has none',
    { serial: '[{ id: gnss, kind: nmea, path: /dev/ttyUSB0, address: 5 }]' },
    "{}:13:54: the key 'address' has no meaning here",
  ),
  device(
    'an address that one digit of VDV hex cannot say',
    { serial: '[{ id: bus, kind: ibis, path: /dev/ttyUSB0, address: 16 }]' },
    '{}:13:62: serial.0.address: 16 (expected at most 15)',
  ),
  device(
    'a line with the id of a reader',
    { serial: '[{ id: front, kind: nmea, path: /dev/ttyUSB0 }]' },
    "{}:13:16: line 'front' stands here twice (expected an id of its own)",
  ),
  device(
    'a scanner, and nobody whose tickets it takes',
    { serial: '[{ id: code, kind: scanner, path: /dev/ttyUSB0 }]' },
    "{}:13:10: a scanner, and nobody whose tickets it takes (expected 'ticketKeys': files of issuers' public keys)",
  ),
  device(
    'a ticket key that is not there',
    { ticketKeys: '[nowhere.yaml]' },
    "{}:13:14: ticketKeys: nothing at 'nowhere.yaml' (expected a file with an issuer's public key)",
  ),
  device(
    'a secret key on board',
    { ticketKeys: `[${join(FIXTURES, 'keys/ticket-issuer-test-secret.yaml')}]` },
    'ticket-issuer-test-secret.yaml: a secret key on board',
    'its public half: tura ticket public',
  ),
  device(
    'a ticket key of another realm',
    {
      ticketKeys: `[${write('realm: production\nissuer: tmn\nkeyId: 1\npublicKey: "'.concat('00'.repeat(32), '"\n'), 'key.yaml')}]`,
    },
    "a key of realm 'production'",
    "one of realm 'test'",
  ),
  device(
    'a route that is not in the feed',
    { position: '{ source: timetable, routeId: bus-26 }' },
    "{}:7:41: no routeId 'bus-26' in",
    "(expected 'bus-25')",
  ),
  device(
    'a stop that is not in the feed, which would grace every tap',
    { position: '{ source: driver, routeId: bus-25, stopId: cvetnoi-a }' },
    "{}:7:54: no stopId 'cvetnoi-a' in",
    "(expected 'cvetnoy-a')",
  ),
  device(
    'paths that lead nowhere, all at once',
    { tariff: 'a', feed: 'b', stopList: 'c', cards: 'd', tokenKeys: '[e]' },
    "{}:8:9: tariff: nothing at 'a' (expected a folder with tariff.yaml)",
    "{}:9:7: feed: nothing at 'b' (expected a GTFS zip or folder)",
    "{}:10:11: stopList: nothing at 'c'",
    "{}:11:8: cards: nothing at 'd'",
    "{}:12:13: tokenKeys: nothing at 'e' (expected a token key file)",
  ),
  device(
    'a collector that is no address',
    { collector: 'localhost:8470' },
    '{}:13:12:',
    'http://127.0.0.1:8470',
  ),
  device(
    'a production vehicle with test keys',
    { realm: 'production' },
    "realm 'production' with keys of realm 'test'",
  ),
  device(
    "a production acquirer's key in a test vehicle",
    { payment: `{ acquirerKey: ${acquirerKey('production')}, sink: folder }` },
    "realm 'test' with an acquirer's key of realm 'production'",
  ),
  device(
    "an acquirer's key that is not there",
    { payment: '{ acquirerKey: nowhere.yaml, sink: folder }' },
    "{}:13:25: payment: nothing at 'nowhere.yaml' (expected an acquirer's public key)",
  ),
  device(
    'a sink that is not known',
    { payment: `{ acquirerKey: ${acquirerKey('test')}, sink: foldr }` },
    "payment.sink: 'foldr' (expected 'folder')",
  ),
  device('a scheme misspelt', { schemes: '[mir, vsa]' }, "{}:13:16: schemes.1: 'vsa' (expected 'visa')"),
  {
    when: 'no device file',
    file: () => join(folder, 'nowhere.yaml'),
    words: ['run', '{}', '--state', newState()],
    says: ['device file {}: no such file', 'devices/demo-bus.yaml shows one'],
  },
  {
    when: 'a folder for a device file',
    file: () => folder,
    words: ['run', '{}', '--state', newState()],
    says: ['device file {}: a folder stands where a file belongs'],
  },
];

/** What a device file names, spoilt: as the vehicle meets it. */
const NAMED: readonly Row[] = [
  {
    when: 'a stop list with a wrong word',
    file: () => write('subject_kind,subject,effect,reason\nuid,04B0515B10C4ED,declin,lost\n', 'stop.csv'),
    words: ['stoplist', 'build', '{}', '--out', join(folder, 'never.cbor')],
    says: ['{}:2:20', "'decline'"],
  },
  {
    when: 'no stop list',
    file: () => join(folder, 'nowhere.csv'),
    words: ['stoplist', 'build', '{}', '--out', join(folder, 'never.cbor')],
    says: ['stop list {}: no such file', 'fixtures/stoplist.csv shows one'],
  },
  {
    when: 'a token key that is too short',
    file: () => write("realm: test\nkeyId: 1\nsecret: 'abcd'\n", 'key.yaml'),
    words: [
      'stoplist',
      'build',
      join(FIXTURES, 'stoplist.csv'),
      '--key',
      '{}',
      '--out',
      join(folder, 'never.cbor'),
    ],
    says: ['{}:3:9: secret: of another form (expected 32 bytes as 64 hex digits, in quotes)'],
  },
  {
    when: 'no token key',
    file: () => join(folder, 'nowhere.key'),
    words: [
      'stoplist',
      'build',
      join(FIXTURES, 'stoplist.csv'),
      '--key',
      '{}',
      '--out',
      join(folder, 'never.cbor'),
    ],
    says: ['token key {}: no such file', 'fixtures/keys/token-key-test.yaml shows one'],
  },
  {
    when: 'a bundle that is none',
    file: () => write('not a bundle', 'list.cbor'),
    words: ['stoplist', 'apply', '{}', '--db', join(folder, 'list.db')],
    says: ['{}'],
  },
  {
    when: 'no bundle',
    file: () => join(folder, 'nowhere.cbor'),
    words: ['stoplist', 'verify', '{}'],
    says: ['list bundle {}: no such file'],
  },
  {
    when: 'a stop list database that is none',
    file: () => write('this is no database, and long enough to be looked at', 'list.db'),
    words: [
      'stoplist',
      'lookup',
      'uid:04B0515B10C4ED',
      '--key',
      join(FIXTURES, 'keys/token-key-test.yaml'),
      '--db',
      '{}',
    ],
    says: ['stop list {}: this is no SQLite file'],
  },
  {
    when: 'a stops database that is none',
    file: () => write('this is no database, and long enough to be looked at', 'stops.db'),
    words: ['stops', 'near', '57.15', '65.53', '--db', '{}'],
    says: ['stops database {}: this is no SQLite file'],
  },
  {
    when: 'no stops database',
    file: () => join(folder, 'nowhere.db'),
    words: ['stops', 'near', '57.15', '65.53', '--db', '{}'],
    says: ['stops database {}: no such file'],
  },
  {
    when: 'no feed',
    file: () => join(folder, 'nowhere.zip'),
    words: ['stops', 'import', '{}', '--db', join(folder, 'never.db')],
    says: ['{}'],
  },
  {
    when: 'a feed that is no zip',
    file: () => write('PK\u0003\u0004 and then nothing', 'feed.zip'),
    words: ['stops', 'import', '{}', '--db', join(folder, 'never.db')],
    says: ['{}'],
  },
  {
    when: 'a feed without its tables',
    file: () => join(FIXTURES, 'tariffs/tyumen'),
    words: ['stops', 'import', '{}', '--db', join(folder, 'never.db')],
    says: ['{}: has no stops.txt', '{}: has no agency.txt'],
  },
  {
    when: 'no tariff folder',
    file: () => join(folder, 'nowhere'),
    words: ['tariff', 'check', '{}'],
    says: ['no tariff folder {}', 'tariff.yaml'],
  },
  {
    when: 'a folder without a tariff and without a feed',
    file: () => mkdtempSync(join(folder, 'empty-')),
    words: ['tariff', 'check', '{}'],
    says: ['{}: the folder holds no .txt file'],
  },
];

const taps = (when: string, rows: string, ...says: readonly string[]): Row => ({
  when,
  file: () => write(`at,reader,card\n${rows}`, 'taps.csv'),
  words: ['run', write(deviceText(), 'bus.yaml'), '--taps', '{}', '--state', newState()],
  says,
});

const TAPS: readonly Row[] = [
  taps(
    'a card misspelt',
    '+0:30,front,ana-general\n',
    "{}:2:13: no card 'ana-general' (expected 'anna-general')",
  ),
  taps('a reader misspelt', '+0:30,fron,anna-general\n', "{}:2:7: no reader 'fron' (expected 'front')"),
  taps('a moment that is none', '0:30,front,anna-general\n', "{}:2:1: '0:30' is no moment (expected '+1:30'"),
  taps(
    'a local time, which names no moment',
    '2026-03-02T07:31:30,front,anna-general\n',
    '{}:2:1:',
    '2026-03-02T07:31:30+05:00',
  ),
  taps(
    'a tap before the one above it',
    '+2:00,front,anna-general\n+1:00,rear,anna-general\n',
    "{}:3:1: '+1:00' after a tap that is later",
  ),
  taps('a cell too few', '+0:30,front\n', '{}:2'),
  taps(
    'everything wrong at once',
    'x,y,z\n',
    "{}:2:1: 'x' is no moment",
    "{}:2:3: no reader 'y' (expected rear | front)",
    "{}:2:5: no card 'z'",
  ),
  {
    when: 'a vehicle that is not played',
    file: () => join(FIXTURES, 'taps/demo.csv'),
    words: [
      'run',
      write(deviceText({ vehicleId: 'bus-101' }), 'bus.yaml'),
      '--taps',
      '{}',
      '--state',
      newState(),
    ],
    says: ["{}:6:7: no vehicle 'tram-7' (expected bus-101)"],
  },
  {
    when: 'no taps file',
    file: () => join(folder, 'nowhere.csv'),
    words: ['demo', '--once', '--taps', '{}', '--state', newState()],
    says: ['taps file {}: no such file', 'fixtures/taps/demo.csv shows one'],
  },
  {
    when: 'taps without a column',
    file: () => write('at,card\n+0:30,anna-general\n', 'taps.csv'),
    words: ['demo', '--once', '--taps', '{}', '--state', newState()],
    says: ['{}:1', 'reader'],
  },
  {
    when: 'a UID that YAML takes for a number',
    file: () => {
      const cards = readFileSync(join(FIXTURES, 'cards.yaml'), 'utf8');
      return write(cards.replace('"04A1B2C3D4E5F6"', '12E5'), 'cards.yaml');
    },
    words: ['demo', '--once', '--cards', '{}', '--state', newState()],
    says: ['{}:7:', 'hex in quotes'],
  },
  {
    when: 'a folder for the cards',
    file: () => folder,
    words: ['demo', '--once', '--cards', '{}', '--state', newState()],
    says: ['card file {}: a folder stands where a file belongs', 'fixtures/cards.yaml shows one'],
  },
];

const STATE: readonly Row[] = [
  {
    when: 'a state folder below a file',
    file: () => write(''),
    words: ['demo', '--once', '--state', '{}/state'],
    says: ['{}/state', 'a file stands where a folder belongs'],
  },
  {
    when: 'a ledger that is a folder',
    file: () => folder,
    words: ['collect', '--port', '0', '--db', '{}'],
    says: ['ledger {}: a folder stands where a file belongs'],
  },
  {
    when: 'a ledger of a kind that is not there yet',
    file: () => 'postgres://localhost/tura',
    words: ['collect', '--port', '0', '--db', '{}'],
    says: ['no ledger at {}', 'the name of a file'],
  },
  {
    when: 'two vehicles that are one',
    file: () => write(deviceText(), 'bus.yaml'),
    words: ['demo', '--once', '{}', '{}', '--taps', write('at,vehicle,reader,card\n'), '--state', newState()],
    says: ["{}: vehicleId 'bus-1' is that of {}"],
  },
];

for (const { when, file, words, says, code = 2 } of [...DEVICES, ...NAMED, ...TAPS, ...STATE]) {
  test(`${when} is said with its place and what was expected`, async () => {
    const name = file();
    const line = words.map(word => word.replaceAll('{}', name));
    const ran = await tura(...line);
    assert.is(ran.code, code, ran.err);
    assert.is(ran.out, '', 'nothing else is said');
    for (const part of says) {
      const said = part.replaceAll('{}', name);
      assert.ok(ran.err.includes(said), `'${said}' is not in:\n${ran.err}`);
    }
    assert.not.match(ran.err, /defect|\n {4}at /, 'it is told as a fault of the input');
    const json = await tura(...line, '--json');
    assert.is(json.code, code);
    const [{ error } = { error: undefined }, ...rest] = objects(json);
    assert.equal(rest, []);
    assert.match(String((error as { code?: string }).code), /^[a-z-]+$/);
  });
}

test('an input that was refused leaves nothing behind', () => {
  assert.equal(
    readdirSync(folder).filter(name => name.startsWith('never')),
    [],
  );
});

test('a port in use is an answer that may change: exit code 1', async () => {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = String(typeof address === 'object' ? address?.port : '');
  const { code, err } = await tura('collect', '--port', port, '--db', join(folder, 'port.db'));
  await new Promise(resolve => server.close(resolve));
  assert.is(code, 1);
  assert.is(err, `tura: 127.0.0.1:${port} is in use\n  expected: a free port\n`);
});

test('a moment that the journal has passed is refused where it stands, before any tap', async () => {
  const bus = write(deviceText(), 'bus.yaml');
  const state = newState();
  const file = write('at,reader,card\n2026-03-02T07:31:30+05:00,front,anna-general\n', 'taps.csv');
  const first = await tura('run', bus, '--taps', file, '--state', state);
  assert.is(first.code, 0, first.err);
  assert.match(first.out, /07:31:30 bus-1 .* accepted +37\.00 RUB/);
  const second = await tura('run', bus, '--taps', file, '--state', state);
  assert.is(second.code, 2);
  assert.match(
    second.err,
    /2: 2026-03-02T02:31:30\.000Z has passed: the journal goes to 2026-03-02T02:31:30\.000Z/,
  );
  assert.is(second.out, '');
});

test('a plain file that goes wrong after it was taken stops the start, and mends with the file', async () => {
  const stopList = write(readFileSync(join(FIXTURES, 'stoplist.csv')), 'stop.csv');
  const bus = write(deviceText({ stopList }), 'bus.yaml');
  const state = newState();
  const file = write('at,reader,card\n+0:10,front,boris-blocked\n', 'taps.csv');
  const run = () => tura('run', bus, '--taps', file, '--state', state);
  assert.match((await run()).out, /declined/);
  writeFileSync(stopList, 'subject_kind,subject,effect,reason\nuid,04,decline,lost\n');
  const spoilt = await run();
  assert.is(spoilt.code, 2);
  assert.ok(spoilt.err.includes(`${stopList}:2:5`), spoilt.err);
  writeFileSync(stopList, 'subject_kind,subject,effect,reason\n');
  assert.match((await run()).out, /accepted/, 'the card is released with the new list');
});

test('a state folder that another process holds is told at once', async () => {
  const state = newState();
  mkdirSync(join(state, 'test-bus'), { recursive: true });
  const journal = join(state, 'test-bus/journal.db');
  const holder = openDatabase(journal, { what: 'journal', mode: 'write', exclusive: true });
  holder.exec('CREATE TABLE held(x)');
  const { code, err } = await tura('run', write(deviceText(), 'bus.yaml'), '--state', state);
  holder.close();
  assert.is(code, 1);
  assert.is(err, `tura: journal ${journal}: another process has it open\n`);
  assert.not(existsSync(join(state, 'test-bus/stop-list.db')));
});

test.run();
