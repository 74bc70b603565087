import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Collector, createCollector } from '../../../src/backoffice/collector/collector.ts';
import { openLedger } from '../../../src/backoffice/collector/ledger/file-ledger.ts';
import type { Ledger } from '../../../src/backoffice/collector/ledger/ledger.ts';
import type { CollectorLimits } from '../../../src/backoffice/collector/limits.ts';
import { TuraError } from '../../../src/core/error.ts';
import { hexOfBytes } from '../../../src/core/hex.ts';
import { epoch } from '../../../src/core/time.ts';
import { answerSchema, refusalSchema } from '../../../src/wire/answer.ts';
import { CBOR_SEQUENCE, joinRecords, NDJSON, RECORDS_PATH } from '../../../src/wire/batch.ts';
import { parseRecordLine, recordBytes, recordLine } from '../../../src/wire/record/record.ts';
import { aRecord, EPOCH } from '../../wire/records.ts';
import { hashOf } from './ledger-contract.ts';

const folder = mkdtempSync(join(tmpdir(), 'tura-collector-'));
let files = 0;

interface Running {
  ledger: Ledger;
  collector: Collector;
  url: string;
}

async function run(limits: Partial<CollectorLimits> = {}, ledger?: Ledger): Promise<Running> {
  const kept = ledger ?? openLedger(join(folder, `${++files}.sqlite`));
  const collector = createCollector({ ledger: kept, realm: 'test', now: () => epoch(1), limits });
  return { ledger: kept, collector, url: await collector.listen('127.0.0.1', 0) };
}

async function end({ collector, ledger }: Running): Promise<void> {
  await collector.close();
  await ledger.close();
}

const test = suite<Running>('the collector');
test.before.each(async context => {
  Object.assign(context, await run());
});
test.after.each(end);
test.after(() => rmSync(folder, { recursive: true }));

type Sending = { type?: string; encoding?: string };

function send(
  url: string,
  body: Uint8Array,
  { type = CBOR_SEQUENCE, encoding }: Sending = {},
): Promise<Response> {
  const headers = {
    'content-type': type,
    ...(encoding === undefined ? {} : { 'content-encoding': encoding }),
  };
  return fetch(url + RECORDS_PATH, { method: 'POST', headers, body });
}

async function answered(response: Promise<Response>): Promise<string> {
  const got = await response;
  assert.is(got.status, 200);
  return answerSchema
    .parse(await got.json())
    .results.map(({ result }) => result)
    .join(' ');
}

async function refused(
  response: Promise<Response>,
): Promise<[status: number, code: string, expected?: string]> {
  const got = await response;
  const { error } = refusalSchema.parse(await got.json());
  return error.expected === undefined ? [got.status, error.code] : [got.status, error.code, error.expected];
}

const RECORDS = [1, 2, 3].map(sequence => aRecord({ sequence }));
const SEQUENCE = joinRecords(RECORDS.map(recordBytes));
const LINES = Buffer.from(RECORDS.map(recordLine).join('\n'));

test('a batch is answered record by record, plain or compressed', async ({ url }) => {
  const response = await send(url, SEQUENCE);
  assert.equal(await response.json(), {
    schema: 1,
    results: [{ result: 'new' }, { result: 'new' }, { result: 'new' }],
    acknowledged: [{ deviceId: 'tmn-bus-101', epoch: EPOCH, through: 3 }],
  });
  assert.is(await answered(send(url, gzipSync(SEQUENCE), { encoding: 'gzip' })), 'same same same');
});

test('NDJSON and CBOR give the same ledger', async ({ url, ledger }) => {
  const other = await run();
  await answered(send(url, SEQUENCE));
  await answered(send(other.url, gzipSync(LINES), { type: `${NDJSON}; charset=utf-8`, encoding: 'gzip' }));
  const query = { deviceId: 'tmn-bus-101', epoch: EPOCH, from: 1, limit: 10 };
  assert.equal(await other.ledger.records(query), await ledger.records(query));
  assert.equal(await other.ledger.totals(), await ledger.totals());
  await end(other);
});

test('of 500 records one is no record: it is quarantined alone', async ({ url }) => {
  const batch = Array.from({ length: 500 }, (_, index) => recordBytes(aRecord({ sequence: index + 1 })));
  for (const poison of [Uint8Array.of(0xa1, 0x01, 0x01), batch[250]?.subarray(0, 99) ?? Uint8Array.of()]) {
    const results = (await answered(send(url, joinRecords(batch.with(250, poison))))).split(' ');
    assert.is(results.length, 500);
    assert.is(results.indexOf('quarantined'), 250);
    assert.is(results.lastIndexOf('quarantined'), 250);
  }
});

