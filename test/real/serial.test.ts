/** Serial lines on real pseudo-terminals, through the real `serialport`, at the settings of their standards. */
import { execFileSync } from 'node:child_process';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { systemClock } from '../../src/onboard/clock.ts';
import { frameOf } from '../../src/onboard/position/ibis/frames.ts';
import type { Observation } from '../../src/onboard/position/observation.ts';
import { type LineEvent, type Lines, openLines } from '../../src/onboard/serial/lines.ts';
import { nodePorts } from '../../src/onboard/serial/node-port.ts';
import { serialLine } from '../../src/onboard/serial/settings.ts';
import { systemTimers } from '../../src/onboard/timers.ts';
import { issued, PLAIN, scanned } from '../wire/ticket/tickets.ts';
import { CABLE_PARTS, Cable, Told } from './cable.ts';
import { heard } from './heard.ts';
import { needs } from './needs.ts';

const onTerminal = needs(...CABLE_PARTS);

interface Bench {
  readonly cable: Cable;
  readonly lines: Lines;
  readonly events: Told<LineEvent>;
  readonly seen: Told<Observation>;
}

/** A line on a cable, plugged in or not yet, and everything gone after `use`. */
async function withLine(
  settings: { readonly kind: string; readonly address?: number },
  plugged: boolean,
  use: (bench: Bench) => Promise<void>,
): Promise<void> {
  const cable = new Cable();
  const [events, seen] = [new Told<LineEvent>(), new Told<Observation>()];
  if (plugged) await cable.plug();
  const lines = openLines([serialLine.parse({ id: 'line', path: cable.path, ...settings })], {
    ...{ openPort: nodePorts(), timers: systemTimers, clock: systemClock(() => undefined), scan: scanned },
    onLine: event => events.tell(event),
    onFault: fault => {
      throw fault;
    },
  });
  try {
    lines.start({ observed: observation => seen.tell(observation), state: () => 'in-order' });
    await use({ cable, lines, events, seen });
  } finally {
    await lines.stop();
    await cable.close();
  }
}

const NMEA = { kind: 'nmea' };
const IBIS = { kind: 'ibis', address: 5 };
const isUp = ({ kind }: LineEvent) => kind === 'up';
const isDown = ({ kind }: LineEvent) => kind === 'down';

let second = 0;

/** A second later each time. */
function rmc(): string {
  second += 1;
  const [minutes, seconds] = [Math.trunc(second / 60) % 60, second % 60];
  const time = `10${String(minutes).padStart(2, '0')}${String(seconds).padStart(2, '0')}`;
  const text = `GNRMC,${time},A,5709.000,N,06532.000,E,10.0,45.0,020326,,,A`;
  const xor = [...text].reduce((sum, character) => sum ^ character.charCodeAt(0), 0);
  return `$${text}*${xor.toString(16).toUpperCase().padStart(2, '0')}\r\n`;
}

function terminal({ cable }: Bench): string {
  return execFileSync('stty', ['-F', cable.path, '-a'], { encoding: 'utf8' });
}

onTerminal('a terminal is set as the standard of its line says, and raw', async () => {
  await withLine(NMEA, true, async bench => {
    await bench.events.until(isUp);
    assert.match(terminal(bench), /^speed 4800 baud;.* -cstopb .*-icanon.* -echo /s);
  });
  await withLine(IBIS, true, async bench => {
    await bench.events.until(isUp);
    // A pseudo-terminal has always eight bits and no parity; speed and stop bits are what it takes.
    assert.match(terminal(bench), /^speed 1200 baud;.* cstopb .*-icanon.* -echo /s);
  });
});

onTerminal('sentences are heard through noise and halves of sentences', async () => {
  await withLine(NMEA, true, async ({ cable, events, seen }) => {
    await events.until(isUp);
    cable.say(Uint8Array.from({ length: 300 }, (_, index) => (index * 7) % 256));
    cable.say(rmc().slice(0, 25));
    cable.say(rmc());
    const fix = await seen.until(({ kind }) => kind === 'fix');
    assert.ok(fix.kind === 'fix' && Math.abs(fix.lat - 57.15) < 1e-9);
    const what = events.all.map(event => (event.kind === 'misheard' ? event.what : event.kind));
    assert.ok(what.includes('a sentence cut short'), what.join());
  });
});

onTerminal('a telegram is heard whose check byte is a carriage return, a line feed or nothing', async () => {
  await withLine(IBIS, true, async ({ cable, events, seen }) => {
    await events.until(isUp);
    for (const check of [0x0d, 0x0a, 0x00]) {
      cable.say(frameOf(`e${String.fromCharCode(0x7f ^ 0x0d ^ 0x65 ^ check)}`));
    }
    cable.say(frameOf('l026'));
    assert.is((await seen.until(({ kind }) => kind === 'line')).kind, 'line');
    const unknown = events.all.filter(
      event => event.kind === 'misheard' && event.what.startsWith('telegram e'),
    );
    assert.is(unknown.length, 1, 'told at the first, though there were three');
  });
});

