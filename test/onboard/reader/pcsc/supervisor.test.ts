import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { LIMITS } from '../../../../src/onboard/reader/pcsc/limits.ts';
import { pcscReaders } from '../../../../src/onboard/reader/pcsc/open.ts';
import { clockwork } from '../../clockwork.ts';
import { ACR, answer, CONNECTED, door, doorInService, GONE, inWords, SEEN } from './door.ts';

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
  const reader = pcscReaders([{ readerId: 'door', name: '' }], {
    limits: LIMITS,
    after: time.after,
    random: () => 0,
    openHost,
  });
  reader.start(event => told.push(inWords(event)));
  assert.match(told[0] ?? '', /down: .*EMFILE/);
});

test.run();
