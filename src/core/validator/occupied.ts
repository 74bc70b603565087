/**
 * Who stands at which reader, and what they were answered: a medium that is held there still, or again at once, is given
 * the same answer, and nothing is recorded anew.
 */
import type { Tariff } from '../tariff/tariff.ts';
import type { Answer, Presented } from './event.ts';
import { isFurtherAsked } from './further.ts';
import { mediumKey, type ReaderState, type Recent, type VehicleState } from './state.ts';

/**
 * Debounce (RECORDS.md 5): while the medium stays in the field, or within d s on any door, the last answer stands,
 * unless a further rider is asked for.
 */
export function standingAnswer(tariff: Tariff, state: VehicleState, event: Presented): Answer | undefined {
  if (isFurtherAsked(state.duty, event.monotonicMs)) return undefined;
  const key = mediumKey(event);
  const reader = state.readers[event.readerId];
  if (reader?.kind === 'occupied' && reader.mediumKey === key && reader.answer !== undefined)
    return reader.answer;
  const young = (recent: Recent) => event.monotonicMs - recent.monotonicMs < tariff.passback.debounceMs;
  // Whoever was asked takes the card away and holds it there again: that is the yes.
  const stands = ({ answer }: Recent) => answer.offersPayment === undefined;
  return state.recent.find(recent => recent.mediumKey === key && young(recent) && stands(recent))?.answer;
}

export function occupy(state: VehicleState, event: Presented, answer: Answer | undefined): VehicleState {
  const key = mediumKey(event);
  const reader = state.readers[event.readerId];
  const isKnown = reader?.kind === 'occupied' && reader.mediumKey === key;
  if (isKnown && (answer === undefined || reader.answer !== undefined)) return state;
  const occupied = { kind: 'occupied', mediumKey: key } as const;
  return setReader(state, event.readerId, answer === undefined ? occupied : { ...occupied, answer });
}

/** A reader that is down stays down: its card went with it. */
export function vacate(state: VehicleState, readerId: string): VehicleState {
  return state.readers[readerId]?.kind === 'down' ? state : setReader(state, readerId, { kind: 'ready' });
}

export function remember(
  tariff: Tariff,
  state: VehicleState,
  presented: Presented,
  answer: Answer,
): VehicleState {
  const key = mediumKey(presented);
  const { monotonicMs, readerId } = presented;
  const young = state.recent.filter(recent => monotonicMs - recent.monotonicMs < tariff.passback.debounceMs);
  const remembered = { ...state, recent: [...young, { mediumKey: key, monotonicMs, answer }] };
  const reader = state.readers[readerId];
  // The card may have left the field while its tap was being written.
  if (reader?.kind !== 'occupied' || reader.mediumKey !== key) return remembered;
  return setReader(remembered, readerId, { kind: 'occupied', mediumKey: key, answer });
}

export function setReader(state: VehicleState, readerId: string, reader: ReaderState): VehicleState {
  return { ...state, readers: { ...state.readers, [readerId]: reader } };
}
