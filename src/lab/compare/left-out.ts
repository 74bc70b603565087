/** What of a file is left out: each line once, whatever is wrong with it, and of the reasons as many as anybody reads. */
import { type Problem, refuseIfWrong } from '../../core/error.ts';
import { ProblemList } from '../../gtfs/problems.ts';

export class LeftOut {
  readonly #problems = new ProblemList();
  #line = -1;
  /** Lines. */
  count = 0;

  get problems(): readonly Problem[] {
    return this.#problems.all;
  }

  /**
   * A column that is nearly one of ours is misspelt, and throws bad-input: without it every tap would be rated as
   * something else. Others are nobody's business.
   */
  readonly report = (problem: Problem): void => {
    const isWarning = problem.severity === 'warning';
    if (isWarning && problem.expected !== undefined) refuseIfWrong([{ ...problem, severity: 'error' }]);
    if (!isWarning) this.#countLine(problem.at.line ?? 0);
    this.#problems.report(problem);
  };

  readonly leaveOut = (line: number, why: () => Problem): void => {
    this.#countLine(line);
    this.#problems.reportLazily(why);
  };

  /** What is wrong with a line is told at one go. */
  #countLine(line: number): void {
    if (line !== this.#line) this.count += 1;
    this.#line = line;
  }
}
