/**
 * The durable tap log and its outbox.
 *
 * Promised: when `append` returns, the record and the rider's state are on disk together (one transaction,
 * `synchronous=FULL`); sequences have no gap within an epoch; a record stays in the outbox until the back office
 * acknowledged that very record, and in the log some days longer.
 * Not promised: anything after a disk fault. `append` then throws and the vehicle stops taking taps and says so, until
 * the journal was opened anew and verified (`mendable.ts`).
 */
import type { RiderState } from '../../core/fare/rider.ts';
import type { JournalRecord, RecordBody } from '../../core/record.ts';
import type { TapIdentity, Token } from '../../core/tap.ts';
import type { EpochMs } from '../../core/time.ts';
import type { RiderUpdate } from '../../core/validator/event.ts';

export interface Sealed {
  readonly sequence: number;
  /** Canonical bytes, as they travel. */
  readonly bytes: Uint8Array;
}

export interface JournalTotals {
  readonly records: number;
  readonly accepted: number;
  readonly declined: number;
  /** Sum of the riders' own lines in minor units, by currency. */
  readonly riderMinor: Readonly<Record<string, number>>;
}

export interface Journal {
  /** The identity the next record will have. */
  next(): TapIdentity;
  /** Commits to disk, the rider's state in the same transaction. Throws `TuraError` disk-full, disk-read-only or disk-fault; then nothing was written. */
  append(body: RecordBody, rider?: RiderUpdate): JournalRecord;
  rider(token: Token): RiderState | undefined;
  /** The newest record's moment as read, for a clock that must not run backwards; undefined in a new journal. */
  lastEventTimeMs(): EpochMs | undefined;
  /** Up to `limit` records that are not acknowledged, oldest first. */
  outbox(limit: number): readonly Sealed[];
  outboxSize(): number;
  /** Lets go of exactly these sequences of this epoch. */
  acknowledge(sequences: readonly number[]): void;
  /** Records from `first` to `last` again, acknowledged or not, as far as they are still kept. */
  range(first: number, last: number): readonly Sealed[];
  totals(): JournalTotals;
  close(): void;
}
