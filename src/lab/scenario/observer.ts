/** Who listens while a scenario is played: what the engine looked at, then what each ride came to. */
import type { Outcome } from '../../core/fare/account.ts';
import type { Ride } from '../../core/fare/ride.ts';
import type { Trace } from '../../core/fare/trace.ts';

export type RideOutcome = Omit<Outcome, 'revision'>;

export interface Observer extends Trace {
  /** After each step that came to something: what was told since the call before is about this ride. */
  rode?(ride: Ride, outcome: RideOutcome): void;
}
