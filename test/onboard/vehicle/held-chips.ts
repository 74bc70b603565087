/** Resident cards held to a vehicle's readers, and torn off at will. */
import { type VirtualChip, virtualChip } from '../../../src/core/card/virtual/chip.ts';
import type { TransitApplication } from '../../../src/core/card/virtual/transit.ts';
import type { JournalRecord } from '../../../src/core/record.ts';
import { epoch } from '../../../src/core/time.ts';
import { type Chip, tornOff } from '../../../src/onboard/reader/chip.ts';
import type { VehicleParts } from '../../../src/onboard/vehicle/vehicle.ts';
import { readRecord } from '../../../src/wire/record/record.ts';
import { MemoryJournal } from '../uplink/memory-journal.ts';
import { type Bench, bench, MONDAY, PLACE } from './bench.ts';

const UID = Uint8Array.of(0x08, 0x01, 0x02, 0x03);
export const WRITE = 0xd6;

/** Whether the card leaves before its chip has the command, or before the answer is heard. */
export type Tears = (command: Uint8Array) => 'before' | 'after' | undefined;

export function held(card: TransitApplication, tears: Tears = () => undefined): Chip {
  return tornBy(tears, virtualChip({ transit: card }));
}

export function tornBy(tears: Tears, answers: VirtualChip): Chip {
  let isTorn = false;
  return {
    async transmit(command) {
      const torn = isTorn ? 'before' : tears(command);
      isTorn ||= torn !== undefined;
      if (torn === 'before') throw tornOff('front');
      const answer = answers(command);
      if (torn === 'after') throw tornOff('front');
      return answer;
    },
  };
}

export interface Bus extends Bench {
  /** Held there until it was answered, and then taken away. */
  rides(chip: Chip): Promise<string[]>;
  /** Minutes after Monday's beginning. */
  at(minutes: number): void;
  written(): JournalRecord[];
}

/** A vehicle of its own line, with its own journal. */
export function bus(line: string, parts: Parameters<typeof bench>[0] = () => ({})): Bus {
  const journal = new MemoryJournal(`bus-${line}`);
  const place = { ...PLACE, routeId: line, line, tripId: `${line}-1` };
  const own = bench(given => ({
    ...{ journal, position: { placeAt: () => place } },
    ...(parts(given) satisfies Partial<VehicleParts>),
  }));
  return {
    ...own,
    async rides(chip) {
      own.reader.holds('front', UID, chip);
      await quiet();
      own.reader.says({ kind: 'removed', readerId: 'front' });
      await quiet();
      return own.said();
    },
    at: minutes => own.clock.advanceTo(epoch(MONDAY + minutes * 60_000)),
    written: () => journal.range(1, 10_000).map(({ bytes }) => readRecord(bytes)),
  };
}

export async function quiet(): Promise<void> {
  for (let turn = 0; turn < 12; turn++) await new Promise(resolve => setImmediate(resolve));
}
