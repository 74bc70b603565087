/** The readers that PC/SC knows, asked through a reader's host: the library may hang, and a host can be killed. */
import { forkHost } from '../../reader/pcsc/child.ts';
import { LIMITS } from '../../reader/pcsc/limits.ts';
import type { Host } from '../../reader/pcsc/protocol.ts';
import type { PcscAnswer } from '../system.ts';

export async function askPcsc(): Promise<PcscAnswer> {
  let host: Host | undefined;
  const answer = await new Promise<PcscAnswer>(resolve => {
    let names: readonly string[] = [];
    let settled = false;
    const late = setTimeout(
      () => resolve({ kind: 'lost', why: `PC/SC did not answer in ${LIMITS.openMs / 1000} s` }),
      LIMITS.openMs,
    );
    const end = (said: PcscAnswer) => {
      clearTimeout(late);
      resolve(said);
    };
    host = forkHost(report => {
      if (report.kind === 'lost') end(lost(report));
      if (report.kind !== 'readers') return;
      names = report.names;
      // PC/SC answers before it has told of its readers.
      if (!settled) setTimeout(() => end({ kind: 'readers', names }), LIMITS.settleMs);
      settled = true;
    });
  });
  await host?.kill();
  return answer;
}

function lost({ why, mend }: { readonly why: string; readonly mend?: string }): PcscAnswer {
  return mend === undefined ? { kind: 'lost', why } : { kind: 'lost', why, mend };
}
