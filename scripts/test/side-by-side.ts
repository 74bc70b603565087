/**
 * Runs suite files in several processes that take the next from the same two queues: files that wait for something real,
 * and files that compute, the dearest first. Two lanes begin with what waits; as many as there are cores compute while
 * there is something to compute.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { A_FAILURE, added, NOTHING, readBack, type Tally } from './tally.ts';

const WAITS = /^test\/real\//;
/** By folder: what is taken last should be over soon. */
const DEAREST = [
  /^test\/lab\/(drive|compare|search)\//,
  /^test\/(lab|cli)\//,
  /^test\/(core\/validator|onboard)\//,
];
const WAITING_LANES = 2;
const TOLD = 5;

interface Ran {
  readonly file: string;
  readonly text: string;
  readonly tally: Tally;
  readonly ms: number;
}

export async function runSideBySide(files: readonly string[]): Promise<Tally> {
  const waiting = files.filter(file => WAITS.test(file));
  const computing = files.filter(file => !WAITS.test(file)).sort((a, b) => placeOf(a) - placeOf(b));
  const ran: Ran[] = [];
  const orders = [
    ...Array.from({ length: WAITING_LANES }, () => [waiting, computing]),
    ...Array.from({ length: availableParallelism() }, () => [computing, waiting]),
  ];
  await Promise.all(
    orders.map(queues =>
      runLane(queues, done => {
        ran.push(done);
        process.stdout.write(done.text);
      }),
    ),
  );
  sayDearest(ran);
  return ran.reduce((sum, { tally }) => added(sum, tally), NOTHING);
}

function placeOf(file: string): number {
  const place = DEAREST.findIndex(folder => folder.test(file));
  return place === -1 ? DEAREST.length : place;
}

/** Until nothing is left. A process that died with a file is followed by another, for the rest. */
async function runLane(queues: readonly string[][], tell: (ran: Ran) => void): Promise<void> {
  let lane: ChildProcess | undefined;
  for (let file = next(queues); file !== undefined; file = next(queues)) {
    if (!isAlive(lane)) lane = openLane();
    tell(await runIn(lane, file));
  }
  if (!isAlive(lane)) return;
  lane.disconnect();
  await once(lane, 'exit');
}

function isAlive(lane: ChildProcess | undefined): lane is ChildProcess {
  return lane?.exitCode === null && lane.signalCode === null;
}

function next(queues: readonly string[][]): string | undefined {
  return queues.find(queue => queue.length > 0)?.shift();
}

function openLane(): ChildProcess {
  const lane = fork(new URL('lane.child.ts', import.meta.url), {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  lane.stdout?.setEncoding('utf8');
  return lane;
}

function runIn(lane: ChildProcess, file: string): Promise<Ran> {
  const began = performance.now();
  return new Promise(resolve => {
    let said = '';
    const hear = (piece: string) => {
      said += piece;
      const { text, tally } = readBack(said);
      if (tally !== undefined) end(text, tally);
    };
    const died = (code: number | null, signal: string | null) =>
      end(`${said}\n  ${file}: its process ended with ${code ?? signal}\n\n`, A_FAILURE);
    const end = (text: string, tally: Tally) => {
      lane.stdout?.off('data', hear);
      lane.off('close', died);
      resolve({ file, text, tally, ms: performance.now() - began });
    };
    lane.stdout?.on('data', hear);
    lane.once('close', died);
    lane.send(file);
  });
}

/** Where the time went, for whoever wants it back. */
function sayDearest(ran: readonly Ran[]): void {
  const dearest = [...ran].sort((a, b) => b.ms - a.ms).slice(0, TOLD);
  const told = dearest.map(({ file, ms }) => `${file} ${Math.round(ms / 1000)} s`);
  process.stdout.write(`The longest: ${told.join(', ')}\n`);
}
