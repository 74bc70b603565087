/** How a vehicle at work is, as its own journal tells it. */
import { TuraError } from '../../core/error.ts';
import { known } from '../../core/known.ts';
import type { EpochMs } from '../../core/time.ts';
import { readableRecord } from '../../wire/record/record.ts';
import type { Journal } from '../journal/journal.ts';
import type { HealthNote } from './health-note.ts';

export class Health {
  readonly #journal: Journal;
  #acknowledged = Number.POSITIVE_INFINITY;
  #acknowledgedMs: EpochMs | undefined;

  /** `acknowledgedMs` is what the last note of an earlier start said. */
  constructor(journal: Journal, acknowledgedMs: EpochMs | undefined) {
    this.#journal = journal;
    this.#acknowledgedMs = acknowledgedMs;
  }

  /** An acknowledgement is dated by the first look that sees it. */
  look(atMs: EpochMs): HealthNote {
    try {
      const waiting = this.#journal.outboxSize();
      const acknowledged = this.#journal.next().sequence - waiting;
      if (acknowledged > this.#acknowledged) this.#acknowledgedMs = atMs;
      this.#acknowledged = acknowledged;
      return known({ atMs, waiting, oldestMs: this.#oldestMs(), acknowledgedMs: this.#acknowledgedMs });
    } catch (error) {
      // The vehicle itself says so at its readers, and mends it.
      if (error instanceof TuraError) return known({ atMs, acknowledgedMs: this.#acknowledgedMs });
      throw error;
    }
  }

  #oldestMs(): EpochMs | undefined {
    const [oldest] = this.#journal.outbox(1);
    return oldest && readableRecord(oldest.bytes)?.eventTimeMs;
  }
}
