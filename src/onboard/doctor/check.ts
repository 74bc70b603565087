/** What the doctor asks, and what it finds: every check is one row of a family's table. */
import type { Machine, Vehicle } from './patient.ts';

/** What is not as it should be always comes with the line that mends it: to paste, or to do by hand. */
export type Finding =
  | { readonly state: 'ok'; readonly found: string }
  /** There is nothing to ask here; `found` says why. */
  | { readonly state: 'not asked'; readonly found: string }
  /** Riders are served, and somebody should look. */
  | { readonly state: 'warning'; readonly found: string; readonly mend: string }
  | { readonly state: 'wrong'; readonly found: string; readonly mend: string };

export type FindingState = Finding['state'];

export type Answer = Finding | Promise<Finding>;

export type Check = {
  /** Said to people and to programs: lower case, words joined by hyphens. */
  readonly name: string;
  /** Asked only when each of these was found in order. */
  readonly after?: readonly string[];
} & (
  | { readonly of: 'machine'; readonly ask: (machine: Machine) => Answer }
  /** Not asked where no device file was given. */
  | { readonly of: 'vehicle'; readonly ask: (vehicle: Vehicle) => Answer }
);

export function ok(found: string): Finding {
  return { state: 'ok', found };
}

export function notAsked(found: string): Finding {
  return { state: 'not asked', found };
}

export function warning(found: string, mend: string): Finding {
  return { state: 'warning', found, mend };
}

export function wrong(found: string, mend: string): Finding {
  return { state: 'wrong', found, mend };
}
