/** Products with one price for everybody: incomplete journeys, out where one came in, deposits. */
import type { MinorUnits } from '../money.ts';
import type { Reason } from '../reason.ts';
import type { ChargeLine } from '../record.ts';
import type { Sold } from '../tariff/networks.ts';
import type { Fare } from '../tariff/tariff.ts';

const NOTHING = 0 as MinorUnits;

export function soldFare({ productId, amountMinor, ruleId }: Sold, reason: Reason): Fare {
  const line = { productId, amountMinor, funder: 'rider', ruleIds: [ruleId] } as const;
  return { reason, productId, amountMinor, baseMinor: NOTHING, lines: [line] };
}

/** An entry that costs nothing yet. */
export const WITHOUT_FARE: Fare = {
  reason: 'journey-begun',
  productId: 0,
  amountMinor: NOTHING,
  baseMinor: NOTHING,
  lines: [],
};

/** A deposit taken, or below zero given back. */
export function depositLine({ productId, ruleId }: Sold, amountMinor: number): ChargeLine {
  return { productId, amountMinor: amountMinor as MinorUnits, funder: 'rider', ruleIds: [ruleId] };
}
