/**
 * A list on board, opened anew when it can no longer be read. Meanwhile it says nothing, which the tariff graces or
 * declines: a list is no reason to leave riders standing.
 */
import { diskFault } from '../../disk/sqlite.ts';
import type { AppliedList } from '../list/snapshot.ts';
import type { Timers } from '../timers.ts';
import { Mender } from './mender.ts';

/** A list as a vehicle is given it. */
export interface OpenedList<List extends AppliedList> {
  readonly list: List;
  /** For whoever meets its fault. */
  readonly what: string;
  readonly file: string;
  readonly reopen: () => Promise<List>;
}

export class MendingList<List extends AppliedList> {
  readonly #opened: OpenedList<List>;
  readonly #onFault: (fault: unknown) => void;
  readonly #mender: Mender;
  #list: List;
  #isReadable = true;
  #stopped = false;

  constructor(opened: OpenedList<List>, timers: Timers, onFault: (fault: unknown) => void) {
    this.#opened = opened;
    this.#list = opened.list;
    this.#onFault = onFault;
    // The fault was told when it came; that it stays is no news.
    this.#mender = new Mender({ timers, mend: () => this.#mend(), onStays: () => undefined });
  }

  /** Absent while it cannot be read. */
  get list(): List | undefined {
    return this.#isReadable ? this.#list : undefined;
  }

  /** For whoever asks what does not work. */
  get what(): string {
    return this.#opened.what;
  }

  /** Undefined where it cannot be read. */
  ask<Said>(question: (list: List) => Said): Said | undefined {
    if (!this.#isReadable) return undefined;
    try {
      const said = question(this.#list);
      this.#mender.works();
      return said;
    } catch (error) {
      this.#fails(error);
      return undefined;
    }
  }

  refresh(): void {
    if (!this.#isReadable) return;
    try {
      this.#list.refresh();
    } catch (error) {
      this.#fails(error);
    }
  }

  /** What was opened here is closed here; the list it began with is its opener's. */
  stop(): void {
    this.#stopped = true;
    this.#mender.stop();
    if (this.#list !== this.#opened.list) this.#list.close();
  }

  #fails(error: unknown): void {
    this.#isReadable = false;
    this.#onFault(diskFault(error, this.#opened.file, this.#opened.what));
    this.#mender.fails();
  }

  async #mend(): Promise<void> {
    const list = await this.#opened.reopen();
    if (this.#stopped) return list.close();
    const before = this.#list;
    this.#list = list;
    this.#isReadable = true;
    before.close();
  }
}
