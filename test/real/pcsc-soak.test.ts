/**
 * A vehicle of two doors on the real pcscd: cards tapped at both at once and torn off at any command, the daemon killed in
 * the middle of a tap, its readers unplugged and plugged in again. Each presentation is answered or says what is wrong,
 * every answer is on disk, both readers come back by themselves, and nothing grows. `npm run soak` taps three hundred times.
 */
import { EventEmitter, once } from 'node:events';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { TransitApplication } from '../../src/core/card/virtual/transit.ts';
import { identityText } from '../../src/core/tap.ts';
import { epoch } from '../../src/core/time.ts';
import type { Journal } from '../../src/onboard/journal/journal.ts';
import { openMendable } from '../../src/onboard/journal/mendable.ts';
import { LIMITS } from '../../src/onboard/reader/pcsc/limits.ts';
import { openPcscReaders } from '../../src/onboard/reader/pcsc/open.ts';
import type { Reader, ReaderEvent } from '../../src/onboard/reader/reader.ts';
import { systemTimers } from '../../src/onboard/timers.ts';
import type { Seen } from '../../src/onboard/vehicle/voice.ts';
import { drawn, issued, plain } from '../core/card/transit/cards.ts';
import { bytesInUse } from '../heap.ts';
import { OPTIONS, soundRecords } from '../onboard/journal/journals.ts';
import { type Bench, bench, MONDAY } from '../onboard/vehicle/bench.ts';
import { assertChargedOnce } from '../onboard/vehicle/charged-once.ts';
import { IS_SOAK, megabytes, tellSoak } from '../soak.ts';
import { withFolder } from '../temporary.ts';
import { Told } from './cable.ts';
import { hostPids } from './host-processes.ts';
import { needs } from './needs.ts';
import { PCSCD_PARTS, type PrivatePcscd, privatePcscd } from './private-pcscd.ts';
import { chipCard, leavesAt, present, storageCard, type VirtualFace } from './virtual-card.ts';

const DOORS = ['front', 'rear'] as const;
const ROUNDS = (IS_SOAK ? 300 : 12) / DOORS.length;
/** Of each door. */
const CHIPS = 3;
/** A tenth of all rounds each. */
type Trouble = 'killed' | 'unplugged';
const TROUBLES: Readonly<Record<number, Trouble>> = { 2: 'killed', 5: 'unplugged' };
const APART_MS = 20 * 60_000;
/** A bound on a wait that something real failed to end. */
const PATIENCE_MS = 60_000;
/** Beyond what the engine itself takes while it warms up. */
const MOST_GROWN = 8_000_000;

type Door = (typeof DOORS)[number];
/** How a tap ended for whoever stood there. */
type End = Exclude<Seen['shown']['kind'], 'ready'>;

interface Service {
  readonly pcscd: PrivatePcscd;
  readonly standings: Standings;
  readonly shown: Readonly<Record<Door, Told<End>>>;
  /** Every answer but repetitions. */
  readonly answered: readonly Seen[];
  readonly journal: Journal;
  readonly own: Bench;
}

async function inService(folder: string): Promise<Service> {
  const pcscd = await privatePcscd();
  Object.assign(process.env, pcscd.env);
  await pcscd.start();
  const standings = new Standings();
  const shown = { front: new Told<End>(), rear: new Told<End>() };
  const answered: Seen[] = [];
  const journal = openMendable(join(folder, 'journal.db'), OPTIONS);
  const wanted = DOORS.map((readerId, slot) => ({ readerId, name: `Interface 00 0${slot}` }));
  // As in service, but quicker to call a library hung and a reader steady.
  const readers = await openPcscReaders(wanted, { ...LIMITS, hangMs: 2_000, steadyMs: 100 });
  const own = bench(
    () => ({
      journal,
      readers: [overheard(readers, standings.hear)],
      timers: systemTimers,
      random: drawn(5),
    }),
    one => {
      if (one.shown.kind === 'answer' && !one.shown.answer.repeated) answered.push(one);
      if (one.shown.kind !== 'ready') shown[one.readerId === 'front' ? 'front' : 'rear'].tell(one.shown.kind);
    },
  );
  await standings.until(isReady);
  return { pcscd, standings, shown, answered, journal, own };
}

interface Standing {
  readonly isUp: boolean;
  readonly hasCard: boolean;
  /** Why it is down. */
  readonly why: string;
}

/** How both readers stand now, whatever they went through meanwhile: one that hangs under load falls and rises unasked. */
class Standings {
  readonly #doors = new Map<string, Standing>();
  readonly #bell = new EventEmitter();

  readonly hear = (event: ReaderEvent): void => {
    const { readerId, kind } = event;
    const before = this.#doors.get(readerId) ?? { isUp: false, hasCard: false, why: '' };
    this.#doors.set(readerId, {
      isUp: kind === 'up' || (before.isUp && kind !== 'down'),
      hasCard: kind !== 'removed' && (before.hasCard || kind === 'presented' || kind === 'unreadable'),
      why: event.kind === 'down' ? event.why : '',
    });
    this.#bell.emit('heard');
  };

  /** Settles when it holds of both. */
  async until(is: (standing: Standing) => boolean): Promise<void> {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const standings = () => DOORS.flatMap(door => this.#doors.get(door) ?? []);
    while (standings().filter(is).length < DOORS.length) {
      await once(this.#bell, 'heard', { signal }).catch(() => {
        throw new Error(`for ${PATIENCE_MS} ms they stand so: ${JSON.stringify(standings())}`);
      });
    }
  }
}

