/** What vehicles' records charge cards for, beside how often those cards were written. */
import * as assert from 'uvu/assert';
import { stateOn, type TransitApplication } from '../../../src/core/card/virtual/transit.ts';
import { cardRides } from '../../../src/core/fare/card-rides.ts';
import type { JournalRecord } from '../../../src/core/record.ts';

/** Every write is charged once; of a card's last one nobody may know yet. Cards were issued as written once. */
export function assertChargedOnce(
  records: readonly JournalRecord[],
  cards: readonly TransitApplication[],
): void {
  const tokens = new Set(records.map(({ token }) => token?.value));
  let [writes, charged, open] = [0, 0, 0];
  for (const value of tokens) {
    const settled = cardRides(records.filter(({ token }) => token?.value === value));
    charged += settled.rides.length;
    open += settled.open.length;
  }
  for (const card of cards) writes += (stateOn(card)?.counter ?? 1) - 1;
  assert.ok(
    charged <= writes && writes <= charged + open,
    `${writes} writes, ${charged} charged, ${open} open`,
  );
  assert.ok(open <= cards.length);
}
