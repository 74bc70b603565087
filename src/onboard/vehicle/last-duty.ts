/**
 * What a vehicle was on duty for when it stopped: a shift goes on after a power cut. The newest record alone says it,
 * for every record names its shift, and every one that is no tap its mode.
 */
import { type Duty, ON_DUTY } from '../../core/validator/duty.ts';
import { readableRecord, type WireRecord } from '../../wire/record/record.ts';
import type { Journal } from '../journal/journal.ts';

export function lastDuty(journal: Journal): Duty {
  const record = newest(journal);
  if (record === undefined) return ON_DUTY;
  const { mode, action, shiftId, driverId, waybill, shift } = record;
  const isOpen = shiftId !== undefined && driverId !== undefined && shift !== 'closed';
  return {
    ...ON_DUTY,
    mode: mode ?? (action === 'check' ? 'inspection' : 'in-service'),
    shift: isOpen ? { shiftId, driverId, waybill } : undefined,
  };
}

function newest(journal: Journal): WireRecord | undefined {
  const last = journal.next().sequence - 1;
  const [sealed] = journal.range(last, last);
  return sealed && readableRecord(sealed.bytes);
}
