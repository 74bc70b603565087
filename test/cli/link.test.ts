/** A validator whose collector is down, talks nonsense or never answers: riders notice nothing, and nothing is lost. */
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { test as suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createCollector } from '../../src/backoffice/collector/collector.ts';
import { openLedger } from '../../src/backoffice/collector/ledger/file-ledger.ts';
import { epoch } from '../../src/core/time.ts';
import { start } from './child.ts';
import { deviceText, folder, newState, write } from './input.ts';
import { answersIn } from './kept.ts';
import { sideBySide } from './side-by-side.ts';

const test = sideBySide();

const bus = write(deviceText(), 'bus.yaml');
const taps = write('at,reader,card\n+0:10,front,anna-general\n+0:20,rear,sofia-pensioner\n', 'taps.csv');

/** Whoever connects is answered so; the rest is silence. */
async function listening(answer: (socket: Socket) => void): Promise<{ server: Server; url: string }> {
  const server = createServer(socket => {
    socket.on('error', () => undefined);
    answer(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return { server, url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}` };
}

function faultsIn(out: string): Record<string, unknown>[] {
  return out
    .split('\n')
    .filter(line => line.includes('"failed"'))
    .map(line => JSON.parse(line).uplink.fault);
}

const LINKS: readonly [what: string, answer: (socket: Socket) => void, code: string, says: RegExp][] = [
  ['a cut connection', socket => socket.once('data', () => socket.destroy()), 'link-down', /was cut/],
  ['another protocol', socket => socket.end('220 mail ready\r\n'), 'link-nonsense', /does not speak HTTP/],
  [
    'a page of somebody else',
    socket => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\n<html>'),
    'link-nonsense',
    /an answer that is not JSON/,
  ],
];

test('taps are taken whatever the collector says, wait on board, and arrive once when there is one', async () => {
  const states = await Promise.all(
    LINKS.map(async ([what, answer, code, says]) => {
      const state = newState();
      const { server, url } = await listening(answer);
      const child = await start(['run', bus, '--taps', taps, '--state', state, '--collector', url, '--json']);
      assert.equal(await child.ended, { code: 0, signal: null }, child.err);
      server.close();
      assert.is(answersIn(child.out).length, 2, `${what}: both riders were answered`);
      const [fault] = faultsIn(child.out);
      assert.is(fault?.code, code, what);
      assert.match(String(fault?.message), says);
      assert.is(faultsIn(child.out).length, 3, `${what}: it gives up for this run`);
      return state;
    }),
  );
  const ledger = openLedger(join(folder, 'ledger.db'));
  const collector = createCollector({ ledger, realm: 'test', now: () => epoch(Date.now()) });
  const url = await collector.listen('127.0.0.1', 0);
  const none = write('at,reader,card\n', 'none.csv');
  const runs = states.map(async state => {
    const child = await start(['run', bus, '--taps', none, '--state', state, '--collector', url, '--json']);
    assert.equal(await child.ended, { code: 0, signal: null }, child.err);
    assert.match(child.out, /"ready":true,"deviceId":"test-bus","waiting":2/);
  });
  await Promise.all(runs);
  const { records, accepted, missing, devices } = await ledger.totals();
  await collector.close();
  await ledger.close();
  assert.equal({ records, accepted, missing }, { records: 6, accepted: 6, missing: 0 });
  assert.is(devices.length, 3, 'a journal is an epoch of its own');
});

test('a collector that never answers holds up neither the rider nor Ctrl-C', async () => {
  let connected = 0;
  const { server, url } = await listening(() => {
    connected += 1;
  });
  const child = await start(['run', bus, '--state', newState(), '--collector', url]);
  await child.says('ready to tap');
  child.type('anna-general');
  await child.says(/anna-general +accepted +37\.00 RUB/);
  if (connected === 0) await once(server, 'connection');
  child.type('dmitry-general bus-1 rear');
  await child.says(/dmitry-general +accepted/);
  child.interrupt();
  assert.equal(await child.ended, { code: 0, signal: null });
  server.close();
});

suite.run();
