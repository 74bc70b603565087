/** How a ticket pays: by the pass it carries, and by nothing else, for behind a ticket there is no account. */
import type { EntitlementTerms, HeldPass } from '../entitlement.ts';
import type { Rated } from '../fare/rated.ts';
import type { Reason } from '../reason.ts';
import { riderAmount } from '../record.ts';
import type { Clock } from '../tap.ts';
import type { Tariff } from '../tariff/tariff.ts';
import type { PresentedTicket } from '../ticket/ticket.ts';
import { epoch, type ServiceDate, serviceDateAt } from '../time.ts';
import { chargedBy } from './outcome.ts';

/** The ticket as the engine takes a card's rights; undefined where the tariff takes no tickets. */
export function entitlementOf(
  tariff: Tariff,
  ticket: PresentedTicket,
  clock: Clock,
): EntitlementTerms | undefined {
  const mediumClass = tariff.mediumByForm.barcode;
  if (mediumClass === undefined) return undefined;
  const { category = tariff.defaultCategory, validFrom } = ticket;
  return { mediumClass, category, passes: [passOf(tariff, ticket, clock)], asOf: validFrom };
}

/** Its window was judged by the moment already: these are only the days it touches. Without a clock no day is known. */
function passOf(tariff: Tariff, { pass, validFrom, validTo }: PresentedTicket, { state }: Clock): HeldPass {
  if (state === 'unset') return { pass };
  return { pass, from: dayOf(tariff, validFrom), to: dayOf(tariff, validTo - 1) };
}

function dayOf({ zone, dayStartS }: Tariff, ms: number): ServiceDate {
  return serviceDateAt(zone, dayStartS, epoch(ms));
}

/** What its pass leaves to be paid, nobody pays. The ticket shown once more on its trip is said to be just that. */
export function unpaid(rated: Rated): Reason | undefined {
  if (riderAmount(chargedBy(rated)) <= 0) return undefined;
  return rated.riderIndex > 1 ? 'passback' : 'ticket-not-enough';
}
