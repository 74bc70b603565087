/** A line typed taps a card: `anna-general`, or `anna-general tram-7 second`. An empty line taps the next card. */
import { createInterface } from 'node:readline';
import type { Hold } from '../lab/hand.ts';
import { type Output, sayFault } from './output.ts';

/**
 * Takes lines until the input ends or Ctrl-C; an empty one is an undefined hold. A name that is not known is said, and
 * stops nothing.
 */
export async function typedTaps(
  tap: (hold: Hold | undefined) => void | Promise<void>,
  output: Output,
): Promise<void> {
  const lines = createInterface({ input: process.stdin });
  const stop = () => lines.close();
  process.once('SIGINT', stop).once('SIGTERM', stop);
  for await (const line of lines) {
    const [card, vehicleId, readerId] = line.trim().split(/\s+/).filter(Boolean);
    try {
      await tap(card === undefined ? undefined : { card, vehicleId, readerId });
    } catch (error) {
      sayFault(error, output);
    }
  }
}
