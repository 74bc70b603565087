/** What a vehicle writes down: the payment first, then the record with its rider's state, and then the other doors hear of it. */
import { assert } from '../../core/error.ts';
import type { JournalRecord } from '../../core/record.ts';
import { type Clock, correctedTime } from '../../core/tap.ts';
import type { Effect, RiderUpdate } from '../../core/validator/event.ts';
import type { Journal } from '../journal/journal.ts';
import type { Payments } from '../payment/payments.ts';
import { momentAfter } from '../share/shared-taps.ts';
import type { Companions } from './look-up.ts';

type Commit = Extract<Effect, { kind: 'commit' }>;

export interface RecorderParts {
  readonly journal: Journal;
  readonly payments: Payments | undefined;
  readonly companions?: Companions | undefined;
}

export class Recorder {
  readonly #parts: RecorderParts;
  readonly #onFault: (fault: unknown) => void;
  /** The record that was written last. */
  last: JournalRecord | undefined;

  constructor(parts: RecorderParts, onFault: (fault: unknown) => void) {
    this.#parts = parts;
    this.#onFault = onFault;
  }

  /** Throws as its sink does: nothing was written, and one that no record names is worth nothing. */
  keep({ payment }: Commit): void {
    if (payment === undefined) return;
    const { payments } = this.#parts;
    assert(payments !== undefined, 'a payment is sealed for somebody');
    payments.sink.keep(payment);
  }

  /** Throws as the journal does. */
  write({ body, rider }: Commit, clock: Clock): JournalRecord {
    const record = this.#parts.journal.append(body, rider);
    this.last = record;
    if (rider !== undefined) this.#share(record, rider, clock);
    return record;
  }

  /** The others are told when it is on disk, and a fault of theirs is none of its rider's. */
  #share(
    { deviceId, epoch, sequence, stopId, eventTimeMs }: JournalRecord,
    { token, state }: RiderUpdate,
    clock: Clock,
  ): void {
    const { companions } = this.#parts;
    if (companions === undefined) return;
    try {
      const atMs = momentAfter(companions.newest([token]), correctedTime(eventTimeMs, clock));
      companions.tell({ deviceId, epoch, sequence, token, atMs, stopId, state });
    } catch (error) {
      this.#onFault(error);
    }
  }
}
