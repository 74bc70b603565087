/** A word that nothing of a tariff asks for decides nothing; where something asks for it, it does. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { compileTariff } from '../../../src/fare.ts';
import { whatDecides } from '../../../src/lab/mutate/what-decides.ts';
import { cityFiles } from '../../core/fare/city.ts';
import { railwayFiles } from '../../core/fare/rail.ts';

type Files = Readonly<Record<string, string>>;

const CITY = cityFiles('');
const RAIL_AND_BUS = railwayFiles();
const RAIL = {
  ...RAIL_AND_BUS,
  'fare_leg_rules.txt': RAIL_AND_BUS['fare_leg_rules.txt']?.replace('bus,,,bus\n', '') ?? '',
};

const HALF_AGAIN = cityFiles(
  'transfers: [{ id: t, product: 9, window: 1 h, inclusive: true, count: 1, sameRoute: allowed, media: [card], categories: [adult], price: { percent: 50 }, groupCovered: false, freeRideOpensWindow: false, source: assumed }]\n',
);
const HALF_BEYOND = cityFiles(
  'caps: [{ id: c, product: 9, limit: { rides: 2 }, period: { every: day, starts: calendar }, covers: {}, beyond: 50, source: assumed }]\n',
);

function capped(every: 'day' | 'week'): Files {
  return cityFiles(`weekStart: monday
caps: [{ id: c, product: 9, limit: { rides: 2 }, period: { every: ${every}, starts: calendar }, covers: {}, source: assumed }]
`);
}

function monthly(starts: 'calendar' | 'first-ride'): Files {
  return cityFiles(
    `passes: [{ id: p, product: 9, valid: fixed, period: { every: month, starts: ${starts} }, covers: {}, source: assumed }]\n`,
  );
}

type Change = readonly [from: string, to: string];
const MODE: Change = ['mode: half-up', 'mode: down'];
const STAGE: Change = ['stage: line', 'stage: day'];
const COARSE: Change = ["step: '0.01', stage: line", "step: '0.05', stage: day"];
const WEEK: Change = ['weekStart: monday', 'weekStart: tuesday'];
const VALID: Change = ['valid: fixed', 'valid: first-use'];
const ALONG: Change = ['ridersPerTrip: 1', 'ridersPerTrip: 2'];
const REFUSE: Change = ['refuse: 1 min', 'refuse: 2 min'];
const HELD: Change = ['furtherRider: 1 min', 'furtherRider: 2 min'];

const WORDS: readonly [what: string, where: string, files: Files, change: Change, isAsked: boolean][] = [
  ['how shares are rounded', 'where nobody pays one', CITY, MODE, false],
  ['how shares are rounded', 'where a transfer costs one', HALF_AGAIN, MODE, true],
  ['how shares are rounded', 'where a ride beyond a cap costs one', HALF_BEYOND, MODE, true],
  ['which sums are rounded', 'to the cent', CITY, STAGE, false],
  ['which sums are rounded', 'to five cents', CITY, COARSE, true],
  ['when a week begins', 'where days are counted', capped('day'), WEEK, false],
  ['when a week begins', 'where weeks are counted', capped('week'), WEEK, true],
  ['whether a pass has a date', 'where its month begins with a ride', monthly('first-ride'), VALID, false],
  ['whether a pass has a date', 'where its month is one of the calendar', monthly('calendar'), VALID, true],
  ['how many ride along', 'where every ride is left by a tap', RAIL, ALONG, false],
  ['how many ride along', 'where a bus is boarded', RAIL_AND_BUS, ALONG, true],
  ['how long a trip refuses a card', 'where every ride is left by a tap', RAIL, REFUSE, false],
  ['how long a trip refuses a card', 'where a bus is boarded', RAIL_AND_BUS, REFUSE, true],
  ['what is the same tap twice', 'where every ride is left by a tap', RAIL, HELD, true],
];

for (const [what, where, files, [from, to], isAsked] of WORDS) {
  test(`${what}, ${where}, ${isAsked ? 'decides' : 'decides nothing'}`, () => {
    const settings = files['tariff.yaml'] ?? '';
    assert.match(settings, from);
    const changed = { ...files, 'tariff.yaml': settings.replace(from, to) };
    const [before, after] = [files, changed].map(texts => whatDecides(compileTariff(texts).tariffs));
    assert.is(before !== after, isAsked);
  });
}

test.run();