test('a truncated tail is quarantined and the whole records before it are kept', async ({ url }) => {
  assert.is(await answered(send(url, SEQUENCE.subarray(0, -10))), 'new new quarantined');
});

test('a batch of nothing is answered with nothing', async ({ url }) => {
  assert.is(await answered(send(url, new Uint8Array(), { type: NDJSON })), '');
  assert.is(await answered(send(url, Buffer.from('\n\n'), { type: NDJSON })), '');
});

test('what was kept can be read out as NDJSON and as CBOR', async ({ url }) => {
  await send(url, SEQUENCE);
  const page = `${url}${RECORDS_PATH}?device=tmn-bus-101&epoch=${EPOCH}&from=2&limit=5`;
  const lines = await fetch(page);
  assert.is(lines.headers.get('content-type'), `${NDJSON}; charset=utf-8`);
  assert.equal((await lines.text()).trim().split('\n').map(parseRecordLine), RECORDS.slice(1));
  const bytes = await fetch(page, { headers: { accept: `text/html, ${CBOR_SEQUENCE};q=0.9` } });
  assert.is(bytes.headers.get('content-type'), CBOR_SEQUENCE);
  assert.is(
    hexOfBytes(new Uint8Array(await bytes.arrayBuffer())),
    hexOfBytes(joinRecords(RECORDS.slice(1).map(recordBytes))),
  );
});

test('totals, gaps, quarantine and conflicts can be seen', async ({ url, ledger }) => {
  const clone = aRecord({ bootId: 'ffffffffffffffff' });
  const batch = [aRecord(), clone, aRecord({ sequence: 4 }), aRecord({ realm: 'training' })];
  await send(url, joinRecords(batch.map(recordBytes)));
  const see = async (path: string): Promise<unknown> => (await fetch(url + path)).json();
  const totals = await ledger.totals();
  assert.equal(await see('/v1/totals'), { schema: 1, realm: 'test', ...totals });
  assert.equal([totals.quarantined, totals.conflicts, totals.missing], [1, 1, 2]);
  const identity = { deviceId: 'tmn-bus-101', epoch: EPOCH };
  assert.equal(await see('/v1/gaps'), { schema: 1, gaps: [{ ...identity, first: 2, last: 3 }] });
  const quarantined = {
    id: 1,
    why: 'a record of realm training where test is collected',
    receivedAtMs: 1,
    bytes: hexOfBytes(recordBytes(aRecord({ realm: 'training' }))),
    claims: { ...identity, sequence: 1 },
  };
  assert.equal(await see('/v1/quarantine'), { schema: 1, entries: [quarantined] });
  const conflict = {
    id: 1,
    receivedAtMs: 1,
    bytes: hexOfBytes(recordBytes(clone)),
    identity: { ...identity, sequence: 1 },
    hash: hashOf(clone),
    heldHash: hashOf(aRecord()),
  };
  assert.equal(await see('/v1/conflicts?after=0&limit=1'), { schema: 1, entries: [conflict] });
  assert.equal(await see('/healthz'), { status: 'ok', realm: 'test' });
});

const BOTH = `${CBOR_SEQUENCE} or ${NDJSON}`;
const REFUSED_BODIES: readonly [what: string, body: Uint8Array, sending: Sending, answer: [number, string, string?]][] = [
  ['JSON', Buffer.from('[]'), { type: 'application/json' }, [415, 'unknown-type', BOTH]],
  ['a type that is a word of the language', Buffer.from('x'), { type: 'constructor' }, [415, 'unknown-type', BOTH]],
  ['an unknown compression', SEQUENCE, { encoding: 'br' }, [415, 'unknown-encoding', 'gzip or none']],
  ['what only claims to be gzip', SEQUENCE, { encoding: 'gzip' }, [400, 'bad-body', 'gzip']],
  ['gzip that was cut off', gzipSync(SEQUENCE).subarray(0, -9), { encoding: 'gzip' }, [400, 'bad-body', 'gzip']],
  ['a gzip bomb', gzipSync(Buffer.alloc(50_000_000)), { encoding: 'gzip' }, [413, 'too-large', 'at most 4194304 bytes']],
  ['a body too long', Buffer.alloc(4_194_305), {}, [413, 'too-large', 'at most 4194304 bytes']],
  ['too many records', new Uint8Array(501), {}, [413, 'too-large', 'at most 500 records']],
]; // biome-ignore format: a table reads best as one block

