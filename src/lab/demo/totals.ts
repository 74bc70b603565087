/** The totals of both sides, device by device: what the vehicles wrote and what the collector holds of it. */
import type { LedgerTotals, Tally } from '../../backoffice/collector/ledger/ledger.ts';
import type { Journal } from '../../onboard/journal/journal.ts';

export interface Comparison {
  readonly vehicles: Tally;
  readonly collector: Tally;
  /** Records that are on board only, and not for long. */
  readonly waiting: number;
  /** What the collector keeps apart, and what it misses. */
  readonly quarantined: number;
  readonly conflicts: number;
  readonly missing: number;
  readonly agree: boolean;
}

/** Only the epochs these journals write: a collector may know other devices, and earlier lives of these. */
export function compareTotals(journals: readonly Journal[], ledger: LedgerTotals): Comparison {
  const held = journals.flatMap(journal => {
    const { deviceId, epoch } = journal.next();
    return ledger.devices.filter(device => device.deviceId === deviceId && device.epoch === epoch);
  });
  const vehicles = sum(journals.map(journal => journal.totals()));
  const collector = sum(held);
  const missing = held.reduce((total, { highest, through }) => total + (highest - through), 0);
  return {
    vehicles,
    collector,
    waiting: journals.reduce((total, journal) => total + journal.outboxSize(), 0),
    quarantined: ledger.quarantined,
    conflicts: ledger.conflicts,
    missing,
    agree: JSON.stringify(vehicles) === JSON.stringify(collector) && missing === 0,
  };
}

function sum(tallies: readonly Tally[]): Tally {
  const riderMinor: Record<string, number> = {};
  for (const tally of tallies) {
    for (const [currency, amount] of Object.entries(tally.riderMinor)) {
      riderMinor[currency] = (riderMinor[currency] ?? 0) + amount;
    }
  }
  const total = (name: 'records' | 'accepted' | 'declined') =>
    tallies.reduce((before, tally) => before + tally[name], 0);
  return { records: total('records'), accepted: total('accepted'), declined: total('declined'), riderMinor };
}
