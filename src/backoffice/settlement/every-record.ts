/**
 * All that a ledger holds, device after device, in pages. A record that a disk spoilt is told of by its place, and stops
 * none of the others.
 */
import { whyOf } from '../../core/error.ts';
import type { TapIdentity } from '../../core/tap.ts';
import { Malformed } from '../../wire/malformed.ts';
import { readRecord, type WireRecord } from '../../wire/record/record.ts';
import type { Ledger } from '../collector/ledger/ledger.ts';

/** A record that is held, and says nothing any more. */
export interface Unreadable {
  readonly identity: TapIdentity;
  readonly why: string;
}

const PAGE = 1000;

export async function* everyRecord(
  ledger: Pick<Ledger, 'records' | 'totals'>,
  onUnreadable: (unreadable: Unreadable) => void,
): AsyncGenerator<WireRecord> {
  const { devices } = await ledger.totals();
  for (const { deviceId, epoch } of devices) {
    let from = 1;
    for (;;) {
      const page = (await ledger.records({ deviceId, epoch, from, limit: PAGE })) ?? [];
      for (const { sequence, bytes } of page) {
        from = sequence + 1;
        const record = readOrWhy(bytes);
        if (typeof record === 'string')
          onUnreadable({ identity: { deviceId, epoch, sequence }, why: record });
        else yield record;
      }
      if (page.length < PAGE) break;
    }
  }
}

function readOrWhy(bytes: Uint8Array): WireRecord | string {
  try {
    return readRecord(bytes);
  } catch (error) {
    if (error instanceof Malformed) return whyOf(error);
    throw error;
  }
}
