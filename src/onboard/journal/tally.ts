/** What a journal's records come to: the vehicle's side of the totals that both sides must agree on. */
import { type JournalRecord, takenFromRider } from '../../core/record.ts';
import type { JournalTotals } from './journal.ts';

export class JournalTally {
  #records = 0;
  #accepted = 0;
  #declined = 0;
  readonly #riderMinor: Record<string, number> = {};

  /** Goes on from totals written as JSON, if there are any. */
  constructor(from?: string | number) {
    if (typeof from !== 'string') return;
    const { records, accepted, declined, riderMinor } = JSON.parse(from) as JournalTotals;
    [this.#records, this.#accepted, this.#declined] = [records, accepted, declined];
    Object.assign(this.#riderMinor, riderMinor);
  }

  add(record: JournalRecord): void {
    this.#records++;
    if (record.decision === 'declined') this.#declined++;
    if (record.decision === 'accepted') this.#accepted++;
    const { currency } = record;
    if (currency === undefined) return;
    this.#riderMinor[currency] = (this.#riderMinor[currency] ?? 0) + takenFromRider(record);
  }

  totals(): JournalTotals {
    const riderMinor = { ...this.#riderMinor };
    return { records: this.#records, accepted: this.#accepted, declined: this.#declined, riderMinor };
  }
}
