/**
 * Payment instead of transit (FARES.md 5): where a card's transit application has nothing valid, its bank application
 * pays as the tariff says: never, or when its holder was asked and says yes, or always. No vehicle overrules it.
 *
 *   found -> read-payment -> payment-read -> look-up -> found, of the bank application
 *
 * The yes is the card held there again. Where it was never taken away, its holder may say it to the driver, whose word
 * presents it again as it lies there: by itself that pays for nobody whose card has gone.
 */
import type { Reason } from '../reason.ts';
import { sameIdentity, type TapIdentity, tokenKey } from '../tap.ts';
import type { Tariff } from '../tariff/tariff.ts';
import type { Decided } from './decide.ts';
import type { Asked, Change, Rules } from './duty.ts';
import type { PaymentRead, Presented } from './event.ts';
import type { VehicleState } from './state.ts';

/** A transit application that was declined, as it was presented and decided. */
export interface Instead {
  readonly presented: Presented;
  readonly decided: Decided;
}

/** A bank application whose holder was asked whether it may pay. */
export interface Offer {
  readonly tokenKey: string;
  readonly monotonicMs: number;
  /** Its transit application, and the tap by which its holder was asked. */
  readonly presented: Presented;
  readonly asked: TapIdentity;
}

/** Whoever holds the card there again within this time, or tells the driver, has said yes. */
export const YES_WITHIN_MS = 10_000;

/** What says that a transit application has nothing valid; that it has no money is not among it. */
const NOTHING_VALID: ReadonlySet<Reason> = new Set([
  'card-not-genuine',
  'card-blocked',
  'card-expired',
  'card-damaged',
  'blocked',
]);

/** Not while its transit application is to be written: that needs its session, which ends when another is selected. */
export function mayPayInstead(
  { fallbackToPayment }: Tariff,
  { medium }: Presented,
  { answer, cardState }: Decided,
): boolean {
  if (cardState !== undefined) return false;
  if (fallbackToPayment === 'never' || !NOTHING_VALID.has(answer.reason)) return false;
  return medium.kind === 'refused' || (medium.kind === 'identified' && medium.card !== undefined);
}

type Paying = Extract<PaymentRead['said'], { kind: 'identified' }>;

/** `offers`: those that stand after this, without this one's where it was taken up. */
export function takenUp(
  { fallbackToPayment }: Tariff,
  { offers }: VehicleState,
  { presented, decided }: Instead,
  { token }: Paying,
): { readonly pays: boolean; readonly offers: readonly Offer[] } {
  const key = tokenKey(token);
  const { monotonicMs } = presented;
  const young = offers.filter(offer => isYoung(offer, monotonicMs));
  const others = young.filter(offer => offer.tokenKey !== key);
  if (fallbackToPayment === 'always' || others.length < young.length) return { pays: true, offers: others };
  const offer = { tokenKey: key, monotonicMs, presented, asked: decided.answer.identity };
  return { pays: false, offers: [...others, offer] };
}

function isYoung(offer: Offer, monotonicMs: number): boolean {
  return monotonicMs - offer.monotonicMs <= YES_WITHIN_MS;
}

/** The driver says that the holder of the card that lies there has said yes. */
export function sayYes(rules: Rules, state: VehicleState, { eventTimeMs, monotonicMs }: Asked): Change {
  if (rules.duty.shift === 'required' && state.duty.shift === undefined)
    return { kind: 'refused', why: 'no-shift' };
  const lying = state.offers.filter(offer => isYoung(offer, monotonicMs) && lies(state, offer));
  const [offer, another] = lying;
  if (offer === undefined) return { kind: 'refused', why: 'nobody-asked' };
  if (another !== undefined) return { kind: 'refused', why: 'two-asked' };
  const { presented } = offer;
  return {
    kind: 'presented',
    presented: { ...presented, eventTimeMs, monotonicMs },
    told: { kind: 'yes', readerId: presented.readerId },
  };
}

/** Since its holder was asked, the card was never taken away. */
function lies({ readers }: VehicleState, { presented, asked }: Offer): boolean {
  const reader = readers[presented.readerId];
  return (
    reader?.kind === 'occupied' && reader.answer !== undefined && sameIdentity(reader.answer.identity, asked)
  );
}
