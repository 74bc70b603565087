import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { hexOfBytes } from '../../../../src/core/hex.ts';
import { minor } from '../../../../src/core/money.ts';
import type { Reason } from '../../../../src/core/reason.ts';
import type { Answer, Shown } from '../../../../src/core/validator/event.ts';
import { lightsOf } from '../../../../src/onboard/reader/pcsc/lights.ts';

const ACR = 'ACS ACR122U PICC Interface 00 00';

const answer = (
  reason: Reason,
  decision: Answer['decision'],
  plain: boolean,
  more: Pick<Answer, 'offersPayment'> = {},
): Shown => ({
  kind: 'answer',
  answer: {
    identity: { deviceId: 'd', epoch: '00', sequence: 1 },
    ...{ decision, reason, plain, graced: [], amountMinor: minor(3700), currency: 'RUB', repeated: false },
    ...more,
  },
});
const asking = answer('card-blocked', 'declined', false, { offersPayment: true });

const GREEN_ONE_BEEP = 'ff00400e0401000101';
const ORANGE_TWO_BEEPS = 'ff00400f0401010201';
const RED_BLINKS_THREE_BEEPS = 'ff00405d0401010301';
const RED_LONG_BEEP = 'ff00400d0404000101';

const SIGNALS: readonly (readonly [what: string, shown: Shown, command: string])[] = [
  ['an accepted rider is green with one beep', answer('fare-paid', 'accepted', true), GREEN_ONE_BEEP],
  ['a rider to look at is orange with two', answer('concession', 'accepted', false), ORANGE_TWO_BEEPS],
  ['a declined card is red with a long one', answer('blocked', 'declined', true), RED_LONG_BEEP],
  ['a holder who is asked is a red that blinks, with three short ones', asking, RED_BLINKS_THREE_BEEPS],
  ['a card to be held there again is red', { kind: 'again', why: '' }, RED_LONG_BEEP],
  ['a fault is red', { kind: 'fault', fault: 'disk-full', why: '' }, RED_LONG_BEEP],
];

for (const [what, shown, command] of SIGNALS) {
  test(what, () => assert.is(hexOfBytes(lightsOf(ACR)?.(shown) ?? new Uint8Array()), command));
}

test('a reader whose lights are not known has none', () => {
  assert.is(lightsOf('ACS ACR1252 1S CL Reader PICC 00 00'), undefined);
  assert.ok(lightsOf('acs acr122u picc interface 01 00'));
});

test.run();
