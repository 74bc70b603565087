/** Work in small steps, so that a signal is heard between two of them. */
import { setImmediate } from 'node:timers/promises';

const TURN_MS = 50;

/** The steps until `stop` aborts; they are taken no faster than they are asked for. */
export async function* paced<T>(steps: Iterable<T>, stop: AbortSignal): AsyncGenerator<T> {
  let heardMs = performance.now();
  for (const step of steps) {
    yield step;
    if (performance.now() - heardMs < TURN_MS) continue;
    await setImmediate();
    if (stop.aborted) return;
    heardMs = performance.now();
  }
}
