/**
 * By which of a card's payment applications it pays: the one that the operator prefers. Transit was asked for before
 * (`read-chip.ts`). Whatever else a card holds (a policy, a loyalty programme) is never chosen: what is not named here is
 * not looked into.
 */
import type { DirectoryEntry } from './ppse.ts';
import { type Scheme, schemeOf } from './schemes.ts';

export type Choice =
  | { readonly kind: 'payment'; readonly aid: string; readonly scheme: Scheme }
  /** Applications, and none that this validator takes. */
  | { readonly kind: 'none' };

/**
 * `preferred`: the operator's schemes, the most preferred first; a scheme that is not named comes after them, by the
 * card's own priority and then by its place in the directory.
 */
export function choosePayment(entries: readonly DirectoryEntry[], preferred: readonly Scheme[]): Choice {
  const payments = entries.flatMap(({ aid, priority }) => {
    const scheme = schemeOf(aid);
    return scheme === undefined
      ? []
      : [{ aid, scheme, rank: rankOf(preferred, scheme), priority: priority ?? LAST }];
  });
  const [first] = payments.sort((a, b) => a.rank - b.rank || a.priority - b.priority);
  return first === undefined ? { kind: 'none' } : { kind: 'payment', aid: first.aid, scheme: first.scheme };
}

/** Priorities go to 15; one that is 0 or absent comes last. */
const LAST = 16;

function rankOf(preferred: readonly Scheme[], scheme: Scheme): number {
  const at = preferred.indexOf(scheme);
  return at === -1 ? preferred.length : at;
}
