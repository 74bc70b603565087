/**
 * A process measured from outside: wall time from its start to its end, and the most memory it ever had.
 */
import { type SpawnOptions, spawn } from 'node:child_process';

export interface Measured {
  readonly seconds: number;
  readonly megabytes: number;
}

const MEMORY_FD = 3;

/** Loaded into the process before its program: the same few lines for whoever is measured. */
const TELL_MEMORY = `import { writeSync } from 'node:fs';
  process.on('exit', () => writeSync(${MEMORY_FD}, String(process.resourceUsage().maxRSS)));`;

/** Runs `node` with `args`; throws what it wrote to stderr when it fails. */
export async function measure(args: readonly string[], options: SpawnOptions = {}): Promise<Measured> {
  const hook = `data:text/javascript,${encodeURIComponent(TELL_MEMORY)}`;
  const started = performance.now();
  const child = spawn(process.execPath, ['--import', hook, ...args], {
    ...options,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  const [, , stderr, memory] = child.stdio;
  const said = collect(stderr);
  const kilobytes = collect(memory);
  const code = await new Promise<number | null>(resolve => child.once('close', resolve));
  const seconds = (performance.now() - started) / 1000;
  if (code !== 0) throw new Error(`node ${args.join(' ')} ended with ${code}: ${said()}`);
  return { seconds, megabytes: Number(kilobytes()) / 1024 };
}

function collect(stream: unknown): () => string {
  const pieces: Buffer[] = [];
  const readable = stream as NodeJS.ReadableStream | null;
  readable?.on('data', (piece: Buffer) => pieces.push(piece));
  return () => Buffer.concat(pieces).toString();
}
