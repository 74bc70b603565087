/** A progress bar on stderr, only on a terminal and only for what takes more than a second. */
import { Presets, SingleBar } from 'cli-progress';

export interface Progress {
  update(done: number, total: number, what: string): void;
  /** May be called twice. */
  end(): void;
}

const SHOW_AFTER_MS = 1000;

export function progressBar(title: string): Progress {
  const startedMs = performance.now();
  let bar: SingleBar | undefined;
  return {
    update(done, total, what) {
      if (!process.stderr.isTTY || performance.now() - startedMs < SHOW_AFTER_MS) return;
      if (bar === undefined) {
        bar = new SingleBar(
          { format: `${title} {bar} {percentage} % {what}`, stream: process.stderr, hideCursor: true },
          Presets.shades_classic,
        );
        bar.start(total, done, { what });
      }
      bar.update(done, { what });
    },
    end() {
      bar?.stop();
      bar = undefined;
    },
  };
}
