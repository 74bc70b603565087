/**
 * A journal that can be opened anew after a fault of its disk. It is the same journal to everybody who holds it; what
 * was lost meanwhile is set aside, and an epoch of its own begins (RECORDS.md 1), so that no identity is given twice.
 */
import { dirname } from 'node:path';
import { TuraError } from '../../core/error.ts';
import type { RiderState } from '../../core/fare/rider.ts';
import type { JournalRecord, RecordBody } from '../../core/record.ts';
import type { TapIdentity, Token } from '../../core/tap.ts';
import type { EpochMs } from '../../core/time.ts';
import type { RiderUpdate } from '../../core/validator/event.ts';
import { diskFault } from '../../disk/sqlite.ts';
import { recordBytes } from '../../wire/record/record.ts';
import { journalsAside, setAside } from './aside.ts';
import { type JournalOptions, openJournal } from './file-journal.ts';
import type { Journal, JournalTotals, Sealed } from './journal.ts';
import { lastSetTimeMs } from './last-set.ts';
import { type Committed, verifyJournal } from './verify.ts';

export interface MendableJournal extends Journal {
  /**
   * Closes the journal, opens it anew and verifies it. What was lost is returned by name, once, and a new journal goes
   * on; undefined when nothing was. Throws `TuraError` while the disk fails: until the next try everything throws it.
   */
  reopen(): TuraError | undefined;
  /** The moment of the newest tap whose clock had been set: a clock behind it is not set. Known while the disk fails, too. */
  lastSetTimeMs(): EpochMs | undefined;
  /** Earlier journals of this device that were set aside with records nobody acknowledged. Whoever asks closes them. */
  openAside(onFault: (fault: unknown) => void): readonly Journal[];
}

/** Throws as `openJournal`. */
export function openMendable(file: string, options: JournalOptions): MendableJournal {
  return new MendableFileJournal(file, options);
}

class MendableFileJournal implements MendableJournal {
  readonly #file: string;
  readonly #options: JournalOptions;
  /** Undefined between a fault and its mending. */
  #journal: Journal | undefined;
  #fault: unknown;
  /** The newest record that this start found, and the newest that it wrote. */
  #found: Committed | undefined;
  #written: JournalRecord | undefined;
  #setMs: EpochMs | undefined;
  /** Not told yet, since the new journal could not be opened so far. */
  #lost: TuraError | undefined;

  constructor(file: string, options: JournalOptions) {
    this.#file = file;
    this.#options = options;
    this.#open();
  }

  #open(): void {
    const journal = openJournal(this.#file, this.#options);
    const { epoch, sequence } = journal.next();
    const [newest] = journal.range(sequence - 1, sequence - 1);
    this.#found = { epoch, sequence: sequence - 1, bytes: newest?.bytes };
    this.#written = undefined;
    // What was lost had its time all the same.
    this.#setMs ??= lastSetTimeMs(sequence - 1, (first, last) => journal.range(first, last));
    this.#journal = journal;
  }

  reopen(): TuraError | undefined {
    const committed = this.#committed();
    try {
      this.#journal?.close();
      this.#journal = undefined;
      if (committed !== undefined) this.#verify(committed);
      this.#open();
    } catch (error) {
      this.#fault = diskFault(error, this.#file, 'journal');
      throw this.#fault;
    }
    const lost = this.#lost;
    this.#lost = undefined;
    return lost;
  }

  #verify(committed: Committed): void {
    const lost = verifyJournal(this.#file, committed, this.#options.crypto);
    if (lost === undefined) return;
    const aside = setAside(this.#file, committed.epoch);
    // From here on a new journal is expected, and nothing of it.
    this.#found = undefined;
    this.#written = undefined;
    this.#lost = new TuraError('disk-fault', `journal ${this.#file}: ${lost}; a new epoch begins`, {
      where: this.#file,
      expected: `whoever keeps the ledger to look at ${aside}, where the rest is kept until it is sent`,
    });
  }

  #committed(): Committed | undefined {
    if (this.#written === undefined) return this.#found;
    const { epoch, sequence } = this.#written;
    return { epoch, sequence, bytes: recordBytes(this.#written) };
  }

  openAside(onFault: (fault: unknown) => void): readonly Journal[] {
    return journalsAside(dirname(this.#file)).flatMap(file => {
      let journal: Journal | undefined;
      try {
        journal = openJournal(file, this.#options);
        // Not by its size: a record that is lost is counted for ever.
        if (journal.outbox(1).length > 0) return [journal];
      } catch (error) {
        onFault(diskFault(error, file, 'journal'));
      }
      journal?.close();
      return [];
    });
  }

  #now(): Journal {
    if (this.#journal !== undefined) return this.#journal;
    throw this.#fault;
  }

  #named<Value>(work: (journal: Journal) => Value): Value {
    const journal = this.#now();
    try {
      return work(journal);
    } catch (error) {
      throw diskFault(error, this.#file, 'journal');
    }
  }

  next(): TapIdentity {
    return this.#now().next();
  }

  append(body: RecordBody, rider?: RiderUpdate): JournalRecord {
    const record = this.#now().append(body, rider);
    this.#written = record;
    if (record.clockState !== 'unset') this.#setMs = record.eventTimeMs;
    return record;
  }

  rider(token: Token): RiderState | undefined {
    const journal = this.#now();
    try {
      return journal.rider(token);
    } catch (error) {
      throw diskFault(error, this.#file, 'journal');
    }
  }

  lastSetTimeMs(): EpochMs | undefined {
    return this.#setMs;
  }

  lastEventTimeMs(): EpochMs | undefined {
    return this.#named(journal => journal.lastEventTimeMs());
  }

  outbox(limit: number): readonly Sealed[] {
    return this.#named(journal => journal.outbox(limit));
  }

  outboxSize(): number {
    return this.#named(journal => journal.outboxSize());
  }

  acknowledge(sequences: readonly number[]): void {
    this.#named(journal => journal.acknowledge(sequences));
  }

  range(first: number, last: number): readonly Sealed[] {
    return this.#named(journal => journal.range(first, last));
  }

  totals(): JournalTotals {
    return this.#named(journal => journal.totals());
  }

  close(): void {
    this.#journal?.close();
  }
}
