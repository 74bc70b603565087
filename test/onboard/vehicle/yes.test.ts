/** A rider who is asked whether the bank application pays, and says yes to the driver: the card was never taken away. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { virtualChip } from '../../../src/core/card/virtual/chip.ts';
import { MIR, VISA } from '../../core/card/bank-cards.ts';
import { issued, plain } from '../../core/card/transit/cards.ts';
import { bench } from './bench.ts';
import {
  after,
  blockedWith,
  lays,
  PAID,
  quiet,
  TARIFFS,
  taps,
  UID,
  vehicle,
  yes,
} from './two-applications.ts';

for (const [seconds, said] of [
  [10, ['yes', PAID]],
  [10.001, ['nobody-asked']],
] as const) {
  test(`a yes to the driver after ${seconds} s: ${said[0]}`, async () => {
    const own = vehicle('ask');
    await lays(own, blockedWith(MIR));
    after(own, seconds);
    assert.equal(await yes(own), said);
  });
}

test('a driver says yes for nobody who was not asked, whose card has gone, or whose tariff asks nobody', async () => {
  const gone = vehicle('ask');
  await taps(gone, blockedWith(MIR));
  assert.equal(await yes(gone), ['nobody-asked']);
  assert.equal(await taps(gone, blockedWith(MIR)), [PAID], 'who holds it there again has said it alone');
  const plainly = vehicle('ask');
  await lays(plainly, { transit: issued(), bank: MIR });
  assert.equal(await yes(plainly), ['nobody-asked']);
  const never = vehicle('never');
  await lays(never, blockedWith(MIR));
  assert.equal(await yes(never), ['nobody-asked']);
});

test('of two cards that lie at two doors the driver pays with neither', async () => {
  const own = vehicle('ask');
  await lays(own, blockedWith(MIR), 'front');
  await lays(own, blockedWith(VISA), 'rear');
  assert.equal(await yes(own), ['two-asked']);
  own.reader.says({ kind: 'removed', readerId: 'front' });
  assert.equal(await yes(own), ['yes', PAID.replace('front', 'rear')]);
});

test('a card that leaves as the driver says yes is asked for again, and pays when it is held there', async () => {
  const own = vehicle('ask');
  const { leaves } = await lays(own, blockedWith(MIR));
  leaves();
  assert.equal(await yes(own), ['yes', 'front again the card left before it was read']);
  assert.is(own.journal.outboxSize(), 1);
  own.reader.says({ kind: 'removed', readerId: 'front' });
  assert.equal(await taps(own, blockedWith(MIR)), [PAID]);
});

test('a yes that comes while another card is decided on is carried out after it', async () => {
  const own = vehicle('ask');
  await lays(own, blockedWith(MIR));
  const answers = virtualChip({ transit: issued(plain({ isBlocked: true })) });
  let commands = 0;
  let goOn: () => void = () => undefined;
  const heldUp = new Promise<void>(resolve => {
    goOn = resolve;
  });
  own.reader.holds('rear', UID, {
    transmit: async command => {
      commands += 1;
      // Its bank application is looked for.
      if (commands === 3) await heldUp;
      return answers(command);
    },
  });
  await quiet();
  const told = yes(own);
  await quiet();
  assert.equal(own.said(), []);
  goOn();
  assert.equal(await told, ['yes', 'rear declined card-blocked', PAID]);
});

test('a driver who is off duty says yes for nobody where taps need a shift', async () => {
  const own = bench(({ device }) => ({
    tariffs: TARIFFS.ask,
    device: { ...device, driver: { ...device.driver, shift: 'required' } },
  }));
  await own.vehicle.ask({ kind: 'open-shift', shift: { shiftId: 's', driverId: 'd' } });
  await lays(own, blockedWith(MIR));
  await own.vehicle.ask({ kind: 'close-shift' });
  assert.equal(await yes(own), ['no-shift']);
});

test.run();
