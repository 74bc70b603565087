/** How the tests of some files went. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Stands behind all that a file said, where its tally is written after it. */
const END = '\0tally ';

export function written(tally: Tally): string {
  return `${END}${JSON.stringify(tally)}\n`;
}

/** What was said, and the tally once all of it has come. */
export function readBack(said: string): { readonly text: string; readonly tally: Tally | undefined } {
  const [text = '', tally = ''] = said.split(END);
  return { text, tally: tally.endsWith('\n') ? JSON.parse(tally) : undefined };
}

export const NOTHING: Tally = { passed: 0, failed: 0, skipped: 0 };
export const A_FAILURE: Tally = { ...NOTHING, failed: 1 };

export function added(a: Tally, b: Tally): Tally {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}
