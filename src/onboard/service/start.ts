/** The validator as a service of this machine: the real clock, environment and disk behind its pulse. */
import { epoch } from '../../core/time.ts';
import type { Journal } from '../journal/journal.ts';
import { systemTimers } from '../timers.ts';
import { Health } from './health.ts';
import { healthFile, readHealthNote, writeHealthNote } from './health-note.ts';
import { type Pulse, startPulse } from './pulse.ts';
import { supervisorOf } from './supervisor.ts';

/** `home` is where the vehicle keeps what is its own. */
export async function startService(
  home: string,
  journal: Journal,
  onFault: (fault: unknown) => void,
): Promise<Pulse> {
  const file = healthFile(home);
  const health = new Health(journal, (await readHealthNote(file))?.acknowledgedMs);
  return startPulse({
    timers: systemTimers,
    monotonicMs: () => performance.now(),
    supervisor: supervisorOf(process.env, process.pid),
    look: () => health.look(epoch(Date.now())),
    write: note => writeHealthNote(file, note),
    onFault,
  });
}
