import { SerialPortMock } from 'serialport';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { TuraError } from '../../../src/core/error.ts';
import { nodePorts } from '../../../src/onboard/serial/node-port.ts';
import type { PortSettings } from '../../../src/onboard/serial/port.ts';
import { settled } from './held-port.ts';

const IBIS: PortSettings = { path: '/dev/ibis', baud: 1200, dataBits: 7, parity: 'even', stopBits: 2 };

/** Every port that was opened, for the test to speak through. */
const opened: SerialPortMock[] = [];

class Held extends SerialPortMock {
  constructor(options: ConstructorParameters<typeof SerialPortMock>[0]) {
    super(options);
    opened.push(this);
  }
}

const openPort = nodePorts(async () => ({ SerialPort: Held }));

async function bench() {
  SerialPortMock.binding.reset();
  SerialPortMock.binding.createPort(IBIS.path, { record: true });
  const said: string[] = [];
  const port = await openPort(IBIS, {
    data: bytes => said.push(`data ${Buffer.from(bytes).toString('latin1')}`),
    lost: why => said.push(`lost ${why}`),
  });
  const stream = opened.at(-1);
  if (stream?.port === undefined) throw new Error('no port was opened');
  return { said, port, stream, binding: stream.port };
}

/** A port on the mock binding takes some turns to read. */
async function some(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await settled();
}

test('a port is opened with its own settings', async () => {
  const { binding } = await bench();
  const { path, baudRate, dataBits, parity, stopBits, lock } = binding.openOptions;
  assert.equal([path, baudRate, dataBits, parity, stopBits, lock], ['/dev/ibis', 1200, 7, 'even', 2, true]);
});

test('what it reads is heard', async () => {
  const { said, binding } = await bench();
  binding.emitData('l026');
  await some();
  binding.emitData('\r*');
  await some();
  assert.equal(said, ['data l026', 'data \r*']);
});

test('what is written goes out at once, or not at all', async () => {
  const { port, binding } = await bench();
  assert.ok(port.write(Buffer.from('a0\r#')));
  assert.not.ok(port.write(Buffer.from('a0\r#')), 'the first has not left yet');
  await some();
  assert.ok(port.write(Buffer.from('!')));
  await some();
  assert.is(binding.recording.toString(), 'a0\r#!');
});

test('a port that is closed is closed once, and may be opened again', async () => {
  const { port, said } = await bench();
  await port.close();
  await port.close();
  assert.not.ok(port.write(Buffer.from('x')));
  assert.equal(said, ['lost closed']);
  const again = await openPort(IBIS, { data: () => undefined, lost: () => undefined });
  await again.close();
});

test('a port that is lost says why', async () => {
  const { said, stream } = await bench();
  stream._disconnected(new Error('bad file descriptor'));
  await some();
  assert.equal(said, ['lost bad file descriptor']);
});

test('a port that does not open says what the machine says', async () => {
  SerialPortMock.binding.reset();
  const fault = await openPort(IBIS, { data: () => undefined, lost: () => undefined }).catch(error => error);
  assert.match(String(fault), /Port does not exist/);
});

test('a machine without the package is told what to install', async () => {
  const none = nodePorts(() => Promise.reject(new Error('No native build was found')));
  const fault = await none(IBIS, { data: () => undefined, lost: () => undefined }).catch(error => error);
  assert.instance(fault, TuraError);
  assert.equal(
    [fault.code, fault.message],
    ['reader-missing', 'serial lines need serialport, which does not load here'],
  );
  assert.match(fault.expected, /npm ci/);
});

test.run();
