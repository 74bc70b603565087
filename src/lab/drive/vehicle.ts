/**
 * A simulated vehicle on its street, second by second: it accelerates, brakes, waits at lights and in queues, serves most
 * of its stops and passes the rest. What it does at a stop is a visit; riders get on where the doors opened last.
 */
import { pieceAt, segmentAt } from '../../onboard/position/track/polyline.ts';
import type { Random } from '../random.ts';
import type { Street } from './street.ts';

/** Where the vehicle truly is at a second. */
export interface Moment {
  readonly atS: number;
  readonly x: number;
  readonly y: number;
  readonly speedMps: number;
  readonly courseDeg: number;
}

/** Doors open at a stop of the trip, or away from all of them. */
export interface Visit {
  readonly stop: number | undefined;
  readonly opensS: number;
  readonly closesS: number;
}

export interface Ride {
  readonly moments: readonly Moment[];
  readonly visits: readonly Visit[];
  readonly endsS: number;
}

/** A trip to drive: its street and its timetable in seconds. */
export interface Course {
  readonly street: Street;
  readonly departsS: readonly number[];
  readonly arrivesS: readonly number[];
  /** When the vehicle stands at its first stop. */
  readonly standsFromS: number;
  readonly detour?: Detour;
}

/** Between two stops, of which it serves neither what lies between: so many metres aside of its street. */
export interface Detour {
  readonly fromStop: number;
  readonly toStop: number;
  readonly asideM: number;
}

/** How streets and drivers are, beside the figures of the tracker, and rougher. */
const STREET = {
  accelerateMps2: 1.1,
  brakeMps2: 1.2,
  slowestMps: 4,
  fastestMps: 18,
  /** Traffic of the day and of a leg: a share more or less of the timetable's pace. */
  trafficSpread: 0.12,
  legSpread: 0.2,
  metresPerLight: 500,
  redShare: 0.45,
  longestRedS: 50,
  queueShare: 0.15,
  /** A lane lies right of the line that is drawn. */
  laneM: 3,
} as const;

const STOP = {
  served: 0.7,
  /** How far from its pole it halts. */
  haltM: 6,
  openS: 6,
  boardingS: 9,
} as const;

/** Mostly on time, now and then late. */
const LATE = { onTimeShare: 0.85, onTimeS: 40, lateS: 240 } as const;

/** Where it halts, how long, and whether its doors open there. */
interface Halt {
  readonly along: number;
  readonly forS: number;
  readonly visit?: {
    readonly stop: number | undefined;
    readonly opensAfterS: number;
    readonly openS: number;
  };
}

/** A vehicle that stands at its first stop from `standsFromS` until it has come to its last one. */
export function driven(course: Course, random: Random): Ride {
  const { street } = course;
  const paces = pacesOf(course, random);
  const halts = haltsOf(course, random);
  const moments: Moment[] = [];
  const visits: Visit[] = [];
  let atS = course.standsFromS;
  let [along, speed] = [halts[0]?.along ?? 0, 0];
  const tell = () => moments.push(momentAt(course, atS, along, speed));
  for (const halt of halts) {
    while (along < halt.along) {
      const left = halt.along - along;
      const pace = paces[legAt(street, along)] ?? STREET.slowestMps;
      speed = Math.min(speed + STREET.accelerateMps2, pace, Math.sqrt(2 * STREET.brakeMps2 * left));
      along = left <= Math.max(1, speed) ? halt.along : along + speed;
      atS += 1;
      tell();
    }
    speed = 0;
    const { visit, forS } = halt;
    if (visit !== undefined) {
      const opensS = atS + visit.opensAfterS;
      visits.push({ stop: visit.stop, opensS, closesS: opensS + visit.openS });
    }
    for (const untilS = atS + forS; atS < untilS; ) {
      atS += 1;
      tell();
    }
  }
  return { moments, visits, endsS: atS };
}

function legAt({ stopsAlong }: Street, along: number): number {
  return Math.max(0, segmentAt(stopsAlong, along));
}

