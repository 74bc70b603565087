import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { bytesOfHex, hexOfBytes } from '../../../../src/core/hex.ts';
import { LIMITS } from '../../../../src/onboard/reader/pcsc/limits.ts';
import { pcscReaders } from '../../../../src/onboard/reader/pcsc/open.ts';
import type { Order, Report } from '../../../../src/onboard/reader/pcsc/protocol.ts';
import type { ReaderEvent } from '../../../../src/onboard/reader/reader.ts';
import { clockwork } from './clockwork.ts';

const ACR = 'ACS ACR122U PICC Interface 00 00';
const STORAGE = bytesOfHex('3b8f8001804f0ca000000306030001000000006a');
const SEEN: Report = { kind: 'seen' };
const CONNECTED: Report = { kind: 'connected', atr: STORAGE };
const GONE: Report = { kind: 'gone' };

interface FakeHost {
  readonly say: (report: Report) => void;
  readonly orders: Order[];
  killed: boolean;
}

/** One door on scripted hosts; `told` is what the validator hears, in words. */
function door() {
  const hosts: FakeHost[] = [];
  const told: string[] = [];
  const time = clockwork();
  const reader = pcscReaders([{ readerId: 'door', name: /ACR122U.* 00$/ }], {
    limits: LIMITS,
    after: time.after,
    random: () => 0,
    openHost: hear => {
      const host: FakeHost = { say: hear, orders: [], killed: false };
      hosts.push(host);
      return {
        send: order => host.orders.push(order),
        kill: async () => {
          host.killed = true;
        },
      };
    },
  });
  const host = () => {
    const newest = hosts.at(-1);
    if (newest === undefined) throw new Error('no host was opened');
    return newest;
  };
  const say = (...reports: Report[]) => {
    for (const report of reports) host().say(report);
  };
  return {
    reader,
    hosts,
    host,
    say,
    told,
    time,
    start: () => reader.start(event => told.push(inWords(event))),
  };
}

/** The same, up, with what was told on the way forgotten. */
function doorInService() {
  const here = door();
  here.start();
  here.say({ kind: 'readers', names: [ACR] });
  here.told.length = 0;
  return here;
}

function inWords(event: ReaderEvent): string {
  switch (event.kind) {
    case 'presented':
      return `presented ${event.face.form} ${hexOfBytes(event.face.uid)}`;
    case 'removed':
      return 'removed';
    case 'unreadable':
    case 'down':
      return `${event.kind}: ${event.why}`;
    case 'up':
      return `up: ${event.name}`;
    default:
      return event satisfies never;
  }
}

function answer(id: number, hex: string): Report {
  return { kind: 'answer', id, bytes: bytesOfHex(hex) };
}

test('a card is asked for its UID and told with its form, then removed', () => {
  const { host, say, told } = doorInService();
  say(SEEN, CONNECTED);
  const command = host().orders.at(-1);
  assert.is(command?.kind === 'transmit' && hexOfBytes(command.command), 'ffca000000');
  say(answer(1, '04a1b2c3d4e5f69000'), GONE);
  assert.equal(told, ['presented storage 04a1b2c3d4e5f6', 'removed']);
});

const UNREAD: readonly (readonly [what: string, reports: readonly Report[], told: string])[] = [
  ['answers with no bytes', [SEEN, CONNECTED, answer(1, '')], 'the card was torn off while it was read'],
  [
    'answers a status alone',
    [SEEN, CONNECTED, answer(1, '6a81')],
    'the card refuses to give its UID (status 6a81)',
  ],
  [
    'gives a UID of 8 bytes',
    [SEEN, CONNECTED, answer(1, '01020304050607089000')],
    'a UID of 8 bytes: ISO 14443 has 4, 7, 10',
  ],
  [
    'cannot be connected',
    [SEEN, { kind: 'failed', why: 'No smart card inserted' }],
    'No smart card inserted',
  ],
  [
    'cannot be asked',
    [SEEN, CONNECTED, { kind: 'failed', id: 1, why: 'RPC transport error' }],
    'RPC transport error',
  ],
  ['leaves before it is connected', [SEEN], 'the card left before it was read'],
  ['leaves before it answers', [SEEN, CONNECTED], 'the card left before it was read'],
];

for (const [what, reports, why] of UNREAD) {
  test(`a card that ${what} is unreadable, then removed, each once`, () => {
    const { say, told } = doorInService();
    say(...reports, GONE);
    assert.equal(told, [`unreadable: ${why}`, 'removed']);
  });
}

test('each step of a card has its own deadline', () => {
  const { say, told, time } = doorInService();
  say(SEEN);
  time.pass(LIMITS.answerMs - 1);
  say(CONNECTED);
  time.pass(LIMITS.answerMs - 1);
  assert.equal(told, []);
  time.pass(1);
  assert.equal(told, ['unreadable: the card did not answer within 500 ms']);
});

test('an answer after the deadline changes nothing the rider was told, and the library does not count as hanging', () => {
  const { host, say, told, time } = doorInService();
  say(SEEN, CONNECTED);
  time.pass(LIMITS.answerMs);
  say(answer(1, '010203049000'));
  time.pass(LIMITS.hangMs);
  say(GONE);
  assert.equal(told, ['unreadable: the card did not answer within 500 ms', 'removed']);
  assert.not(host().killed);
});

test("an earlier card's failure is not the next card's", () => {
  const { say, told } = doorInService();
  say(
    SEEN,
    CONNECTED,
    GONE,
    SEEN,
    CONNECTED,
    { kind: 'failed', id: 1, why: 'too late' },
    answer(2, '010203049000'),
  );
  assert.is(told.at(-1), 'presented storage 01020304');
});

