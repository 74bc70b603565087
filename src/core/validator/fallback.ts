/**
 * Payment instead of transit (FARES.md 5): where a card's transit application has nothing valid, its bank application
 * pays as the tariff says: never, or when its holder was asked and holds it there again, or always. No vehicle overrules it.
 *
 *   found -> read-payment -> payment-read -> look-up -> found, of the bank application
 */
import type { Reason } from '../reason.ts';
import { tokenKey } from '../tap.ts';
import type { Tariff } from '../tariff/tariff.ts';
import type { Decided } from './decide.ts';
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
}

/** Whoever holds the card there again within this time has said yes. */
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
  { monotonicMs }: Presented,
  { token }: Paying,
): { readonly pays: boolean; readonly offers: readonly Offer[] } {
  const key = tokenKey(token);
  const young = offers.filter(offer => monotonicMs - offer.monotonicMs <= YES_WITHIN_MS);
  const others = young.filter(offer => offer.tokenKey !== key);
  if (fallbackToPayment === 'always' || others.length < young.length) return { pays: true, offers: others };
  return { pays: false, offers: [...others, { tokenKey: key, monotonicMs }] };
}
