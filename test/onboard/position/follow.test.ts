import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { followedPosition } from '../../../src/onboard/position/followed.ts';
import { type Runs, runsOf } from '../../../src/onboard/position/track/runs.ts';
import { inTyumen, type Opened, openTyumen } from './tyumen.ts';
import { Walk } from './walk.ts';

let tyumen: Opened;
let runs: Runs;

test.before(async () => {
  tyumen = await openTyumen();
  runs = runsOf(tyumen.stops, tyumen.zone);
});

test.after(() => tyumen.close());

function walk(local: string, routeId?: string): Walk {
  return new Walk(followedPosition(tyumen.stops, runs, routeId), tyumen.stops, inTyumen(local));
}

/** The driver has chosen the 08:00 from the station, and stands there. */
function eightOClock(): Walk {
  const bus = walk('2026-03-02T07:58:00').tells({ kind: 'driver', tripId: '25-we0-0800' });
  return bus.stands('vokzal-1', 60).serves('vokzal-1').stands('vokzal-1', 60);
}

const TO_CVETNOY = ['vokzal-1', 'pervomay-b', 'centr-a', 'cvetnoy-a'];

test('nothing is said before anything is seen', () => {
  assert.equal(walk('2026-03-02T08:00:00').place, { source: 'timetable', quality: 'unknown' });
});

test('at the first stop of a chosen trip riders get on there, and the place says all there is to say of it', () => {
  const { quality, stopName, zoneIds, lat, lon, ...place } = eightOClock().place;
  assert.is.not(quality, 'unknown');
  assert.equal(place, {
    ...{ source: 'gnss', routeId: 'bus-25', line: '25', networkId: 'city' },
    ...{ tripId: '25-we0-0800', direction: 0, stopId: 'vokzal-1', stopSequence: 1 },
    ...{ nextStopId: 'pervomay-b', lastStopId: 'montazh' },
  });
  assert.equal([stopName, zoneIds, lat, lon], ['Железнодорожный вокзал', ['city'], 57.14668, 65.52325]);
});

test('riders get on where the doors opened last, however far the vehicle has gone since', () => {
  const bus = eightOClock().runs(TO_CVETNOY);
  assert.is(bus.says, 'certain 25-we0-0800 cvetnoy-a 4');
  bus.goes('cvetnoy-a', 'profsoyuz-a', 60, 0.9);
  assert.is(bus.says, 'certain 25-we0-0800 cvetnoy-a 4');
  assert.is(bus.place.nextStopId, 'profsoyuz-a');
  bus.goes('cvetnoy-a', 'profsoyuz-a', 60).stands('profsoyuz-a', 5).opens().stands('profsoyuz-a', 10);
  assert.is(bus.says, 'certain 25-we0-0800 profsoyuz-a 5');
});

test('a stop passed with closed doors is not where riders get on, and is behind', () => {
  const bus = eightOClock().runs(TO_CVETNOY.slice(0, 2));
  bus.goes('pervomay-b', 'centr-a', 60).goes('centr-a', 'cvetnoy-a', 40, 0.6);
  assert.is(bus.says, 'certain 25-we0-0800 pervomay-b 2');
  assert.is(bus.place.nextStopId, 'cvetnoy-a');
});

test('fixes that scatter between two poles close together do not change the stop', () => {
  const bus = eightOClock().runs(TO_CVETNOY);
  const heard = new Set<string>();
  for (const metres of [25, -25, 30, 0, -30, 15]) {
    bus.aside(metres).stands('cvetnoy-a', 3);
    heard.add(bus.says);
  }
  assert.equal([...heard], ['certain 25-we0-0800 cvetnoy-a 4']);
});

test('a second door that opens at the same stop makes no stop of its own', () => {
  const tram = walk('2026-03-02T05:28:00').tells({ kind: 'driver', tripId: 't1-we0-0530' });
  tram.stands('vokzal-3', 30).tells({ kind: 'doors', doorId: '1', open: true }).stands('vokzal-3', 5);
  tram.tells({ kind: 'doors', doorId: '2', open: true }).stands('vokzal-3', 5);
  tram.tells({ kind: 'doors', doorId: '1', open: false }).stands('vokzal-3', 5);
  assert.is(tram.place.stopId, 'vokzal-3');
  assert.is(tram.place.tripId, 't1-we0-0530');
});

test('in a tunnel riders get on at the stop of the last opening, until doors open in it', () => {
  const bus = eightOClock().runs(TO_CVETNOY).goes('cvetnoy-a', 'profsoyuz-a', 20, 0.3).blind(50);
  assert.is(bus.says, 'certain 25-we0-0800 cvetnoy-a 4');
  bus.opens().blind(10).closes();
  assert.is.not(bus.place.quality, 'certain');
  assert.ok([undefined, 'profsoyuz-a'].includes(bus.place.stopId), bus.says);
});

test('doors that open in a tunnel a minute and a half after they closed hardly open at the same stop', () => {
  const bus = eightOClock().runs(TO_CVETNOY).blind(90).opens();
  assert.is.not(bus.place.stopId, 'cvetnoy-a');
});

