/** The program as people run it, in a process of its own: for signals, standard input and an end by force. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { bundle } from '../../scripts/bundle.ts';

let built: Promise<string> | undefined;

/** Built once for all tests of this process: another may run what it built while this one builds. */
export function program(): Promise<string> {
  const folder = `dist/test-${process.pid}`;
  if (built === undefined) process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  built ??= bundle(folder).then(({ program }) => program);
  return built;
}

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** `flags` are Node's. */
export async function start(words: readonly string[], flags: readonly string[] = []): Promise<Child> {
  return new Child([process.execPath, ...flags, await program(), ...words]);
}

/** No test waits longer for a word: whoever waits for ever fails nobody. */
const PATIENCE_MS = 120_000;

export class Child {
  readonly process: ChildProcessWithoutNullStreams;
  readonly ended: Promise<Ended>;
  out = '';
  err = '';
  readonly #waiting = new Set<() => void>();

  constructor([command = '', ...words]: readonly string[]) {
    this.process = spawn(command, words, { env: { ...process.env, NO_COLOR: '1' } });
    this.process.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.out += text;
      this.#look();
    });
    this.process.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.err += text;
      this.#look();
    });
    this.ended = new Promise((resolve, reject) => {
      this.process.once('error', reject);
      this.process.once('close', (code, signal) => {
        resolve({ code, signal });
        this.#look();
      });
    });
  }

  /** Resolves as soon as `is` holds of what was written; rejects when the process ends before, or says nothing like it. */
  async until(is: (child: Child) => boolean): Promise<void> {
    const given = setTimeout(() => this.process.kill('SIGKILL'), PATIENCE_MS);
    try {
      await this.#until(is);
    } finally {
      clearTimeout(given);
    }
  }

  async #until(is: (child: Child) => boolean): Promise<void> {
    const held = new Promise<void>(resolve => {
      const look = () => {
        if (!is(this)) return;
        this.#waiting.delete(look);
        resolve();
      };
      this.#waiting.add(look);
      look();
    });
    const early = this.ended.then(({ code, signal }) => {
      if (!is(this)) throw new Error(`ended (${code ?? signal}) before:\n${this.out}\n${this.err}`);
    });
    await Promise.race([held, early]);
  }

  says(text: string | RegExp): Promise<void> {
    return this.until(({ out, err }) =>
      typeof text === 'string' ? out.includes(text) || err.includes(text) : text.test(out) || text.test(err),
    );
  }

  type(line: string): void {
    this.process.stdin.write(`${line}\n`);
  }

  interrupt(signal: NodeJS.Signals = 'SIGINT'): void {
    this.process.kill(signal);
  }

  #look(): void {
    for (const look of this.#waiting) look();
  }
}
