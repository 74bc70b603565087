import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { compileZone } from '../../../src/core/tariff/zone.ts';
import { epoch, formatLocal, parseInstant, parseLocal, type Zone } from '../../../src/core/time.ts';
import { Moments } from '../../../src/lab/taps/moments.ts';

const LONDON = compileZone('Europe/London') as Zone;

test('a moment is the same whether its minute was read before or not', () => {
  const moments = new Moments(LONDON);
  const seconds = fc.integer({ min: 1_735_689_600, max: 1_798_761_600 }).map(at => epoch(at * 1000));
  const written = seconds.chain(at => {
    const text = formatLocal(LONDON, at);
    const wall = text.slice(0, 19);
    return fc.constantFrom(
      text,
      wall,
      wall.replace('T', ' '),
      wall.slice(0, 16),
      `${wall.slice(0, 17)}9x`,
      `${wall}.5Z`,
    );
  });
  fc.assert(
    fc.property(written, text => {
      assert.is(moments.read(text), parseInstant(text) ?? parseLocal(LONDON, text), text);
    }),
    { numRuns: 500 },
  );
});

const CLOCKS_CHANGE: readonly [text: string, instant: string | undefined][] = [
  ['2026-03-29 00:59:59', '2026-03-29T00:59:59Z'],
  // Left out when the clocks are put forward.
  ['2026-03-29 01:30:30', undefined],
  ['2026-03-29 02:00:00', '2026-03-29T01:00:00Z'],
  ['2026-10-25 01:59:59', '2026-10-25T00:59:59Z'],
  ['2026-10-25 02:00:00', '2026-10-25T02:00:00Z'],
];

for (const [text, instant] of CLOCKS_CHANGE) {
  test(`${text} in London is ${instant ?? 'no moment'}`, () => {
    const moments = new Moments(LONDON);
    const expected = instant === undefined ? undefined : parseInstant(instant);
    assert.is(moments.read(text), expected);
    assert.is(moments.read(text), expected, 'and again');
  });
}

test.run();
