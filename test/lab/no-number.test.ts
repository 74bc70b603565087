/**
 * The number of a bank card stands nowhere in clear: not on the disk while a vehicle runs, nor after it, not in what is
 * uploaded, said or thrown, whatever fails meanwhile.
 */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { buffer, text } from 'node:stream/consumers';
import { inspect } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createCollector } from '../../src/backoffice/collector/collector.ts';
import { openLedger } from '../../src/backoffice/collector/ledger/file-ledger.ts';
import { seenLine, seenObject } from '../../src/cli/tap-line.ts';
import { TuraError } from '../../src/core/error.ts';
import { epoch } from '../../src/core/time.ts';
import { putToWork } from '../../src/lab/aboard.ts';
import { readCardFile } from '../../src/lab/card-input.ts';
import { Hand } from '../../src/lab/hand.ts';
import { PlayedClock } from '../../src/onboard/clock.ts';
import { prepare } from '../../src/onboard/prepare.ts';
import { SimulatedReader } from '../../src/onboard/reader/simulated.ts';
import { openJournalOf } from '../../src/onboard/vehicle/fit-out.ts';
import { nodeCrypto } from '../../src/wire/node-crypto.ts';
import { deviceText, FIXTURES, folder, newState, write } from '../cli/input.ts';
import { tura } from '../cli/tura.ts';
import { filesBelow, waysIn } from '../number-search.ts';
import { ACQUIRER_KEY } from '../onboard/payment/acquirer.ts';
import { MONDAY } from '../onboard/vehicle/bench.ts';

const CARDS = join(FIXTURES, 'cards.yaml');
const { cards } = readCardFile(CARDS);
const banked = cards.flatMap(({ id, bank }) => (bank === undefined ? [] : [{ id, pan: bank.pan }]));
/** A policy's number is nobody's on board: it is searched for like a card's. */
const insured = cards.flatMap(({ id, policy }) => (policy === undefined ? [] : [{ id, pan: policy.number }]));

/** Tyumen's tariff as if bank cards paid once a day, so that their payments are sealed. */
function tariffOnCredit(): string {
  const copy = join(folder, 'tariff-on-credit');
  cpSync(join(FIXTURES, 'tariffs/tyumen'), copy, { recursive: true });
  const rule =
    "openLoop: { media: [bank-card], aggregate: day, firstRide: '100.00', floorLimit: '500.00', retryDays: [1], source: assumed }";
  writeFileSync(join(copy, 'tariff.yaml'), `${readFileSync(join(copy, 'tariff.yaml'), 'utf8')}\n${rule}\n`);
  return copy;
}

const device = write(
  deviceText({
    tariff: tariffOnCredit(),
    payment: `{ acquirerKey: ${ACQUIRER_KEY}, sink: folder }`,
    transitKeys: `[${join(FIXTURES, 'keys', 'transit-key-test.yaml')}]`,
  }),
  'device.yaml',
);

interface Overheard {
  readonly url: string;
  /** As they came, and inflated. */
  readonly bodies: Buffer[];
  close(): Promise<void>;
}

/** A collector, and somebody before it who keeps what goes by. */
async function overheardCollector(): Promise<Overheard> {
  const ledger = openLedger(join(folder, 'overheard.db'));
  const collector = createCollector({ ledger, realm: 'test', now: () => epoch(Date.now()) });
  const behind = await collector.listen('127.0.0.1', 0);
  const bodies: Buffer[] = [];
  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    bodies.push(body, gunzipSync(body));
    const headers = request.headers as Record<string, string>;
    const { 'content-type': type = '', 'content-encoding': encoding = '' } = headers;
    const passed = { 'content-type': type, 'content-encoding': encoding };
    const answer = await fetch(`${behind}${request.url}`, { method: 'POST', headers: passed, body });
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    url: `http://127.0.0.1:${port}`,
    bodies,
    async close() {
      server.closeAllConnections();
      server.close();
      await collector.close();
      await ledger.close();
    },
  };
}

function nowhere(what: string, content: Buffer | string): void {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  for (const { id, pan } of [...banked, ...insured]) assert.equal(waysIn(bytes, pan), [], `${id} in ${what}`);
}