test('out of the tunnel it is known again', () => {
  const bus = eightOClock().runs(TO_CVETNOY).goes('cvetnoy-a', 'profsoyuz-a', 20, 0.3).blind(60);
  bus.serves('profsoyuz-a').goes('profsoyuz-a', 'gorkogo', 20, 0.3);
  assert.is(bus.says, 'certain 25-we0-0800 profsoyuz-a 5');
});

test('doors that open on a detour open at no stop of the trip', () => {
  const bus = eightOClock().runs(TO_CVETNOY);
  bus.aside(250).goes('cvetnoy-a', 'profsoyuz-a', 60, 0.6).opens();
  assert.is(bus.place.stopId, undefined);
  assert.is(bus.place.quality, 'unknown');
});

test('a detour ends where the trip goes on', () => {
  const bus = eightOClock().runs(TO_CVETNOY);
  bus.aside(250).goes('cvetnoy-a', 'profsoyuz-a', 70).goes('profsoyuz-a', 'gorkogo', 40, 0.8).aside(0);
  bus.serves('gorkogo').goes('gorkogo', 'dramteatr-a', 20, 0.5);
  assert.is(bus.says, 'certain 25-we0-0800 gorkogo 6');
});

const WHOLE = [
  ...[...TO_CVETNOY, 'profsoyuz-a', 'gorkogo', 'dramteatr-a', 'tehnopark', 'kpd', 'geolog'],
  ...['permyakova', 'pobedy-p', 'solnechny', 'shirotnaya', 'montazh'],
];

test('at the terminus it turns round: doors that open there again open for the next trip of its block', () => {
  const bus = eightOClock().runs(WHOLE);
  assert.is(bus.place.stopId, 'montazh');
  bus.stands('montazh', 300).opens().stands('montazh', 60);
  const block = tyumen.stops.trip('25-we0-0800')?.blockId ?? '';
  const trips = tyumen.stops.tripsOfBlock(
    block,
    runs.ofTrip('25-we0-0800', bus.atMs)?.trip.serviceDate as never,
  );
  const next = trips[trips.findIndex(({ tripId }) => tripId === '25-we0-0800') + 1];
  assert.is(bus.place.tripId, next?.tripId);
  assert.is(bus.place.stopSequence, 1);
  assert.is(bus.place.direction, 1);
});

test('after midnight the trip is still one of the day of service before', () => {
  const bus = walk('2026-03-02T23:57:00').tells({ kind: 'driver', tripId: 'n1-ni0-2400' });
  bus.stands('vokzal-1', 60).serves('vokzal-1').stands('vokzal-1', 120);
  bus.runs(['vokzal-1', 'pervomay-b', 'centr-a']);
  assert.is(bus.says, 'certain n1-ni0-2400 centr-a 3');
});

test('where only the line was told, place and time tell which of its trips it is', () => {
  const bus = walk('2026-03-02T07:58:00', 'bus-25').stands('vokzal-1', 60).serves('vokzal-1');
  bus.stands('vokzal-1', 60).runs(TO_CVETNOY);
  assert.is(bus.place.stopId, 'cvetnoy-a');
  assert.is(bus.place.direction, 0);
});

test('where a driver may have chosen the run before the one that leaves now, the trip is not certain', () => {
  const bus = walk('2026-03-02T09:56:00').tells({ kind: 'driver', tripId: '25-we0-0944' });
  // It waits for the 10:04 a little ahead of the pole.
  bus.aside(18).serves('vokzal-1').stands('vokzal-1', 470).aside(0).runs(TO_CVETNOY);
  assert.equal([bus.place.stopId, bus.place.quality], ['cvetnoy-a', 'likely']);
});

test('a pole across the street is told apart by the way the vehicle goes', () => {
  const back = walk('2026-03-02T08:17:00', 'bus-25').goes('tehnopark', 'dramteatr-b', 100);
  back.serves('dramteatr-b').goes('dramteatr-b', 'gorkogo', 10, 0.1);
  assert.is(back.place.stopId, 'dramteatr-b');
  assert.is(back.place.direction, 1);
});

test('where nothing was told, what runs here now is found', () => {
  const bus = walk('2026-03-02T07:58:00').stands('vokzal-1', 60).serves('vokzal-1');
  bus.stands('vokzal-1', 60).runs(WHOLE.slice(0, 10));
  assert.is(bus.place.stopId, 'geolog');
  assert.is(bus.place.routeId, 'bus-25');
});

test('a vehicle that is not where its chosen trip goes is nowhere, and the trip it runs is offered', () => {
  const bus = walk('2026-03-02T08:10:00').tells({ kind: 'driver', tripId: '25-we1-0812' });
  bus.stands('cherepan', 60).runs(['cherepan', 'agrarny', 'roschin']);
  assert.equal(bus.place, { source: 'gnss', quality: 'unknown' });
  assert.is(bus.position.instead()?.line, '11');
});

test('nothing is offered to a driver who has chosen rightly', () => {
  assert.is(eightOClock().runs(TO_CVETNOY).position.instead(), undefined);
});

