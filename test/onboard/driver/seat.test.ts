/** The driver's seat: PINs, names of lines and stops, and an answer in words to everything. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { epoch } from '../../../src/core/time.ts';
import { commandOfLine } from '../../../src/onboard/driver/commands.ts';
import { readDrivers } from '../../../src/onboard/driver/drivers.ts';
import { driverOf, recognise } from '../../../src/onboard/driver/pin.ts';
import { DriverSeat, type SeatParts } from '../../../src/onboard/driver/seat.ts';
import { driverPosition } from '../../../src/onboard/position/driver.ts';
import type { Observation } from '../../../src/onboard/position/observation.ts';
import type { Position } from '../../../src/onboard/position/position.ts';
import { nodeCrypto } from '../../../src/wire/node-crypto.ts';
import { readRecord } from '../../../src/wire/record/record.ts';
import { ANNA, bench, PLACE } from '../vehicle/bench.ts';

const KEY = { keyId: 1, secret: new Uint8Array(32).fill(1) };
const OLDER = { keyId: 2, secret: new Uint8Array(32).fill(2) };
const drivers = [driverOf('4711', '1234', KEY, nodeCrypto), driverOf('4712', '0000', OLDER, nodeCrypto)];

const route = (routeId: string, line: string) =>
  ({
    routeId,
    line,
    agencyId: undefined,
    longName: undefined,
    type: 3,
    color: undefined,
    textColor: undefined,
    networkIds: [],
  }) as const;
const ROUTES = [route('bus-25', '25'), route('bus-30', '30'), route('night-30', '30')];
const STOPS = ['cvetnoy-a', 'dom-oborony'];
const stops: SeatParts['stops'] = {
  route: id => ROUTES.find(({ routeId }) => routeId === id),
  routeIds: () => ROUTES.map(({ routeId }) => routeId),
  trip: () => undefined,
  stop: id =>
    STOPS.includes(id)
      ? {
          ...{ stopId: id, kind: 'platform', code: undefined, name: id, lat: undefined, lon: undefined },
          ...{
            zoneId: undefined,
            parentStation: undefined,
            platformCode: undefined,
            timezone: 'Asia/Yekaterinburg',
          },
        }
      : undefined,
  stopIds: () => STOPS,
};

/** The same, with one trip of line 30. */
const held: SeatParts['stops'] & Parameters<typeof driverPosition>[0] = {
  ...(stops as Parameters<typeof driverPosition>[0]),
  trip: id =>
    id === '30-0812'
      ? {
          ...{ tripId: id, routeId: 'bus-30', serviceId: 's', directionId: 0, stopTimes: [] },
          ...{ headsign: undefined, blockId: undefined, shapeId: undefined, firstS: 0, lastS: 0 },
        }
      : undefined,
};

function seated(more: Partial<SeatParts> = {}) {
  const position = driverPosition(stops as Parameters<typeof driverPosition>[0], { routeId: 'bus-25' });
  const own = bench(() => ({ position: more.position ?? position }));
  const seat = new DriverSeat({
    ...{ vehicle: own.vehicle, position, stops, drivers, clock: own.clock, crypto: nodeCrypto },
    ...{ keys: [KEY, OLDER], random: length => new Uint8Array(length).fill(9), ...more },
  });
  return {
    own,
    say: async (line: string) => (await seat.obey(commandOfLine(line))).text,
    records: () => own.journal.outbox(100).map(({ bytes }) => readRecord(bytes)),
    wait: (seconds: number) => own.clock.advanceTo(epoch(own.clock.now() + seconds * 1000)),
  };
}

test('a shift is opened by number and PIN, and taps stand in it under a pseudonym', async () => {
  const { say, own, records } = seated();
  assert.match(await say('shift open 4711 waybill 12 pin 1234'), /^shift opened: [0-9a-f]{16}, waybill 12$/);
  own.reader.tap('front', ANNA);
  const [opened, tap] = records();
  assert.is(opened?.driverId, drivers[0]?.driverId);
  assert.equal([tap?.driverId, tap?.waybill, tap?.shiftId], [opened?.driverId, '12', '09'.repeat(8)]);
  assert.not.match(JSON.stringify(records()), /4711|1234/, 'neither number nor PIN is written');
  assert.match(await say('state'), /^in service; shift of [0-9a-f]{16}, waybill 12$/);
  assert.match(await say('shift close'), /^shift closed/);
});

test('a driver whose entry was made with the older key drives as well', async () => {
  assert.match(await seated().say('shift open 4712 pin 0000'), /^shift opened/);
});

test('a wrong PIN is written down, and the next is looked at a second later, then two, then four', async () => {
  const { say, records, wait } = seated();
  for (const waitS of [1, 2, 4, 8]) {
    assert.is(await say('shift open 4711 pin 0000'), 'the number or the PIN is wrong');
    assert.is(await say('shift open 4711 pin 1234'), `too many wrong PINs: again in ${waitS} s`);
    wait(waitS);
  }
  assert.is(records().length, 4, 'what was not looked at is not written');
  assert.ok(records().every(({ kind, shift }) => kind === 'shift' && shift === 'refused'));
  assert.match(await say('shift open 4711 pin 1234'), /^shift opened/);
  await say('shift close');
  await say('shift open 4711 pin 0000');
  assert.is(
    await say('shift open 4711 pin 1234'),
    'too many wrong PINs: again in 1 s',
    'after a right one anew',
  );
});

test('the wait never grows beyond five minutes', async () => {
  const { say, wait } = seated();
  for (let tries = 0; tries < 12; tries++) {
    await say('shift open 4711 pin 0000');
    wait(300);
  }
  assert.match(await say('shift open 4711 pin 1234'), /^shift opened/);
});

