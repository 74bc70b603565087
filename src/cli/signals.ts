/** Ctrl-C and termination, as what a command waits for. */

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** Longer than any wait: what keeps a process that waits for nothing but a signal. */
const FOR_EVER_MS = 2 ** 31 - 1;

/**
 * Gives `work` a signal that aborts at the first Ctrl-C or termination, so that it can end in good order; a second one
 * ends the process at once.
 */
export async function stoppable(work: (stop: AbortSignal) => Promise<void>): Promise<void> {
  const stopping = new AbortController();
  const listen = (how: 'on' | 'off') => {
    for (const signal of SIGNALS) process[how](signal, stop);
  };
  const stop = () => {
    listen('off');
    stopping.abort();
  };
  listen('on');
  try {
    await work(stopping.signal);
  } finally {
    listen('off');
  }
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
