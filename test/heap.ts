/** How many bytes are in use once all garbage is collected: what grows with the number of taps is kept by somebody. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

export function bytesInUse(): number {
  // What the first finalises, the second frees.
  for (let pass = 0; pass < 2; pass++) collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
