import { test } from 'uvu';
import * as assert from 'uvu/assert';
import {
  NEW_OPEN_LOOP,
  type OpenLoopAccount,
  type OpenLoopEvent,
  stepOpenLoop,
} from '../../../src/core/fare/open-loop.ts';
import type { MinorUnits } from '../../../src/core/money.ts';
import type { OpenLoop } from '../../../src/core/tariff/open-loop.ts';
import type { ServiceDate } from '../../../src/core/time.ts';

const RULES: OpenLoop = {
  media: [true],
  firstRideMinor: 500 as MinorUnits,
  floorLimitMinor: 2000 as MinorUnits,
  retryDays: [1, 3],
};

const day = (date: number) => date as ServiceDate;

/** `pay 700`, `block`: what is to be done, event by event. */
function played(...events: readonly OpenLoopEvent[]): { said: string[]; account: OpenLoopAccount } {
  let account = NEW_OPEN_LOOP;
  const said = events.flatMap(event => {
    const step = stepOpenLoop(RULES, account, event);
    account = step.account;
    return step.actions.map(action =>
      'amountMinor' in action ? `${action.kind} ${action.amountMinor}` : action.kind,
    );
  });
  return { said, account };
}

const rides = (amountMinor: number, date = 20260302): OpenLoopEvent => ({
  kind: 'charged',
  day: day(date),
  amountMinor,
});
const begins = (date: number): OpenLoopEvent => ({ kind: 'day-begun', day: day(date) });
const refused = (amountMinor: number, date: number): OpenLoopEvent => ({
  kind: 'refused',
  day: day(date),
  amountMinor,
});

test('the rides of a charging day are one payment when it is over', () => {
  assert.equal(played(rides(300), rides(400), begins(20260302), begins(20260303)).said, ['pay 700']);
  assert.equal(played(rides(300), rides(400, 20260303), begins(20260304)).said, ['pay 300', 'pay 400']);
});

test('a day that comes to less than nothing is given back', () => {
  assert.equal(played(rides(300), rides(-500), begins(20260303)).said, ['refund 200']);
});

test('a refused payment blocks the card, is tried again on its days, and recovered takes it off', () => {
  const { said, account } = played(
    rides(700),
    begins(20260303),
    refused(700, 20260303),
    begins(20260304),
    refused(700, 20260304),
    begins(20260305),
    begins(20260306),
    { kind: 'paid', amountMinor: 700 },
    begins(20260307),
  );
  assert.equal(said, ['pay 700', 'block', 'pay 700', 'pay 700', 'unblock']);
  assert.is(account.debtMinor, 0);
});

test('after its last retry a debt is tried no more, and stands', () => {
  const { said, account } = played(
    rides(700),
    begins(20260303),
    refused(700, 20260303),
    begins(20260304),
    begins(20260306),
    begins(20260320),
  );
  assert.equal(said, ['pay 700', 'block', 'pay 700', 'pay 700']);
  assert.is(account.debtMinor, 700);
});

test.run();
