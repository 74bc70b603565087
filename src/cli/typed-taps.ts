/**
 * A line typed taps a card: `anna-general`, or `anna-general tram-7 second`. An empty line taps the next card. A line that
 * begins with a slash is the driver's: `/shift open 4711`.
 */
import { createInterface } from 'node:readline';
import type { Hold } from '../lab/hand.ts';
import { type Output, sayFault } from './output.ts';
import { untilStopped } from './signals.ts';

/**
 * Takes lines until they end or `stop` aborts; an empty one is an undefined hold. A name that is not known is said, and
 * stops nothing. Where nobody can type (a service, a closed input) only `stop` ends it.
 */
export async function typedTaps(
  tap: (hold: Hold | undefined) => void | Promise<void>,
  command: (line: string) => Promise<void>,
  output: Output,
  stop: AbortSignal,
): Promise<void> {
  let typed = process.stdin.isTTY === true;
  if (!stop.aborted) {
    for await (const line of createInterface({ input: process.stdin, signal: stop })) {
      typed = true;
      const words = line.trim();
      const [card, vehicleId, readerId] = words.split(/\s+/).filter(Boolean);
      try {
        if (words.startsWith('/')) await command(words.slice(1));
        else await tap(card === undefined ? undefined : { card, vehicleId, readerId });
      } catch (error) {
        sayFault(error, output);
      }
    }
  }
  if (!typed) await untilStopped(stop);
}
