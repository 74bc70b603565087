import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { TuraError } from '../../../src/core/error.ts';
import { Line, type LineState } from '../../../src/onboard/serial/line.ts';
import type { PortSettings } from '../../../src/onboard/serial/port.ts';
import { clockwork } from '../clockwork.ts';
import { HeldPorts, settled } from './held-port.ts';

const SETTINGS: PortSettings = { path: '/dev/gnss', baud: 4800, dataBits: 8, parity: 'none', stopBits: 1 };

function bench(onHeard: (text: string) => void = () => undefined) {
  const [ports, timers] = [new HeldPorts(), clockwork()];
  const [said, faults]: [string[], unknown[]] = [[], []];
  const line = new Line(
    SETTINGS,
    { openPort: ports.openPort, timers },
    {
      heard: bytes => {
        const text = Buffer.from(bytes).toString('latin1');
        said.push(`heard ${text}`);
        onHeard(text);
      },
      became: state => said.push(words(state)),
      failed: fault => faults.push(fault),
    },
  );
  line.start();
  return { ports, timers, said, faults, line };
}

function words(state: LineState): string {
  if (state.kind === 'up') return 'up';
  return state.mend === undefined ? `down: ${state.why}` : `down: ${state.why}; ${state.mend}`;
}

const NONE = '/dev/gnss: no adapter is plugged in there';

test('a line is opened with its settings, and what it says is heard', async () => {
  const { ports, said } = bench();
  assert.equal(ports.last.settings, SETTINGS);
  await ports.opens();
  ports.says('$GP');
  assert.equal(said, ['up', 'heard $GP']);
});

test('a port that is not there is told once, with what to do, and is tried again', async () => {
  const { ports, timers, said } = bench();
  for (let tries = 1; tries <= 5; tries++) {
    assert.is(ports.openings.length, tries);
    await ports.fails(new Error('Error: No such file or directory, cannot open /dev/gnss'));
    timers.pass(5000);
  }
  assert.is(said.length, 1);
  assert.match(said[0] ?? '', /no adapter is plugged in there; plug the adapter in; .*by-id/);
});

test('the pauses grow from a quarter of a second to five, and begin anew when bytes came', async () => {
  const { ports, timers } = bench();
  for (const pauseMs of [250, 500, 1000, 2000, 4000, 5000, 5000]) {
    const before = ports.openings.length;
    await ports.fails(new Error('no such device'));
    timers.pass(pauseMs - 1);
    assert.is(ports.openings.length, before, `not before ${pauseMs} ms`);
    timers.pass(1);
    assert.is(ports.openings.length, before + 1, `after ${pauseMs} ms`);
  }
  await ports.opens();
  ports.lost();
  timers.pass(5000);
  assert.is(ports.openings.length, 9, 'a port that opens and says nothing has proved nothing');
  await ports.opens();
  ports.says('x');
  ports.lost();
  timers.pass(250);
  assert.is(ports.openings.length, 10);
});

test('a cable that is pulled and plugged in again is down and up, and nothing of the old port is heard', async () => {
  const { ports, timers, said } = bench();
  await ports.opens();
  const before = ports.last;
  ports.lost();
  assert.is(ports.open, 0, 'the old port is closed');
  timers.pass(250);
  await ports.opens();
  before.listener.data(Uint8Array.of(0x21));
  before.listener.lost('late news');
  ports.says('$');
  assert.equal(
    said.map(line => line.split(';')[0]),
    ['up', `down: ${NONE}`, 'up', 'heard $'],
  );
});

test('an adapter that is gone without a word is missed when it falls silent, and its port closed', async () => {
  const { ports, timers, said } = bench();
  await ports.opens();
  ports.isThere = false;
  timers.pass(100);
  ports.says('x');
  timers.pass(399);
  assert.is(said.at(-1), 'heard x', 'what spoke since the last look is there');
  timers.pass(1);
  assert.match(said.at(-1) ?? '', /^down: .*no adapter/);
  assert.is(ports.open, 0);
});

test('a line that is silent and there stays up', async () => {
  const { ports, timers, said } = bench();
  await ports.opens();
  timers.pass(3_600_000);
  assert.equal(said, ['up']);
});

test('a port that does not open within its time is given up, and closed when it opens after all', async () => {
  const { ports, timers, said } = bench();
  const first = ports.last;
  timers.pass(10_000);
  assert.match(said[0] ?? '', /^down: \/dev\/gnss: does not open within 10000 ms$/);
  timers.pass(250);
  await ports.opens();
  first.opens();
  await settled();
  assert.is(ports.open, 1);
  assert.is(said.at(-1), 'up');
});

test('another fault is another word', async () => {
  const { ports, timers, said } = bench();
  await ports.fails(new Error('Error: Permission denied, cannot open /dev/gnss'));
  timers.pass(250);
  await ports.fails(new TuraError('reader-missing', 'serialport does not load', { expected: 'npm ci' }));
  timers.pass(500);
  await ports.fails(new Error('something nobody has seen'));
  assert.equal(said, [
    'down: /dev/gnss: this user may not open it; sudo usermod -aG dialout "$USER", then log in again',
    'down: serialport does not load; npm ci',
    'down: /dev/gnss: something nobody has seen',
  ]);
});

test('whoever listens may throw: it is told, and the line goes on', async () => {
  const { ports, said, faults } = bench(text => {
    if (text === 'bad') throw new Error('a slip');
  });
  await ports.opens();
  ports.says('bad');
  ports.says('good');
  assert.equal(said, ['up', 'heard bad', 'heard good']);
  assert.equal(faults.map(String), ['Error: a slip']);
});

test('what is written goes out while the line is up, and is not kept for later', async () => {
  const { ports, line } = bench();
  assert.not.ok(line.write(Uint8Array.of(0x61)));
  await ports.opens();
  assert.ok(line.write(Uint8Array.of(0x62)));
  ports.isBusy = true;
  assert.not.ok(line.write(Uint8Array.of(0x63)));
  assert.equal(ports.written, ['b']);
});

test('a line that is stopped closes its port, says no more and is not opened again', async () => {
  const { ports, timers, said, line } = bench();
  await ports.opens();
  await line.stop();
  assert.is(ports.open, 0);
  ports.says('x');
  ports.lost();
  timers.pass(60_000);
  assert.equal([said, ports.openings.length], [['up'], 1]);
});

test('a line that is stopped while it opens closes the port that opens too late', async () => {
  const { ports, said, line } = bench();
  await line.stop();
  await ports.opens();
  assert.equal([ports.open, said], [0, []]);
});

test.run();
