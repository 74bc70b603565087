/** Tells when tariffs or scenarios were saved: all that an editor writes within a moment is one save. */
import { basename, dirname, join } from 'node:path';
import type { Timers } from '../../onboard/timers.ts';
import type { SuiteFiles } from './find-suites.ts';

/** Calls `onChange` with the name of each file that changes in the folder; gives what ends it. */
export type WatchFolder = (folder: string, onChange: (name: string) => void) => () => void;

/** An editor renames, truncates and writes: what follows within this is the same save. */
const SAVE_MS = 100;

/** What a bench reads. Editors leave others beside them. */
const READ = /^[^.#~].*\.(ya?ml|csv|txt)$/i;

export class Watch {
  readonly #watchFolder: WatchFolder;
  readonly #timers: Timers;
  readonly #onSaved: (files: readonly string[]) => void;
  #watched: readonly (() => void)[] = [];
  readonly #changed = new Set<string>();
  #cancel: (() => void) | undefined;

  constructor(watchFolder: WatchFolder, timers: Timers, onSaved: (files: readonly string[]) => void) {
    this.#watchFolder = watchFolder;
    this.#timers = timers;
    this.#onSaved = onSaved;
  }

  /** What these are made of from now on, and nothing else. A folder that was put in another's place is watched anew. */
  over(suites: readonly SuiteFiles[]): void {
    for (const end of this.#watched) end();
    this.#watched = foldersOf(suites).map(folder =>
      this.#watchFolder(folder, name => this.#change(join(folder, name))),
    );
  }

  close(): void {
    this.over([]);
    this.#cancel?.();
  }

  #change(file: string): void {
    if (!READ.test(basename(file))) return;
    this.#changed.add(file);
    // Not put off by the next change: somebody may write without end.
    this.#cancel ??= this.#timers.after(SAVE_MS, () => {
      const files = [...this.#changed].sort();
      this.#changed.clear();
      this.#cancel = undefined;
      this.#onSaved(files);
    });
  }
}

function foldersOf(suites: readonly SuiteFiles[]): readonly string[] {
  return [...new Set(suites.flatMap(({ tariff, files }) => [tariff, ...files.map(file => dirname(file))]))];
}
