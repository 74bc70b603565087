import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { epoch } from '../../../src/core/time.ts';
import { PlayedClock } from '../../../src/onboard/clock.ts';
import type { BusState } from '../../../src/onboard/position/ibis/bus.ts';
import { frameOf } from '../../../src/onboard/position/ibis/frames.ts';
import type { Observation } from '../../../src/onboard/position/observation.ts';
import { type LineEvent, openLines } from '../../../src/onboard/serial/lines.ts';
import { type SerialLine, serialLine } from '../../../src/onboard/serial/settings.ts';
import { scanned } from '../../wire/ticket/tickets.ts';
import { clockwork } from '../clockwork.ts';
import { HeldPorts } from './held-port.ts';

const START = epoch(Date.UTC(2026, 2, 2, 2, 30, 0));

function bench(...written: object[]) {
  const serial: SerialLine[] = written.map(line => serialLine.parse(line));
  const [ports, timers, clock] = [new HeldPorts(), clockwork(), new PlayedClock(START)];
  const [events, seen, faults]: [LineEvent[], Observation[], unknown[]] = [[], [], []];
  const lines = openLines(serial, {
    ...{ openPort: ports.openPort, timers, clock, scan: scanned },
    onLine: event => events.push(event),
    onFault: fault => faults.push(fault),
  });
  const vehicle: { state: BusState } = { state: 'in-order' };
  lines.start({ observed: observation => seen.push(observation), state: () => vehicle.state });
  return { ports, timers, clock, events, seen, faults, lines, vehicle };
}

test('each line is opened with its own standard, where the device file says nothing else', () => {
  const { ports, lines } = bench(
    { id: 'gnss', kind: 'nmea', path: '/dev/a' },
    { id: 'fast', kind: 'nmea', path: '/dev/b', baud: 38400 },
    { id: 'bus', kind: 'ibis', path: '/dev/c' },
    { id: 'code', kind: 'scanner', path: '/dev/d' },
  );
  assert.equal(
    ports.openings.map(({ settings }) => Object.values(settings).join(' ')),
    ['/dev/a 4800 8 none 1', '/dev/b 38400 8 none 1', '/dev/c 1200 7 even 2'],
  );
  assert.is(lines.scanners.length, 1, 'and a scanner is opened by the vehicle');
  lines.scanners[0]?.start(() => undefined);
  assert.is(Object.values(ports.last.settings).join(' '), '/dev/d 9600 8 none 1');
});

test('a fix of the satellites is observed at the moment it came in', async () => {
  const { ports, clock, seen, events } = bench({ id: 'gnss', kind: 'nmea', path: '/dev/a' });
  await ports.opens();
  clock.advanceTo(epoch(START + 250));
  ports.says(
    '$GPRMC,150000,A,5654.660,N,01432.52,E,3.60,90,241216,1.2,E,A*3D\r\n$GPRMC,,V,,,,,,,,,,N*53\r\n',
  );
  const [fix, none] = seen;
  assert.equal(fix, {
    kind: 'fix',
    atMs: epoch(START + 250),
    lat: 56 + 54.66 / 60,
    lon: 14 + 32.52 / 60,
    speedMps: 1.852,
    courseDeg: 90,
  });
  assert.equal(none, { kind: 'no-fix', atMs: epoch(START + 250) });
  assert.equal(events, [{ kind: 'up', lineId: 'gnss', port: '/dev/a, 4800 8N1' }]);
});

test('the bus is heard, and told how the vehicle is', async () => {
  const { ports, clock, seen, vehicle } = bench({ id: 'bus', kind: 'ibis', path: '/dev/c', address: 5 });
  await ports.opens();
  const hear = (text: string) => ports.says(Buffer.from(frameOf(text)).toString('latin1'));
  hear('l025');
  hear('a5');
  vehicle.state = 'fault';
  clock.advanceTo(epoch(START + 1000));
  hear('a5');
  assert.equal(seen, [{ kind: 'line', atMs: START, line: '25' }]);
  assert.equal(ports.written, ['a0\r#', 'a3\r ']);
});

test('a poll that cannot be answered at once is told, and not answered late', async () => {
  const { ports, events } = bench({ id: 'bus', kind: 'ibis', path: '/dev/c', address: 5 });
  await ports.opens();
  ports.isBusy = true;
  ports.says('a5\r\x1b'.replace('\x1b', String.fromCharCode(frameOf('a5').at(-1) ?? 0)));
  assert.equal(events.at(-1), {
    kind: 'misheard',
    lineId: 'bus',
    what: 'a status poll that could not be answered in time',
    count: 1,
  });
});

test('what is not understood is told with its line, its count and an example', async () => {
  const { ports, events } = bench({ id: 'bus', kind: 'ibis', path: '/dev/c' });
  await ports.opens();
  for (let times = 0; times < 12; times++) ports.says(Buffer.from(frameOf('lE01')).toString('latin1'));
  assert.equal(events.slice(1), [
    { kind: 'misheard', lineId: 'bus', what: 'telegram lE…', example: 'lE01', count: 1 },
    { kind: 'misheard', lineId: 'bus', what: 'telegram lE…', example: 'lE01', count: 10 },
  ]);
});

test('a cable that is pulled is told, and half a telegram is no part of the next', async () => {
  const { ports, timers, seen, events } = bench({ id: 'bus', kind: 'ibis', path: '/dev/c' });
  await ports.opens();
  ports.says('l02');
  ports.lost();
  timers.pass(250);
  await ports.opens();
  ports.says(Buffer.from(frameOf('l025')).toString('latin1'));
  assert.equal(
    events.map(({ kind }) => kind),
    ['up', 'down', 'up'],
  );
  assert.equal(
    seen.map(({ kind }) => kind),
    ['line'],
  );
});

test('lines that are stopped are closed', async () => {
  const { ports, lines } = bench({ id: 'bus', kind: 'ibis', path: '/dev/c' });
  await ports.opens();
  await lines.stop();
  assert.is(ports.open, 0);
});

test.run();