/** By leg, metres a second between its halts. */
function pacesOf({ street, departsS, arrivesS }: Course, random: Random): number[] {
  const traffic = Math.exp(STREET.trafficSpread * random.normal());
  return street.stopsAlong.slice(1).map((to, leg) => {
    const lengthM = to - (street.stopsAlong[leg] ?? 0);
    const timeS = (arrivesS[leg + 1] ?? 0) - (departsS[leg] ?? 0);
    // Part of the time goes in braking, waiting and doors.
    const pace =
      (lengthM / Math.max(timeS, 1)) * 1.5 * traffic * Math.exp(STREET.legSpread * random.normal());
    return Math.min(STREET.fastestMps, Math.max(STREET.slowestMps, pace));
  });
}

function haltsOf(course: Course, random: Random): Halt[] {
  const { stopsAlong } = course.street;
  const last = stopsAlong.length - 1;
  const halts = [departure(course, random)];
  for (let stop = 1; stop <= last; stop += 1) {
    const from = stopsAlong[stop - 1] ?? 0;
    const to = (stopsAlong[stop] ?? 0) + STOP.haltM * random.normal();
    halts.push(...reds(from, to, random));
    const isLeftOut =
      course.detour !== undefined && stop > course.detour.fromStop && stop < course.detour.toStop;
    if (isLeftOut) halts.push(...(random.next() < 0.3 ? [serving(to, undefined, random)] : []));
    else if (stop === last) halts.push(arrival(to, last, random));
    else if (random.next() < STOP.served) halts.push(serving(to, stop, random));
  }
  let reached = 0;
  return halts
    .sort((a, b) => a.along - b.along)
    .map(halt => {
      reached = Math.max(reached, Math.max(0, halt.along));
      return { ...halt, along: reached };
    });
}

/** Riders get on until it leaves, on time or late. */
function departure({ street, departsS, standsFromS }: Course, random: Random): Halt {
  const leavesS = departsS[0] ?? 0;
  const lateS =
    random.next() < LATE.onTimeShare
      ? Math.abs(random.normal()) * LATE.onTimeS
      : random.exponential(LATE.lateS);
  const opensS = Math.max(standsFromS + 15, leavesS - random.between(60, 240));
  const closesS = Math.max(opensS + 10, leavesS + lateS);
  return {
    along: (street.stopsAlong[0] ?? 0) + Math.abs(random.normal()) * STOP.haltM,
    forS: closesS - standsFromS + 2,
    visit: { stop: 0, opensAfterS: opensS - standsFromS, openS: closesS - opensS },
  };
}

function serving(along: number, stop: number | undefined, random: Random): Halt {
  const opensAfterS = random.between(1, 2.5);
  const openS = STOP.openS + random.exponential(STOP.boardingS);
  return { along, forS: opensAfterS + openS + random.between(1, 2.5), visit: { stop, opensAfterS, openS } };
}

function arrival(along: number, stop: number, random: Random): Halt {
  const [opensAfterS, openS] = [random.between(1, 2.5), random.between(15, 45)];
  return { along, forS: opensAfterS + openS + 2, visit: { stop, opensAfterS, openS } };
}

/** Lights between two stops, and a queue just ahead of the second. */
function reds(from: number, to: number, random: Random): Halt[] {
  const lights = Array.from({
    length: Math.round((to - from) / STREET.metresPerLight + random.next() - 0.5),
  });
  const halts = lights.flatMap((): Halt[] =>
    random.next() < STREET.redShare
      ? [{ along: random.between(from, to), forS: random.between(4, STREET.longestRedS) }]
      : [],
  );
  const queue = { along: to - random.between(18, 45), forS: random.between(3, 20) };
  return random.next() < STREET.queueShare && queue.along > from ? [...halts, queue] : halts;
}

const DEGREES = 180 / Math.PI;

/** A detour leaves its street and comes back to it within so many metres. */
const LEAVING_M = 80;

function momentAt({ street, detour }: Course, atS: number, along: number, speedMps: number): Moment {
  const { x, y, east, north } = pieceAt(street, along);
  const aside = STREET.laneM + (detour === undefined ? 0 : asideAt(street, detour, along));
  const courseDeg = (Math.atan2(east, north) * DEGREES + 360) % 360;
  return { atS, x: x + north * aside, y: y - east * aside, speedMps, courseDeg };
}

function asideAt({ stopsAlong }: Street, { fromStop, toStop, asideM }: Detour, along: number): number {
  const from = (stopsAlong[fromStop] ?? 0) + 40;
  const to = (stopsAlong[toStop] ?? 0) - 40;
  return asideM * Math.max(0, Math.min(1, (along - from) / LEAVING_M, (to - along) / LEAVING_M));
}