test('a library that hangs on a card loses its host; the card has left, the reader is down and comes back', () => {
  const { hosts, say, told, time } = doorInService();
  say(SEEN, CONNECTED);
  time.pass(LIMITS.answerMs + LIMITS.hangMs);
  assert.ok(hosts[0]?.killed);
  assert.equal(told.slice(1), ['removed', 'down: the reader hangs on a card']);
  time.pass(LIMITS.pauseMs.first);
  say({ kind: 'readers', names: [ACR] });
  assert.is(told.at(-1), `up: ${ACR}`);
});

test('a card that lies on a reader that is lost was removed, before the reader is down', () => {
  const { say, told } = doorInService();
  say(SEEN, CONNECTED, answer(1, '010203049000'), { kind: 'lost', why: 'RPC transport error' });
  assert.equal(told, ['presented storage 01020304', 'removed', 'down: RPC transport error']);
});

test('a reader unplugged is down, and up again when it is plugged in', () => {
  const { host, say, told } = doorInService();
  say({ kind: 'readers', names: [] }, { kind: 'readers', names: [ACR] });
  assert.match(told[0] ?? '', 'none is plugged in');
  assert.is(told[1], `up: ${ACR}`);
  assert.equal(host().orders.at(-1), { kind: 'attach', name: ACR });
});

test('another reader plugged in beside the one in use disturbs nothing', () => {
  const { say, told } = doorInService();
  say({ kind: 'readers', names: ['ACS ACR122U PICC Interface 01 00', ACR] });
  assert.equal(told, []);
});

test('a reader that is not there is said to be down only after PC/SC had time to tell of its readers', () => {
  const { start, say, told, time } = door();
  start();
  say({ kind: 'readers', names: [] });
  time.pass(LIMITS.settleMs - 1);
  assert.equal(told, []);
  time.pass(1);
  assert.match(told[0] ?? '', /^down: no reader fits/);
});

test('a host that says nothing is replaced, with pauses that double to their limit', () => {
  const { start, hosts, told, time } = door();
  start();
  for (const pause of [250, 500, 1000, 2000, 4000, 8000, 10_000, 10_000]) {
    const before = hosts.length;
    time.pass(LIMITS.openMs);
    assert.ok(hosts[before - 1]?.killed);
    time.pass(pause - 1);
    assert.is(hosts.length, before);
    time.pass(1);
    assert.is(hosts.length, before + 1);
  }
  assert.equal(told, ['down: PC/SC did not answer within 10000 ms'], 'the same trouble is told once');
});

test('a reader that stays up begins again from the first pause, one that falls at once does not', () => {
  const { start, hosts, say, time } = door();
  start();
  const fall = (upMs: number): number => {
    say({ kind: 'readers', names: [ACR] });
    time.pass(upMs);
    say({ kind: 'lost', why: 'gone' });
    const before = hosts.length;
    let paused = 0;
    for (; hosts.length === before; paused += 1) time.pass(1);
    return paused;
  };
  assert.equal([fall(0), fall(0), fall(LIMITS.steadyMs), fall(0)], [250, 500, 250, 500]);
});

test('a host that was given up is not heard any more', () => {
  const { hosts, say, told, time } = doorInService();
  say({ kind: 'lost', why: 'gone' });
  time.pass(LIMITS.pauseMs.first);
  hosts[0]?.say({ kind: 'readers', names: [ACR] });
  assert.equal(told, ['down: gone']);
});

test('a reader that is stopped takes its card with it and is silent from then on', async () => {
  const { reader, hosts, say, told, time } = doorInService();
  say(SEEN, CONNECTED, answer(1, '010203049000'));
  await reader.stop();
  assert.ok(hosts[0]?.killed);
  say(GONE, SEEN, { kind: 'lost', why: 'gone' });
  time.pass(60_000);
  assert.equal(told, ['presented storage 01020304', 'removed']);
  assert.is(hosts.length, 1);
});

test('a process that cannot be started is one more reason to be down', () => {
  const told: string[] = [];
  const time = clockwork();
  const openHost = () => {
    throw new Error('EMFILE');
  };
  const reader = pcscReaders([{ readerId: 'door', name: /./ }], {
    limits: LIMITS,
    after: time.after,
    random: () => 0,
    openHost,
  });
  reader.start(event => told.push(inWords(event)));
  assert.match(told[0] ?? '', /down: .*EMFILE/);
});

test('whatever is reported in whatever order, each card told is removed once, and before the next', () => {
  const report = fc.oneof(
    ...[SEEN, CONNECTED, GONE, { kind: 'failed', why: '' } as const].map(fc.constant<Report>),
    fc.record({
      kind: fc.constant('answer' as const),
      id: fc.nat(3),
      bytes: fc.uint8Array({ maxLength: 9 }),
    }),
    fc.record({ kind: fc.constant('failed' as const), id: fc.nat(3), why: fc.constant('') }),
    fc.constantFrom<Report>(
      { kind: 'readers', names: [] },
      { kind: 'readers', names: [ACR] },
      { kind: 'lost', why: '' },
    ),
  );
  const step = fc.oneof(report, fc.nat(6000));
  fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async steps => {
      const { reader, say, told, time } = doorInService();
      for (const next of steps) {
        if (typeof next === 'number') time.pass(next);
        else say(next);
      }
      await reader.stop();
      const cards = told
        .map(words => words.split(/[ :]/)[0] ?? '')
        .filter(word => word !== 'up' && word !== 'down');
      for (const [index, word] of cards.entries()) assert.is(word === 'removed', index % 2 === 1);
      assert.is(cards.length % 2, 0);
    }),
  );
});

test.run();
