/** All that a ledger holds, device after device, in pages. */
import { readRecord, type WireRecord } from '../../wire/record/record.ts';
import type { Ledger } from '../collector/ledger/ledger.ts';

const PAGE = 1000;

export async function* everyRecord(ledger: Pick<Ledger, 'records' | 'totals'>): AsyncGenerator<WireRecord> {
  const { devices } = await ledger.totals();
  for (const { deviceId, epoch } of devices) {
    let from = 1;
    for (;;) {
      const page = (await ledger.records({ deviceId, epoch, from, limit: PAGE })) ?? [];
      for (const bytes of page) {
        const record = readRecord(bytes);
        from = record.sequence + 1;
        yield record;
      }
      if (page.length < PAGE) break;
    }
  }
}
