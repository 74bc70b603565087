/** Resident cards at the doors of vehicles that share nothing but the card: charged once, whatever happens to the write. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { CardState } from '../../../src/core/card/transit/state.ts';
import { stateOn, type TransitApplication } from '../../../src/core/card/virtual/transit.ts';
import { TuraError } from '../../../src/core/error.ts';
import { cardRides } from '../../../src/core/fare/card-rides.ts';
import { bytesOfHex } from '../../../src/core/hex.ts';
import type { ServiceDate } from '../../../src/core/time.ts';
import { issued, plain } from '../../core/card/transit/cards.ts';
import { bench } from './bench.ts';
import { quiet, type Tears, WRITE } from './held-chips.ts';
import { at, chipOf, counterOn, kinds, onTrip, records, taps, UID } from './resident-cards.ts';

test('a ride is an intent and an outcome, and green comes after both', async () => {
  const own = bench();
  const card = issued();
  assert.equal(await taps(own, chipOf(card)), ['front accepted fare-paid']);
  assert.equal(kinds(own), ['intent 1 -> 2', 'outcome written 3700']);
  const [intent, outcome] = records(own);
  const { home, finality, assurance, token, categorySource, mediumClass } = outcome ?? {};
  assert.equal(
    [home, finality, assurance, token?.kind, categorySource, mediumClass],
    ['card', 'final', 'authenticated', 'application', 'card', 'transport-card'],
  );
  assert.is(outcome?.intentRef, `${intent?.deviceId}/${intent?.epoch}/${intent?.sequence}`);
  assert.is(intent?.cardStateAfter?.slice(0, 8), '01000002');
  assert.is(counterOn(card), 2);
});

test('a transfer between two vehicles that never shared anything is free', async () => {
  const [bus, tram] = [bench(onTrip('25-1', '25')), bench(onTrip('t-1', 'tram-1'))];
  const card = issued();
  assert.equal(await taps(bus, chipOf(card)), ['front accepted fare-paid']);
  at(tram, 59);
  assert.equal(await taps(tram, chipOf(card)), ['front accepted free-transfer']);
  const [, outcome] = records(tram);
  // The journey's first tap is the card's second state: the bus wrote it.
  assert.is(outcome?.journeyRef, 'card/2');
  at(bus, 120);
  assert.equal(await taps(bus, chipOf(card)), ['front accepted fare-paid']);
});

test('a quota, a purse and a category go along with the card', async () => {
  const state: Partial<CardState> = {
    category: 'student',
    categoryExpiry: 20260630 as ServiceDate,
    rider: { ...plain().rider, quota: { month: 202603, used: 51 } },
  };
  const card = issued(plain(state));
  const [bus, tram] = [bench(onTrip('25-1', '25')), bench(onTrip('t-1', 'tram-1'))];
  assert.equal(await taps(bus, chipOf(card)), ['front accepted concession']);
  at(tram, 70);
  assert.equal(await taps(tram, chipOf(card)), ['front accepted quota-spent']);
});

for (const [side, written] of [
  ['before', false],
  ['after', true],
] as const) {
  const tears: Tears = command => (command[1] === WRITE ? side : undefined);

  test(`torn off ${side} it was written, and held there again: paid once`, async () => {
    const own = bench();
    const card = issued();
    assert.equal(await taps(own, chipOf(card, tears)), ['front again the card left while it was written']);
    assert.is(counterOn(card), written ? 2 : 1);
    at(own, 0.2);
    assert.equal(await taps(own, chipOf(card)), ['front accepted fare-paid']);
    assert.is(counterOn(card), 2);
    const settled = written
      ? ['outcome written 3700']
      : ['outcome torn', 'intent 1 -> 2', 'outcome written 3700'];
    assert.equal(kinds(own), ['intent 1 -> 2', 'outcome unknown', ...settled]);
  });

  test(`torn off ${side} it was written, and held to another vehicle: its counter says what it paid`, async () => {
    const [bus, tram] = [bench(onTrip('25-1', '25')), bench(onTrip('t-1', 'tram-1'))];
    const card = issued();
    await taps(bus, chipOf(card, tears));
    at(tram, 10);
    assert.equal(await taps(tram, chipOf(card)), [
      written ? 'front accepted free-transfer' : 'front accepted fare-paid',
    ]);
    assert.is(records(tram)[0]?.cardCounterBefore, written ? 2 : 1);
  });

  test(`torn off ${side} it was written, and the process killed: the next one settles it`, async () => {
    const first = bench();
    const card = issued();
    await taps(first, chipOf(card, tears));
    const second = bench(() => ({ journal: first.journal }));
    at(second, 0.2);
    assert.equal(await taps(second, chipOf(card)), ['front accepted fare-paid']);
    assert.is(counterOn(card), 2);
    assert.is(kinds(first).filter(kind => kind.startsWith('outcome written')).length, 1);
  });

  test(`torn off ${side} it was written, and back an hour later: settled first, and then a ride of its own`, async () => {
    const own = bench(onTrip('25-1', '25'));
    const card = issued();
    await taps(own, chipOf(card, tears));
    at(own, 61);
    assert.equal(await taps(own, chipOf(card)), ['front accepted fare-paid']);
    assert.is(counterOn(card), written ? 3 : 2);
    const paid = kinds(own).filter(kind => kind === 'outcome written 3700').length;
    assert.is(paid, written ? 2 : 1);
  });
}

test('torn off here, ridden there and back here: nothing is charged here that the card does not hold', async () => {
  const [bus, tram] = [bench(onTrip('25-1', '25')), bench(onTrip('t-1', 'tram-1'))];
  const card = issued();
  await taps(
    bus,
    chipOf(card, command => (command[1] === WRITE ? 'before' : undefined)),
  );
  at(tram, 1);
  assert.equal(await taps(tram, chipOf(card)), ['front accepted fare-paid']);
  at(bus, 2);
  assert.equal(await taps(bus, chipOf(card)), ['front accepted free-transfer']);
  assert.equal(kinds(bus), [
    'intent 1 -> 2',
    'outcome unknown',
    'outcome torn',
    'intent 2 -> 3',
    'outcome written 0',
  ]);
});

test('ridden there more than once, nobody here can tell: it is left to the back office', async () => {
  for (const side of ['before', 'after'] as const) {
    const [bus, tram] = [bench(onTrip('25-1', '25')), bench(onTrip('t-1', 'tram-1'))];
    const card = issued();
    await taps(
      bus,
      chipOf(card, command => (command[1] === WRITE ? side : undefined)),
    );
    for (const minutes of [100, 200]) {
      at(tram, minutes);
      await taps(tram, chipOf(card));
    }
    at(bus, 300);
    assert.equal(await taps(bus, chipOf(card)), ['front accepted fare-paid']);
    const counter = side === 'after' ? 4 : 3;
    assert.equal(kinds(bus).slice(2), [`intent ${counter} -> ${counter + 1}`, 'outcome written 3700']);
    const { rides } = cardRides([...records(bus), ...records(tram)]);
    assert.is(rides.length, side === 'after' ? 4 : 3, 'as often as the card was written');
  }
});

test('what became of a card is written down by the clock and in the shift of the moment it is known', async () => {
  const first = bench();
  const card = issued();
  const shift = { shiftId: '51', driverId: 'd1', waybill: '12' };
  await first.vehicle.ask({ kind: 'open-shift', shift });
  await taps(
    first,
    chipOf(card, command => (command[1] === WRITE ? 'after' : undefined)),
  );
  await first.vehicle.ask({ kind: 'close-shift' });
  await first.vehicle.ask({ kind: 'open-shift', shift: { ...shift, shiftId: '52', waybill: '13' } });
  at(first, 24 * 60);
  first.clock.standing = () => ({ state: 'free', offsetMs: 1_000, uncertaintyMs: 70 });
  await taps(first, chipOf(card));
  const settled = records(first).find(({ outcome }) => outcome === 'written');
  const { shiftId, waybill, clockState, offsetMs, uncertaintyMs, serviceDate } = settled ?? {};
  assert.equal([shiftId, waybill, clockState, offsetMs, uncertaintyMs], ['52', '13', 'free', 1_000, 70]);
  assert.is(serviceDate, 20260303);
});

test('a card torn off while it is read is asked for again, and nothing is recorded', async () => {
  for (const ins of [0xa4, 0x82]) {
    for (const side of ['before', 'after'] as const) {
      const own = bench();
      const card = issued();
      const said = await taps(
        own,
        chipOf(card, command => (command[1] === ins ? side : undefined)),
      );
      assert.equal(said, ['front again the card left before it was read']);
      assert.equal([kinds(own), counterOn(card)], [[], 1]);
    }
  }
});

for (const failing of [1, 2]) {
  test(`a disk that fails at commit ${failing} of two: nothing green, and after it is mended paid once`, async () => {
    let commits = 0;
    const own = bench(({ journal }) => {
      const append = journal.append.bind(journal);
      journal.append = body => {
        commits += 1;
        if (commits === failing) throw new TuraError('disk-full', 'the disk is full');
        return append(body);
      };
      return { journal };
    });
    const card = issued();
    assert.match((await taps(own, chipOf(card)))[0] ?? '', /front fault disk-full/);
    assert.is(counterOn(card), failing);
    own.timers.pass(60_000);
    await quiet();
    own.said();
    at(own, 0.2);
    assert.equal(await taps(own, chipOf(card)), ['front accepted fare-paid']);
    assert.is(counterOn(card), 2);
    assert.is(kinds(own).filter(kind => kind === 'outcome written 3700').length, 1);
  });
}

test('a card whose turn has to wait is written when its turn comes, or asked for again when it has left', async () => {
  const own = bench();
  const [one, two] = [issued(), issued(plain(), { serial: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8) })];
  own.reader.holds('front', UID, chipOf(one));
  own.reader.holds('rear', UID, chipOf(two));
  await quiet();
  assert.equal(own.said().sort(), ['front accepted fare-paid', 'rear accepted fare-paid']);
  assert.equal([counterOn(one), counterOn(two)], [2, 2]);
});

test('whoever stands at a door by the time a card is written there keeps a state of their own', async () => {
  const own = bench();
  const [rear, gone, come] = [1, 2, 3].map(number =>
    issued(plain({ category: number === 2 ? 'pensioner' : 'general' }), {
      serial: new Uint8Array(8).fill(number),
    }),
  ) as [TransitApplication, TransitApplication, TransitApplication];
  let write: () => void = assert.unreachable;
  const held = new Promise<void>(resolve => (write = resolve));
  const slow = chipOf(rear);
  own.reader.holds('rear', UID, {
    transmit: async command => {
      if (command[1] === WRITE) await held;
      return slow.transmit(command);
    },
  });
  await quiet();
  own.reader.holds('front', UID, chipOf(gone));
  await quiet();
  own.reader.says({ kind: 'removed', readerId: 'front' });
  own.reader.holds('front', UID, chipOf(come));
  await quiet();
  write();
  await quiet();
  assert.equal(own.said(), [
    'rear accepted fare-paid',
    'front again the card has left',
    'front accepted fare-paid',
  ]);
  assert.equal([counterOn(gone), counterOn(come)], [1, 2]);
  assert.is(records(own).at(-1)?.category, 'general');
  const wasWritten = stateOn(come)?.state;
  assert.equal(wasWritten, bytesOfHex(records(own).at(-2)?.cardStateAfter ?? ''));
});

test.run();