test('without a receiver, the line, the course and the stop numbers of the vehicle bus say it all', () => {
  const bus = walk('2026-03-02T08:04:00').tells({ kind: 'line', line: '025' });
  bus.tells({ kind: 'course', course: 6 }).tells({ kind: 'stop', stop: '1141' }).waits(5);
  assert.is(bus.place.source, 'ibis');
  assert.is(bus.place.stopId, 'centr-a');
  bus.waits(100).tells({ kind: 'stop', stop: '1151' });
  assert.is(bus.place.stopId, 'cvetnoy-a');
  assert.is(bus.place.line, '25');
});

test('a stop number that the feed does not know is no stop, until one comes that it knows', () => {
  const bus = walk('2026-03-02T08:00:00').tells({ kind: 'line', line: '25' });
  bus.tells({ kind: 'stop', stop: '1141' }).waits(100).tells({ kind: 'stop', stop: '9999' });
  assert.is(bus.place.stopId, undefined);
  assert.is(bus.place.quality, 'unknown');
  bus.waits(60).tells({ kind: 'stop', stop: '1161' });
  assert.is(bus.place.stopId, 'profsoyuz-a');
});

test('a line that the feed does not know is none, whatever runs here', () => {
  const bus = walk('2026-03-02T07:58:00').tells({ kind: 'line', line: '777' }).stands('vokzal-1', 60);
  assert.is(bus.serves('vokzal-1').place.quality, 'unknown');
});

test('doors whose wire says open while the vehicle goes are closed', () => {
  const bus = eightOClock().opens().goes('vokzal-1', 'pervomay-b', 60).stands('pervomay-b', 5);
  bus.opens().stands('pervomay-b', 5);
  assert.is(bus.place.stopId, 'pervomay-b');
});

test('a clock that is set back takes nothing back', () => {
  const bus = eightOClock().runs(TO_CVETNOY);
  const before = bus.says;
  bus.waits(-3600).stands('cvetnoy-a', 5);
  assert.is(bus.says, before);
});

test('after half an hour of silence it begins anew, and is not certain at once', () => {
  const bus = eightOClock()
    .runs(TO_CVETNOY)
    .waits(45 * 60)
    .stands('kpd', 1);
  assert.is.not(bus.place.quality, 'certain');
  assert.is.not(bus.place.stopId, 'cvetnoy-a');
});

test('a clock that is set back stops nothing: the vehicle is followed on', () => {
  const bus = eightOClock().runs(TO_CVETNOY).waits(-3600).stands('cvetnoy-a', 5);
  bus.goes('cvetnoy-a', 'profsoyuz-a', 70).serves('profsoyuz-a').goes('profsoyuz-a', 'gorkogo', 20, 0.3);
  assert.is(bus.says, 'certain 25-we0-0800 profsoyuz-a 5');
});

test('a clock that is set back starts the search for what a vehicle runs at once', () => {
  const bus = walk('2026-03-02T11:58:00')
    .stands('cherepan', 60)
    .waits(-4 * 3600);
  bus.stands('vokzal-1', 60).serves('vokzal-1').stands('vokzal-1', 60).runs(WHOLE.slice(0, 10));
  assert.is(bus.place.stopId, 'geolog');
});

/** The bus says the same every few seconds, for minutes. */
function repeats(bus: Walk, minutes: number, ...told: readonly Parameters<Walk['tells']>[0][]): Walk {
  for (let second = 0; second < minutes * 60; second += 5) {
    for (const one of told) bus.tells(one);
    bus.waits(5);
  }
  return bus;
}

const LINE_25 = { kind: 'line', line: '25' } as const;

test('without a receiver a long layover loses nothing, as long as the bus says where it stands', () => {
  const bus = walk('2026-03-02T07:20:00').tells(LINE_25).tells({ kind: 'course', course: 6 });
  repeats(bus, 40, LINE_25, { kind: 'stop', stop: '1011' });
  bus.tells({ kind: 'stop', stop: '1141' }).waits(5);
  assert.equal([bus.place.line, bus.place.stopId], ['25', 'centr-a']);
});

test('a bus that was switched off for long is found by its line, which is the same as before', () => {
  const bus = walk('2026-03-02T07:20:00')
    .tells(LINE_25)
    .waits(40 * 60);
  repeats(bus, 1, LINE_25).tells({ kind: 'stop', stop: '1141' }).waits(5);
  assert.equal([bus.place.line, bus.place.stopId], ['25', 'centr-a']);
});

test('where nothing runs near, that is asked now and then, and not at every fix', () => {
  let asked = 0;
  const asking = new Proxy(runs, {
    get: (of, name: keyof Runs) => {
      if (name === 'routesNear') asked += 1;
      const what = of[name];
      return typeof what === 'function' ? what.bind(of) : what;
    },
  });
  const far = new Walk(followedPosition(tyumen.stops, asking), tyumen.stops, inTyumen('2026-03-02T08:00:00'));
  for (let second = 0; second < 60; second += 1) {
    far.waits(1).tells({ kind: 'fix', lat: 10, lon: 10 });
  }
  assert.is(asked, 4, 'every 15 s');
});

test('a place that has not changed is the same object', () => {
  const bus = eightOClock();
  assert.is(bus.place, bus.place);
});

test.run();
