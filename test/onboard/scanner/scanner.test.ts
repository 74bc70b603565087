import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { ReaderEvent } from '../../../src/onboard/reader/reader.ts';
import { Scanner } from '../../../src/onboard/scanner/scanner.ts';
import { issued, PLAIN, scanned } from '../../wire/ticket/tickets.ts';
import { clockwork } from '../clockwork.ts';
import { HeldPorts } from '../serial/held-port.ts';

const CODE = issued(PLAIN);
const OTHER = issued({ ...PLAIN, serial: 'ff'.repeat(12) });

async function bench(framing: 'lines' | 'bytes' = 'lines') {
  const [ports, timers] = [new HeldPorts(), clockwork()];
  const events: ReaderEvent[] = [];
  const faults: unknown[] = [];
  const scanner = new Scanner(
    {
      readerId: 'code',
      framing,
      port: { path: '/dev/scan', baud: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
    },
    { openPort: ports.openPort, timers, scan: scanned, onFault: fault => faults.push(fault) },
  );
  scanner.start(event => events.push(event));
  await ports.opens();
  return { ports, timers, events, faults, scanner, said: () => events.splice(0).map(words) };
}

function words(event: ReaderEvent): string {
  if (event.kind === 'scanned') {
    return event.scan.kind === 'genuine'
      ? `scanned ${event.scan.ticket.serial.slice(0, 4)}`
      : event.scan.reason;
  }
  return 'why' in event ? `${event.kind}: ${event.why}` : event.kind;
}

test('a scanner is a reader: up with its port and settings, then tickets', async () => {
  const { ports, events } = await bench();
  ports.says(`${CODE}\r\n`);
  assert.equal(events[0], { kind: 'up', readerId: 'code', name: 'scanner at /dev/scan, 9600 8N1' });
  assert.equal(events[1], {
    kind: 'scanned',
    readerId: 'code',
    scan: { kind: 'genuine', ticket: PLAIN, issuerKey: 'tmn/1' },
  });
});

test('a ticket held before the scanner is read again and again, and is one ticket until it is taken away', async () => {
  const { ports, timers, said } = await bench();
  for (let times = 0; times < 5; times++) {
    ports.says(`${CODE}\r`);
    timers.pass(1400);
  }
  assert.equal(said(), ['up', 'scanned 0102']);
  timers.pass(100);
  assert.equal(said(), ['removed']);
  ports.says(`${CODE}\r`);
  assert.equal(said(), ['scanned 0102']);
});

test('another ticket takes the place of the one before it', async () => {
  const { ports, timers, said } = await bench();
  ports.says(`${CODE}\r${OTHER}\r`);
  timers.pass(1500);
  assert.equal(said(), ['up', 'scanned 0102', 'removed', 'scanned ffff', 'removed']);
});

test('a code that is no ticket is unreadable, and is not repeated in words', async () => {
  const { ports, timers, said } = await bench();
  ports.says('4006381333931\r');
  timers.pass(1500);
  assert.equal(said(), ['up', 'unreadable: no ticket, but a code of 13 bytes', 'removed']);
});

test('a forged ticket is scanned, and is for the vehicle to decline', async () => {
  const { ports, said } = await bench();
  ports.says('#UT011080000010\r');
  assert.equal(said(), ['up', 'medium-not-accepted']);
});

test('a scanner without a suffix is read when it falls silent', async () => {
  for (const framing of ['lines', 'bytes'] as const) {
    const { ports, timers, said } = await bench(framing);
    ports.says(CODE.slice(0, 50));
    timers.pass(99);
    ports.says(CODE.slice(50));
    timers.pass(99);
    assert.equal(said(), ['up'], framing);
    timers.pass(1);
    assert.equal(said(), ['scanned 0102'], framing);
  }
});

test('a code that does not end is told once, and leaves', async () => {
  const { ports, timers, said } = await bench();
  for (let times = 0; times < 100; times++) ports.says('x'.repeat(1000));
  timers.pass(100);
  assert.equal(said(), ['up', 'unreadable: a code that does not end', 'removed']);
});

test('a cable that is pulled takes the ticket with it, and half a code', async () => {
  const { ports, timers, said } = await bench();
  ports.says(`${CODE}\r${OTHER.slice(0, 20)}`);
  ports.lost();
  const [, , removed, down] = said();
  assert.is(removed, 'removed');
  assert.match(down ?? '', /^down: \/dev\/scan: no adapter is plugged in there/);
  timers.pass(250);
  await ports.opens();
  ports.says(`${CODE}\r`);
  assert.equal(said(), ['up', 'scanned 0102']);
});

test('a scanner that is stopped says no more', async () => {
  const { ports, timers, scanner, said } = await bench();
  ports.says(`${CODE}\r${OTHER.slice(0, 20)}`);
  said();
  await scanner.stop();
  timers.pass(60_000);
  assert.equal([said(), ports.open], [[], 0]);
});

test.run();
