/**
 * The faults of the world, made once and shown once. Expected outcomes (a declined tap) are values, not errors;
 * a broken invariant is `assert` and stops the part it happened in.
 */

/** What each fault means to whoever meets it: is it worth trying again, and which exit code ends a command. */
const FAULTS = {
  'bad-usage': { retryable: false, exitCode: 2 },
  'bad-input': { retryable: false, exitCode: 2 },
  'disk-full': { retryable: true, exitCode: 1 },
  'disk-read-only': { retryable: false, exitCode: 1 },
  'disk-fault': { retryable: false, exitCode: 1 },
  'state-in-use': { retryable: true, exitCode: 1 },
  'port-in-use': { retryable: true, exitCode: 1 },
  'link-down': { retryable: true, exitCode: 1 },
  'link-slow': { retryable: true, exitCode: 1 },
  'link-refused': { retryable: true, exitCode: 1 },
  'link-nonsense': { retryable: true, exitCode: 1 },
  'batch-too-large': { retryable: true, exitCode: 1 },
  'batch-refused': { retryable: true, exitCode: 1 },
  'payments-waiting': { retryable: true, exitCode: 1 },
  'reader-missing': { retryable: true, exitCode: 1 },
  'reader-fault': { retryable: true, exitCode: 1 },
  'supervisor-deaf': { retryable: true, exitCode: 1 },
  'card-torn-off': { retryable: true, exitCode: 1 },
  'card-too-late': { retryable: true, exitCode: 1 },
  /** No fault of the world: a broken invariant, a slip of ours. */
  defect: { retryable: false, exitCode: 1 },
} as const satisfies Record<string, { retryable: boolean; exitCode: 1 | 2 }>;

export type FaultCode = keyof typeof FAULTS;

/** A place in a file; line and column count from 1. */
export interface Position {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

/** One thing wrong with an input: what, where, and what was expected. */
export interface Problem {
  readonly at: Position;
  readonly what: string;
  readonly expected?: string;
  /** `warning` lets the input through. Absent means `error`. */
  readonly severity?: 'error' | 'warning';
}

export interface FaultDetail {
  /** A file position, a path, a URL, a reader's name. */
  readonly where?: string;
  readonly expected?: string;
  readonly problems?: readonly Problem[];
  readonly cause?: unknown;
}

export class TuraError extends Error {
  override readonly name = 'TuraError';
  readonly code: FaultCode;
  readonly where: string | undefined;
  readonly expected: string | undefined;
  readonly problems: readonly Problem[];

  constructor(code: FaultCode, message: string, detail: FaultDetail = {}) {
    super(message, detail.cause === undefined ? undefined : { cause: detail.cause });
    this.code = code;
    this.where = detail.where;
    this.expected = detail.expected;
    this.problems = detail.problems ?? [];
  }

  get retryable(): boolean {
    return FAULTS[this.code].retryable;
  }

  get exitCode(): 1 | 2 {
    return FAULTS[this.code].exitCode;
  }
}

/** Whatever was thrown, by code: what is no `TuraError` is a defect. */
export function faultCodeOf(error: unknown): FaultCode {
  return error instanceof TuraError ? error.code : 'defect';
}

/** What whatever was thrown says. */
export function whyOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** `file:line:column`, as far as it is known. */
export function formatPosition(at: Position): string {
  if (at.line === undefined) return at.file;
  return at.column === undefined ? `${at.file}:${at.line}` : `${at.file}:${at.line}:${at.column}`;
}

/** `tariff.yaml:12:3: unknown key 'quotta' (expected 'quota')`. */
export function formatProblem(problem: Problem): string {
  const expected = problem.expected === undefined ? '' : ` (expected ${problem.expected})`;
  return `${formatPosition(problem.at)}: ${problem.what}${expected}`;
}

/** Throws one `bad-input` that says every error among `problems`, and carries the warnings after them; or does nothing. */
export function refuseIfWrong(problems: readonly Problem[]): void {
  const errors = problems.filter(problem => problem.severity !== 'warning');
  if (errors.length === 0) return;
  const warnings = problems.filter(problem => problem.severity === 'warning');
  throw new TuraError('bad-input', errors.map(formatProblem).join('\n'), {
    problems: [...errors, ...warnings],
  });
}

/** Stays on in production: a vehicle that goes on with a broken invariant loses money silently. */
export function assert(condition: unknown, invariant: string): asserts condition {
  if (!condition) throw new Error(`broken invariant: ${invariant}`);
}
