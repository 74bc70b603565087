/** Asks the disk in a process that can be left behind. */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { DiskAnswer } from '../system.ts';

/** The source runs as it is; in the build the probe is an entry of its own beside the bundle. */
const PROBE = fileURLToPath(
  import.meta.url.endsWith('.ts')
    ? new URL('./disk-probe.ts', import.meta.url)
    : new URL('./disk-probe.js', import.meta.url),
);

/** Far more than a card of memory takes in its worst moment. */
const ANSWER_MS = 8_000;

export function askDisk(folder: string, limitMs = ANSWER_MS): Promise<DiskAnswer> {
  const child = fork(PROBE, [folder], { stdio: 'ignore', serialization: 'advanced' });
  return new Promise(resolve => {
    const answer = (said: DiskAnswer) => {
      clearTimeout(late);
      resolve(said);
    };
    const late = setTimeout(() => {
      // It may be beyond any signal; nobody waits for it.
      child.kill('SIGKILL');
      child.unref();
      if (child.connected) child.disconnect();
      answer({ kind: 'silent', afterMs: limitMs });
    }, limitMs);
    child.once('message', (said: DiskAnswer) => answer(said));
    child.once('error', fault => answer({ kind: 'fails', folder, code: fault.message }));
    child.once('exit', (code, signal) =>
      answer({ kind: 'fails', folder, code: signal ?? `exit code ${code}` }),
    );
  });
}
