/** Journals for tests: a device, what it writes, and what a reader of its bytes makes of them. */
import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { NEW_RIDER, type RiderState } from '../../../src/core/fare/rider.ts';
import type { RecordBody } from '../../../src/core/record.ts';
import type { Token } from '../../../src/core/tap.ts';
import { epoch } from '../../../src/core/time.ts';
import type { RiderUpdate } from '../../../src/core/validator/event.ts';
import { type JournalOptions, openJournal } from '../../../src/onboard/journal/file-journal.ts';
import type { Journal, Sealed } from '../../../src/onboard/journal/journal.ts';
import { nodeCrypto } from '../../../src/wire/node-crypto.ts';
import { readRecord, type WireRecord } from '../../../src/wire/record/record.ts';

/** The least that a tap says: what starts a process must not wait for the arbitraries of `wire/records`. */
export const TAP: RecordBody = {
  kind: 'tap',
  eventTimeMs: epoch(1_772_420_400_000),
  monotonicMs: 1,
  clockState: 'ntp',
  offsetMs: 0,
  uncertaintyMs: 50,
  decision: 'accepted',
};

export const FILE = 'journal.db';

export const OPTIONS: JournalOptions = {
  deviceId: 'tmn-bus-101',
  realm: 'test',
  firmware: '0.1.0',
  crypto: nodeCrypto,
  random: length => randomBytes(length),
};

export function openIn(folder: string, changes: Partial<JournalOptions> = {}): Journal {
  return openJournal(join(folder, FILE), { ...OPTIONS, ...changes });
}

export function tokenOf(number: number): Token {
  return { kind: 'uid', keyId: 1, value: number.toString(16).padStart(32, '0') };
}

/** A state that names the record it was written with. */
export function riderOf(number: number, sequence: number): RiderUpdate {
  return { token: tokenOf(number), state: stateAt(sequence) };
}

export function stateAt(sequence: number): RiderState {
  return { ...NEW_RIDER, lastRide: { ref: `tap-${sequence}`, trip: 'T', atMs: epoch(sequence), riders: 1 } };
}

export function sequencesOf(sealed: readonly Sealed[]): number[] {
  return sealed.map(({ sequence }) => sequence);
}

/** Every record that is kept, checked: no gap, one epoch, each bound to the one before it. */
export function soundRecords(journal: Journal): WireRecord[] {
  const kept = journal.range(1, Number.MAX_SAFE_INTEGER);
  const records = kept.map(({ bytes }) => readRecord(bytes));
  const first = kept[0]?.sequence ?? 1;
  for (const [index, record] of records.entries()) {
    assert.is(record.sequence, first + index, 'no gap');
    assert.is(record.epoch, journal.next().epoch);
    const before = kept[index - 1];
    if (before !== undefined)
      assert.is(record.prevHash, hashOf(before.bytes), `chained at ${record.sequence}`);
    else if (first === 1) assert.is(record.prevHash, undefined);
  }
  assert.is(journal.next().sequence, first + records.length);
  return records;
}

export function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

export const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);
