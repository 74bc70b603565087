/** The shell around the machine: doors, readers that come and go, and parts that fail. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { TuraError } from '../../../src/core/error.ts';
import { NEW_RIDER } from '../../../src/core/fare/rider.ts';
import { type Clock, identityText } from '../../../src/core/tap.ts';
import { epoch } from '../../../src/core/time.ts';
import { readRecord } from '../../../src/wire/record/record.ts';
import { MemoryJournal } from '../uplink/memory-journal.ts';
import { ANNA, type Bench, bench, DMITRY, MONDAY, PLACE } from './bench.ts';

/** No cards on board: the tariff takes such a card as a general one, and says so. */
const PAID = 'accepted fare-paid entitlement-unknown';

function after(seconds: number, { clock }: Bench): void {
  clock.advanceTo(epoch(clock.now() + seconds * 1000));
}

test('two doors are one vehicle: a card is known at the other door, and each answer is at its own', () => {
  const own = bench();
  own.reader.tap('front', ANNA);
  own.reader.tap('rear', DMITRY);
  assert.equal(own.said(), [`front ${PAID}`, `rear ${PAID}`]);
  own.reader.tap('rear', ANNA);
  assert.equal(own.said(), [`rear ${PAID} repeated`], 'within the debounce, at any door');
  after(30, own);
  own.reader.tap('front', DMITRY);
  assert.is(own.said().length, 1);
  assert.is(own.journal.outboxSize(), 3, 'a repetition is not recorded');
});

test('a record says the door, the place and the clock of its tap', () => {
  const own = bench();
  own.reader.tap('rear', ANNA);
  const [sealed] = own.journal.outbox(1);
  const record = readRecord(sealed?.bytes ?? new Uint8Array());
  const { readerId, doorId, stopId, source, clockState, vehicleId } = record;
  assert.equal(
    { readerId, doorId, stopId, source, clockState, vehicleId },
    {
      readerId: 'rear',
      doorId: '2',
      stopId: 'cvetnoy-a',
      source: 'driver',
      clockState: 'ntp',
      vehicleId: 'bus-101',
    },
  );
  assert.not.match(JSON.stringify(record), /04a1b2c3d4e5f6/i, 'the number of the card goes no further');
});

test('a reader that goes down says why and how it is mended, the other door goes on, and it comes back', () => {
  const own = bench();
  own.reader.says({ kind: 'down', readerId: 'front', why: 'unplugged', mend: 'plug it in' });
  assert.equal(own.said(), ['front fault reader-fault unplugged: plug it in']);
  own.reader.tap('rear', ANNA);
  assert.equal(own.said(), [`rear ${PAID}`]);
  own.reader.says({ kind: 'up', readerId: 'front', name: 'ACR122U' });
  assert.equal(own.said(), ['front ready ACR122U']);
  own.reader.tap('front', DMITRY);
  assert.equal(own.said(), [`front ${PAID}`]);
});

test('a reader that was never down is not announced', () => {
  assert.equal(bench().said(), []);
});

test('a card that cannot be read is asked for again, and nothing is recorded', () => {
  const own = bench();
  own.reader.says({ kind: 'unreadable', readerId: 'front', why: 'torn off' });
  assert.equal(own.said(), ['front again torn off']);
  assert.is(own.journal.outboxSize(), 0);
});

test('a number no card can have is a card that was not understood, and is told', () => {
  const own = bench();
  own.reader.tap('front', Uint8Array.of(1, 2, 3));
  assert.equal(own.said(), ['front again the card was not understood']);
  assert.match(String(own.faults), /a UID has 4, 7 or 10 bytes, not 3/);
  own.reader.tap('front', ANNA);
  assert.equal(own.said(), [`front ${PAID}`]);
});

