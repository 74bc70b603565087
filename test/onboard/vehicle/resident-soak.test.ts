/**
 * Cards and vehicles that share nothing, held to readers again and again and torn off at any command: every write is
 * charged exactly once, no reader dies, and no decision is lost. `TURA_SOAK_TAPS` says how many taps; 10,000 take a minute.
 */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { virtualChip } from '../../../src/core/card/virtual/chip.ts';
import { stateOn } from '../../../src/core/card/virtual/transit.ts';
import { cardRides } from '../../../src/core/fare/card-rides.ts';
import type { JournalRecord } from '../../../src/core/record.ts';
import { epoch } from '../../../src/core/time.ts';
import { type Chip, tornOff } from '../../../src/onboard/reader/chip.ts';
import { readRecord } from '../../../src/wire/record/record.ts';
import { drawn, issued, plain } from '../../core/card/transit/cards.ts';
import { bench, MONDAY, PLACE } from './bench.ts';

const TAPS = Number(process.env.TURA_SOAK_TAPS ?? 400);
const CARDS = 5;
const VEHICLES = 3;

test(`${TAPS} taps with random tears: every write charged once, every card answered`, async () => {
  const random = drawn(11);
  const below = (limit: number) => (random(1)[0] ?? 0) % limit;
  const cards = Array.from({ length: CARDS }, (_, index) =>
    issued(plain(), { serial: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, index), seed: index + 1 }),
  );
  const vehicles = Array.from({ length: VEHICLES }, (_, index) =>
    bench(({ device }) => ({
      device: { ...device, deviceId: `bus-${index}`, vehicleId: `bus-${index}` },
      random: drawn(100 + index),
      position: { placeAt: () => ({ ...PLACE, tripId: `trip-${index}`, routeId: `${index}` }) },
    })),
  );
  let [torn, again] = [0, 0];
  for (let tap = 0; tap < TAPS; tap++) {
    const [card, own] = [cards[below(CARDS)], vehicles[below(VEHICLES)]];
    if (card === undefined || own === undefined) throw new Error('a card and a vehicle');
    own.clock.advanceTo(epoch(MONDAY + tap * 20_000));
    const answers = virtualChip({ transit: card });
    // A third of them leave, at any of three commands, before or after the chip has it.
    const leavesAt = below(3) === 0 ? below(3) : Number.POSITIVE_INFINITY;
    const isHeard = below(2) === 0;
    let asked = 0;
    const chip: Chip = {
      transmit: async command => {
        if (asked++ < leavesAt) return answers(command);
        if (isHeard && asked === leavesAt + 1) answers(command);
        throw tornOff('front');
      },
    };
    own.reader.holds('front', Uint8Array.of(8, 0, 0, 1), chip);
    for (let turn = 0; own.seen.length === 0 && turn < 1000; turn++) await new Promise(setImmediate);
    const said = own.said();
    own.seen.length = 0;
    own.said();
    own.reader.says({ kind: 'removed', readerId: 'front' });
    assert.is(said.length, 1, `tap ${tap} is answered once: ${said}`);
    if (leavesAt < 3) torn += 1;
    if (said[0]?.includes(' again ')) again += 1;
  }
  const records = vehicles.flatMap(({ journal }, index) =>
    journal
      .range(1, TAPS * 4)
      .map(({ bytes }): JournalRecord => ({ ...readRecord(bytes), deviceId: `bus-${index}` })),
  );
  const tokens = new Set(records.map(({ token }) => token?.value));
  let [writes, charged, open] = [0, 0, 0];
  for (const value of tokens) {
    const settled = cardRides(records.filter(({ token }) => token?.value === value).map(named));
    charged += settled.rides.length;
    open += settled.open.length;
  }
  for (const card of cards) writes += (stateOn(card)?.counter ?? 1) - 1;
  assert.ok(torn > TAPS / 5 && again > TAPS / 6, `${torn} torn, ${again} asked for again`);
  // What was written last, and nobody saw the card again, is open.
  assert.ok(
    charged <= writes && writes <= charged + open,
    `${writes} writes, ${charged} charged, ${open} open`,
  );
  assert.ok(open <= CARDS);
  assert.equal(
    vehicles.flatMap(({ faults }) => faults),
    [],
  );
});

/** All benches' journals are one device's: told apart here, as a fleet's are. */
function named(record: JournalRecord): JournalRecord {
  const { intentRef, deviceId } = record;
  return intentRef === undefined ? record : { ...record, intentRef: intentRef.replace(/^[^/]+/, deviceId) };
}

test.run();
