import { virtualChip } from '../../../src/core/card/virtual/chip.ts';
import { stateOn, type TransitApplication } from '../../../src/core/card/virtual/transit.ts';
import { type JournalRecord, riderAmount } from '../../../src/core/record.ts';
import { epoch } from '../../../src/core/time.ts';
import type { Chip } from '../../../src/onboard/reader/chip.ts';
import { readRecord } from '../../../src/wire/record/record.ts';
import { MIR } from '../../core/card/bank-cards.ts';
import { MemoryJournal } from '../uplink/memory-journal.ts';
import { type Bench, MONDAY, PLACE } from './bench.ts';
import { quiet, type Tears, tornBy } from './held-chips.ts';

export const UID = Uint8Array.of(0x08, 0x01, 0x02, 0x03);

export function chipOf(card: TransitApplication, tears: Tears = () => undefined, withBank = false): Chip {
  return tornBy(tears, virtualChip(withBank ? { transit: card, bank: MIR } : { transit: card }));
}

export async function taps(own: Bench, chip: Chip, readerId = 'front'): Promise<string[]> {
  own.reader.holds(readerId, UID, chip);
  await quiet();
  own.reader.says({ kind: 'removed', readerId });
  await quiet();
  return own.said();
}

export function records({ journal }: Bench): JournalRecord[] {
  return journal.outbox(100).map(({ bytes }) => readRecord(bytes));
}

/** `intent 1 -> 2`, `outcome written 37.00`. */
export function kinds(own: Bench): string[] {
  return records(own).map(({ kind, outcome, cardCounterBefore, cardCounterAfter, decision, lines }) => {
    const counters =
      kind === 'intent' ? `${cardCounterBefore} -> ${cardCounterAfter}` : (outcome ?? decision);
    return [kind, counters, ...(decision === 'accepted' ? [riderAmount(lines)] : [])].join(' ');
  });
}

export const counterOn = (card: TransitApplication) => stateOn(card)?.counter;
export const at = (own: Bench, minutes: number) => own.clock.advanceTo(epoch(MONDAY + minutes * 60_000));
export const onTrip = (tripId: string, routeId: string) => () => ({
  journal: new MemoryJournal(`tmn-${tripId}`),
  position: { placeAt: () => ({ ...PLACE, tripId, routeId, line: routeId }) },
});