test('a journal that answers with another identity is a broken invariant, which stops the vehicle and is told', () => {
  class ForgetfulJournal extends MemoryJournal {
    #asked = 0;
    override next() {
      return { ...super.next(), sequence: super.next().sequence + this.#asked++ };
    }
  }
  const own = bench(() => ({ journal: new ForgetfulJournal() }));
  own.reader.tap('front', ANNA);
  const [front, rear] = own.said();
  assert.match(front ?? '', /^front fault defect broken invariant: /);
  assert.match(rear ?? '', /^rear fault defect broken invariant: /);
  assert.is(own.faults.length, 1);
});

test('a position that fails is an unknown place, and taps go on', () => {
  let fails = true;
  const own = bench(() => ({
    position: {
      placeAt: () => {
        if (fails) throw new Error('no such table: trips');
        return PLACE;
      },
    },
  }));
  own.reader.tap('front', ANNA);
  assert.equal(own.said(), ['front accepted fare-paid stop-unknown entitlement-unknown']);
  assert.match(String(own.faults), /no such table/);
  fails = false;
  own.reader.tap('rear', DMITRY);
  assert.equal(own.said(), [`rear ${PAID}`]);
});

test('a face that fails does not stop the vehicle: the tap is written, the fault told, the next one taken', () => {
  let fails = true;
  const own = bench(undefined, () => {
    if (fails) throw new Error('no display');
  });
  own.reader.tap('front', ANNA);
  assert.is(own.journal.outboxSize(), 1);
  assert.match(String(own.faults), /no display/);
  fails = false;
  own.reader.tap('rear', DMITRY);
  assert.is(own.journal.outboxSize(), 2);
  assert.is(own.faults.length, 1);
});

test('a clock that is set after the start is taken over with the next tap', () => {
  const unset: Clock = { state: 'unset', offsetMs: 0, uncertaintyMs: 0 };
  const free: Clock = { state: 'free', offsetMs: 0, uncertaintyMs: 1000 };
  let standing = unset;
  const own = bench(({ clock }) => ({
    clock: { now: () => clock.now(), monotonicMs: () => clock.monotonicMs(), standing: () => standing },
  }));
  own.reader.tap('front', ANNA);
  assert.equal(own.said(), ['front accepted fare-paid clock-unsynced entitlement-unknown']);
  standing = free;
  own.reader.tap('front', DMITRY);
  assert.equal(own.said(), [`front ${PAID}`]);
});

test('a card tapped from within an answer waits for its turn', () => {
  let again = true;
  const own: Bench = bench(undefined, () => {
    if (!again) return;
    again = false;
    own.reader.tap('rear', DMITRY);
  });
  own.reader.tap('front', ANNA);
  assert.equal(own.said(), [`front ${PAID}`, `rear ${PAID}`]);
});

test('a reader that cannot start or stop is told, and the others start and stop', async () => {
  const own = bench(() => ({
    readers: [
      {
        start: () => {
          throw new Error('no such reader');
        },
        stop: () => Promise.reject(new Error('does not stop')),
      },
    ],
  }));
  assert.match(String(own.faults), /no such reader/);
  await own.vehicle.stop();
  assert.match(String(own.faults), /does not stop/);
});

test('an inspector’s question that cannot be answered is answered so, and told', () => {
  const own = bench(({ journal }) => {
    journal.rider = () => {
      throw new TuraError('disk-fault', 'a page cannot be read');
    };
    return { journal };
  });
  const token = { kind: 'uid', keyId: 1, value: '0'.repeat(32) } as const;
  assert.is(own.vehicle.answerAbout([token]).check, 'unknown');
  assert.match(String(own.faults), /a page cannot be read/);
});

test('a ride whose record a disk has spoilt is paid all the same, and nobody knows where it began', async () => {
  const own = bench();
  own.reader.tap('front', ANNA);
  const record = readRecord(own.journal.outbox(1)[0]?.bytes ?? new Uint8Array());
  const lastRide = { ref: identityText(record), trip: 'vehicle:bus-101', atMs: MONDAY, riders: 1 };
  own.journal.rider = () => ({ ...NEW_RIDER, lastRide });
  own.journal.spoil(1, Uint8Array.of(0xff));
  const { token } = record;
  const said = own.vehicle.answerAbout(token === undefined ? [] : [token]);
  assert.equal([said.check, said.stopId], ['paid', undefined]);
  assert.equal(own.faults, []);
});

test('a vehicle whose journal holds a record that a disk has spoilt starts, and takes taps', () => {
  const first = bench();
  first.reader.tap('front', ANNA);
  first.reader.tap('rear', DMITRY);
  first.journal.spoil(1, Uint8Array.of(0xff));
  const own = bench(() => ({ journal: first.journal }));
  own.reader.tap('front', Uint8Array.of(0x04, 1, 2, 3, 4, 5, 6));
  assert.equal(own.said().at(-1), 'front accepted fare-paid entitlement-unknown');
});

test.run();
