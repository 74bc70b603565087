/** What becomes of a vehicle's duty, as a person reads it and as `--json` says it. */
import type { Place } from '../core/tap.ts';
import type { Told } from '../core/validator/duty.ts';
import { commandOfLine } from '../onboard/driver/commands.ts';
import type { Offer } from '../onboard/driver/offer.ts';
import type { DriverSeat } from '../onboard/driver/seat.ts';
import { isDone, offerText, toldText } from '../onboard/driver/words.ts';
import type { ShareEvent } from '../onboard/share/share.ts';
import { colour } from './colour.ts';
import type { Output } from './output.ts';

/** `         bus-101  25  duty: shift opened: 3f2a…, waybill 12`. */
export function toldLine(vehicleId: string, told: Told, { line = '?' }: Place): string {
  const text = isDone(told) ? toldText(told) : colour.yellow(toldText(told));
  return `${' '.repeat(9)}${vehicleId.padEnd(8)} ${line.padEnd(3)} duty: ${text}`;
}

export function toldObject(vehicleId: string, told: Told): object {
  return { vehicleId, duty: told };
}

/** `         bus-101      duty: the vehicle seems to run line 11, trip 11-we0-0800: '/instead' chooses it`. */
export function offerLine(vehicleId: string, offer: Offer): string {
  const text = offerText(offer);
  const said = offer.kind === 'made' ? colour.yellow(`${text}: '/instead' chooses it`) : text;
  return `${' '.repeat(9)}${vehicleId.padEnd(8)}     duty: ${said}`;
}

export function offerObject(vehicleId: string, { kind, run }: Offer): object {
  return { vehicleId, offer: kind, run };
}

/** What becomes of the other computers aboard. */
export function shareLine(vehicleId: string, event: ShareEvent): string {
  return colour.dim(`${' '.repeat(9)}${vehicleId.padEnd(8)} aboard: ${shareText(event)}`);
}

function shareText(event: ShareEvent): string {
  switch (event.kind) {
    case 'listening':
      return `heard at ${event.address}`;
    case 'up':
      return `${event.peer} is up`;
    case 'down':
      return `${event.peer} is down: ${event.why}`;
    case 'untold':
      return `a tap is known at this door alone: ${event.why}`;
    case 'put-off':
      return `somebody was put off: ${event.why}`;
    default:
      return event satisfies never;
  }
}

/** What the vehicle itself says is said by its face already. */
export async function obeyTyped(seat: DriverSeat, line: string, output: Output): Promise<void> {
  const { done, text, told } = await seat.obey(commandOfLine(line));
  if (told !== undefined) return;
  output.say(done ? text : colour.yellow(text));
  output.emit({ driver: { kind: done ? 'said' : 'not-understood', text } });
}
