/** The modes of a vehicle: which of them takes taps, and the record that says one has changed. */
import type { Mode } from '../record.ts';
import type { Asked, Change, Duty, DutyRules, Rules } from './duty.ts';
import { dutyBody } from './duty-record.ts';
import type { Shown } from './event.ts';
import type { VehicleState } from './state.ts';

/** Why a card that is shown now is not even looked at; undefined where it is. */
export function refusalOf({ broken, duty }: VehicleState, { shift }: DutyRules): Shown | undefined {
  if (broken !== undefined) return { kind: 'fault', ...broken };
  switch (duty.mode) {
    case 'out-of-service':
      return { kind: 'again', why: 'not in service' };
    case 'in-service':
      if (shift === 'optional' || duty.shift !== undefined) return undefined;
      return { kind: 'again', why: 'no shift is open' };
    // An inspector charges nobody, and asks no driver.
    case 'inspection':
      return undefined;
    default:
      return duty.mode satisfies never;
  }
}

/** Answers of one mode are no answers of another: who has just paid is inspected all the same. */
export function changeMode(rules: Rules, state: VehicleState, asked: Asked, mode: Mode): Change {
  return { ...changed(rules, state, asked, { ...state.duty, mode, further: undefined }), forget: 'all' };
}

export function changeParts(
  rules: Rules,
  state: VehicleState,
  asked: Asked,
  down: readonly string[],
): Change {
  return changed(rules, state, asked, { ...state.duty, down });
}

/** Which line and trip are run from now on, and by whose word. */
export function changeLine(rules: Rules, state: VehicleState, asked: Asked): Change {
  const { place, duty } = state;
  const record = changed(rules, state, asked, { ...duty, destination: undefined });
  return { ...record, told: { kind: 'line', place } };
}

function changed(rules: Rules, state: VehicleState, asked: Asked, duty: Duty) {
  const { mode, down } = duty;
  return {
    kind: 'written',
    body: dutyBody(rules, { ...state, duty }, asked, 'mode'),
    duty,
    told: { kind: 'mode', mode, down },
  } as const;
}
