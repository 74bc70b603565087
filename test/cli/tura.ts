/** `tura` as it is called, in this process: its exit code, and what it wrote on either stream. */
import { tura as command } from '../../src/cli/program.ts';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

type Write = typeof process.stdout.write;

export function tura(...words: readonly string[]): Promise<Ran> {
  return heard(() => command(words));
}

/** What `work` writes on either stream, and the exit code it gives. */
export async function heard(work: () => Promise<number>): Promise<Ran> {
  const streams = [process.stdout, process.stderr] as const;
  const written = ['', ''];
  const own = streams.map(stream => stream.write);
  streams.forEach((stream, index) => {
    stream.write = ((text: string | Uint8Array) => {
      written[index] += typeof text === 'string' ? text : Buffer.from(text).toString();
      return true;
    }) as Write;
  });
  try {
    const code = await work();
    const [out = '', err = ''] = written;
    return { code, out, err };
  } finally {
    streams.forEach((stream, index) => {
      stream.write = own[index] as Write;
    });
    // What a command says of itself is not what the tests say.
    process.exitCode = undefined;
  }
}

/** Each line of stdout as the JSON object it must be. */
export function objects({ out }: Ran): Record<string, unknown>[] {
  return out
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line));
}
