/** A line typed taps a card: `anna-general`, or `anna-general tram-7 second`. An empty line taps the next of the file. */
import { createInterface } from 'node:readline';
import type { Hold } from '../lab/hand.ts';
import { type Output, sayFault } from './output.ts';

/** Takes lines until the input ends or Ctrl-C. A name that is not known is said, and stops nothing. */
export async function typedTaps(tap: (hold: Hold) => void, next: () => Hold, output: Output): Promise<void> {
  const lines = createInterface({ input: process.stdin });
  const stop = () => lines.close();
  process.once('SIGINT', stop).once('SIGTERM', stop);
  for await (const line of lines) {
    try {
      tap(holdOf(line) ?? next());
    } catch (error) {
      sayFault(error, output);
    }
  }
}

function holdOf(line: string): Hold | undefined {
  const [card, vehicleId, readerId] = line.trim().split(/\s+/).filter(Boolean);
  return card === undefined ? undefined : { card, vehicleId, readerId };
}
