/**
 * What a test against real parts needs on this machine. A part that is missing is a failure where `CI` is set, since
 * nobody reads a skip there, and a counted skip that says what to install elsewhere.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { test } from 'uvu';

export type Part = (
  | { readonly command: string }
  | { readonly file: string }
  /** A whole command line that must succeed, for what a machine allows and not only has. */
  | { readonly works: readonly [command: string, ...args: string[]] }
) & { readonly install: string };

type Register = (name: string, run: () => Promise<void> | void) => void;

/** uvu's `test` where every part is there; otherwise what takes its place. */
export function needs(...parts: readonly Part[]): Register {
  const missing = parts.find(part => !isThere(part));
  if (missing === undefined) return (name, run) => test(name, run);
  const line = `needs ${nameOf(missing)} (${missing.install})`;
  if (process.env.CI) {
    return name =>
      test(name, () => {
        throw new Error(line);
      });
  }
  process.stdout.write(`skipped: ${line}\n`);
  return (name, run) => test.skip(name, run);
}

function isThere(part: Part): boolean {
  if ('file' in part) return existsSync(part.file);
  if ('command' in part) return spawnSync('sh', ['-c', 'command -v "$1"', 'sh', part.command]).status === 0;
  const [command, ...args] = part.works;
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

function nameOf(part: Part): string {
  if ('file' in part) return part.file;
  return 'command' in part ? part.command : `'${part.works.join(' ')}'`;
}
