/** The turn of one presentation begins: what is known of its medium is looked up, and nothing else is decided meanwhile. */
import { correctedTime } from '../tap.ts';
import type { Effect, Presented } from './event.ts';
import type { Instead } from './fallback.ts';
import type { Step, VehicleState } from './state.ts';

/** `instead`: the transit application that was declined, where its bank application is presented. */
export function begin(state: VehicleState, presented: Presented, instead?: Instead): Step {
  const { medium, eventTimeMs } = presented;
  const inspects = state.duty.mode === 'inspection';
  const atMs = correctedTime(eventTimeMs, state.clock);
  const lookUp: Effect = { kind: 'look-up', medium, atMs, inspects };
  const turn = instead === undefined ? { presented, inspects } : { presented, inspects, instead };
  return { state: { ...state, turn }, effects: [lookUp] };
}
