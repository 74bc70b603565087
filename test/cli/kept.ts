/** What must hold of a state folder after any number of kills and one run to its end. */
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { openLedger } from '../../src/backoffice/collector/ledger/file-ledger.ts';
import { readRecord } from '../../src/wire/record/record.ts';

/** An answer that a rider was shown, as `--json` says it. */
export interface Answered {
  /** deviceId/epoch/sequence */
  readonly tap: string;
  readonly atMs: number;
  readonly decision: string;
  readonly amountMinor?: number;
  readonly repeated: boolean;
}

/** The answers among whole lines of NDJSON: a kill may cut the last one. */
export function answersIn(out: string): Answered[] {
  return out
    .slice(0, out.lastIndexOf('\n') + 1)
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line))
    .filter(object => 'decision' in object);
}

/** No gap, no duplicate, no conflict, one epoch a vehicle, and every answer that was shown is there as it was shown. */
export async function proveNothingLost(state: string, shown: readonly Answered[]): Promise<void> {
  const ledger = openLedger(join(state, 'collector.db'));
  try {
    const totals = await ledger.totals();
    const { missing, quarantined, conflicts, brokenLinks } = totals;
    const wrong = { missing, quarantined, conflicts, brokenLinks };
    assert.equal(wrong, { missing: 0, quarantined: 0, conflicts: 0, brokenLinks: 0 });
    assert.equal(totals.devices.map(({ deviceId }) => deviceId).sort(), ['tmn-bus-101', 'tmn-tram-7']);
    const held = new Map<string, { atMs: number; decision: string | undefined }>();
    for (const { deviceId, epoch, records, highest, through } of totals.devices) {
      assert.equal({ records, through }, { records: highest, through: highest }, deviceId);
      const all = await ledger.records({ deviceId, epoch, from: 1, limit: highest });
      for (const { bytes } of all ?? []) {
        const { sequence, eventTimeMs, decision } = readRecord(bytes);
        held.set(`${deviceId}/${epoch}/${sequence}`, { atMs: eventTimeMs, decision });
      }
    }
    for (const { tap, atMs, decision, repeated } of shown) {
      if (!repeated) assert.equal(held.get(tap), { atMs, decision }, `${tap} was shown`);
    }
  } finally {
    await ledger.close();
  }
}
