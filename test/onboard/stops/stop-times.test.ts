import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ByteWriter } from '../../../src/onboard/stops/bytes.ts';
import { packShape, type ShapePoint, unpackShape } from '../../../src/onboard/stops/shape.ts';
import {
  type PackedStopTime,
  packStopTimes,
  unpackStopTimes,
} from '../../../src/onboard/stops/stop-times.ts';

const WEEK_S = 168 * 3600;
const writer = new ByteWriter();

/** Objects as the product makes them. */
const PLAIN = { noNullPrototype: true };

const boarding = fc.constantFrom(0, 1, 2, 3);
const distance = fc.option(fc.float({ noNaN: true, noDefaultInfinity: true }), { nil: undefined });
const clock = fc.option(fc.tuple(fc.nat(WEEK_S), fc.nat(WEEK_S)), { nil: undefined });
const stopTime = fc
  .record({
    stop: fc.nat(2 ** 31),
    gap: fc.nat(1_000_000),
    clock,
    pickup: boarding,
    dropOff: boarding,
    approximate: fc.boolean(),
    distance,
  })
  .map(({ clock: [arrivalS, departureS] = [undefined, undefined], ...time }) => ({
    ...time,
    arrivalS,
    departureS,
  }));

/** Stop times of one trip: any places, any times, by rising sequence. */
const stopTimes = fc.array(stopTime, { maxLength: 60 }).map(times => {
  let stopSequence = -1;
  return times.map(({ gap, pickup, dropOff, ...time }) => {
    stopSequence += gap + 1;
    const types = { pickupType: pickup, dropOffType: dropOff } as Pick<
      PackedStopTime,
      'pickupType' | 'dropOffType'
    >;
    return { ...time, ...types, stopSequence };
  });
});

test('law: stop times are unpacked as they were packed', () => {
  fc.assert(
    fc.property(stopTimes, times => {
      assert.equal(unpackStopTimes(packStopTimes(writer, times)), times);
    }),
  );
});

test('law: shape points are unpacked as they were packed, to the sixth decimal', () => {
  const degrees = (most: number) =>
    fc.integer({ min: -most * 1e6, max: most * 1e6 }).map(millionths => millionths / 1e6);
  const point = fc.record(
    { sequence: fc.nat(1_000_000), lat: degrees(90), lon: degrees(180), distance },
    PLAIN,
  );
  fc.assert(
    fc.property(fc.array(point, { maxLength: 60 }), (points: ShapePoint[]) => {
      assert.equal(unpackShape(packShape(writer, points)), points);
    }),
  );
});

test('a stop of a usual trip takes six bytes', () => {
  const times = Array.from({ length: 30 }, (_, index): PackedStopTime => {
    const at = 30_000 + index * 90;
    return {
      stop: 500 + index,
      stopSequence: index + 1,
      arrivalS: at,
      departureS: at,
      pickupType: 0,
      dropOffType: 0,
      approximate: false,
      distance: undefined,
    };
  });
  assert.is(packStopTimes(writer, times).length, 2 + 30 * 6 + 1);
});

test('bytes of another version, or cut short, break an invariant instead of giving times', () => {
  assert.throws(() => unpackStopTimes(Uint8Array.of(2, 0)), /version 1, not 2/);
  assert.throws(() => unpackStopTimes(Uint8Array.of(1, 3, 0)), /cut short/);
  assert.throws(() => unpackShape(Uint8Array.of(9)), /version 1, not 9/);
});

test.run();
