/**
 * What is wrong with a feed, kept up to a limit: one broken exporter can make a million identical problems, and
 * nobody reads the second hundred.
 */
import type { Problem } from '../core/error.ts';

/** Of errors, and again of warnings, so many are kept whole; the rest is counted. */
export const PROBLEMS_KEPT = 100;

export type Report = (problem: Problem) => void;

export class ProblemList {
  readonly #errors: Problem[] = [];
  readonly #warnings: Problem[] = [];
  #errorCount = 0;
  #warningCount = 0;

  /** A bound function, so that it can be handed on. */
  readonly report: Report = problem => {
    const warning = problem.severity === 'warning';
    if (warning) this.#warningCount += 1;
    else this.#errorCount += 1;
    const kept = warning ? this.#warnings : this.#errors;
    if (kept.length < PROBLEMS_KEPT) kept.push(problem);
  };

  /** An error that is worked out only where it is kept. */
  reportLazily(problem: () => Problem): void {
    if (this.#errorCount < PROBLEMS_KEPT) this.report(problem());
    else this.#errorCount += 1;
  }

  get errorCount(): number {
    return this.#errorCount;
  }

  /** Errors first; where more were met than are kept, the last of a kind says 'and N more'. */
  get all(): readonly Problem[] {
    return [
      ...withRest(this.#errors, this.#errorCount, 'error'),
      ...withRest(this.#warnings, this.#warningCount, 'warning'),
    ];
  }

  get warnings(): readonly Problem[] {
    return withRest(this.#warnings, this.#warningCount, 'warning');
  }
}

function withRest(
  kept: readonly Problem[],
  count: number,
  severity: 'error' | 'warning',
): readonly Problem[] {
  const last = kept.at(-1);
  if (last === undefined || count === kept.length) return kept;
  const more = `and ${(count - kept.length).toLocaleString('en')} more ${severity}s`;
  return [...kept, { at: { file: last.at.file }, what: more, severity }];
}
