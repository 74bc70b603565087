/** Ctrl-C and termination, as what a command waits for. */

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** Longer than any wait: what keeps a process that waits for nothing but a signal. */
const FOR_EVER_MS = 2 ** 31 - 1;

/**
 * Aborts at the first Ctrl-C or termination from now on, so that a command can end what it does in good order; a
 * second one ends the process at once.
 */
export function stopSignal(): AbortSignal {
  const stopping = new AbortController();
  const stop = () => {
    for (const signal of SIGNALS) process.off(signal, stop);
    stopping.abort();
  };
  for (const signal of SIGNALS) process.on(signal, stop);
  return stopping.signal;
}

/** Resolves when `stop` aborts, or `work` has settled before; until then the process does not end by itself. */
export async function untilStopped(stop: AbortSignal, work?: Promise<unknown>): Promise<void> {
  const keeping = setInterval(() => undefined, FOR_EVER_MS);
  try {
    await Promise.race([aborted(stop), ...(work === undefined ? [] : [work])]);
  } finally {
    clearInterval(keeping);
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise(resolve => signal.addEventListener('abort', () => resolve(), { once: true }));
}
