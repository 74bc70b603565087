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
 * A rider's state lives until the next tap: with more room for what is young, less of it is moved about before it dies.
 * In megabytes.
 */
const YOUNG = '--max-semi-space-size=64';

/** As `rateShare`, of so many shares; `onProgress` hears of the one that is furthest behind. */
export async function rateInProcesses(
  file: string,
  sides: Both<Side>,
  shares: number,
  takenBack: ReadonlySet<string>,
  onProgress: OnProgress,
): Promise<readonly Shared[]> {
  const begun: Reached = { kind: 'reached', stage: STAGES[0], done: 0, total: 1 };
  const reached = new Array<Reached>(shares).fill(begun);
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
        const { stage, done, total } = reached.reduce((last, next) => (isBehind(next, last) ? next : last));
        onProgress(stage, done, total);
      });
    });
    return await Promise.all(rated);
  } finally {
    for (const child of processes) child.kill('SIGKILL');
  }
}

function isBehind(a: Reached, b: Reached): boolean {
  return a.stage === b.stage
    ? a.done * b.total < b.done * a.total
    : STAGES.indexOf(a.stage) < STAGES.indexOf(b.stage);
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
