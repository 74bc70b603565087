/**
 * What a command says. People read text; with `--json` stdout is NDJSON and nothing else, and text goes to stderr.
 * Colour only on a terminal.
 */

import { formatProblem, type Problem, TuraError } from '../core/error.ts';
import { colour } from './colour.ts';

export interface Output {
  readonly json: boolean;
  /** A line for people. */
  say(line: string): void;
  /** One NDJSON object: written only with `--json`. */
  emit(value: object): void;
}

export function createOutput(json: boolean): Output {
  const people = json ? process.stderr : process.stdout;
  return {
    json,
    say: line => people.write(`${line}\n`),
    emit: value => {
      if (json) process.stdout.write(`${JSON.stringify(value)}\n`);
    },
  };
}

/**
 * Whoever read our words may go away (`| head`, a log that died, a full disk under it): a validator goes on, unheard.
 * Words that were lost to anything but a closed pipe make the exit code say so.
 */
export function outliveListeners(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') process.exitCode = 1;
    });
  }
}

/** Warnings never stop a command; they are said once each, on stderr. */
export function warn(problems: readonly Problem[]): void {
  for (const line of new Set(problems.map(formatProblem)))
    process.stderr.write(`${colour.yellow('warning')} ${line}\n`);
}

/** Says a fault as what, where, what was expected, and gives the exit code. Whatever is no `TuraError` is a defect. */
export function sayFault(error: unknown, output: Output): number {
  if (!(error instanceof TuraError)) {
    process.stderr.write(
      `${colour.red('tura: a defect')}\n${error instanceof Error ? error.stack : String(error)}\n`,
    );
    output.emit({ error: faultObject(error) });
    return 1;
  }
  const { message, expected, exitCode } = error;
  const isSaid = expected === undefined || message.includes(expected);
  process.stderr.write(`${colour.red('tura:')} ${message}${isSaid ? '' : `\n  expected: ${expected}`}\n`);
  output.emit({ error: faultObject(error) });
  return exitCode;
}

/** A fault as `--json` says it: an error's own message is no property that JSON would take. */
export function faultObject(error: unknown): object {
  if (!(error instanceof TuraError)) return { code: 'defect', message: String(error) };
  const { code, message, where, expected, problems } = error;
  return { code, message, where, expected, problems: problems.length > 0 ? problems : undefined };
}
