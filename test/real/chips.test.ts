/** Cards with applications on the real pcscd: what is said to a chip, and what it answers, is what the simulated reader has. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Dialogue } from '../../src/core/card/dialogue.ts';
import { readChip } from '../../src/core/card/read-chip.ts';
import { counterIn } from '../../src/core/card/transit/layout.ts';
import { openTransit, writeTransit } from '../../src/core/card/transit/talk.ts';
import { type ChipContents, virtualChip } from '../../src/core/card/virtual/chip.ts';
import { TuraError } from '../../src/core/error.ts';
import { hexOfBytes } from '../../src/core/hex.ts';
import type { Chip } from '../../src/onboard/reader/chip.ts';
import { converse } from '../../src/onboard/reader/converse.ts';
import { LIMITS } from '../../src/onboard/reader/pcsc/limits.ts';
import { openPcscReaders } from '../../src/onboard/reader/pcsc/open.ts';
import type { Reader } from '../../src/onboard/reader/reader.ts';
import { SimulatedReader } from '../../src/onboard/reader/simulated.ts';
import { systemTimers } from '../../src/onboard/timers.ts';
import { CO_BADGED, MASTERCARD, MIR, UNIONPAY, VISA, WITH_REFERENCE } from '../core/card/bank-cards.ts';
import { TERMINAL } from '../core/card/play.ts';
import { bytesOf, issued, plain, reading, standing } from '../core/card/transit/cards.ts';
import { type Heard, heard } from './heard.ts';
import { needs } from './needs.ts';
import { PCSCD_PARTS, type PrivatePcscd, privatePcscd } from './private-pcscd.ts';
import { chipCard, leavesAt, muteCard, present, storageCard, type VirtualFace } from './virtual-card.ts';

const onPcscd = needs(...PCSCD_PARTS);
const READER = 'front';
const UID = '085d0e9b';
/** For a machine that does other work besides; a vehicle's own are shorter. Of one answer, then of all of a card's. */
const ANSWER_MS = 3_000;
const PATIENCE = { timers: systemTimers, deadlineMs: 10_000 };

interface Bench {
  readonly pcscd: PrivatePcscd;
  readonly reader: Reader;
  readonly heard: Heard;
}

let bench: Bench | undefined;

async function inService(): Promise<Bench> {
  if (bench !== undefined) return bench;
  const pcscd = await privatePcscd();
  Object.assign(process.env, pcscd.env);
  await pcscd.start();
  const reader = await openPcscReaders([{ readerId: READER, name: 'Interface 00 00' }], {
    ...LIMITS,
    answerMs: ANSWER_MS,
    hangMs: 2_000,
    steadyMs: 100,
  });
  bench = { pcscd, reader, heard: heard() };
  reader.start(bench.heard.listener);
  await bench.heard.until(READER, 'up');
  return bench;
}

test.after(async () => {
  await bench?.reader.stop();
  await bench?.pcscd.close();
});

/** Bytes that came through a process are another kind of bytes. */
function wordsOf(outcome: unknown): string {
  const isTransit = typeof outcome === 'object' && outcome !== null && 'state' in outcome;
  return isTransit ? `transit ${hexOfBytes(outcome.state as Uint8Array)}` : JSON.stringify(outcome);
}

/** What was said, command and answer in turn, and what it came to. */
async function talk(chip: Chip): Promise<{ said: string[]; came: string }> {
  const said: string[] = [];
  const overheard: Chip = {
    transmit: async command => {
      said.push(`> ${hexOfBytes(command)}`);
      const answer = await chip.transmit(command);
      said.push(`< ${hexOfBytes(answer)}`);
      return answer;
    },
  };
  const question = readChip({ transit: reading(), terminal: TERMINAL, preferred: ['mir'] });
  const outcome = await converse(overheard, question, PATIENCE).catch((fault: unknown) => fault);
  return { said, came: outcome instanceof TuraError ? outcome.code : wordsOf(outcome) };
}

/** Lays the card there, talks to its chip, and takes it away. */
async function onReal(face: VirtualFace): Promise<{ said: string[]; came: string }> {
  const { pcscd, heard } = await inService();
  const card = await present(pcscd.slots[0].port, face);
  const { chip } = await heard.until(READER, 'presented');
  if (chip === undefined) throw new Error('the card was presented without a chip');
  const talked = await talk(chip);
  await card.takeAway();
  await heard.until(READER, 'removed');
  return talked;
}

