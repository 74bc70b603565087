import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { formatProblem } from '../../../../src/core/error.ts';
import { readItinerary } from '../../../../src/core/fare/itinerary/read-itinerary.ts';
import { at } from './feed.ts';

const LEG = {
  route_id: 'r1',
  from_stop_id: 'a',
  to_stop_id: 'b',
  departure: '2026-03-02T12:00:00Z',
  arrival: '2026-03-02T12:20:00Z',
};
const read = (value: object) => readItinerary(JSON.stringify(value, null, 1), 'j.json');
const said = (value: object) => read(value).problems.map(formatProblem);

test('the contract is read: who rides, and the legs', () => {
  const { itinerary, problems } = read({
    timezone: 'Europe/London',
    rider: { categories: ['adult'], media: ['card'] },
    legs: [{ ...LEG, network_id: 'n1', departure: '2026-03-02T13:00:00+01:00' }],
  });
  assert.equal(problems, []);
  assert.equal(itinerary, {
    rider: { categories: ['adult'], media: ['card'] },
    legs: [
      {
        routeId: 'r1',
        networkId: 'n1',
        fromStopId: 'a',
        toStopId: 'b',
        departure: at('12:00:00'),
        arrival: at('12:20:00'),
        distanceUnits: undefined,
        intermediateStopIds: undefined,
      },
    ],
  });
});

test('a rider may be absent or unknown, and so may each part of one', () => {
  for (const rider of [undefined, null, {}, { categories: null }, { media: null }]) {
    const { itinerary, problems } = read({ rider, legs: [LEG] });
    assert.equal(problems, []);
    assert.equal(itinerary?.rider, { categories: undefined, media: undefined });
  }
});

const WRONG: [what: string, value: object, ...said: string[]][] = [
  ['no legs', {}, 'j.json:1:1: legs: missing (expected a list)'],
  ['an empty list of legs', { legs: [] }, 'j.json:2:10: legs: an empty list (expected at least one leg)'],
  [
    'a leg that lacks a field',
    { legs: [{ ...LEG, to_stop_id: undefined }] },
    'j.json:3:3: legs.0.to_stop_id: missing (expected text)',
  ],
  [
    'an empty id',
    { legs: [{ ...LEG, route_id: '' }] },
    'j.json:4:16: legs.0.route_id: empty (expected text)',
  ],
  [
    'a number for an id',
    { legs: [{ ...LEG, route_id: 7 }] },
    'j.json:4:16: legs.0.route_id: not text (expected text)',
  ],
  [
    'a time without its offset',
    { legs: [{ ...LEG, departure: '2026-03-02T12:00:00' }] },
    "j.json:7:17: legs.0.departure: '2026-03-02T12:00:00' (expected a time with an offset: 2026-03-02T07:30:00+05:00)",
  ],
  [
    'a day that is none',
    { legs: [{ ...LEG, arrival: '2026-02-30T12:00:00Z' }] },
    "j.json:8:15: legs.0.arrival: '2026-02-30T12:00:00Z' (expected a time with an offset: 2026-03-02T07:30:00+05:00)",
  ],
  [
    'a time zone that is none',
    { timezone: 'Europe/Londonn', legs: [LEG] },
    "j.json:2:14: timezone: 'Europe/Londonn' (expected 'Europe/London')",
  ],
  [
    'a rider of one category in no list',
    { rider: { categories: 'adult' }, legs: [LEG] },
    'j.json:3:17: rider.categories: text (expected a list)',
  ],
  [
    'a distance below nothing',
    { legs: [{ ...LEG, fare_distance_units: -1 }] },
    'j.json:9:27: legs.0.fare_distance_units: -1 (expected at least 0)',
  ],
];
for (const [what, value, ...lines] of WRONG) {
  test(`an itinerary with ${what} is refused with its place`, () => assert.equal(said(value), lines));
}

test('an itinerary longer than any journey is refused before it is read', () => {
  const { problems } = readItinerary(`[${' '.repeat(2 ** 20)}]`, 'j.json');
  assert.equal(problems.map(formatProblem), ['j.json: 1,048,578 characters (expected at most 1,048,576)']);
});

test('a key that is not known is warned of, with the nearest that is, and the rest is read', () => {
  const { itinerary, problems } = read({
    note: 'x',
    legs: [{ ...LEG, netwrok_id: 'n1' }],
    rider: { medium: [] },
  });
  assert.ok(itinerary !== undefined);
  assert.equal(problems.map(formatProblem), [
    "j.json:2:10: unknown key 'note'",
    "j.json:14:13: unknown key 'medium' (expected 'media'?)",
    "j.json:10:18: unknown key 'netwrok_id' (expected 'network_id'?)",
  ]);
});

test.run();
