/** Any taps of a few cards in two cities, each card's in the order of time. */
import fc from 'fast-check';
import { row } from './bench.ts';

const START = Date.parse('2026-03-02T05:30:00Z');
const CARDS = ['anna', 'boris', 'vera', 'gleb', 'dora'];

/** Of moments that rise, one a tap. */
function timed(cells: fc.Arbitrary<Readonly<Record<string, string>>>): fc.Arbitrary<string[]> {
  const tap = fc.record({ waitMin: fc.integer({ min: 0, max: 200 }), cells });
  return fc.array(tap, { maxLength: 60 }).map(taps => {
    let minute = 0;
    return taps.map(({ waitMin, cells: own }) => {
      minute += waitMin;
      const at = new Date(START + minute * 60_000).toISOString();
      return row({ ...own, at: `${at.slice(0, 19)}Z` });
    });
  });
}

export const tyumenTaps = timed(
  fc
    .record({
      card: fc.constantFrom(...CARDS),
      route: fc.constantFrom('bus-25', 'tram-1', ''),
      stop: fc.constantFrom('centre', 'station', ''),
      trip: fc.constantFrom('a', 'b', ''),
    })
    .map(cells => ({ ...cells, ...WHO[cells.card] })),
);

const WHO: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  anna: { medium: 'transport-card', category: 'general' },
  boris: { medium: 'bank-card' },
  vera: { category: 'pupil' },
  gleb: { category: 'student' },
  dora: { category: 'pensioner' },
};

export const londonTaps = timed(
  fc.record({
    card: fc.constantFrom(...CARDS),
    action: fc.constantFrom('entry', 'exit', ''),
    network: fc.constantFrom('rail', 'rail', 'bus'),
    stop: fc.constantFrom('quay', 'mill', 'park', 'field', 'bus-mill'),
  }),
);
