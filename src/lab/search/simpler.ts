/** Every example that is one step simpler than another. Whether it still shows anything is not asked here. */
import { MORNING_S } from './days.ts';
import type { Outing, Trip } from './outing.ts';
import { applied, type Trick } from './trick.ts';
import { type Example, ROUND_S } from './weight.ts';
import type { Stop, World } from './world.ts';

export function* simpler(world: World, example: Example): Generator<Example> {
  yield* withFewerTrips(example);
  yield* otherwiseWhole(world, example);
  yield* oneTripSimpler(world, example);
  yield* trickSimpler(world, example);
}

/** Any of its trips alone, any two, and so on: often only some of them together show what all show. */
function* withFewerTrips({ outing, trick }: Example): Generator<Example> {
  const { trips } = outing;
  const choices = Array.from({ length: 2 ** trips.length - 1 }, (_, bits) =>
    trips.filter((_, place) => (bits >> place) % 2 === 1),
  );
  for (const kept of choices.sort((a, b) => a.length - b.length)) {
    let rest: Trick | undefined = trick;
    for (let place = trips.length - 1; place >= 0 && rest !== undefined; place--) {
      const trip = trips[place];
      if (trip !== undefined && !kept.includes(trip)) rest = trickWithout(rest, place);
    }
    if (rest !== undefined) yield { outing: { ...outing, trips: kept }, trick: rest };
  }
}

/** The trick when the trip at `place` is gone; undefined where it is the trip that it is about. */
function trickWithout(trick: Trick, place: number): Trick | undefined {
  if (trick.kind === 'right') return trick;
  if (place < trick.trip) return { ...trick, trip: trick.trip - 1 };
  if (trick.kind === 'riding-more') return trick;
  if (trick.kind !== 'waiting') return place === trick.trip ? undefined : trick;
  if (place >= trick.trip + trick.count) return trick;
  return trick.count === 1 ? undefined : { ...trick, count: trick.count - 1 };
}

/** Another rider, another day, all of it at another time. */
function* otherwiseWhole({ payers, days }: World, { outing, trick }: Example): Generator<Example> {
  if (trick.kind !== 'right')
    for (const payer of before(payers, outing.payer)) yield { outing: { ...outing, payer }, trick };
  for (const day of before(days, outing.day)) yield { outing: { ...outing, day }, trick };
  const firstS = outing.trips[0]?.enterS ?? 0;
  for (const second of [MORNING_S, ...rounder(firstS)]) yield moved({ outing, trick }, 0, second - firstS);
}

/** Every trip from `place` on so much later, with the trick's own times. */
function moved({ outing, trick }: Example, place: number, byS: number): Example {
  const trips = outing.trips.map((trip, at) => (at < place ? trip : later(trip, byS)));
  return { outing: { ...outing, trips }, trick: trickLater(trick, place, byS) };
}

function later(trip: Trip, byS: number): Trip {
  return { ...trip, enterS: trip.enterS + byS, leaveS: trip.leaveS + byS };
}

function trickLater(trick: Trick, place: number, byS: number): Trick {
  if (trick.kind === 'riding-more' && trick.trip >= place) return { ...trick, more: later(trick.more, byS) };
  if (trick.kind === 'splitting' && trick.trip >= place)
    return { ...trick, leaveS: trick.leaveS + byS, enterS: trick.enterS + byS };
  return trick;
}

function* oneTripSimpler(world: World, example: Example): Generator<Example> {
  const { outing, trick } = example;
  for (const [place, trip] of outing.trips.entries()) {
    for (const second of rounder(trip.enterS)) yield moved(example, place, second - trip.enterS);
    for (const other of simplerTrips(world, trip)) yield { outing: withTrip(outing, place, other), trick };
  }
}

function withTrip(outing: Outing, place: number, trip: Trip): Outing {
  return { ...outing, trips: outing.trips.with(place, trip) };
}

