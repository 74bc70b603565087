import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { hexOfBytes } from '../../../../src/core/hex.ts';
import { LIMITS } from '../../../../src/onboard/reader/pcsc/limits.ts';
import type { Report } from '../../../../src/onboard/reader/pcsc/protocol.ts';
import { ACR, answer, CONNECTED, doorInService, GONE, SEEN } from './door.ts';

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
