/**
 * One measured number of `npm run perf`, beside what it is measured against.
 */
export interface Figure {
  /** `import time` */
  readonly figure: string;
  readonly value: number;
  readonly unit: string;
  /** `at least 5 x faster` */
  readonly goal: string;
  /** What else did the same work in the same run, and its number. */
  readonly peer: string;
  /** Of the two numbers, as the goal counts it. */
  readonly ratio: number;
  readonly met: boolean;
}
