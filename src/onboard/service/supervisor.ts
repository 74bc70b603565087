/**
 * Whoever started the validator as a service and waits for its signs of life: systemd, through the socket that
 * sd_notify(3) describes. Node cannot send datagrams to such a socket, so systemd's own `systemd-notify` does, one
 * small process a word.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { TuraError, whyOf } from '../../core/error.ts';

export interface Supervisor {
  /** Half of the time in which it must hear `WATCHDOG=1`; absent where it waits for none. */
  readonly everyMs?: number;
  /** `READY=1`, `WATCHDOG=1`, `STOPPING=1`, `STATUS=…`. Throws `TuraError` supervisor-deaf. */
  tell(...words: readonly string[]): Promise<void>;
}

/** It waits up to 5 s until systemd has taken the word; what takes longer hangs. */
const TELL_MS = 10_000;

const run = promisify(execFile);

/** Undefined where nobody waits: `NOTIFY_SOCKET` says who does, the rest how often (sd_watchdog_enabled(3)). */
export function supervisorOf(environment: NodeJS.ProcessEnv, pid: number): Supervisor | undefined {
  const { PATH, NOTIFY_SOCKET: socket, WATCHDOG_USEC: limitUs, WATCHDOG_PID: watched } = environment;
  if (socket === undefined || socket === '') return undefined;
  const everyMs = Math.floor(Number(limitUs ?? 0) / 2_000);
  const isWatched = everyMs > 0 && (watched === undefined || Number(watched) === pid);
  return { tell: words({ PATH, NOTIFY_SOCKET: socket }), ...(isWatched ? { everyMs } : {}) };
}

function words(env: {
  readonly PATH: string | undefined;
  readonly NOTIFY_SOCKET: string;
}): Supervisor['tell'] {
  return async (...said) => {
    try {
      await run('systemd-notify', said, {
        env,
        timeout: TELL_MS,
        killSignal: 'SIGKILL',
      });
    } catch (cause) {
      const why = whyOf(cause).trim();
      throw new TuraError('supervisor-deaf', `systemd is not told that taps are taken: ${why}`, {
        where: env.NOTIFY_SOCKET,
        expected: 'systemd-notify, of the package systemd',
        cause,
      });
    }
  };
}
