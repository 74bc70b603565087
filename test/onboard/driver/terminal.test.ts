/** A driver's display on real sockets of this machine. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { TuraError } from '../../../src/core/error.ts';
import type { Answer } from '../../../src/onboard/driver/seat.ts';
import { openTerminal } from '../../../src/onboard/driver/terminal.ts';
import { lines } from './display.ts';

const RUN = { tripId: '11-0812', routeId: 'bus-11', line: '11', headsign: 'Аэропорт' };

const echo = {
  obey: async (command: { readonly kind: string }): Promise<Answer> => ({ done: true, text: command.kind }),
  offered: undefined,
};

const noFault = (fault: unknown) => assert.unreachable(String(fault));

function dial(address: string): Socket {
  if (address.startsWith('/')) return connect(address);
  const [host, port] = address.split(':');
  return connect(Number(port), host);
}

const path = () => join(mkdtempSync(join(tmpdir(), 'tura-seat-')), 'seat.sock');

for (const address of ['127.0.0.1:0', path()]) {
  test(`commands are answered in their order, however they are cut: ${address.slice(0, 5)}`, async () => {
    const terminal = await openTerminal(address, echo, noFault);
    const pieces = [
      '{"id":1,"comm',
      'and":"void"}\n{"id":"b","command":"help"}\n\n',
      'nonsense\n{"command":"viod"}\n',
    ];
    assert.equal(await lines(dial(terminal.address), pieces, 4), [
      { id: 1, done: true, text: 'void' },
      { id: 'b', done: true, text: 'help' },
      { done: false, text: 'not JSON (expected {"command":"help"})' },
      { done: true, text: 'misspelt' },
    ]);
    await terminal.close();
  });
}

test('every display is told of an offer between two answers, with the command that takes it, and that it is over', async () => {
  let isListening: () => void = () => undefined;
  const listening = new Promise<void>(resolve => {
    isListening = resolve;
  });
  const terminal = await openTerminal(
    '127.0.0.1:0',
    {
      offered: undefined,
      async obey({ kind }) {
        if (kind === 'help') isListening();
        if (kind === 'state') terminal.tell({ kind: 'made', run: RUN });
        if (kind === 'instead') terminal.tell({ kind: 'over', run: RUN });
        return { done: true, text: kind };
      },
    },
    noFault,
  );
  const text = 'the vehicle seems to run line 11 to Аэропорт, trip 11-0812';
  const told = [
    { offer: 'made', run: RUN, text, command: 'instead' },
    { offer: 'over', run: RUN, text: 'no other trip is offered any more' },
  ];
  const other = lines(dial(terminal.address), ['{"command":"help"}\n'], 3);
  await listening;
  const commands = ['{"id":1,"command":"state"}\n{"id":2,"command":"instead"}\n'];
  assert.equal(await lines(dial(terminal.address), commands, 4), [
    told[0],
    { id: 1, done: true, text: 'state' },
    told[1],
    { id: 2, done: true, text: 'instead' },
  ]);
  assert.equal(await other, [{ done: true, text: 'help' }, ...told]);
  await terminal.close();
});

test('a display that is plugged in while a trip is offered is told of it first', async () => {
  const terminal = await openTerminal('127.0.0.1:0', { ...echo, offered: RUN }, noFault);
  const [first, second] = await lines(dial(terminal.address), ['{"command":"void"}\n'], 2);
  assert.is(JSON.stringify(first).includes('"offer":"made"'), true);
  assert.equal(second, { done: true, text: 'void' });
  await terminal.close();
});

test('every display is told that a rider is asked, with the command that says yes', async () => {
  const terminal = await openTerminal(
    '127.0.0.1:0',
    {
      offered: undefined,
      async obey() {
        terminal.asks('front');
        return { done: true, text: '' };
      },
    },
    noFault,
  );
  const [asks] = await lines(dial(terminal.address), ['{"command":"state"}\n'], 2);
  const text = "the rider at front is asked whether the card's bank application pays";
  assert.equal(asks, { asks: 'front', text, command: 'yes' });
  await terminal.close();
});

test('a line without end is refused, and its sender put off', async () => {
  const terminal = await openTerminal('127.0.0.1:0', echo, noFault);
  const socket = dial(terminal.address);
  assert.equal(await lines(socket, ['x'.repeat(5000)], 1), [
    { done: false, text: 'a line of more than 4096 characters' },
  ]);
  await terminal.close();
});

test('a line that is too long all at once is refused, and the one behind it answered', async () => {
  const terminal = await openTerminal('127.0.0.1:0', echo, noFault);
  const pieces = [`{"command":"${'x'.repeat(5000)}"}\n{"command":"void"}\n`];
  assert.equal(await lines(dial(terminal.address), pieces, 2), [
    { done: false, text: 'a line of more than 4096 characters' },
    { done: true, text: 'void' },
  ]);
  await terminal.close();
});

test('a command that throws is told and answered, and the one behind it obeyed', async () => {
  const faults: unknown[] = [];
  const seat = {
    offered: undefined,
    async obey({ kind }: { readonly kind: string }): Promise<Answer> {
      if (kind === 'choose') throw new Error('the stops cannot be read');
      return { done: true, text: kind };
    },
  };
  const terminal = await openTerminal('127.0.0.1:0', seat, fault => faults.push(fault));
  const pieces = ['{"id":1,"command":"line","line":"25"}\n{"command":"void"}\n'];
  assert.equal(await lines(dial(terminal.address), pieces, 2), [
    { id: 1, done: false, text: 'nothing is done: the stops cannot be read' },
    { done: true, text: 'void' },
  ]);
  assert.equal(faults.map(String), ['Error: the stops cannot be read']);
  await terminal.close();
});

test('a display that goes away in the middle of its line stops nobody', async () => {
  const terminal = await openTerminal('127.0.0.1:0', echo, noFault);
  const gone = dial(terminal.address);
  await new Promise(resolve => gone.write('{"comm', resolve));
  gone.resetAndDestroy();
  assert.is((await lines(dial(terminal.address), ['{"command":"void"}\n'], 1)).length, 1);
  await terminal.close();
});

test('a socket that a killed program left behind is taken over, one that is listened at is not', async () => {
  const left = path();
  writeFileSync(left, '');
  const terminal = await openTerminal(left, echo, noFault);
  const again = await openTerminal(left, echo, noFault).catch((error: unknown) => error);
  assert.ok(again instanceof TuraError && again.code === 'port-in-use', String(again));
  await terminal.close();
});

test('a port that is taken is said by name', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise(resolve => server.once('listening', resolve));
  const bound = server.address();
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0;
  const fault = await openTerminal(`127.0.0.1:${port}`, echo, noFault).catch((error: unknown) => error);
  assert.ok(fault instanceof TuraError && fault.code === 'port-in-use', String(fault));
  server.close();
});

test.run();
