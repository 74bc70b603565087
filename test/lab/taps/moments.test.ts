import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { compileZone } from '../../../src/core/tariff/zone.ts';
import { epoch, formatLocal, parseInstant, parseLocal, type Zone } from '../../../src/core/time.ts';
import { Moments } from '../../../src/lab/taps/moments.ts';

const zoneOf = (name: string) => compileZone(name) as Zone;
const LONDON = zoneOf('Europe/London');
/** Half an hour forward and back: some minutes of an hour are left out, or come twice, and others are not. */
const LORD_HOWE = zoneOf('Australia/Lord_Howe');
/** At one minute past midnight, until 2011: within an hour. */
const ST_JOHNS = zoneOf('America/St_Johns');

const FORWARD_AND_BACK: readonly (readonly [zone: Zone, instant: string])[] = [
  [LONDON, '2026-03-29T01:00:00Z'],
  [LONDON, '2026-10-25T01:00:00Z'],
  [LORD_HOWE, '2026-10-03T15:30:00Z'],
  [LORD_HOWE, '2026-04-04T15:00:00Z'],
  [ST_JOHNS, '2010-03-14T03:31:00Z'],
  [ST_JOHNS, '2010-11-07T02:31:00Z'],
];

/** Of two years, and of the hours in which clocks are changed. */
const seconds = fc.oneof(
  fc.tuple(
    fc.constantFrom(LONDON, LORD_HOWE),
    fc.integer({ min: 1_735_689_600, max: 1_798_761_600 }).map(at => at * 1000),
  ),
  fc
    .tuple(fc.constantFrom(...FORWARD_AND_BACK), fc.integer({ min: -7_200, max: 7_200 }))
    .map(([[zone, instant], later]) => [zone, Date.parse(instant) + later * 1000] as const),
);

/** As people write it, and as nobody should. */
const written = seconds.chain(([zone, atMs]) => {
  const text = formatLocal(zone, epoch(atMs));
  const wall = text.slice(0, 19);
  const texts = [text, wall, wall.replace('T', ' '), wall.slice(0, 16), `${wall}.5Z`, `${wall}Z`];
  const wrong = [
    `${wall.slice(0, 17)}9x`,
    `${wall.slice(0, 14)}6${wall.slice(15)}`,
    wall.slice(0, 13),
    `${wall}+`,
  ];
  // A minute that the clocks leave out is written like any other.
  const half = `${wall.slice(0, 14)}${atMs % 2000 === 0 ? '15' : '45'}${wall.slice(16)}`;
  return fc.tuple(fc.constant(zone), fc.constantFrom(...texts, ...wrong, half));
});

test('a moment is the same whether its hour was read before or not', () => {
  const clocks = new Map([LONDON, LORD_HOWE, ST_JOHNS].map(zone => [zone, new Moments(zone)]));
  fc.assert(
    fc.property(written, ([zone, text]) => {
      const read = clocks.get(zone)?.read(text);
      assert.is(read, parseInstant(text) ?? parseLocal(zone, text), `${zone.name} ${text}`);
    }),
    { numRuns: 2000 },
  );
});

const CLOCKS_CHANGE: readonly [zone: Zone, text: string, instant: string | undefined][] = [
  [LONDON, '2026-03-29 00:59:59', '2026-03-29T00:59:59Z'],
  // Left out when the clocks are put forward.
  [LONDON, '2026-03-29 01:30:30', undefined],
  [LONDON, '2026-03-29 02:00:00', '2026-03-29T01:00:00Z'],
  [LONDON, '2026-10-25 01:59:59', '2026-10-25T00:59:59Z'],
  [LONDON, '2026-10-25 02:00:00', '2026-10-25T02:00:00Z'],
  [LORD_HOWE, '2026-10-04 02:29:59', undefined],
  [LORD_HOWE, '2026-10-04 02:30', '2026-10-03T15:30:00Z'],
  [LORD_HOWE, '2026-04-05 01:45:00', '2026-04-04T14:45:00Z'],
  [ST_JOHNS, '2010-03-14 00:00:30', '2010-03-14T03:30:30Z'],
  [ST_JOHNS, '2010-03-14 00:01:30', undefined],
  [ST_JOHNS, '2010-11-07 00:01:30', '2010-11-07T03:31:30Z'],
];

for (const [zone, text, instant] of CLOCKS_CHANGE) {
  test(`${text} in ${zone.name} is ${instant ?? 'no moment'}`, () => {
    const moments = new Moments(zone);
    const expected = instant === undefined ? undefined : parseInstant(instant);
    assert.is(moments.read(text), expected);
    assert.is(moments.read(text), expected, 'and again');
  });
}

test('a time that no clock shows is told from what is no time', () => {
  const moments = new Moments(LONDON);
  const asked = ['2026-03-29 01:30:30', '2026-03-29 01:30', '2026-03-29 00:59', '2026-03-29 25:30', 'noon'];
  assert.equal(
    asked.map(text => moments.isLeftOut(text)),
    [true, true, false, false, false],
  );
});

test.run();
