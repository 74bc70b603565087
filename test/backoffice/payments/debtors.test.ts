/** From a payment that was refused to a reader that declines, and back. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { buildBundle, readBase } from '../../../src/backoffice/lists/build.ts';
import { type CreditAccount, debtors } from '../../../src/backoffice/payments/debtors.ts';
import {
  NEW_OPEN_LOOP,
  type OpenLoopAccount,
  type OpenLoopEvent,
  stepOpenLoop,
} from '../../../src/core/fare/open-loop.ts';
import type { MinorUnits } from '../../../src/core/money.ts';
import type { Token } from '../../../src/core/tap.ts';
import type { ServiceDate } from '../../../src/core/time.ts';
import { applyStopList } from '../../../src/onboard/stoplist/apply.ts';
import { openStopList } from '../../../src/onboard/stoplist/stop-list.ts';
import { withFile } from '../../onboard/list/folder.ts';
import { NOON, sourceOf } from '../../wire/list/lists.ts';
import { TERMS } from '../lists/terms.ts';

const RULES = {
  media: [true],
  firstRideMinor: 500 as MinorUnits,
  floorLimitMinor: 2000 as MinorUnits,
  retryDays: [1],
};
const [MONDAY, TUESDAY] = [20260302 as ServiceDate, 20260303 as ServiceDate];
const RIDDEN: readonly OpenLoopEvent[] = [
  { kind: 'charged', day: MONDAY, amountMinor: 700 },
  { kind: 'day-begun', day: TUESDAY },
];

function after(...events: readonly OpenLoopEvent[]): OpenLoopAccount {
  return events.reduce((account, event) => stepOpenLoop(RULES, account, event).account, NEW_OPEN_LOOP);
}

const instrument = (digit: string): Token => ({ kind: 'instrument', keyId: 1, value: digit.repeat(32) });
const CARD = instrument('a');

function listOf(accounts: readonly CreditAccount[], version: number, base?: Uint8Array) {
  const build = async () => {
    const standing = base === undefined ? undefined : await readBase(sourceOf(base));
    return buildBundle('stop-list', debtors(accounts, 'Pay first'), [1], { ...TERMS, version }, standing);
  };
  return build();
}

test('a refused payment declines the card at every reader, and its recovered debt lets it ride again', async () => {
  const refused = after(...RIDDEN, { kind: 'refused', day: TUESDAY, amountMinor: 700 });
  const recovered = stepOpenLoop(RULES, refused, { kind: 'paid', amountMinor: 700 }).account;
  const others = { tokens: [instrument('b')], account: after(...RIDDEN) };
  await withFile(async file => {
    const ask = () => {
      const list = openStopList(file);
      const verdict = list.lookup({ tokens: [CARD] }, NOON);
      list.close();
      return verdict;
    };
    const blocked = await listOf([{ tokens: [CARD], account: refused }, others], 1);
    await applyStopList(sourceOf(blocked), file, { atMs: NOON });
    const verdict = ask();
    assert.is(verdict.kind, 'listed');
    if (verdict.kind !== 'listed') return;
    assert.equal([verdict.effect, verdict.reason, verdict.riderText], ['decline', 'debt', 'Pay first']);
    const delta = await listOf([{ tokens: [CARD], account: recovered }, others], 2, blocked);
    await applyStopList(sourceOf(delta), file, { atMs: NOON });
    assert.is(ask().kind, 'clear');
  });
});

test('who only owes for the day that runs, or was asked and has not answered, is no debtor', () => {
  const accounts = [NEW_OPEN_LOOP, after(...RIDDEN.slice(0, 1)), after(...RIDDEN)];
  assert.equal(debtors(accounts.map(account => ({ tokens: [CARD], account }))), []);
});

test.run();
