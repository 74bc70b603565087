/** What the stop list says to one tap. Pure; the entries that name the medium have been found already. */
import { known } from '../known.ts';
import type { EpochMs } from '../time.ts';
import {
  type BinRange,
  isForGood,
  RANKS,
  rankOf,
  type Scope,
  type StopEffect,
  type StopEntry,
  type StopReason,
  type Subject,
  type TokenSubject,
} from './stop-entry.ts';

/** Everything an entry may be matched against. What is absent is unknown, and matches nothing. */
export interface Asked {
  readonly tokens: readonly TokenSubject[];
  /** The first eight digits of a bank card. */
  readonly bin?: string | undefined;
  readonly category?: string | undefined;
  readonly product?: string | undefined;
  readonly issuerKey?: string | undefined;
  readonly device?: string | undefined;
  readonly carrierId?: string | undefined;
  readonly mode?: string | undefined;
  /** The card's application that is to be used. */
  readonly application?: string | undefined;
}

type BlockEffect = Exclude<StopEffect, 'allow'>;

/** What the deciding entry says. */
export interface Listed {
  readonly kind: 'listed';
  /** `block-on-card` declines too, and the block is written on a card that carries its state. */
  readonly effect: BlockEffect;
  readonly reason: StopReason;
  /** The category to charge by; present exactly when the effect is `treat-as`. */
  readonly category?: string;
  readonly riderText?: string;
  /** Whom the entry names: this very medium, a range or a category it belongs to. */
  readonly subject: Subject;
}

export type Verdict = { readonly kind: 'clear' } | Listed;

/** The answer to nearly every tap: made once. */
export const CLEAR: Verdict = { kind: 'clear' };

/** Where several entries of one rank hold, the strongest decides. */
const STRENGTH = {
  'block-on-card': 4,
  decline: 3,
  'treat-as': 2,
  'alert-inspector': 1,
  warn: 0,
} as const satisfies Record<BlockEffect, number>;

/**
 * Exact allow, exact deny, range, category: the first rank in which an entry holds decides, and in it an allow beats
 * every block. Of two equally strong blocks the earlier of `entries` counts.
 */
export function verdictOf(entries: readonly StopEntry[], asked: Asked, atMs: EpochMs): Verdict {
  for (const rank of RANKS) {
    let strongest: Listed | undefined;
    for (const entry of entries) {
      if (rankOf(entry.subject.kind) !== rank || !holds(entry, asked, atMs)) continue;
      if (entry.effect === 'allow') return CLEAR;
      const effect = entry.effect === 'block-on-card' && !isForGood(entry) ? 'decline' : entry.effect;
      if (strongest !== undefined && STRENGTH[effect] <= STRENGTH[strongest.effect]) continue;
      strongest = listed(entry, effect);
    }
    if (strongest !== undefined) return strongest;
  }
  return CLEAR;
}

function listed({ reason, treatAs, riderText, subject }: StopEntry, effect: BlockEffect): Listed {
  return known({ kind: 'listed', effect, reason, category: treatAs, riderText, subject });
}

function holds(entry: StopEntry, asked: Asked, atMs: EpochMs): boolean {
  if (entry.validFrom !== undefined && atMs < entry.validFrom) return false;
  if (entry.validTo !== undefined && atMs >= entry.validTo) return false;
  return entry.scope === undefined || covers(entry.scope, asked);
}

/** A scope that asks for what is not known does not cover: an entry for one carrier stops nobody elsewhere. */
function covers(scope: Scope, asked: Asked): boolean {
  return (
    (scope.application === undefined || scope.application === asked.application) &&
    (scope.carriers === undefined || includes(scope.carriers, asked.carrierId)) &&
    (scope.modes === undefined || includes(scope.modes, asked.mode))
  );
}

function includes(words: readonly string[], word: string | undefined): boolean {
  return word !== undefined && words.includes(word);
}

/** The eight digits of a card's BIN against a range whose ends may be shorter: 2200 to 2204 is 22000000 to 22049999. */
export function inBinRange(bin: string, { from, to }: BinRange): boolean {
  return from.padEnd(8, '0') <= bin && bin <= to.padEnd(8, '9');
}
