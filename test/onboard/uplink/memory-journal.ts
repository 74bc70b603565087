/** A journal that keeps nothing when the test ends: for laws that need thousands of them. */
import type { TuraError } from '../../../src/core/error.ts';
import type { RiderState } from '../../../src/core/fare/rider.ts';
import { hexOfBytes } from '../../../src/core/hex.ts';
import { type JournalRecord, RECORD_SCHEMA, type RecordBody } from '../../../src/core/record.ts';
import type { TapIdentity } from '../../../src/core/tap.ts';
import type { Sealed } from '../../../src/onboard/journal/journal.ts';
import type { MendableJournal } from '../../../src/onboard/journal/mendable.ts';
import { nodeCrypto } from '../../../src/wire/node-crypto.ts';
import { recordBytes } from '../../../src/wire/record/record.ts';
import { EPOCH } from '../../wire/records.ts';

export class MemoryJournal implements MendableJournal {
  readonly #identity: Omit<TapIdentity, 'sequence'>;
  readonly #records: Sealed[] = [];
  readonly #waiting = new Set<number>();

  constructor(deviceId = 'tmn-bus-101', epoch = EPOCH) {
    this.#identity = { deviceId, epoch };
  }

  next(): TapIdentity {
    return { ...this.#identity, sequence: this.#records.length + 1 };
  }

  append(body: RecordBody): JournalRecord {
    const before = this.#records.at(-1);
    const record: JournalRecord = {
      schema: RECORD_SCHEMA,
      realm: 'test',
      ...this.next(),
      ...(before === undefined ? {} : { prevHash: hexOfBytes(nodeCrypto.sha256(before.bytes)) }),
      firmware: '0.1.0',
      bootId: '0000000000000001',
      ...body,
    };
    this.#waiting.add(record.sequence);
    this.#records.push({ sequence: record.sequence, bytes: recordBytes(record) });
    return record;
  }

  /** As a disk's fault would: another's bytes stand where this record stood. */
  spoil(sequence: number, bytes: Uint8Array): void {
    this.#records[sequence - 1] = { sequence, bytes };
  }

  outbox(limit: number): readonly Sealed[] {
    return this.#records.filter(({ sequence }) => this.#waiting.has(sequence)).slice(0, limit);
  }

  outboxSize(): number {
    return this.#waiting.size;
  }

  acknowledge(sequences: readonly number[]): void {
    for (const sequence of sequences) this.#waiting.delete(sequence);
  }

  range(first: number, last: number): readonly Sealed[] {
    return this.#records.slice(first - 1, last);
  }

  reopen(): TuraError | undefined {
    return undefined;
  }

  lastSetTimeMs(): undefined {}

  openAside(): readonly [] {
    return [];
  }

  rider(): RiderState | undefined {
    return undefined;
  }

  lastEventTimeMs(): undefined {}

  totals(): never {
    throw new Error('no test asks a memory journal for its totals');
  }

  close(): void {}
}
