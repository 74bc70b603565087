/** A device file that is wrong in itself. */
import { join } from 'node:path';
import { test } from 'uvu';
import { deviceText, FIXTURES, folder, newState, write } from '../input.ts';
import { type Row, refuses } from './rows.ts';

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

refuses(DEVICES);

test.run();
