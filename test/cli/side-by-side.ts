/** Tests that mostly wait for processes of their own run side by side, as many as there are cores and one more. */
import { availableParallelism } from 'node:os';
import { test } from 'uvu';

type Run = () => Promise<void>;

/** A `test` of one file; all of its tests start with the first. */
export function sideBySide(): (name: string, run: Run) => void {
  const waiting: [run: Run, settle: (outcome: Promise<void>) => void][] = [];
  const lane = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [run, settle] = next;
      const outcome = run();
      settle(outcome);
      await outcome.catch(() => undefined);
    }
  };
  return (name, run) => {
    const outcome = new Promise<void>(resolve => waiting.push([run, resolve]));
    // Until its own turn to be told, a failure is nobody's unhandled rejection.
    outcome.catch(() => undefined);
    test(name, async () => {
      for (let lanes = Math.min(waiting.length, availableParallelism() + 1); lanes > 0; lanes--) void lane();
      await outcome;
    });
  };
}
