/** A driver's shift: opened with a waybill, closed, and each wrong PIN written down. */
import type { RecordBody, ShiftChange } from '../record.ts';
import type { Asked, Change, Duty, Rules, Shift } from './duty.ts';
import { dutyBody } from './duty-record.ts';
import type { VehicleState } from './state.ts';

export function openShift(rules: Rules, state: VehicleState, asked: Asked, shift: Shift): Change {
  if (state.duty.shift !== undefined) return { kind: 'refused', why: 'shift-open' };
  const duty = { ...state.duty, shift };
  return written(bodyOf(rules, { ...state, duty }, asked, 'opened'), duty, 'opened', shift);
}

/** What the driver had asked for goes with the driver. */
export function closeShift(rules: Rules, state: VehicleState, asked: Asked): Change {
  const { shift } = state.duty;
  if (shift === undefined) return { kind: 'refused', why: 'no-shift' };
  const duty = { ...state.duty, shift: undefined, further: undefined, destination: undefined };
  return written(bodyOf(rules, state, asked, 'closed'), duty, 'closed', shift);
}

/** Nobody's shift is open then: the pseudonym on the record is whose number was tried. */
export function refuseShift(rules: Rules, state: VehicleState, asked: Asked, driverId: string): Change {
  const { duty } = state;
  if (duty.shift !== undefined) return { kind: 'refused', why: 'shift-open' };
  const body = { ...bodyOf(rules, state, asked, 'refused'), driverId };
  return written(body, duty, 'refused', undefined);
}

function bodyOf(rules: Rules, state: VehicleState, asked: Asked, shift: ShiftChange): RecordBody {
  return { ...dutyBody(rules, state, asked, 'shift'), shift };
}

function written(body: RecordBody, duty: Duty, change: ShiftChange, shift: Shift | undefined): Change {
  return { kind: 'written', body, duty, told: { kind: 'shift', change, shift } };
}
