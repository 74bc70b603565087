/** Bank cards that pay later, on board: what they are paid by is sealed and on disk before the rider is answered. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { readTlv } from '../../../src/core/card/tlv.ts';
import { type ChipContents, virtualChip } from '../../../src/core/card/virtual/chip.ts';
import { TuraError } from '../../../src/core/error.ts';
import { hexOfBytes } from '../../../src/core/hex.ts';
import { readAcquirerKey } from '../../../src/onboard/payment/acquirer-key.ts';
import { openFolderSink } from '../../../src/onboard/payment/folder-sink.ts';
import type { PaymentSink } from '../../../src/onboard/payment/payments.ts';
import { readRecord } from '../../../src/wire/record/record.ts';
import { MIR, VISA } from '../../core/card/bank-cards.ts';
import { readEdited } from '../../tariffs.ts';
import { withFolder } from '../../temporary.ts';
import { ACQUIRER_KEY, open } from '../payment/acquirer.ts';
import { ANNA, type Bench, bench } from './bench.ts';

const acquirer = readAcquirerKey(ACQUIRER_KEY);
const RANDOM = Uint8Array.of(0x08, 0x5d, 0x0e, 0x9b);
const { tariff: ON_CREDIT } = readEdited([
  'tariff.yaml',
  'passback:',
  "openLoop: { media: [bank-card], aggregate: day, firstRide: '100.00', floorLimit: '500.00', retryDays: [1], source: assumed }\npassback:",
]);

function paying(sink: PaymentSink, more: Parameters<typeof bench>[1] = undefined): Bench {
  return bench(() => ({ tariffs: [ON_CREDIT], payments: { acquirer, sink } }), more);
}

async function taps({ reader }: Bench, readerId: string, contents: ChipContents): Promise<void> {
  const chip = virtualChip(contents);
  reader.holds(readerId, RANDOM, { transmit: async command => chip(command) });
  await new Promise(setImmediate);
  reader.says({ kind: 'removed', readerId });
}

test('the payment is on disk when the rider is answered; the acquirer opens it, and the record names it', () =>
  withFolder(async folder => {
    const atAnswer: number[] = [];
    const own = paying(openFolderSink(folder), () => atAnswer.push(readdirSync(folder).length));
    await taps(own, 'front', { bank: MIR });
    assert.equal(atAnswer, [1]);
    const { paymentEnvelopeRef } = readRecord(own.journal.outbox(1)[0]?.bytes ?? new Uint8Array());
    const bytes = readFileSync(join(folder, `${paymentEnvelopeRef}.cbor`));
    const read = readTlv(await open(bytes));
    const data = new Map(
      read.kind === 'elements' ? read.elements.map(({ tag, value }) => [tag, hexOfBytes(value)]) : [],
    );
    assert.is(data.get(0x5a), MIR.pan);
    assert.is(data.get(0x5f34), MIR.psn);
    assert.is(data.get(0x84), 'a0000006581010');
    assert.is(data.get(0x9f37), '07070707');
  }));

test('only what is to be paid later is kept: not a transport card, nor a card that is shown again', () =>
  withFolder(async folder => {
    const own = paying(openFolderSink(folder));
    own.reader.tap('front', ANNA);
    await taps(own, 'front', { bank: MIR });
    await taps(own, 'rear', { bank: MIR });
    assert.is(readdirSync(folder).length, 1);
    await taps(own, 'front', { bank: VISA });
    assert.is(readdirSync(folder).length, 2);
  }));

test('a sink that keeps nothing stops bank cards in words, and nobody else; a card held there again pays', async () => {
  let full = true;
  const kept: string[] = [];
  const own = paying({
    keep: ({ ref }) => {
      if (full) throw new TuraError('payments-waiting', 'payment folder x: 2 payments wait');
      kept.push(ref);
    },
  });
  await taps(own, 'front', { bank: MIR });
  own.reader.tap('rear', ANNA);
  assert.equal(own.said(), [
    'front again payment folder x: 2 payments wait',
    'rear accepted fare-paid entitlement-unknown',
  ]);
  assert.is(own.journal.outboxSize(), 1);
  assert.match(String(own.faults), /2 payments wait/);
  full = false;
  await taps(own, 'front', { bank: MIR });
  assert.equal(own.said(), ['front accepted fare-paid entitlement-unknown']);
  assert.is(kept.length, 1);
});

test('without an acquirer a bank card rides on credit all the same, and nothing is kept', async () => {
  const own = bench(() => ({ tariffs: [ON_CREDIT] }));
  await taps(own, 'front', { bank: MIR });
  assert.equal(own.said(), ['front accepted fare-paid entitlement-unknown']);
  assert.is(readRecord(own.journal.outbox(1)[0]?.bytes ?? new Uint8Array()).paymentEnvelopeRef, undefined);
});

test.run();
