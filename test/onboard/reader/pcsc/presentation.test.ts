import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { TuraError } from '../../../../src/core/error.ts';
import { bytesOfHex, hexOfBytes } from '../../../../src/core/hex.ts';
import { LIMITS } from '../../../../src/onboard/reader/pcsc/limits.ts';
import type { Report } from '../../../../src/onboard/reader/pcsc/protocol.ts';
import { ACR, answer, CONNECTED, CONNECTED_CHIP, doorInService, GONE, SEEN } from './door.ts';

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

const SELECT = bytesOfHex('00a404000e325041592e5359532e444446303100');

/** A card with applications lies there; its chip is at hand. */
function chipInField() {
  const here = doorInService();
  here.say(SEEN, CONNECTED_CHIP, answer(1, '04a1b2c3d4e5f69000'));
  const [chip] = here.chips;
  if (chip === undefined) throw new Error('no chip was presented');
  return { ...here, chip };
}

async function faultOf(said: Promise<Uint8Array>): Promise<string> {
  const fault = await said.catch((thrown: unknown) => thrown);
  return fault instanceof TuraError ? `${fault.code}: ${fault.message}` : String(fault);
}

test('a storage card has no chip; one with applications is told with it', () => {
  const { say, chips, told } = doorInService();
  say(SEEN, CONNECTED, answer(1, '010203049000'), GONE);
  assert.is(chips.length, 0);
  say(SEEN, CONNECTED_CHIP, answer(2, '010203049000'));
  assert.is(chips.length, 1);
  assert.is(told.at(-1), 'presented iso14443-4 01020304');
});

test('what a chip is asked goes to the card, and its answer comes back, status and all', async () => {
  const { host, say, chip } = chipInField();
  const said = chip.transmit(SELECT);
  assert.equal(host().orders.at(-1), { kind: 'transmit', id: 2, command: SELECT, maxLength: 258 });
  say(answer(2, '6f009000'));
  assert.is(hexOfBytes(await said), '6f009000');
  const again = chip.transmit(SELECT);
  say(answer(3, '6a82'));
  assert.is(hexOfBytes(await again), '6a82');
});

const CHIP_FAULTS: readonly (readonly [what: string, reports: readonly Report[], fault: string])[] = [
  ['leaves', [GONE], 'card-torn-off: the card left before it was read'],
  ['answers with no bytes', [answer(2, '')], 'card-torn-off: the card left before it was read'],
  ['fails', [{ kind: 'failed', id: 2, why: 'Card was reset' }], 'reader-fault: Card was reset'],
  [
    'is on a reader that is unplugged',
    [{ kind: 'readers', names: [] }],
    'card-torn-off: the card left before it was read',
  ],
  [
    'is on a reader whose host is lost',
    [{ kind: 'lost', why: 'x' }],
    'card-torn-off: the card left before it was read',
  ],
];

for (const [what, reports, fault] of CHIP_FAULTS) {
  test(`a chip that ${what} while it is asked says so, then and ever after`, async () => {
    const { say, chip } = chipInField();
    const said = faultOf(chip.transmit(SELECT));
    say(...reports);
    assert.is(await said, fault);
    assert.is(await faultOf(chip.transmit(SELECT)), fault);
  });
}

test('each command of a chip has its own deadline; beyond it a late answer is nothing, and the library does not hang', async () => {
  const { say, chip, host, time } = chipInField();
  const first = chip.transmit(SELECT);
  time.pass(LIMITS.answerMs - 1);
  say(answer(2, '9000'));
  await first;
  const late = faultOf(chip.transmit(SELECT));
  time.pass(LIMITS.answerMs);
  assert.is(await late, 'card-too-late: the card did not answer within 500 ms');
  say(answer(3, '9000'));
  assert.match(await faultOf(chip.transmit(SELECT)), 'card-too-late');
  time.pass(LIMITS.hangMs);
  assert.not(host().killed);
});

test('a chip on which the library hangs loses its host, and the reader comes back', async () => {
  const { say, chip, hosts, told, time } = chipInField();
  const late = faultOf(chip.transmit(SELECT));
  time.pass(LIMITS.answerMs + LIMITS.hangMs);
  assert.match(await late, 'card-too-late');
  assert.ok(hosts[0]?.killed);
  assert.equal(told.slice(1), ['removed', 'down: the reader hangs on a card']);
  time.pass(LIMITS.pauseMs.first);
  say({ kind: 'readers', names: [ACR] });
  assert.is(told.at(-1), `up: ${ACR}`);
});

test("a chip that was taken away is not the next card's", async () => {
  const { say, chip, host } = chipInField();
  say(GONE, SEEN, CONNECTED_CHIP, answer(2, '010203049000'));
  assert.match(await faultOf(chip.transmit(SELECT)), 'card-torn-off');
  assert.is(host().orders.length, 3, 'attached, and each card asked for its UID');
});

test('a chip is asked one thing at a time: two at once are a slip of ours', async () => {
  const { say, chip } = chipInField();
  const first = chip.transmit(SELECT);
  assert.match(await faultOf(chip.transmit(SELECT)), /broken invariant: .* one thing at a time/);
  say(answer(2, '9000'));
  await first;
});

test('the light is lit through the card that lies there, and not while it is asked, nor when it has left', async () => {
  const { reader, say, chip, host } = chipInField();
  const shown = { kind: 'again', why: '' } as const;
  const lit = () =>
    host().orders.filter(
      order => order.kind === 'transmit' && order.command[1] === 0x00 && order.command[2] === 0x40,
    );
  reader.show?.('door', shown);
  assert.is(lit().length, 1);
  reader.show?.('another', shown);
  const said = chip.transmit(SELECT);
  reader.show?.('door', shown);
  say({ kind: 'failed', id: 2, why: 'no lights here' }, answer(3, '9000'));
  assert.is(hexOfBytes(await said), '9000', 'what the light answers is nothing to the card');
  say(GONE);
  reader.show?.('door', shown);
  assert.is(lit().length, 1);
});

test('whatever is reported in whatever order, each card told is removed once, and before the next', () => {
  const report = fc.oneof(
    ...[SEEN, CONNECTED, CONNECTED_CHIP, GONE, { kind: 'failed', why: '' } as const].map(fc.constant<Report>),
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
  // `true`: whatever chips there were are asked something, and whether they answer is their own affair.
  const step = fc.oneof(report, fc.nat(6000), fc.constant(true as const));
  fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async steps => {
      const { reader, say, told, time, chips } = doorInService();
      for (const next of steps) {
        if (typeof next === 'number') time.pass(next);
        else if (next === true) for (const chip of chips) chip.transmit(SELECT).catch(() => undefined);
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
