import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { readSentence } from '../../../../src/onboard/position/nmea/fields.ts';

test('RMC says where, when, how fast and which way, whichever satellites it is of', () => {
  for (const talker of ['GP', 'GN', 'GL', 'GA', 'GB', 'BD', 'QZ']) {
    const read = readSentence(`${talker}RMC,150000.50,A,5654.660,N,01432.52,W,3.14,90.5,241216,1.2,E,A`);
    assert.equal(read, {
      kind: 'rmc',
      fix: {
        lat: 56 + 54.66 / 60,
        lon: -(14 + 32.52 / 60),
        utc: Date.UTC(2016, 11, 24, 15, 0, 0, 500),
        speedMps: (3.14 * 1852) / 3600,
        courseDeg: 90.5,
      },
    });
  }
});

test('what a standing receiver leaves empty is not known, and no zero', () => {
  const read = readSentence('GPRMC,150000,A,5654.660,S,01432.52,E,,,241216,,');
  assert.equal(read.kind === 'rmc' && Object.keys(read.fix ?? {}).sort(), ['lat', 'lon', 'utc']);
  assert.ok(read.kind === 'rmc' && (read.fix?.lat ?? 0) < 0, 'south is below zero');
});

const NO_FIX: readonly (readonly [name: string, sentence: string])[] = [
  ['status V', 'GPRMC,150000,V,,,,,,,241216,,,N'],
  ['status V with a place', 'GPRMC,150000,V,5654.660,N,01432.52,E,,,241216,,'],
  ['mode N', 'GPRMC,150000,A,5654.660,N,01432.52,E,,,241216,,,N'],
  ['a simulator', 'GPRMC,150000,A,5654.660,N,01432.52,E,,,241216,,,S'],
  ['a place typed by hand', 'GPRMC,150000,A,5654.660,N,01432.52,E,,,241216,,,M'],
  ['quality 0', 'GPGGA,150000,,,,,0,00,99.99,,,,,,'],
  ['quality 7, by hand', 'GPGGA,150000,5654.660,N,01432.52,E,7,00,1.0,,,,,,'],
  ['quality 8, a simulator', 'GPGGA,150000,5654.660,N,01432.52,E,8,00,1.0,,,,,,'],
];

for (const [name, sentence] of NO_FIX) {
  test(`${name} is no fix`, () => {
    const read = readSentence(sentence);
    assert.ok(read.kind === 'rmc' || read.kind === 'gga');
    assert.not.ok('fix' in read);
  });
}

test('GGA says how good the fix is', () => {
  assert.equal(readSentence('GNGGA,150000.00,5654.660,N,01432.52,E,4,12,0.9,35.1,M,25.0,M,1.0,0001'), {
    kind: 'gga',
    fix: { lat: 56 + 54.66 / 60, lon: 14 + 32.52 / 60, quality: 'rtk', satellites: 12, hdop: 0.9 },
  });
});

const NONSENSE: readonly (readonly [name: string, sentence: string])[] = [
  ['ninety-one degrees north', 'GPRMC,150000,A,9100.000,N,01432.52,E,,,241216,,'],
  ['the pole and a minute', 'GPRMC,150000,A,9000.001,N,01432.52,E,,,241216,,'],
  ['sixty minutes of a degree', 'GPRMC,150000,A,5660.000,N,01432.52,E,,,241216,,'],
  ['one hundred and eighty-one degrees east', 'GPRMC,150000,A,5654.660,N,18100.00,E,,,241216,,'],
  ['a place without its half of the world', 'GPRMC,150000,A,5654.660,,01432.52,E,,,241216,,'],
  ['a place with another half of the world', 'GPRMC,150000,A,5654.660,X,01432.52,E,,,241216,,'],
  ['a place with one digit too few', 'GPRMC,150000,A,5654.660,N,1432.52,E,,,241216,,'],
  ['a status that is none', 'GPRMC,150000,B,5654.660,N,01432.52,E,,,241216,,'],
  ['a day that is in no calendar', 'GPRMC,150000,A,5654.660,N,01432.52,E,,,310216,,'],
  ['a thirteenth month', 'GPRMC,150000,A,5654.660,N,01432.52,E,,,241316,,'],
  ['a time that is on no clock', 'GPRMC,240000,A,5654.660,N,01432.52,E,,,241216,,'],
  ['a minute that is on no clock', 'GPRMC,156000,A,5654.660,N,01432.52,E,,,241216,,'],
  ['no date', 'GPRMC,150000,A,5654.660,N,01432.52,E,,,,,'],
  ['a speed in words', 'GPRMC,150000,A,5654.660,N,01432.52,E,fast,90,241216,,'],
  ['a course beyond the circle', 'GPRMC,150000,A,5654.660,N,01432.52,E,1,361,241216,,'],
  ['too few fields', 'GPRMC,150000,A'],
  ['too few fields of GGA', 'GPGGA,150000'],
  ['a quality that is none', 'GPGGA,150000,5654.660,N,01432.52,E,9,12,0.9,,,,,,'],
];

for (const [name, sentence] of NONSENSE) {
  test(`a sentence with ${name} makes no sense, and says which it is`, () => {
    assert.equal(readSentence(sentence), {
      kind: 'nonsense',
      what: `sentence ${sentence.slice(0, 5)} that makes no sense`,
    });
  });
}

test('a leap second is a second', () => {
  const read = readSentence('GPRMC,235960,A,5654.660,N,01432.52,E,,,311216,,');
  assert.is(read.kind === 'rmc' && read.fix?.utc, Date.UTC(2017, 0, 1));
});

test('what receivers send unasked is passed over, and what nobody knows is named', () => {
  assert.equal(readSentence('GPGSV,3,1,11,03'), { kind: 'other', what: 'sentence GPGSV', isUsual: true });
  assert.equal(readSentence('GPXTE,A'), { kind: 'other', what: 'sentence GPXTE', isUsual: false });
  assert.equal(readSentence('PUBX,00'), { kind: 'other', what: 'sentence PUBX', isUsual: false });
  assert.equal(readSentence(''), { kind: 'other', what: 'sentence without a name', isUsual: false });
});

test.run();
