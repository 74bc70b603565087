/** What a driver is told, in words. */
import { formatAmount } from '../../core/money.ts';
import type { Mode } from '../../core/record.ts';
import { type Duty, REFUSALS, type Shift, type Told } from '../../core/validator/duty.ts';
import type { Instead } from '../position/position.ts';
import type { Offer } from './offer.ts';

const MODES: Readonly<Record<Mode, string>> = {
  'in-service': 'in service',
  'out-of-service': 'not in service',
  inspection: 'inspection: cards are looked at, and not charged',
};

export function toldText(told: Told): string {
  switch (told.kind) {
    case 'mode':
      return modeText(told);
    case 'line': {
      const { line, tripId, stopName, stopId } = told.place;
      const parts = [`line ${line ?? '?'}`, tripId && `trip ${tripId}`, stopName ?? stopId];
      return parts.filter(Boolean).join(', ');
    }
    case 'shift':
      return told.change === 'refused'
        ? 'the number or the PIN is wrong'
        : `shift ${told.change}: ${shiftText(told.shift)}`;
    case 'voided':
      return `ride taken back: ${formatAmount(told.refundMinor, told.currency ?? '')} ${told.currency ?? ''} refunded`;
    case 'riders':
      return `the next card pays for one more${told.riders > 1 ? `, and so do ${told.riders - 1} after it` : ''}`;
    case 'yes':
      return `the card at ${told.readerId} is to pay by its bank application`;
    case 'destination':
      return told.stopId === undefined
        ? 'rides end where their fare takes them to'
        : `rides from here end at ${told.stopId}`;
    case 'refused':
      return REFUSALS[told.why];
    case 'fault':
      return `nothing is done: ${told.why}`;
    default:
      return told satisfies never;
  }
}

export function offerText({ kind, run }: Offer): string {
  return kind === 'made' ? runText(run) : 'no other trip is offered any more';
}

/** `the vehicle seems to run line 11 to Аэропорт, trip 11-we0-0800`. */
export function runText({ line, routeId, headsign, tripId }: Instead): string {
  const to = headsign === undefined ? '' : ` to ${headsign}`;
  return `the vehicle seems to run line ${line ?? routeId}${to}, trip ${tripId}`;
}

export function askText(readerId: string): string {
  return `the rider at ${readerId} is asked whether the card's bank application pays`;
}

/** The answer is yes. */
export function isDone(told: Told): boolean {
  return (
    told.kind !== 'refused' && told.kind !== 'fault' && !(told.kind === 'shift' && told.change === 'refused')
  );
}

/** `in service, degraded: reader front; shift of 3f2a…, waybill 12`. */
export function dutyText(duty: Duty): string {
  return `${modeText(duty)}; ${duty.shift === undefined ? 'no shift is open' : `shift of ${shiftText(duty.shift)}`}`;
}

function modeText({ mode, down }: Pick<Duty, 'mode' | 'down'>): string {
  return down.length === 0 ? MODES[mode] : `${MODES[mode]}, degraded: ${down.join(', ')} down`;
}

function shiftText(shift: Shift | undefined): string {
  if (shift === undefined) return 'nobody';
  return shift.waybill === undefined ? shift.driverId : `${shift.driverId}, waybill ${shift.waybill}`;
}
