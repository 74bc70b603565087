/** Every share in a process of its own. */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type FaultCode, type Problem, TuraError } from '../../core/error.ts';
import { type OnProgress, type Share, type Shared, STAGES, type Stage } from './share.ts';
import type { Both, Side } from './sides.ts';

/** What a process is given. */
export interface ShareWork {
  readonly file: string;
  readonly sides: Both<Side>;
  readonly share: Share;
}

/** What it says. */
export type ShareSays = Reached | { readonly kind: 'rated'; readonly shared: Shared } | Refused;

interface Reached {
  readonly kind: 'reached';
  readonly stage: Stage;
  readonly done: number;
  readonly total: number;
}

interface Refused {
  readonly kind: 'refused';
  readonly code: FaultCode;
  readonly message: string;
  readonly where: string | undefined;
  readonly expected: string | undefined;
  readonly problems: readonly Problem[];
}

/** The source runs under its loader; in the build the process is an entry of its own beside the bundle. */
const PROCESS = import.meta.url.endsWith('.ts')
  ? {
      file: new URL('./share-process.ts', import.meta.url),
      options: ['--import', import.meta.resolve('tsx')],
    }
  : { file: new URL('./share-process.js', import.meta.url), options: [] };

/**
 * A tray's taps and riders live until all of it is rated: with more room for what is young, hardly any of them is moved
 * about before it dies. In megabytes.
 */
const YOUNG = '--max-semi-space-size=64';

/** As `rateShare`, of so many shares; `onProgress` hears of all of them together. */
export async function rateInProcesses(
  file: string,
  sides: Both<Side>,
  shares: number,
  takenBack: ReadonlySet<string>,
  onProgress: OnProgress,
): Promise<readonly Shared[]> {
  const reached = new Array<Reached | undefined>(shares).fill(undefined);
  const processes = reached.map(() =>
    fork(fileURLToPath(PROCESS.file), {
      // Never those of this process: under `node --eval` each of them would be this program once more.
      execArgv: [...PROCESS.options, YOUNG],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    }),
  );
  try {
    const rated = processes.map((child, index) => {
      child.send({ file, sides, share: { index, of: shares, takenBack } } satisfies ShareWork);
      return outcomeOf(child, said => {
        reached[index] = said;
        const all = reached.filter(share => share !== undefined);
        // Before each of them has spoken nobody knows how much there is.
        if (all.length === shares) tellTogether(all, onProgress);
      });
    });
    return await Promise.all(rated);
  } finally {
    for (const child of processes) child.kill('SIGKILL');
  }
}

/** The stage of whoever is furthest behind; whoever is past it has done as much of it as one that is in it will have. */
function tellTogether(shares: readonly Reached[], onProgress: OnProgress): void {
  const stage = STAGES.find(name => shares.some(share => share.stage === name));
  const at = shares.filter(share => share.stage === stage);
  if (stage === undefined) return;
  const past = (shares.length - at.length) * (at[0]?.total ?? 0);
  const sum = (of: 'done' | 'total') => at.reduce((all, share) => all + share[of], past);
  onProgress(stage, sum('done'), sum('total'));
}

function outcomeOf(child: ChildProcess, onReached: (reached: Reached) => void): Promise<Shared> {
  return new Promise((resolve, reject) => {
    child.on('message', (said: ShareSays) => {
      if (said.kind === 'reached') onReached(said);
      else if (said.kind === 'rated') resolve(said.shared);
      else reject(refusal(said));
    });
    child.once('error', reject);
    child.once('exit', (code, signal) =>
      reject(new Error(`a process that rates taps ended (${signal ?? `code ${code}`})`)),
    );
  });
}

function refusal({ code, message, where, expected, problems }: Refused): TuraError {
  return new TuraError(code, message, {
    ...(where === undefined ? {} : { where }),
    ...(expected === undefined ? {} : { expected }),
    problems,
  });
}
