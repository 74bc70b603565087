/** The process that rates one share of a file; started by `share-processes.ts`, and never alone. */
import { TuraError } from '../../core/error.ts';
import { rateShare } from './share.ts';
import type { ShareSays, ShareWork } from './share-processes.ts';

process.once('disconnect', () => process.exit());
// Ctrl-C reaches the whole group: whoever started this one decides.
process.on('SIGINT', () => undefined);
process.once('message', (work: ShareWork) => {
  rate(work).catch(fault => {
    process.stderr.write(`${fault instanceof Error ? fault.stack : String(fault)}\n`);
    process.exit(1);
  });
});

async function rate({ file, sides, share }: ShareWork): Promise<void> {
  try {
    const shared = await rateShare(file, sides, share, (stage, done, total) =>
      tell({ kind: 'reached', stage, done, total }),
    );
    tell({ kind: 'rated', shared });
  } catch (error) {
    if (!(error instanceof TuraError)) throw error;
    // An error loses its class on its way to another process.
    const { code, message, where, expected, problems } = error;
    tell({ kind: 'refused', code, message, where, expected, problems });
  }
}

function tell(said: ShareSays): void {
  process.send?.(said);
}
