/** What happened on a serial line as a person reads it, and as `--json` says it. */
import type { LineEvent } from '../onboard/serial/lines.ts';
import { colour } from './colour.ts';

/** `         bus-101  gnss: /dev/ttyUSB0: nothing is plugged in there; plug the adapter in` */
export function lineLine(vehicleId: string, event: LineEvent): string {
  const text = `         ${vehicleId.padEnd(8)} ${event.lineId}: ${what(event)}`;
  return event.kind === 'down' ? colour.yellow(text) : colour.dim(text);
}

function what(event: LineEvent): string {
  switch (event.kind) {
    case 'up':
      return `listening at ${event.port}`;
    case 'down':
      return event.mend === undefined ? event.why : `${event.why}; ${event.mend}`;
    case 'misheard': {
      const times = event.count === 1 ? 'once' : `${event.count} times`;
      const example = event.example === undefined ? '' : `, last '${event.example}'`;
      return `not understood ${times}: ${event.what}${example}`;
    }
  }
}

export function lineObject(vehicleId: string, { lineId, ...event }: LineEvent): object {
  return { vehicleId, lineId, line: event };
}
