/** Cards with applications at the doors of a vehicle: who they are, what is shown meanwhile, and what happens when they leave. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { BankApplication } from '../../../src/core/card/virtual/bank.ts';
import { virtualChip } from '../../../src/core/card/virtual/chip.ts';
import { epoch } from '../../../src/core/time.ts';
import type { Chip } from '../../../src/onboard/reader/chip.ts';
import { tornOff } from '../../../src/onboard/reader/chip.ts';
import { readRecord } from '../../../src/wire/record/record.ts';
import { CO_BADGED, MIR, VISA } from '../../core/card/bank-cards.ts';
import { ANNA, type Bench, bench, CLEAR_LIST, DMITRY, opened } from './bench.ts';

const PAID = 'accepted fare-paid entitlement-unknown';
const RANDOM = Uint8Array.of(0x08, 0x5d, 0x0e, 0x9b);

/** A chip that answers when it is let, and fails when it is told to. */
class HeldChip implements Chip {
  readonly #answers: (command: Uint8Array) => Uint8Array;
  readonly #waiting: (() => void)[] = [];
  #torn = false;
  asked = 0;

  constructor(bank?: BankApplication) {
    this.#answers = virtualChip({ bank });
  }

  transmit(command: Uint8Array): Promise<Uint8Array> {
    this.asked += 1;
    return new Promise((resolve, reject) => {
      const answer = () => (this.#torn ? reject(tornOff('front')) : resolve(this.#answers(command)));
      if (this.#torn) answer();
      else this.#waiting.push(answer);
    });
  }

  /** Answers what was asked, and all that is asked after it. */
  async answer(times = Number.POSITIVE_INFINITY): Promise<void> {
    for (let left = times; left > 0; left--) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      next();
      await settled();
    }
  }

  async tear(): Promise<void> {
    this.#torn = true;
    await this.answer();
  }
}

function settled(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve));
}

async function taps(own: Bench, readerId: string, chip: HeldChip, uid = RANDOM): Promise<void> {
  own.reader.holds(readerId, uid, chip);
  await chip.answer();
  own.reader.says({ kind: 'removed', readerId });
}

function lastRecord({ journal }: Bench) {
  return readRecord(journal.outbox(100).at(-1)?.bytes ?? new Uint8Array());
}

test('a bank card pays by its application, whatever its UID, and its record says how it is known', async () => {
  const own = bench();
  await taps(own, 'front', new HeldChip(MIR));
  assert.equal(own.said(), [`front ${PAID}`]);
  const { token, furtherTokens, scheme, assurance, mediumClass, paymentEnvelopeRef } = lastRecord(own);
  assert.equal(
    { kind: token?.kind, scheme, assurance, mediumClass, paymentEnvelopeRef },
    {
      kind: 'instrument',
      scheme: 'mir',
      assurance: 'uid',
      mediumClass: 'bank-card',
      paymentEnvelopeRef: undefined,
    },
  );
  assert.equal(
    furtherTokens?.map(({ kind }) => kind),
    ['pan'],
  );
});

test('the same card is the same at the other door, under another random UID', async () => {
  const own = bench();
  await taps(own, 'front', new HeldChip(MIR));
  await taps(own, 'rear', new HeldChip(MIR), Uint8Array.of(0x08, 1, 2, 3));
  assert.equal(own.said(), [`front ${PAID}`, `rear ${PAID} repeated`]);
  assert.is(own.journal.outboxSize(), 1);
});

test('a co-badged card is the same card by whichever scheme it is read', async () => {
  const token = async (schemes: readonly ('mir' | 'unionpay')[]) => {
    const own = bench(({ device }) => ({ device: { ...device, schemes: [...schemes] } }));
    await taps(own, 'front', new HeldChip(CO_BADGED));
    const record = lastRecord(own);
    return [record.scheme, record.token?.value] as const;
  };
  const [[mir, asMir], [unionpay, asUnionpay]] = [await token([]), await token(['unionpay'])];
  assert.equal([mir, unionpay], ['mir', 'unionpay']);
  assert.is(asMir, asUnionpay);
});

test('a chip that shows no application is known by its UID', async () => {
  const own = bench(({ tariffs }) => ({
    tariffs: [{ ...tariffs[0], mediumByForm: { 'iso14443-4': 'transport-card' } }],
  }));
  await taps(own, 'front', new HeldChip(), ANNA);
  assert.equal(own.said(), [`front ${PAID}`]);
  assert.is(lastRecord(own).token?.kind, 'uid');
});