const isReady = ({ isUp, hasCard }: Standing) => isUp && !hasCard;

/** What the reader says is heard by both. */
function overheard(reader: Reader, hear: (event: ReaderEvent) => void): Reader {
  return {
    ...reader,
    start: tell =>
      reader.start(event => {
        hear(event);
        tell(event);
      }),
  };
}

interface DrawnCard {
  readonly face: VirtualFace;
  readonly isTorn: boolean;
}

type Below = (limit: number) => number;

/** A storage card, or a chip that stays, or one that leaves at one of its commands. */
function drawCard(chips: readonly TransitApplication[], slot: number, below: Below): DrawnCard {
  const transit = chips[slot * CHIPS + below(CHIPS)];
  if (transit === undefined || below(4) === 0) return { face: storageCard(`0a0b0c0${slot}`), isTorn: false };
  const face = chipCard('085d0e9b', { transit });
  const isTorn = below(2) === 0;
  return { face: isTorn ? leavesAt(1 + below(3), face, below(2) === 0) : face, isTorn };
}

/** A card under whose `count`th command the daemon is killed: it answers nothing any more. */
function fatal(face: VirtualFace, count: number, kill: () => void): VirtualFace {
  let asked = 0;
  return {
    atr: face.atr,
    answer: command => {
      if (asked++ !== count) return face.answer(command);
      kill();
      return 'silence';
    },
  };
}

/** Until something is shown for it, however long that takes. */
async function tap({ pcscd, shown }: Service, slot: number, face: VirtualFace): Promise<End> {
  const card = await present(pcscd.slots[slot === 0 ? 0 : 1].port, face);
  const end = await shown[DOORS[slot] ?? 'front'].until(() => true);
  await card.takeAway();
  return end;
}

/** One card at each door at once. */
async function quietRound(service: Service, cards: readonly DrawnCard[]): Promise<readonly End[]> {
  const ends = await Promise.all(cards.map(({ face }, slot) => tap(service, slot, face)));
  await service.standings.until(isReady);
  return ends;
}

/** The daemon dies under one of them, or right after; both doors fall, and rise by themselves. */
async function roughRound(
  service: Service,
  cards: readonly DrawnCard[],
  trouble: Trouble,
  diesAt: number,
): Promise<readonly End[]> {
  const { pcscd, standings } = service;
  let killed: Promise<void> | undefined;
  const kill = () => {
    killed = pcscd.kill();
  };
  const faces = cards.map(({ face }, slot) => (slot === 0 ? fatal(face, diesAt, kill) : face));
  const ends = await Promise.all(faces.map((face, slot) => tap(service, slot, face)));
  await (killed ?? pcscd.kill());
  await standings.until(({ isUp }) => !isUp);
  if (trouble === 'unplugged') {
    await pcscd.start('unplugged');
    await standings.until(({ why }) => why.includes('none is plugged in'));
    await pcscd.kill();
  }
  await pcscd.start();
  await standings.until(isReady);
  return ends;
}

async function soak(folder: string): Promise<void> {
  const random = drawn(23);
  const below: Below = limit => (random(1)[0] ?? 0) % limit;
  const service = await inService(folder);
  const { pcscd, shown, answered, journal, own } = service;
  const chips = Array.from({ length: CHIPS * DOORS.length }, (_, index) =>
    issued(plain(), { serial: Uint8Array.of(8, 7, 6, 5, 4, 3, 2, index), seed: index + 1 }),
  );
  const ends: Record<End, number> = { answer: 0, again: 0, fault: 0 };
  let [whole, late] = [0, 0];
  const inUse: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    if (round === Math.floor(ROUNDS / 5)) inUse.push(bytesInUse());
    own.clock.advanceTo(epoch(MONDAY + round * APART_MS));
    own.seen.length = 0;
    for (const door of DOORS) shown[door].all.length = 0;
    const cards = DOORS.map((_, slot) => drawCard(chips, slot, below));
    const trouble = TROUBLES[round % 10];
    const came =
      trouble === undefined
        ? await quietRound(service, cards)
        : await roughRound(service, cards, trouble, below(4));
    for (const [slot, end] of came.entries()) {
      ends[end] += 1;
      if (trouble !== undefined || cards[slot]?.isTorn !== false) continue;
      whole += 1;
      if (end !== 'answer') late += 1;
    }
  }
  inUse.push(bytesInUse());
  const [early = 0, last = 0] = inUse;
  const said = Object.entries(ends).map(([end, count]) => `${count} ${end}`);
  tellSoak(
    `${ROUNDS * 2} taps: ${said.join(', ')}; ${megabytes(early)} in use after a fifth of them, ${megabytes(last)} at the end`,
  );
  assert.ok(last - early < MOST_GROWN, `${early} bytes in use after a fifth of it, ${last} at the end`);
  // A machine that does other work besides may miss a deadline now and then.
  assert.ok(late <= whole / 10, `${late} of ${whole} cards that stayed were not answered`);

  const records = soundRecords(journal);
  const decisions = new Map(records.map(record => [identityText(record), record.decision]));
  for (const { record } of answered)
    assert.is(record && decisions.get(identityText(record)), record?.decision);
  assertChargedOnce(records, chips);
  assert.equal(own.faults, []);
  assert.is(hostPids().length, DOORS.length);
  await own.vehicle.stop();
  assert.equal(hostPids(), []);
  journal.close();
  await pcscd.close();
}

needs(...PCSCD_PARTS)(
  `${ROUNDS * 2} taps through tears, kills and unplugs: each is answered or told, and no answer is lost`,
  () => withFolder(soak),
);

test.run();
