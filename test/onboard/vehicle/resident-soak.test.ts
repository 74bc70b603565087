/**
 * Cards and vehicles that share nothing, held to readers again and again and torn off at any command: every write is
 * charged exactly once, no reader dies, no decision is lost, and nothing but the journals grows. `npm run soak` taps
 * ten thousand times.
 */
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { virtualChip } from '../../../src/core/card/virtual/chip.ts';
import type { TransitApplication } from '../../../src/core/card/virtual/transit.ts';
import { epoch } from '../../../src/core/time.ts';
import { openMendable } from '../../../src/onboard/journal/mendable.ts';
import { type Chip, tornOff } from '../../../src/onboard/reader/chip.ts';
import { drawn, issued, plain } from '../../core/card/transit/cards.ts';
import { bytesInUse } from '../../heap.ts';
import { IS_SOAK, megabytes, tellSoak } from '../../soak.ts';
import { withFolder } from '../../temporary.ts';
import { OPTIONS, soundRecords } from '../journal/journals.ts';
import { bench, MONDAY, PLACE } from './bench.ts';
import { assertChargedOnce } from './charged-once.ts';

const TAPS = IS_SOAK ? 10_000 : 400;
const CARDS = 5;
const VEHICLES = 3;
/** Beyond what the engine itself takes while it warms up, 400 bytes a tap in the long run. */
const MOST_GROWN = 4_000_000;

test(`${TAPS} taps with random tears: every write charged once, every card answered, nothing kept`, () =>
  withFolder(async folder => {
    const random = drawn(11);
    const below = (limit: number) => (random(1)[0] ?? 0) % limit;
    const cards = Array.from({ length: CARDS }, (_, index) =>
      issued(plain(), { serial: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, index), seed: index + 1 }),
    );
    const journals = Array.from({ length: VEHICLES }, (_, index) =>
      openMendable(join(folder, `bus-${index}.db`), { ...OPTIONS, deviceId: `bus-${index}` }),
    );
    const vehicles = journals.map((journal, index) =>
      bench(({ device }) => ({
        ...{ journal, device: { ...device, deviceId: `bus-${index}`, vehicleId: `bus-${index}` } },
        random: drawn(100 + index),
        position: { placeAt: () => ({ ...PLACE, tripId: `trip-${index}`, routeId: `${index}` }) },
      })),
    );
    const inUse: number[] = [];
    let [torn, again] = [0, 0];
    for (let tap = 0; tap < TAPS; tap++) {
      if (tap === TAPS / 10) inUse.push(bytesInUse());
      const [card, own] = [cards[below(CARDS)], vehicles[below(VEHICLES)]];
      if (card === undefined || own === undefined) throw new Error('a card and a vehicle');
      own.clock.advanceTo(epoch(MONDAY + tap * 20_000));
      // A third of them leave, at any of three commands, before or after the chip has it.
      const leavesAt = below(3) === 0 ? below(3) : Number.POSITIVE_INFINITY;
      own.reader.holds('front', Uint8Array.of(8, 0, 0, 1), leaving(card, leavesAt, below(2) === 0));
      for (let turn = 0; own.seen.length === 0 && turn < 1000; turn++) await new Promise(setImmediate);
      const said = own.said();
      own.seen.length = 0;
      own.said();
      own.reader.says({ kind: 'removed', readerId: 'front' });
      assert.is(said.length, 1, `tap ${tap} is answered once: ${said}`);
      if (leavesAt < 3) torn += 1;
      if (said[0]?.includes(' again ')) again += 1;
    }
    inUse.push(bytesInUse());
    const [early = 0, late = 0] = inUse;
    tellSoak(
      `${TAPS} taps, ${torn} torn: ${megabytes(early)} in use after a tenth of them, ${megabytes(late)} at the end`,
    );
    assert.ok(late - early < MOST_GROWN, `${early} bytes in use after a tenth of it, ${late} at the end`);
    const records = journals.flatMap(soundRecords);
    for (const journal of journals) journal.close();
    assert.ok(torn > TAPS / 5 && again > TAPS / 6, `${torn} torn, ${again} asked for again`);
    assertChargedOnce(records, cards);
    assert.equal(
      vehicles.flatMap(({ faults }) => faults),
      [],
    );
  }));

/** A card's chip that is gone from its `leavesAt`th command on, counted from 0; `isHeard`: it has that one, and nobody its answer. */
function leaving(card: TransitApplication, leavesAt: number, isHeard: boolean): Chip {
  const answers = virtualChip({ transit: card });
  let asked = 0;
  return {
    transmit: async command => {
      if (asked++ < leavesAt) return answers(command);
      if (isHeard && asked === leavesAt + 1) answers(command);
      throw tornOff('front');
    },
  };
}

test.run();
