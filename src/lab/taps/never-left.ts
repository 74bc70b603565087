/** Journeys that nobody was seen to leave when there are no more taps. */
import type { Part } from '../../core/fare/account.ts';
import type { RiderState } from '../../core/fare/rider.ts';
import { closeJourney } from '../../core/fare/settle.ts';
import type { Tariffs } from '../../core/tariff/versions.ts';
import type { ServiceDate } from '../../core/time.ts';

/** After every day: a journey may still be left when its own day is over. */
export const NEVER = 99991231 as ServiceDate;

/** What the open journey comes to as an incomplete one; nothing where none is open. */
export function neverLeft(tariffs: Tariffs, state: RiderState | undefined): readonly Part[] {
  return closeJourney(tariffs, state).parts;
}
