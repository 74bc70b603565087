/** For an outing, tricks of each kind that might make it cheaper. Each changes one thing and leaves the rest alone. */
import type { Random } from '../random.ts';
import { isGenuine } from './genuine.ts';
import type { Outing } from './outing.ts';
import { randomTrip } from './random-outing.ts';
import type { Trick } from './trick.ts';
import type { World } from './world.ts';

export function randomTricks(world: World, outing: Outing, random: Random): readonly Trick[] {
  const tricks = TRICKS.flatMap(some => some(world, outing, random));
  return tricks.filter(trick => isGenuine(world, outing, trick));
}

type Tricks = (world: World, outing: Outing, random: Random) => readonly Trick[];

/** At half time: again at once by the same card or by a second one, or when no window joins the two any more. */
const splittings: Tricks = ({ unitS, limitsS }, { trips }, random) => {
  const trip = random.below(trips.length);
  const own = trips[trip];
  if (own === undefined || own.way.stops.length === 0) return [];
  const over = random.pick(own.way.stops);
  const leaveS = own.enterS + Math.floor((own.leaveS - own.enterS) / 2 / unitS) * unitS;
  const apartS = random.pick([unitS, ...limitsS]) + unitS;
  return [
    { kind: 'splitting', trip, over, leaveS, enterS: leaveS + unitS, isSecondCard: false },
    { kind: 'splitting', trip, over, leaveS, enterS: leaveS + unitS, isSecondCard: true },
    { kind: 'splitting', trip, over, leaveS, enterS: leaveS + apartS, isSecondCard: false },
  ];
};

const detours: Tricks = (_, { trips }, random) => {
  const stops = trips.at(-1)?.way.stops ?? [];
  return stops.length === 0 ? [] : [{ kind: 'detour', trip: trips.length - 1, to: random.pick(stops) }];
};

const WAITS_S = [60, 300, 600];

/** A moment longer, or some minutes; that ride alone, or with it all that follow. */
const waits: Tricks = ({ unitS }, { trips }, random) => {
  const trip = random.below(trips.length);
  const byS = random.pick([unitS, ...WAITS_S]);
  return [1, trips.length - trip].map(count => ({ kind: 'waiting', trip, count, byS }));
};

const rights: Tricks = ({ rights: all }) => all.map(({ without }) => ({ kind: 'right', without }));

const MORE_S = 1200;

/** Before, between or after the others, soon after the one before it. */
const rides: Tricks = (world, { trips }, random) => {
  const trip = random.below(trips.length + 1);
  const before = trips[trip - 1];
  const freeS = before?.leaveS ?? Math.max(0, (trips[0]?.enterS ?? 0) - 2 * MORE_S);
  const enterS = freeS + random.pick([0, world.unitS, MORE_S / 2, MORE_S]);
  return [{ kind: 'riding-more', trip, more: randomTrip(world, world.ways, random, enterS, before?.to) }];
};

const TRICKS: readonly Tricks[] = [splittings, detours, waits, rights, rides];
