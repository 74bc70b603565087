/** The PC/SC readers of a vehicle behind the `Reader` port. */
import { assert } from '../../../core/error.ts';
import type { Reader } from '../reader.ts';
import { forkHost } from './child.ts';
import type { PcscReader } from './choose.ts';
import { loadNfcPcsc } from './library.ts';
import { LIMITS, type Limits } from './limits.ts';
import { Supervisor, type SupervisorPorts } from './supervisor.ts';

/**
 * One supervised reader for each that is configured. A reader that is not plugged in and a pcscd that is not running
 * are `down` events and mend by themselves. Throws `TuraError` reader-missing when the library is not installed.
 */
export async function openPcscReaders(
  readers: readonly PcscReader[],
  limits: Limits = LIMITS,
): Promise<Reader> {
  await loadNfcPcsc();
  return pcscReaders(readers, { limits, openHost: forkHost, after: afterMs, random: Math.random });
}

/** As `openPcscReaders`, with every outside thing passed in. */
export function pcscReaders(readers: readonly PcscReader[], ports: SupervisorPorts): Reader {
  let supervisors: ReadonlyMap<string, Supervisor> | undefined;
  return {
    start: tell => {
      assert(supervisors === undefined, 'readers are started once');
      supervisors = new Map(
        readers.map(wanted => {
          const others = readers.filter(other => other !== wanted);
          return [wanted.readerId, new Supervisor({ wanted, others, tell }, ports)];
        }),
      );
    },
    show: (readerId, shown) => supervisors?.get(readerId)?.show(shown),
    stop: async () => {
      await Promise.all([...(supervisors?.values() ?? [])].map(supervisor => supervisor.stop()));
    },
  };
}

function afterMs(ms: number, then: () => void): () => void {
  const timer = setTimeout(then, ms);
  return () => clearTimeout(timer);
}