for (const [what, body, sending, answer] of REFUSED_BODIES) {
  test(`${what} is refused whole, and says what was expected`, async ({ url, ledger }) => {
    assert.equal(await refused(send(url, body, sending)), answer);
    const { records, quarantined } = await ledger.totals();
    assert.equal([records, quarantined], [0, 0]);
  });
}

const REFUSED_QUESTIONS: readonly [path: string, accept: string | undefined, status: number, code: string][] =
  [
    ['/v1/nothing', undefined, 404, 'not-found'],
    [`/v1/records?device=tmn&epoch=${EPOCH}`, undefined, 404, 'not-found'],
    ['/v1/records?device=tmn', undefined, 400, 'bad-query'],
    ['/v1/records?device=tmn&epoch=17', undefined, 400, 'bad-query'],
    [`/v1/records?device=tmn&epoch=${EPOCH}&from=0`, undefined, 400, 'bad-query'],
    [`/v1/records?device=tmn&epoch=${EPOCH}&limit=501`, undefined, 400, 'bad-query'],
    [`/v1/records?device=tmn&epoch=${EPOCH}&form=cbor`, undefined, 400, 'bad-query'],
    [`/v1/records?device=tmn&epoch=${EPOCH}`, 'text/csv', 406, 'not-acceptable'],
    ['/v1/quarantine?after=x', undefined, 400, 'bad-query'],
  ];

for (const [path, accept, status, code] of REFUSED_QUESTIONS) {
  test(`GET ${path}${accept === undefined ? '' : ` as ${accept}`} is refused: ${code}`, async ({ url }) => {
    const asked = fetch(url + path, accept === undefined ? {} : { headers: { accept } });
    assert.equal((await refused(asked)).slice(0, 2), [status, code]);
  });
}

test('a port in use is named', async ({ url, ledger }) => {
  const { port, host } = new URL(url);
  const second = createCollector({ ledger, realm: 'test', now: () => epoch(1) });
  const error = await second.listen('127.0.0.1', Number(port)).catch((reason: unknown) => reason);
  assert.instance(error, TuraError);
  assert.equal(error instanceof TuraError && [error.code, error.where], ['port-in-use', host]);
  await second.close();
});

test('a ledger whose disk is full refuses the batch, and the collector goes on', async ({ ledger }) => {
  let full = true;
  const fullLedger: Ledger = {
    ...ledger,
    keep: async (...given) => {
      if (full) throw new TuraError('disk-full', 'the disk is full');
      return ledger.keep(...given);
    },
  };
  const { collector, url } = await run({}, fullLedger);
  assert.equal(await refused(send(url, SEQUENCE)), [507, 'disk-full', 'send it again later']);
  full = false;
  assert.is(await answered(send(url, SEQUENCE)), 'new new new');
  await collector.close();
});

test('a ledger after a disk fault makes the collector unhealthy', async ({ ledger }) => {
  const fault = new TuraError('disk-fault', 'the disk answered with an error');
  const { collector, url } = await run({}, { ...ledger, fault: () => fault });
  assert.equal((await refused(fetch(`${url}/healthz`))).slice(0, 2), [503, 'ledger-down']);
  await collector.close();
});

/** Sends raw bytes and resolves with all that came back until the other side closed. */
function talk(url: string, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let heard = '';
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(text));
    socket.setEncoding('utf8').on('data', chunk => {
      heard += chunk;
    });
    socket.on('close', () => resolve(heard)).on('error', reject);
  });
}

const POST = `POST ${RECORDS_PATH} HTTP/1.1\r\nhost: x\r\ncontent-type: ${NDJSON}\r\n`;
const SLOW: readonly [what: string, text: string, answer: RegExp][] = [
  ['headers that never end', POST, /^HTTP\/1.1 408 .*"too-slow"/s],
  ['a body that never ends', `${POST}content-length: 10\r\n\r\n{`, /^HTTP\/1.1 408 .*"too-slow"/s],
  ['no HTTP', 'hello, collector\r\n\r\n', /^HTTP\/1.1 400 .*"bad-body"/s],
  ['nothing at all', '', /^HTTP\/1.1 408 .*"too-slow"/s],
];

for (const [what, text, answer] of SLOW) {
  test(`a connection with ${what} is ended`, async () => {
    const running = await run({ headersMs: 40, requestMs: 60, idleMs: 150, checkMs: 20 });
    assert.match(await talk(running.url, text), answer);
    await end(running);
  });
}

test.run();
