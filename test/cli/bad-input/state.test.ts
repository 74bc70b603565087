/** A place for state that is none, or is taken; and state that is further on than what is given. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { openDatabase } from '../../../src/disk/sqlite.ts';
import { deviceText, FIXTURES, folder, newState, write } from '../input.ts';
import { tura } from '../tura.ts';
import { type Row, refuses } from './rows.ts';

const STATE: readonly Row[] = [
  {
    when: 'a state folder below a file',
    file: () => write(''),
    words: ['demo', '--once', '--state', '{}/state'],
    says: ['{}/state', 'a file stands where a folder belongs'],
  },
  {
    when: 'a ledger that is a folder',
    file: () => folder,
    words: ['collect', '--port', '0', '--db', '{}'],
    says: ['ledger {}: a folder stands where a file belongs'],
  },
  {
    when: 'a ledger of a kind that is not there yet',
    file: () => 'postgres://localhost/tura',
    words: ['collect', '--port', '0', '--db', '{}'],
    says: ['no ledger at {}', 'the name of a file'],
  },
  {
    when: 'two vehicles that are one',
    file: () => write(deviceText(), 'bus.yaml'),
    words: ['demo', '--once', '{}', '{}', '--taps', write('at,vehicle,reader,card\n'), '--state', newState()],
    says: ["{}: vehicleId 'bus-1' is that of {}"],
  },
];

refuses(STATE);

test('a port in use is an answer that may change: exit code 1', async () => {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = String(typeof address === 'object' ? address?.port : '');
  const { code, err } = await tura('collect', '--port', port, '--db', join(folder, 'port.db'));
  await new Promise(resolve => server.close(resolve));
  assert.is(code, 1);
  assert.is(err, `tura: 127.0.0.1:${port} is in use\n  expected: a free port\n`);
});

test('a moment that the journal has passed is refused where it stands, before any tap', async () => {
  const bus = write(deviceText(), 'bus.yaml');
  const state = newState();
  const file = write('at,reader,card\n2026-03-02T07:31:30+05:00,front,anna-general\n', 'taps.csv');
  const first = await tura('run', bus, '--taps', file, '--state', state);
  assert.is(first.code, 0, first.err);
  assert.match(first.out, /07:31:30 bus-1 .* accepted +37\.00 RUB/);
  const second = await tura('run', bus, '--taps', file, '--state', state);
  assert.is(second.code, 2);
  assert.match(
    second.err,
    /2: 2026-03-02T02:31:30\.000Z has passed: the journal goes to 2026-03-02T02:31:30\.000Z/,
  );
  assert.is(second.out, '');
});

test('a plain file that goes wrong after it was taken stops the start, and mends with the file', async () => {
  const stopList = write(readFileSync(join(FIXTURES, 'stoplist.csv')), 'stop.csv');
  const bus = write(deviceText({ stopList }), 'bus.yaml');
  const state = newState();
  const file = write('at,reader,card\n+0:10,front,boris-blocked\n', 'taps.csv');
  const run = () => tura('run', bus, '--taps', file, '--state', state);
  assert.match((await run()).out, /declined/);
  writeFileSync(stopList, 'subject_kind,subject,effect,reason\nuid,04,decline,lost\n');
  const spoilt = await run();
  assert.is(spoilt.code, 2);
  assert.ok(spoilt.err.includes(`${stopList}:2:5`), spoilt.err);
  writeFileSync(stopList, 'subject_kind,subject,effect,reason\n');
  assert.match((await run()).out, /accepted/, 'the card is released with the new list');
});

test('a state folder that another process holds is told at once', async () => {
  const state = newState();
  mkdirSync(join(state, 'test-bus'), { recursive: true });
  const journal = join(state, 'test-bus/journal.db');
  const holder = openDatabase(journal, { what: 'journal', mode: 'write', exclusive: true });
  holder.exec('CREATE TABLE held(x)');
  const { code, err } = await tura('run', write(deviceText(), 'bus.yaml'), '--state', state);
  holder.close();
  assert.is(code, 1);
  assert.is(err, `tura: journal ${journal}: another process has it open\n`);
  assert.not(existsSync(join(state, 'test-bus/stop-list.db')));
});

test.run();
