/** What of a file is left out: each line once, whatever is wrong with it, and of the reasons as many as anybody reads. */
import { type Problem, refuseIfWrong } from '../../core/error.ts';

/** Of errors, and again of warnings. */
export const PROBLEMS_TOLD = 100;

/** Plain data, so that it can be handed to another process. */
export interface LeftOutSums {
  readonly lines: number;
  readonly errors: Told;
  readonly warnings: Told;
}

/** How many were met, and the first of them in the file, by line. */
interface Told {
  readonly met: number;
  readonly first: readonly Problem[];
}

const NONE: Told = { met: 0, first: [] };

export class LeftOut {
  #lines = 0;
  #errors = NONE;
  #warnings = NONE;
  #line = -1;

  get sums(): LeftOutSums {
    return { lines: this.#lines, errors: this.#errors, warnings: this.#warnings };
  }

  merge({ lines, errors, warnings }: LeftOutSums): void {
    this.#lines += lines;
    this.#errors = together(this.#errors, errors);
    this.#warnings = together(this.#warnings, warnings);
  }

  /** Lines. */
  get count(): number {
    return this.#lines;
  }

  /** By line, errors first; where more of a kind were met than are told, its last one says how many. */
  get problems(): readonly Problem[] {
    return [...allOf(this.#errors), ...allOf(this.#warnings)];
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
    this.#warnings = withOne(this.#warnings, lineOf(problem), () => problem);
  };

  readonly leaveOut = (line: number, why: () => Problem): void => {
    // What is wrong with a line is told at one go.
    if (line !== this.#line) this.#lines += 1;
    this.#line = line;
    this.#errors = withOne(this.#errors, line, why);
  };
}

/** Lines come in any order; what one of them is told of stays as it came. */
function withOne({ met, first }: Told, line: number, problem: () => Problem): Told {
  const last = first.at(-1);
  if (first.length === PROBLEMS_TOLD && last !== undefined && lineOf(last) <= line)
    return { met: met + 1, first };
  const place = first.findLastIndex(before => lineOf(before) <= line) + 1;
  return { met: met + 1, first: first.toSpliced(place, 0, problem()).slice(0, PROBLEMS_TOLD) };
}

function together(a: Told, b: Told): Told {
  const first = [...a.first, ...b.first].sort(byLine).slice(0, PROBLEMS_TOLD);
  return { met: a.met + b.met, first };
}

function byLine(a: Problem, b: Problem): number {
  return lineOf(a) - lineOf(b);
}

function lineOf({ at: { line } }: Problem): number {
  return line ?? 0;
}

function allOf({ met, first }: Told): readonly Problem[] {
  const [last] = first.slice(-1);
  const more = met - first.length;
  if (last === undefined || more === 0) return first;
  const { file } = last.at;
  const what = `and ${more.toLocaleString('en')} more`;
  return [
    ...first,
    last.severity === 'warning' ? { at: { file }, what, severity: 'warning' } : { at: { file }, what },
  ];
}
