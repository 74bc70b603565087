/** A bank card's account replayed: what is asked for on which day does not depend on when somebody looks. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { creditOf } from '../../../src/backoffice/payments/credit.ts';
import { minor } from '../../../src/core/money.ts';
import type { OpenLoop } from '../../../src/core/tariff/open-loop.ts';
import type { ServiceDate } from '../../../src/core/time.ts';

const RULES: OpenLoop = {
  media: [true],
  firstRideMinor: minor(1200),
  floorLimitMinor: minor(4000),
  retryDays: [1, 3, 7],
};
const march = (day: number) => (20260300 + day) as ServiceDate;
const ride = { day: march(2), amountMinor: 300 };
const refused = { result: 'refused', day: march(3), amountMinor: 300 } as const;
const ASKED = [march(2), march(4), march(6), march(10)];

for (const [today, asked] of [
  [2, 0],
  [3, 1],
  [4, 2],
  [5, 2],
  [6, 3],
  [9, 3],
  [10, 4],
  [31, 4],
] as const) {
  test(`a debt of the 3rd is tried again on the 4th, 6th and 10th, as seen on day ${today}`, () => {
    const { payments } = creditOf(RULES, [ride], today > 2 ? [refused] : [], march(today));
    assert.equal(
      payments.map(({ day }) => day),
      ASKED.slice(0, asked),
    );
  });
}

test('a debt that is recovered is not tried again', () => {
  const paid = { result: 'paid', day: march(4), amountMinor: 300 } as const;
  const { payments, account } = creditOf(RULES, [ride], [refused, paid], march(20));
  assert.equal([payments.length, account.debtMinor, account.isProven], [2, 0, true]);
});

test.run();