test('a chip without an application that draws its UID anew is declined by name', async () => {
  const own = bench();
  await taps(own, 'front', new HeldChip());
  assert.equal(own.said(), ['front declined random-uid']);
});

test('a card is spoken to at one door while another is taken at the other', async () => {
  const own = bench();
  const chip = new HeldChip(MIR);
  own.reader.holds('front', RANDOM, chip);
  await chip.answer(2);
  own.reader.tap('rear', DMITRY);
  assert.equal(own.said(), [`rear ${PAID}`]);
  await chip.answer();
  assert.equal(own.said(), [`front ${PAID}`]);
});

for (let commands = 0; commands < 5; commands++) {
  test(`a card torn off after ${commands} commands is asked for again, nothing is recorded, and the next is taken`, async () => {
    const own = bench();
    const chip = new HeldChip(MIR);
    own.reader.holds('front', RANDOM, chip);
    await chip.answer(commands);
    await chip.tear();
    own.reader.says({ kind: 'removed', readerId: 'front' });
    assert.equal(own.said(), ['front again the card left before it was read']);
    assert.is(own.journal.outboxSize(), 0);
    await taps(own, 'front', new HeldChip(MIR));
    assert.equal(own.said(), [`front ${PAID}`]);
    assert.equal(own.faults, []);
  });
}

test('what happens at a reader while its card is spoken to waits for the end, and keeps its order', async () => {
  const own = bench();
  const [first, second] = [new HeldChip(MIR), new HeldChip(VISA)];
  own.reader.holds('front', RANDOM, first);
  own.reader.says({ kind: 'removed', readerId: 'front' });
  own.reader.holds('front', RANDOM, second);
  own.reader.says({ kind: 'removed', readerId: 'front' });
  own.reader.tap('front', DMITRY);
  assert.is(second.asked, 0);
  await first.answer();
  await second.answer();
  assert.equal(own.said(), [`front ${PAID}`, `front ${PAID}`, `front ${PAID}`]);
});

test('a reader that goes down while its card is spoken to is down when that is over', async () => {
  const own = bench();
  const chip = new HeldChip(MIR);
  own.reader.holds('front', RANDOM, chip);
  own.reader.says({ kind: 'removed', readerId: 'front' });
  own.reader.says({ kind: 'down', readerId: 'front', why: 'unplugged' });
  await chip.tear();
  assert.equal(own.said(), [
    'front again the card left before it was read',
    'front fault reader-fault unplugged',
  ]);
});

test('a chip that answers no more is asked for again at the deadline', async () => {
  const own = bench();
  const chip = new HeldChip(MIR);
  own.reader.holds('front', RANDOM, chip);
  await chip.answer(2);
  own.timers.pass(1_000);
  await settled();
  assert.equal(own.said(), ['front again the card did not say everything within 1000 ms']);
});

test('the moment of a tap is when the card has said who it is', async () => {
  const own = bench();
  const chip = new HeldChip(MIR);
  own.reader.holds('front', RANDOM, chip);
  const late = epoch(own.clock.now() + 300);
  own.clock.advanceTo(late);
  await chip.answer();
  assert.is(lastRecord(own).eventTimeMs, late);
});

test('a chip whose driver fails in a way of its own is told, and the card was not understood', async () => {
  const own = bench();
  own.reader.holds('front', RANDOM, { transmit: () => Promise.reject(new TypeError('x is not a function')) });
  await settled();
  assert.equal(own.said(), ['front again the card was not understood']);
  assert.match(String(own.faults), /x is not a function/);
});

test('the stop list is asked by every token of a bank card and by its first eight digits', async () => {
  const asked: unknown[] = [];
  const list = opened({
    ...CLEAR_LIST,
    lookup: (question: { tokens: readonly { kind: string }[]; bin?: string | undefined }) => {
      asked.push([question.tokens.map(({ kind }) => kind), question.bin]);
      return CLEAR_LIST.lookup();
    },
  });
  const own = bench(() => ({ stopList: list }));
  await taps(own, 'front', new HeldChip(MIR));
  own.reader.tap('front', ANNA);
  assert.equal(asked, [
    [['instrument', 'pan'], '22009980'],
    [['uid'], undefined],
  ]);
});

test('a vehicle that is stopped lets nobody stand in mid-sentence', async () => {
  const own = bench();
  const chip = new HeldChip(MIR);
  own.reader.holds('front', RANDOM, chip);
  const stopped = own.vehicle.stop();
  await chip.answer();
  await stopped;
  assert.equal(own.said(), [`front ${PAID}`]);
});

test.run();
