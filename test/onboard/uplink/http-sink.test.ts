import { mkdtempSync, rmSync } from 'node:fs';
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createCollector } from '../../../src/backoffice/collector/collector.ts';
import { openLedger } from '../../../src/backoffice/collector/ledger/file-ledger.ts';
import { type FaultCode, TuraError } from '../../../src/core/error.ts';
import { hexOfBytes } from '../../../src/core/hex.ts';
import { epoch } from '../../../src/core/time.ts';
import { createHttpSink } from '../../../src/onboard/uplink/http-sink.ts';
import { joinRecords } from '../../../src/wire/batch.ts';
import { recordBytes } from '../../../src/wire/record/record.ts';
import { aRecord } from '../../wire/records.ts';
import { sinkContract } from './sink-contract.ts';
import { StandingTimers } from './timers.ts';

const folder = mkdtempSync(join(tmpdir(), 'tura-uplink-'));
let files = 0;

sinkContract('the HTTP sink and a collector', async () => {
  const ledger = openLedger(join(folder, `${++files}.sqlite`));
  const collector = createCollector({ ledger, realm: 'test', now: () => epoch(1) });
  const sink = createHttpSink({ url: await collector.listen('127.0.0.1', 0), timers: new StandingTimers() });
  return {
    sink,
    cut: () => collector.close(),
    async close() {
      await sink.close();
      await collector.close();
      await ledger.close();
    },
  };
});

const test = suite('the HTTP sink and something else');
const servers: Server[] = [];
test.after.each(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});
test.after(() => rmSync(folder, { recursive: true }));

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const RECORDS = [1, 2].map(sequence => recordBytes(aRecord({ sequence })));

async function faultOf(promise: Promise<unknown>): Promise<TuraError> {
  const reason = await promise.then(
    () => 'it was answered',
    (error: unknown) => error,
  );
  if (reason instanceof TuraError) return reason;
  throw reason;
}

const NEW = { result: 'new' };
const answer = (results: object[]) => JSON.stringify({ schema: 1, results, acknowledged: [] });
const html = (status: number) => (_: IncomingMessage, response: ServerResponse) =>
  response.writeHead(status, { 'content-type': 'text/html' }).end('<html>Sign in to the depot Wi-Fi</html>');
const json = (status: number, text: string) => (_: IncomingMessage, response: ServerResponse) =>
  response.writeHead(status, { 'content-type': 'application/json' }).end(text);

const ANSWERS: readonly [what: string, listener: RequestListener, code: FaultCode, says: RegExp][] = [
  ['a page of somebody else', html(200), 'link-nonsense', /not JSON/],
  ['JSON that is no answer', json(200, '{"ok":true}'), 'link-nonsense', /no answer to a batch/],
  ['too few results', json(200, answer([NEW])), 'link-nonsense', /1 results for 2 records/],
  ['too many results', json(200, answer([NEW, NEW, NEW])), 'link-nonsense', /3 results for 2 records/],
  ['an answer of another schema', json(200, answer([NEW, NEW]).replace('1', '2')), 'link-nonsense', /no answer/],
  ['an answer without end', json(200, `"${'x'.repeat(2_000_000)}"`), 'link-nonsense', /without end/],
  ['no content', html(204), 'link-refused', /answered 204/],
  ['an error page', html(500), 'link-refused', /answered 500$/],
  ['a full disk', json(507, '{"error":{"code":"disk-full","what":"the ledger is full","expected":"later"}}'), 'link-refused', /507: the ledger is full/],
  ['a batch that it will not have', json(400, '{"error":{"code":"bad-body","what":"a record of 3 bytes"}}'), 'batch-refused', /400: a record of 3 bytes/],
  ['a batch that it cannot process', json(422, '{"error":{"code":"bad-body","what":"no such device"}}'), 'batch-refused', /422: no such device/],
  ['a proxy that does not like us', html(400), 'link-refused', /answered 400$/],
  ['a limit of a proxy', html(413), 'batch-too-large', /answered 413$/],
  ['a key that is missing', json(401, '{"error":{"code":"no-key","what":"who are you"}}'), 'link-refused', /401: who are you/],
  ['a limit on the batch', json(413, '{"error":{"code":"too-large","what":"the body is too long"}}'), 'batch-too-large', /413: the body/],
  ['a redirect', (_, response) => response.writeHead(307, { location: 'http://127.0.0.1:1/' }).end(), 'link-refused', /answered 307/],
  ['a cut connection', request => request.socket.destroy(), 'link-down', /was cut/],
  ['half an answer', (_, response) => response.writeHead(200, { 'content-length': '99' }).write('{"schema"', () => response.socket?.destroy()), 'link-down', /was cut/],
  ['what is no HTTP', request => request.socket.end('220 depot ESMTP\r\n'), 'link-nonsense', /does not speak HTTP/],
]; // biome-ignore format: a table reads best as one block

for (const [what, listener, code, says] of ANSWERS) {
  test(`${what} is a fault by name and can be tried again`, async () => {
    const url = await serve(listener);
    const fault = await faultOf(createHttpSink({ url, timers: new StandingTimers() }).send(RECORDS));
    assert.is(fault.code, code);
    assert.match(fault.message, says);
    assert.is(fault.where, `${url}/v1/records`);
    assert.ok(fault.retryable);
  });
}

for (const [what, respond] of [
  ['answers nothing', () => {}],
  ['stops in the middle of its answer', (response: ServerResponse) => response.writeHead(200).write('{')],
] as const) {
  test(`a collector that ${what} is given up at the deadline`, async () => {
    const timers = new StandingTimers();
    const url = await serve((request, response) => {
      request.resume().on('end', () => {
        respond(response);
        assert.equal(timers.delays, [700]);
        timers.pass();
      });
    });
    const fault = await faultOf(createHttpSink({ url, timers, deadlineMs: 700 }).send(RECORDS));
    assert.equal([fault.code, timers.delays], ['link-slow', []]);
    assert.match(fault.message, /within 700 ms/);
  });
}

test('closing the sink gives up what is under way', async () => {
  const timers = new StandingTimers();
  const sink = createHttpSink({
    url: await serve(request => request.resume().on('end', () => sink.close())),
    timers,
  });
  assert.is((await faultOf(sink.send(RECORDS))).code, 'link-down');
  assert.equal(timers.delays, []);
});

test('records travel as a compressed CBOR sequence, below the path of the address', async () => {
  const chunks: Buffer[] = [];
  let asked: IncomingMessage | undefined;
  const url = await serve((request, response) => {
    asked = request;
    request.on('data', chunk => chunks.push(chunk)).on('end', () => response.end(answer([NEW, NEW])));
  });
  await createHttpSink({ url: `${url}/depot/`, timers: new StandingTimers() }).send(RECORDS);
  assert.is(asked?.url, '/depot/v1/records');
  assert.equal(
    [asked?.method, asked?.headers['content-type'], asked?.headers['content-encoding']],
    ['POST', 'application/cbor-seq', 'gzip'],
  );
  assert.is(hexOfBytes(gunzipSync(Buffer.concat(chunks))), hexOfBytes(joinRecords(RECORDS)));
});

for (const url of ['collector', 'ftp://127.0.0.1', 'http://', 'http://user:word@127.0.0.1']) {
  test(`'${url}' is no address of a collector`, () => {
    assert.throws(
      () => createHttpSink({ url, timers: new StandingTimers() }),
      (error: unknown) => error instanceof TuraError && error.code === 'bad-usage' && error.where === url,
    );
  });
}

test.run();
