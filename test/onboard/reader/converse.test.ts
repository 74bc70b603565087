import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Command, Response } from '../../../src/core/card/apdu.ts';
import type { Dialogue } from '../../../src/core/card/dialogue.ts';
import { type FaultCode, TuraError } from '../../../src/core/error.ts';
import { bytesOfHex, hexOfBytes } from '../../../src/core/hex.ts';
import { tornOff } from '../../../src/onboard/reader/chip.ts';
import { converse } from '../../../src/onboard/reader/converse.ts';
import { clockwork } from '../clockwork.ts';

const READ: Command = { cla: 0x00, ins: 0xb2, p1: 0x01, p2: 0x0c, le: 256 };

/** Asks `times` times and says what it was answered. */
function* asking(times: number): Dialogue<string> {
  const said: string[] = [];
  for (let turn = 0; turn < times; turn++) {
    const { status, data }: Response = yield { ...READ, p1: turn + 1 };
    said.push(`${hexOfBytes(data)}/${status.toString(16)}`);
  }
  return said.join(' ');
}

async function codeOf(talk: Promise<unknown>): Promise<FaultCode> {
  const fault = await talk.catch((thrown: unknown) => thrown);
  assert.instance(fault, TuraError);
  return (fault as TuraError).code;
}

test('commands go out one after another, answers come back, and the dialogue has its result', async () => {
  const asked: string[] = [];
  const chip = {
    transmit: async (command: Uint8Array) => {
      asked.push(hexOfBytes(command));
      return bytesOfHex(`0${asked.length}9000`);
    },
  };
  const patience = { timers: clockwork(), deadlineMs: 1000 };
  assert.is(await converse(chip, asking(2), patience), '01/9000 02/9000');
  assert.equal(asked, ['00b2010c00', '00b2020c00']);
});

test('a dialogue that asks nothing needs no chip', async () => {
  const chip = { transmit: () => Promise.reject(new Error('nobody asked')) };
  assert.is(await converse(chip, asking(0), { timers: clockwork(), deadlineMs: 1000 }), '');
});

test('a card taken away ends the dialogue as the chip says', async () => {
  const chip = { transmit: () => Promise.reject(tornOff('front')) };
  assert.is(
    await codeOf(converse(chip, asking(1), { timers: clockwork(), deadlineMs: 1000 })),
    'card-torn-off',
  );
});

for (const bytes of [0, 1, 259]) {
  test(`${bytes} bytes are no answer, and the fault of the reader`, async () => {
    const chip = { transmit: async () => new Uint8Array(bytes) };
    assert.is(
      await codeOf(converse(chip, asking(1), { timers: clockwork(), deadlineMs: 1000 })),
      'reader-fault',
    );
  });
}

test('the whole dialogue has one deadline: a chip that answers each time, and slowly, is too late', async () => {
  const timers = clockwork();
  const answering = (times: number) => {
    const slow = () =>
      new Promise<Uint8Array>(resolve => timers.after(400, () => resolve(bytesOfHex('9000'))));
    return converse({ transmit: slow }, asking(times), { timers, deadlineMs: 1000 });
  };
  const passing = async () => {
    for (let turn = 0; turn < 3; turn++) {
      timers.pass(400);
      await new Promise(setImmediate);
    }
  };
  const [inTime, late] = [answering(2), codeOf(answering(3))];
  await passing();
  assert.equal([await inTime, await late], ['/9000 /9000', 'card-too-late']);
});

test('a chip that never answers is too late at the deadline, and not before', async () => {
  const timers = clockwork();
  let settled = false;
  const talk = codeOf(
    converse({ transmit: () => new Promise(() => undefined) }, asking(1), { timers, deadlineMs: 1000 }),
  );
  void talk.then(() => {
    settled = true;
  });
  timers.pass(999);
  await new Promise(setImmediate);
  assert.not(settled);
  timers.pass(1);
  assert.is(await talk, 'card-too-late');
});

test('a dialogue that is over leaves no deadline behind', async () => {
  const timers = clockwork();
  let armed = 0;
  const counting = {
    after: (ms: number, then: () => void) => {
      armed += 1;
      const cancel = timers.after(ms, then);
      return () => {
        armed -= 1;
        cancel();
      };
    },
  };
  const patience = { timers: counting, deadlineMs: 1000 };
  await converse({ transmit: async () => bytesOfHex('9000') }, asking(1), patience);
  await codeOf(converse({ transmit: () => Promise.reject(tornOff('front')) }, asking(1), patience));
  assert.is(armed, 0);
});

test('whatever a chip answers, the dialogue is answered so or the reader is at fault', () =>
  fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async bytes => {
      const talk = converse({ transmit: async () => bytes }, asking(1), {
        timers: clockwork(),
        deadlineMs: 1,
      });
      const isAnswer = bytes.length >= 2 && bytes.length <= 258;
      if (isAnswer) assert.ok((await talk).startsWith(hexOfBytes(bytes.subarray(0, -2))));
      else assert.is(await codeOf(talk), 'reader-fault');
    }),
  ));

test.run();