function* simplerTrips({ ways }: World, trip: Trip): Generator<Trip> {
  const { way, line, from, to, enterS, leaveS } = trip;
  for (const other of before(ways, way)) {
    yield {
      ...trip,
      way: other,
      line: other.lines[0],
      from: sameIn(other.stops, from),
      to: sameIn(other.stops, to),
    };
  }
  for (const other of line === undefined ? [] : before(way.lines, line)) yield { ...trip, line: other };
  for (const stop of from === undefined ? [] : before(way.stops, from))
    if (stop !== to) yield { ...trip, from: stop };
  for (const stop of to === undefined ? [] : before(way.stops, to))
    if (stop !== from) yield { ...trip, to: stop };
  for (const second of rounder(enterS)) yield { ...trip, enterS: second };
  for (const second of [...USUAL_S.map(span => enterS + span), ...rounder(leaveS)])
    yield { ...trip, leaveS: second };
}

const USUAL_S = [1800, 1200, 600, 3600];

function* trickSimpler(world: World, { outing, trick }: Example): Generator<Example> {
  const stops = trick.kind === 'right' ? [] : (outing.trips[trick.trip]?.way.stops ?? []);
  switch (trick.kind) {
    case 'splitting': {
      const gapS = trick.enterS - trick.leaveS;
      yield { outing, trick: { ...trick, isSecondCard: false } };
      for (const over of before(stops, trick.over)) yield { outing, trick: { ...trick, over } };
      for (const leaveS of rounder(trick.leaveS))
        yield { outing, trick: { ...trick, leaveS, enterS: leaveS + gapS } };
      for (const enterS of rounder(trick.enterS)) yield { outing, trick: { ...trick, enterS } };
      yield* splitHalfway(outing, trick);
      return;
    }
    case 'detour':
      for (const to of before(stops, trick.to)) yield { outing, trick: { ...trick, to } };
      return;
    case 'waiting': {
      yield { outing, trick: { ...trick, count: 1 } };
      // What a wait saves, one of its halves saves: at last there is one unit that does.
      const halfS = Math.floor(trick.byS / 2 / world.unitS) * world.unitS;
      if (halfS === 0) return;
      yield { outing, trick: { ...trick, byS: halfS } };
      const started = applied(outing, { ...trick, byS: halfS });
      if (started !== undefined) yield { outing: started, trick: { ...trick, byS: trick.byS - halfS } };
      return;
    }
    case 'right':
      for (const without of before(world.payers, trick.without))
        yield { outing, trick: { ...trick, without } };
      return;
    case 'riding-more':
      for (const more of simplerTrips(world, trick.more)) yield { outing, trick: { ...trick, more } };
      for (const second of rounder(trick.more.enterS))
        yield { outing, trick: { ...trick, more: later(trick.more, second - trick.more.enterS) } };
      return;
    default:
      return trick satisfies never;
  }
}

/** A ride as long as rides are: neither its end nor where it is split could move alone past the other. */
function* splitHalfway(outing: Outing, trick: Extract<Trick, { kind: 'splitting' }>): Generator<Example> {
  const trip = outing.trips[trick.trip];
  if (trip === undefined) return;
  for (const spanS of USUAL_S) {
    const leaveS = trip.enterS + spanS / 2;
    const shorter = { ...trip, leaveS: trip.enterS + spanS };
    const split = { ...trick, leaveS, enterS: leaveS + trick.enterS - trick.leaveS };
    yield { outing: withTrip(outing, trick.trip, shorter), trick: split };
  }
}

/** What stands before it in a list whose simplest is the first. */
function before<T>(list: readonly T[], item: T): readonly T[] {
  return list.slice(0, Math.max(0, list.indexOf(item)));
}

/** The nearest rounder times, earlier and later. */
function rounder(second: number): readonly number[] {
  return ROUND_S.flatMap(step => {
    const earlier = second - (second % step);
    return earlier === second ? [] : [earlier, earlier + step];
  });
}

/** The stop where it is known there too. */
function sameIn(stops: readonly Stop[], stop: Stop | undefined): Stop | undefined {
  return stop !== undefined && stops.includes(stop) ? stop : stops[0];
}
