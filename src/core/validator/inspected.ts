/** What is said of a medium that somebody asks about: the three answers there are (DEVICES.md 7). */
import type { Reason } from '../reason.ts';
import type { EpochMs } from '../time.ts';
import type { PaidRide } from './event.ts';

/** Orders are for ever: they travel. */
export const CHECKS = ['paid', 'listed', 'unknown'] as const;
export type Check = (typeof CHECKS)[number];

export const CHECK_REASONS = {
  paid: 'check-paid',
  listed: 'check-listed',
  unknown: 'check-unknown',
} as const satisfies Record<Check, Reason>;

export interface Answered {
  readonly check: Check;
  readonly paidAtMs?: EpochMs | undefined;
  readonly riders?: number | undefined;
  readonly stopId?: string | undefined;
}

export function answered(check: Check, paid: PaidRide | undefined): Answered {
  return { check, paidAtMs: paid?.atMs, riders: paid?.riders, stopId: paid?.stopId };
}

/** Of several answers about one medium: listed is the inspector's matter, and whoever knows more knows better. */
export function firstOf(answers: readonly Answered[]): Answered {
  const rank = ({ check }: Answered) => ['listed', 'paid', 'unknown'].indexOf(check);
  return [...answers].sort((a, b) => rank(a) - rank(b))[0] ?? { check: 'unknown' };
}