test('a number is found in whatever way it is written', () => {
  const pan = '2200998000000129';
  const packed = Buffer.from(pan, 'hex');
  const written: readonly (string | Buffer)[] = [
    ...[pan, `<${pan}>`, '2200 9980 0000 0129', [...pan].reverse().join('')],
    ...[Buffer.from(pan, 'utf16le'), Buffer.from(pan, 'utf16le').swap16()],
    ...[packed, Buffer.from(`7${pan}f`, 'hex'), Buffer.from([...pan].map(Number))],
    ...[inspect(packed), inspect(Uint8Array.from(packed)), JSON.stringify([...Buffer.from(pan)])],
    ...[Buffer.from(pan).toString('hex'), Buffer.from(pan).toString('hex').toUpperCase()],
    ...[0, 1, 2, 3].flatMap(before => {
      const around = (bytes: Buffer) =>
        Buffer.concat([Buffer.alloc(before, 0xab), bytes, Buffer.alloc(4, 0xcd)]);
      const [plain, bcd] = [around(Buffer.from(pan)), around(packed)];
      return [plain.toString('base64'), bcd.toString('base64'), bcd.toString('base64url')];
    }),
  ];
  for (const content of written) {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content;
    assert.ok(
      waysIn(Buffer.concat([Buffer.alloc(9, 0x5a), bytes, Buffer.alloc(9, 0xa5)]), pan).length > 0,
      String(content),
    );
  }
  assert.equal(waysIn(readFileSync(CARDS), pan).length > 0, true, 'where it may stand');
  assert.equal(waysIn(Buffer.from('2200998000000128'), pan), []);
});

test('after a run: nothing on the disk, in the uploads or in the output', async () => {
  const { url, bodies, close } = await overheardCollector();
  const lines = banked.flatMap(({ id }, index) => [
    `+0:${10 + index * 2},front,${id}`,
    `+0:${11 + index * 2},rear,${id}`,
  ]);
  const taps = write(`at,reader,card\n${lines.join('\n')}\n`, 'taps.csv');
  const state = newState();
  const ran = await tura('run', device, '--taps', taps, '--state', state, '--collector', url, '--json');
  await close();
  assert.is(ran.code, 0, ran.err);
  assert.match(ran.err, /\d new; 0 waiting/);
  assert.is(ran.out.match(/"decision":"accepted"/g)?.length, 8);
  const files = filesBelow(state);
  assert.is([...files.keys()].filter(name => name.includes('payments/')).length, 3, 'each that pays, once');
  assert.ok(bodies.length > 0);
  nowhere('stdout', ran.out);
  nowhere('stderr', ran.err);
  for (const body of bodies) nowhere('an upload', body);
  nowhere('the ledger', readFileSync(join(folder, 'overheard.db')));
  for (const [name, content] of files) nowhere(name, content);
});

test('while it runs, and while its disk fails: nothing in the log of SQLite, nor in any fault', async () => {
  const state = newState();
  const keeper = {
    stateFolder: state,
    crypto: nodeCrypto,
    random: randomBytes,
    firmware: 'test',
    build: 'test',
  };
  const prepared = await prepare(device, keeper);
  const journal = openJournalOf(prepared.device, keeper);
  const [clock, reader] = [new PlayedClock(MONDAY), new SimulatedReader('front')];
  const said: string[] = [];
  const told: string[] = [];
  const aboard = await putToWork({
    ...{ ...keeper, prepared, journal, clock, readers: [reader] },
    onSeen: seen => {
      said.push(
        seenLine(prepared.tariffs[0].zone, 'bus-1', '', seen),
        JSON.stringify(seenObject('bus-1', '', seen)),
      );
      said.push(inspect(seen, { depth: 20, showHidden: true }));
    },
    onUplink: () => undefined,
    onFault: fault => told.push(inspect(fault, { depth: 20, showHidden: true })),
  });
  const hand = new Hand(cards, new Map([['bus-1', new Map([['front', reader]])]]));
  const tapAll = async () => {
    for (const { id } of banked) {
      clock.advanceTo(epoch(clock.now() + 5_000));
      await hand.tap({ card: id });
    }
  };
  await tapAll();
  const files = filesBelow(state);
  assert.ok(
    (files.get('test-bus/journal.db-wal')?.length ?? 0) > 0,
    'it has not been folded into the file yet',
  );
  for (const [name, content] of files) nowhere(name, content);

  const payments = join(state, 'test-bus/payments');
  renameSync(payments, `${payments}-away`);
  await tapAll();
  renameSync(`${payments}-away`, payments);
  assert.match(told.join('\n'), /payment folder .*no such file/);
  journal.append = () => {
    throw new TuraError('disk-fault', 'journal x: the disk answered with an error');
  };
  await tapAll();
  assert.match(told.join('\n'), /disk answered with an error/);
  nowhere('what was shown', said.join('\n'));
  nowhere('the faults', told.join('\n'));
  for (const [name, content] of filesBelow(state)) nowhere(name, content);
  await aboard.close();
  journal.close();
});

test('in a crash: nothing in what the process says of its end, nor in its report', async () => {
  const reports = newState();
  mkdirSync(reports);
  const script = join(import.meta.dirname, 'crash.child.ts');
  const flags = ['--import', 'tsx', '--report-uncaught-exception', `--report-directory=${reports}`];
  const child = spawn(process.execPath, [...flags, script], { stdio: ['ignore', 'pipe', 'pipe'] });
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  assert.match(err, /the face fell off/);
  assert.match(err, /bank-card/, 'the tap itself is in what it says');
  nowhere('stdout', out);
  nowhere('stderr', err);
  const files = [...filesBelow(reports)];
  assert.is(files.length, 1);
  for (const [name, content] of files) nowhere(name, content);
});

test.run();