onTerminal('a status poll is answered on the wire, and another address is not', async () => {
  await withLine(IBIS, true, async ({ cable, events }) => {
    await events.until(isUp);
    cable.say(frameOf('a4'));
    cable.say(frameOf('a5'));
    await cable.hears('a0\r#');
    assert.is(cable.received, 'a0\r#');
  });
});

onTerminal('a line whose parity is wrong is told what is wrong with it', async () => {
  await withLine(IBIS, true, async ({ cable, events, seen }) => {
    await events.until(isUp);
    const withParity = (byte: number) =>
      byte.toString(2).replaceAll('0', '').length % 2 === 1 ? byte | 0x80 : byte;
    for (let times = 0; times < 80; times++) cable.say(frameOf('l026').map(withParity));
    const told = await events.until(({ kind }) => kind === 'misheard');
    assert.is(told.kind === 'misheard' && told.what, 'bytes of eight bits: is the line set to 7E2?');
    assert.equal(seen.all, []);
  });
});

onTerminal('a cable that is not there yet is waited for', async () => {
  await withLine(NMEA, false, async ({ cable, events, seen }) => {
    const down = await events.until(isDown);
    assert.match(down.kind === 'down' ? down.why : '', /no adapter is plugged in there$/);
    await cable.plug();
    await events.until(isUp);
    cable.say(rmc());
    await seen.until(({ kind }) => kind === 'fix');
  });
});

onTerminal('a cable pulled in mid-sentence and plugged in again under the same link, ten times', async () => {
  await withLine(NMEA, true, async ({ cable, events, seen }) => {
    for (let times = 0; times < 10; times++) {
      await events.until(isUp);
      // Bytes are coming in when it is pulled.
      const talking = setInterval(() => cable.say(rmc()), 1);
      await seen.until(({ kind }) => kind === 'fix');
      await cable.pull();
      clearInterval(talking);
      await events.until(isDown);
      seen.all.length = 0;
      await cable.plug();
    }
    await events.until(isUp);
    cable.say(rmc());
    await seen.until(({ kind }) => kind === 'fix');
  });
});

onTerminal('a pulled cable costs no processor time while it is away', async () => {
  await withLine(NMEA, true, async ({ cable, events, seen }) => {
    await events.until(isUp);
    const talking = setInterval(() => cable.say(rmc()), 1);
    await seen.until(({ kind }) => kind === 'fix');
    await cable.pull();
    clearInterval(talking);
    await events.until(isDown);
    const before = process.cpuUsage();
    await new Promise(resolve => setTimeout(resolve, 1000));
    const { user, system } = process.cpuUsage(before);
    assert.ok(user + system < 500_000, `${user + system} us of processor time in a second`);
  });
});

onTerminal('a port that another program holds is said to be held, and how to find who', async () => {
  await withLine(NMEA, true, async ({ cable, events }) => {
    await events.until(isUp);
    const others = new Told<LineEvent>();
    const second = openLines([serialLine.parse({ id: 'other', kind: 'nmea', path: cable.path })], {
      ...{ openPort: nodePorts(), timers: systemTimers, clock: systemClock(() => undefined), scan: scanned },
      onLine: event => others.tell(event),
      onFault: () => undefined,
    });
    second.start({ observed: () => undefined, state: () => 'in-order' });
    const down = await others.until(isDown);
    assert.match(
      down.kind === 'down' ? `${down.why} ${down.mend}` : '',
      /another program holds it sudo fuser -v /,
    );
    await second.stop();
  });
});

onTerminal('a scanner at a door reads a ticket, is pulled, and reads again', async () => {
  const cable = new Cable();
  await cable.plug();
  const settings = { id: 'code', kind: 'scanner', path: cable.path };
  const lines = openLines([serialLine.parse(settings)], {
    ...{ openPort: nodePorts(), timers: systemTimers, clock: systemClock(() => undefined), scan: scanned },
    onLine: () => undefined,
    onFault: () => undefined,
  });
  const [scanner] = lines.scanners;
  const events = heard();
  try {
    scanner?.start(events.listener);
    for (let times = 0; times < 3; times++) {
      await events.until('code', 'up');
      cable.say(`${issued(PLAIN)}\r\n`);
      const { scan } = await events.until('code', 'scanned');
      assert.equal(scan, { kind: 'genuine', ticket: PLAIN, issuerKey: 'tmn/1' });
      await cable.pull();
      await events.until('code', 'down');
      await cable.plug();
    }
  } finally {
    await scanner?.stop();
    await cable.close();
  }
});

test.run();
