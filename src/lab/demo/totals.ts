/** The totals of both sides, device by device: what the vehicles wrote and what the collector holds of it. */
import type { DeviceTotals, LedgerTotals, Tally } from '../../backoffice/collector/ledger/ledger.ts';
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
  const sides = journals.map(journal => {
    const { deviceId, epoch } = journal.next();
    const held = ledger.devices.find(device => device.deviceId === deviceId && device.epoch === epoch);
    return { own: journal.totals(), waiting: journal.outboxSize(), held };
  });
  const vehicles = sum(sides.map(({ own }) => own));
  const collector = sum(sides.flatMap(({ held }) => held ?? []));
  const missing = sides.reduce((total, side) => total + lostOf(side), 0);
  return {
    vehicles,
    collector,
    waiting: sides.reduce((total, { waiting }) => total + waiting, 0),
    quarantined: ledger.quarantined,
    conflicts: ledger.conflicts,
    missing,
    agree: JSON.stringify(vehicles) === JSON.stringify(collector) && missing === 0,
  };
}

/** What a vehicle was told is kept, and is not: a gap, or a ledger that somebody took away. */
function lostOf({
  own,
  waiting,
  held,
}: {
  own: Tally;
  waiting: number;
  held: DeviceTotals | undefined;
}): number {
  const kept = held === undefined ? 0 : held.records + held.quarantined + held.conflicts;
  return Math.max(0, own.records - waiting - kept);
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