const REFUSED: [line: string, text: string | RegExp][] = [
  ['shift open 4711', /^no pin \(expected shift open 4711 pin 1234\)$/],
  ['shift open 9999 pin 1234', 'the number or the PIN is wrong'],
  ['shift close', 'no shift is open'],
  ['void', 'no ride to take back'],
  ['line 26', "no line '26' (expected '25')"],
  ['line 30', "2 lines '30' (expected bus-30 | night-30)"],
  ['trip x', "no trip 'x'"],
  ['stop cvetnoi-a', "no stop 'cvetnoi-a' (expected 'cvetnoy-a')"],
  ['to dom-obarony', "no stop 'dom-obarony' (expected 'dom-oborony')"],
  ['opne', /^no command 'opne'/],
];

for (const [line, text] of REFUSED) {
  test(`'${line}' is answered: ${text}`, async () => {
    const said = await seated().say(line);
    if (typeof text === 'string') assert.is(said, text);
    else assert.match(said, text);
  });
}

test('a line that is chosen stands on the next tap, and in a record of its own', async () => {
  const { say, own, records } = seated();
  assert.is(await say('line bus-30'), 'line 30');
  assert.is(await say('stop dom-oborony'), 'line 30, dom-oborony');
  own.reader.tap('front', ANNA);
  assert.equal(
    records().map(({ kind, line, stopId, source }) => [kind, line, stopId, source]),
    [
      ['mode', '30', undefined, 'driver'],
      ['mode', '30', 'dom-oborony', 'driver'],
      ['tap', '30', 'dom-oborony', 'driver'],
    ],
  );
});

test('where the vehicle goes by another source, the driver is told that nothing is chosen', async () => {
  const position: Position = { placeAt: () => PLACE };
  const { say, records } = seated({ position });
  assert.match(await say('line 25'), /^the line is not chosen here/);
  assert.equal(records(), []);
});

test('the trip that the vehicle seems to run instead is said to whoever asks, and one word chooses it', async () => {
  const run = { tripId: '30-0812', routeId: 'bus-30', line: '30', headsign: 'Аэропорт' };
  let offered: typeof run | undefined = run;
  const followed = driverPosition(held, { routeId: 'bus-25' });
  const position: Position = {
    placeAt: atMs => followed.placeAt(atMs),
    observe(seen) {
      offered = undefined;
      followed.observe?.(seen);
    },
    instead: () => offered,
  };
  const { say, records } = seated({ position, stops: held });
  assert.is(
    await say('state'),
    'in service; no shift is open; the vehicle seems to run line 30 to Аэропорт, trip 30-0812',
  );
  assert.is(await say('instead'), 'line 30, trip 30-0812');
  assert.equal(
    records().map(({ kind, tripId, line, source }) => [kind, tripId, line, source]),
    [['mode', '30-0812', '30', 'driver']],
  );
  assert.is(await say('instead'), 'no other trip is offered');
  assert.is(await say('state'), 'in service; no shift is open');
});

test('doors that are said to open are heard as those of a wire, and no record is made of them', async () => {
  const heard: Observation[] = [];
  const position: Position = {
    placeAt: () => PLACE,
    observe: seen => heard.push(seen),
    instead: () => undefined,
  };
  const { say, records, own } = seated({ position });
  assert.is(await say('doors open door 2'), 'door 2 open');
  assert.is(await say('doors close'), 'doors closed');
  const atMs = own.clock.now();
  assert.equal(heard, [
    { kind: 'doors', atMs, open: true, doorId: '2' },
    { kind: 'doors', atMs, open: false },
  ]);
  assert.equal(records(), []);
});

test('where only the driver says where the vehicle is, doors are not listened to', async () => {
  assert.is(
    await seated().say('doors open'),
    'nobody listens to doors here (expected position: { source: gnss })',
  );
});

test('where nobody keeps a drivers file a number opens a shift', async () => {
  assert.match(await seated({ drivers: undefined }).say('shift open 5'), /^shift opened: [0-9a-f]{16}$/);
});

test('every answer is a word to the driver', async () => {
  const { say, own } = seated();
  own.reader.tap('front', ANNA);
  assert.is(await say('void'), 'ride taken back: 37.00 RUB refunded');
  assert.is(await say('rider +2'), 'the next card pays for one more, and so do 1 after it');
  assert.is(await say('to dom-oborony'), 'rides from here end at dom-oborony');
  assert.is(await say('to off'), 'rides end where their fare takes them to');
  assert.is(await say('inspect on'), 'inspection: cards are looked at, and not charged');
  own.reader.says({ kind: 'down', readerId: 'front', why: 'unplugged' });
  assert.is(await say('service on'), 'in service, degraded: reader front down');
});

test('a PIN is its driver’s own, and hashes of equal PINs are not equal', () => {
  const [anna] = drivers;
  const other = driverOf('4713', '1234', KEY, nodeCrypto);
  assert.is.not(other.pin, anna?.pin);
  assert.is(recognise([other], { number: '4711', pin: '1234' }, [KEY], nodeCrypto), undefined);
  assert.is(recognise([other], { number: '4713', pin: '1234' }, [KEY], nodeCrypto), other.driverId);
});

test('a drivers file is told what is wrong with it, where and what was expected', () => {
  const shipped = join(import.meta.dirname, '../../../fixtures/drivers.yaml');
  const text = readFileSync(shipped, 'utf8');
  assert.is(readDrivers(text, shipped).drivers.length, 1);
  assert.throws(
    () => readDrivers(text.replace('keyId: 1', 'keyId: one'), 'drivers.yaml'),
    /drivers\.yaml:5:\d+: /,
  );
  assert.throws(() => readDrivers('realm: test\ndrivers: []\n', 'drivers.yaml'), /drivers\.yaml:2:/);
});

test.run();
