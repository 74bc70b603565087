/**
 * A scenario: cards, what they do, and what each step is expected to come to; whatever a step does not expect is not
 * asked. Its names were looked up in a tariff, its times and amounts are values: what it was written in is forgotten.
 */
import type { EntitlementTerms } from '../../core/entitlement.ts';
import type { Position } from '../../core/error.ts';
import type { Points } from '../../core/fare/rider.ts';
import type { EpochMs } from '../../core/time.ts';
import type { StepCells } from './columns.ts';

export interface Scenario {
  readonly title: string;
  /** Where the rule was published that it proves, or `assumed`. */
  readonly source: string | undefined;
  readonly at: Position;
  /** It holds today's answer, which waits for a person: what it misses fails nothing. */
  readonly unconfirmed: boolean;
  readonly unnoticed: readonly Unnoticed[];
  /** By name; the card that needs no name is ''. */
  readonly cards: Readonly<Record<string, Card>>;
  readonly steps: readonly Step[];
}

/** A change of the tariff that no scenario can notice, and why: `tariff.yaml rounding.mode half-up -> up`. */
export interface Unnoticed {
  readonly change: string;
  readonly why: string;
}

/** What a card starts with: what the back office would know of it. */
export interface Card extends Omit<EntitlementTerms, 'asOf'> {
  readonly proofExpired: boolean;
  readonly points: readonly Points[];
}

export interface Step extends StepCells {
  readonly where: Position;
  /** Its name among the scenario's cards. */
  readonly card: string;
  readonly atMs: EpochMs;
}