async function onSimulated(contents: ChipContents): Promise<{ said: string[]; came: string }> {
  const reader = new SimulatedReader(READER);
  const chips: Chip[] = [];
  reader.start(event => {
    if (event.kind === 'presented' && event.chip !== undefined) chips.push(event.chip);
  });
  const tapped = reader.tap({ uid: Uint8Array.of(8, 1, 2, 3), form: 'iso14443-4' }, virtualChip(contents));
  const [chip] = chips;
  if (chip === undefined) throw new Error('the card was presented without a chip');
  const talked = await talk(chip);
  reader.show(READER);
  await tapped;
  return talked;
}

/** Made anew for each reader: a card draws the same challenges from the same beginning. */
const contentsOf = (contents: ChipContents | 'resident'): ChipContents =>
  contents === 'resident' ? { transit: issued(), bank: MIR } : contents;

const CARDS: readonly (readonly [what: string, contents: ChipContents | 'resident', commands: number])[] = [
  ['a Mir card', { bank: MIR }, 6],
  ['a Mir card with an account reference', { bank: WITH_REFERENCE }, 6],
  ['a Visa card', { bank: VISA }, 4],
  ['a Mastercard', { bank: MASTERCARD }, 6],
  ['a UnionPay card', { bank: UNIONPAY }, 6],
  ['a card of two schemes', { bank: CO_BADGED }, 6],
  ['a chip with nothing on it', {}, 2],
  ['a resident card', 'resident', 2],
];

for (const [what, contents, commands] of CARDS) {
  onPcscd(`${what} is read through pcscd byte for byte as by the simulated reader`, async () => {
    const real = await onReal(chipCard(UID, contentsOf(contents)));
    assert.equal(real, await onSimulated(contentsOf(contents)));
    assert.is(real.said.length, commands * 2);
    const { bank, transit } = contentsOf(contents);
    assert.match(real.came, transit ? 'transit 01000001' : (bank?.pan ?? 'no-application'));
  });
}

for (const count of [1, 2, 3, 4, 5, 6]) {
  onPcscd(`a card torn off at its command ${count} is told so`, async () => {
    const torn = await onReal(leavesAt(count, chipCard(UID, { bank: MIR })));
    assert.match(torn.came, /card-torn-off|reader-fault/);
    assert.is(torn.said.length, count * 2 - 1);
  });
}

for (const [what, at, counter] of [
  ['written', undefined, 2],
  ['torn off before it is written', 3, 1],
  ['torn off before it has proven itself', 2, 1],
] as const) {
  onPcscd(`a resident card ${what} through pcscd has been written ${counter} times`, async () => {
    const card = issued();
    const face = chipCard(UID, { transit: card });
    const { pcscd, heard } = await inService();
    const held = await present(pcscd.slots[0].port, at === undefined ? face : leavesAt(at, face));
    const { chip } = await heard.until(READER, 'presented');
    const state = bytesOf(plain({ counter: 2 }));
    function* tap(): Dialogue<string> {
      const opening = yield* openTransit(reading());
      return opening.kind === 'transit' ? (yield* writeTransit(opening, state)).kind : opening.kind;
    }
    const came = await converse(chip as Chip, tap(), PATIENCE).catch((fault: TuraError) => fault.code);
    assert.match(came, at === undefined ? 'written' : /card-torn-off|reader-fault/);
    await held.takeAway();
    await heard.until(READER, 'removed');
    assert.is(counterIn(standing(card)), counter);
  });
}

onPcscd('after all of them the next card is read', async () => {
  assert.match((await onReal(chipCard(UID, { bank: VISA }))).came, VISA.pan);
});

onPcscd(
  'a chip that stops answering is too late at the deadline of its command, and the reader goes on',
  async () => {
    const mute = muteCard();
    const uidOnly = storageCard(UID);
    const { atr } = chipCard(UID, {});
    const slow = await onReal({
      atr,
      answer: command => (command.startsWith('ffca') ? uidOnly.answer(command) : mute.answer(command)),
    });
    assert.is(slow.came, 'card-too-late');
    assert.match((await onReal(chipCard(UID, { bank: MIR }))).came, MIR.pan);
  },
);

onPcscd(
  'pcscd killed in mid-sentence: the card has left, the reader falls and rises, and the next card is read',
  async () => {
    const { pcscd, heard } = await inService();
    const card = chipCard(UID, { bank: MIR });
    let killed: Promise<void> | undefined;
    await present(pcscd.slots[0].port, {
      atr: card.atr,
      answer: command => {
        if (!command.startsWith('80a8')) return card.answer(command);
        killed = pcscd.kill();
        return 'silence';
      },
    });
    const { chip } = await heard.until(READER, 'presented');
    assert.match((await talk(chip as Chip)).came, /card-torn-off|reader-fault|card-too-late/);
    await heard.until(READER, 'down');
    await killed;
    await pcscd.start();
    await heard.until(READER, 'up');
    assert.match((await onReal(chipCard(UID, { bank: MIR }))).came, MIR.pan);
  },
);

test.run();
