/** What of a file is left out: each line once, whatever is wrong with it, and of the reasons as many as anybody reads. */
import { type Problem, refuseIfWrong } from '../../core/error.ts';

/** Of errors, and again of warnings. */
export const PROBLEMS_TOLD = 100;

/** Plain data, so that it can be handed to another process. */
export interface LeftOutSums {
  readonly lines: number;
  readonly errors: number;
  /** The first ones. */
  readonly told: readonly Problem[];
  readonly warnings: readonly Problem[];
}

export class LeftOut {
  /** Lines. */
  count = 0;
  #errors = 0;
  #told: Problem[] = [];
  #warnings: Problem[] = [];
  #line = -1;

  get sums(): LeftOutSums {
    return { lines: this.count, errors: this.#errors, told: this.#told, warnings: this.#warnings };
  }

  merge({ lines, errors, told, warnings }: LeftOutSums): void {
    this.count += lines;
    this.#errors += errors;
    this.#told = [...this.#told, ...told].sort(byLine).slice(0, PROBLEMS_TOLD);
    this.#warnings = [...this.#warnings, ...warnings].slice(0, PROBLEMS_TOLD);
  }

  /** By line; where more were met than are told, the last says how many. */
  get problems(): readonly Problem[] {
    const [last] = this.#told.slice(-1);
    const more = this.#errors - this.#told.length;
    if (last === undefined || more === 0) return [...this.#told, ...this.#warnings];
    const rest: Problem = { at: { file: last.at.file }, what: `and ${more.toLocaleString('en')} more` };
    return [...this.#told, rest, ...this.#warnings];
  }

  /**
   * A column that is nearly one of ours is misspelt, and throws bad-input: without it every tap would be rated as
   * something else. Others are nobody's business.
   */
  readonly report = (problem: Problem): void => {
    if (problem.severity !== 'warning') {
      this.leaveOut(problem.at.line ?? 0, () => problem);
      return;
    }
    if (problem.expected !== undefined) refuseIfWrong([{ ...problem, severity: 'error' }]);
    if (this.#warnings.length < PROBLEMS_TOLD) this.#warnings.push(problem);
  };

  readonly leaveOut = (line: number, why: () => Problem): void => {
    // What is wrong with a line is told at one go.
    if (line !== this.#line) this.count += 1;
    this.#line = line;
    this.#errors += 1;
    if (this.#told.length < PROBLEMS_TOLD) this.#told.push(why());
  };
}

function byLine(a: Problem, b: Problem): number {
  return (a.at.line ?? 0) - (b.at.line ?? 0);
}
