import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { epoch } from '../../../../src/core/time.ts';
import { type NmeaFix, Receiver } from '../../../../src/onboard/position/nmea/receiver.ts';
import { bytesOf } from '../../serial/streams.ts';

const START = Date.UTC(2026, 2, 2, 2, 30, 0);

function sentence(text: string): string {
  let xor = 0;
  for (const character of text) xor ^= character.charCodeAt(0);
  return `$${text}*${xor.toString(16).toUpperCase().padStart(2, '0')}\r\n`;
}

/** At so many seconds after half past two UTC. */
function time(second: number): string {
  return `0230${second.toFixed(2).padStart(5, '0')}`;
}

const rmc = (second: number) =>
  sentence(`GPRMC,${time(second)},A,5709.000,N,06532.000,E,10.0,45.0,020326,,,A`);
const gga = (second: number, satellites = 9) =>
  sentence(`GPGGA,${time(second)},5709.000,N,06532.000,E,1,${satellites},1.1,60,M,,M,,`);
const NO_RMC = sentence('GPRMC,,V,,,,,,,,,,N');
const NO_GGA = sentence('GPGGA,,,,,,0,,,,,,,,');

class Ear {
  readonly fixes: NmeaFix[] = [];
  readonly lost: number[] = [];
  readonly misheard: string[] = [];
  readonly receiver = new Receiver({
    fix: fix => this.fixes.push(fix),
    noFix: atMs => this.lost.push(atMs),
    misheard: ({ what }) => this.misheard.push(what),
  });

  /** Hears it so many seconds after the start, by our clock. */
  hear(text: string, atS: number): this {
    this.receiver.push(bytesOf(text), epoch(Math.round(START + atS * 1000)));
    return this;
  }
}

test('a fix says where, when by both clocks, and how good it is', () => {
  const { fixes } = new Ear().hear(rmc(0), 0.2).hear(gga(1) + rmc(1), 1.2);
  assert.equal(fixes.slice(1), [
    {
      lat: 57 + 9 / 60,
      lon: 65 + 32 / 60,
      utc: epoch(START + 1000),
      speedMps: (10 * 1852) / 3600,
      courseDeg: 45,
      atMs: epoch(START + 1200),
      quality: 'gnss',
      satellites: 9,
      hdop: 1.1,
    },
  ]);
});

test('a receiver that sends RMC first has each second one fix, with the quality of the second before', () => {
  const { fixes } = new Ear().hear(rmc(1) + gga(1, 7), 1).hear(rmc(2) + gga(2, 8), 2);
  assert.equal(
    fixes.map(({ satellites }) => satellites),
    [undefined, 7],
  );
});

test('a quality from more than 2.5 s ago says nothing of this fix', () => {
  const { fixes } = new Ear()
    .hear(gga(1), 1)
    .hear(rmc(4), 3.5)
    .hear(gga(5) + rmc(6), 10);
  const [alone, soon, late] = fixes;
  assert.is(alone?.utc, undefined);
  assert.is(soon?.quality, 'gnss');
  assert.is(late?.quality, 'gnss');
  const stale = new Ear().hear(gga(1), 1).hear(rmc(4), 3.501);
  assert.is(stale.fixes.at(-1)?.quality, undefined);
});

test('a receiver that sends GGA alone is heard, without a date', () => {
  const { fixes } = new Ear().hear(gga(1), 1);
  assert.equal(
    fixes.map(({ utc, atMs }) => [utc, atMs]),
    [[undefined, START + 1000]],
  );
});

test('a receiver that sees too few satellites says so, once a second', () => {
  const { fixes, lost } = new Ear().hear(NO_RMC + NO_GGA, 1).hear(NO_RMC + NO_GGA, 2);
  assert.equal(fixes, []);
  assert.equal(lost, [START + 1000, START + 2000]);
});

test('a receiver that repeats its last fix has no new one', () => {
  const ear = new Ear().hear(rmc(1), 1).hear(rmc(1), 2).hear(rmc(1), 3);
  assert.is(ear.fixes.length, 1);
  assert.is(ear.hear(rmc(4), 4).fixes.length, 2);
});

test('a fix that waited in a buffer is dated back to when it was true', () => {
  const ear = new Ear().hear(rmc(1), 1.1).hear(rmc(2) + rmc(3) + rmc(4), 4.1);
  assert.equal(
    ear.fixes.map(({ atMs }) => atMs - START),
    [1100, 2100, 3100, 4100],
  );
});

test('a clock that was set back or forth dates nothing back', () => {
  const forth = new Ear().hear(rmc(1), 1).hear(rmc(2), 3602);
  assert.is(forth.fixes.at(-1)?.atMs, START + 3_602_000);
  const back = new Ear().hear(rmc(1), 1).hear(rmc(2), -3598);
  assert.is(back.fixes.at(-1)?.atMs, START - 3_598_000);
});

test('what it says beside is passed over, and what nobody knows is told', () => {
  const ear = new Ear().hear(sentence('GPGSV,3,1,11') + sentence('GPXTE,A') + rmc(1), 1);
  assert.equal(ear.misheard, ['sentence GPXTE']);
  assert.is(ear.fixes.length, 1);
});

test('after a cable was pulled half a sentence is no part of the next', () => {
  const ear = new Ear().hear(rmc(1).slice(0, 30), 1);
  ear.receiver.reset();
  ear.hear(rmc(2), 2);
  assert.equal([ear.fixes.length, ear.misheard], [1, []]);
});

test('any bytes at all are taken', () => {
  const field = fc.oneof(
    fc.constantFrom('A', 'V', 'N', 'E', '5709.000', '06532.000', time(1), '020326', ''),
    fc.string(),
  );
  const near = fc.array(field, { maxLength: 16 }).map(fields => sentence(`GPRMC,${fields.join(',')}`));
  fc.assert(
    fc.property(fc.array(fc.oneof(near, fc.string()), { maxLength: 6 }), texts => {
      new Ear().hear(texts.join(''), 1);
    }),
  );
});

test.run();
