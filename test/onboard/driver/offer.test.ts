/** What a vehicle seems to run instead of what it was told: told to its driver once it is settled, and once it is over. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { NOWHERE } from '../../../src/core/tap.ts';
import { epoch } from '../../../src/core/time.ts';
import { type Offer, offering } from '../../../src/onboard/driver/offer.ts';
import { followedPosition } from '../../../src/onboard/position/followed.ts';
import type { HearingPosition, Position } from '../../../src/onboard/position/position.ts';
import { runsOf } from '../../../src/onboard/position/track/runs.ts';
import { inTyumen, openTyumen } from '../position/tyumen.ts';
import { Walk } from '../position/walk.ts';

const runOf = (tripId: string) => ({ tripId, routeId: 'bus-11', line: '11', headsign: undefined });
const NONE = undefined;

type Seeming = readonly [atS: number, tripId: string | undefined, byDriver?: true];

/** What the vehicle seems to run at such seconds, and all that its driver is told, as `30 made a`. */
function told(seems: readonly Seeming[]) {
  let now: string | undefined;
  let atS = 0;
  const said: string[] = [];
  const inner: HearingPosition = {
    placeAt: () => NOWHERE,
    observe: () => undefined,
    instead: () => (now === undefined ? undefined : runOf(now)),
  };
  const position = offering(inner, ({ kind, run }) => said.push(`${atS} ${kind} ${run.tripId}`));
  for (const [seconds, tripId, byDriver] of seems) {
    [atS, now] = [seconds, tripId];
    const atMs = epoch(seconds * 1000);
    position.observe?.(byDriver ? { kind: 'driver', atMs, tripId: 'a' } : { kind: 'no-fix', atMs });
  }
  return [...said, position.instead?.()?.tripId ?? '-'];
}

const TOLD: readonly (readonly [what: string, seems: readonly Seeming[], says: readonly string[]])[] = [
  ['nothing where all is as it was told', [[0, NONE], [60, NONE]], ['-']],
  ['nothing of what seemed so for 29 seconds', [[0, 'a'], [29, 'a'], [30, NONE]], ['-']],
  ['once of what has seemed so for 30 seconds', [[0, 'a'], [30, 'a'], [90, 'a']], ['30 made a', 'a']],
  ['of a trip that took the place of another before it was told, by its own half minute', [[0, 'a'], [20, 'b'], [49, 'b'], [50, 'b']], ['50 made b', 'b']],
  ['nothing of a moment in which it seemed otherwise', [[0, 'a'], [30, 'a'], [40, NONE], [69, NONE], [69.5, 'a'], [120, 'a']], ['30 made a', 'a']],
  ['once that it is over', [[0, 'a'], [30, 'a'], [40, NONE], [70, NONE], [99, NONE]], ['30 made a', '70 over a', '-']],
  ['of another trip in its place', [[0, 'a'], [30, 'a'], [40, 'b'], [70, 'b']], ['30 made a', '70 made b', 'b']],
  ['at once that it is over, where its driver has chosen', [[0, 'a'], [30, 'a'], [40, NONE, true]], ['30 made a', '40 over a', '-']],
  ['nothing new where its driver has chosen what it does not run either', [[0, 'a'], [30, 'a'], [40, 'a', true]], ['30 made a', 'a']],
  ['half a minute later where the clock was set back', [[100, 'a'], [20, 'a'], [49, 'a'], [50, 'a']], ['50 made a', 'a']],
]; // biome-ignore format: a table reads best as one block

for (const [what, seems, says] of TOLD) {
  test(`a driver is told ${what}`, () => {
    assert.equal(told(seems), says);
  });
}

test('a position that compares nothing offers nothing, and is what it was', () => {
  const position: Position = { placeAt: () => NOWHERE };
  assert.is(
    offering(position, () => assert.unreachable()),
    position,
  );
});

test('a bus of line 11 whose driver chose line 25 is offered its trip while it runs it, until it is chosen', async () => {
  const { stops, zone, close } = await openTyumen();
  const offers: Offer[] = [];
  const position = offering(followedPosition(stops, runsOf(stops, zone)), offer => offers.push(offer));
  const hearing: HearingPosition = {
    placeAt: atMs => position.placeAt(atMs),
    observe: seen => position.observe?.(seen),
    instead: () => position.instead?.(),
  };
  const bus = new Walk(hearing, stops, inTyumen('2026-03-02T08:10:00'));
  bus.tells({ kind: 'driver', tripId: '25-we1-0812' });
  bus.stands('cherepan', 60).runs(['cherepan', 'agrarny', 'roschin']);
  const told = () => offers.map(({ kind, run }) => `${kind} ${run.line}`);
  assert.equal(told(), ['made 11']);
  const tripId = position.instead?.()?.tripId ?? '';
  bus.tells({ kind: 'driver', tripId });
  assert.equal(told(), ['made 11', 'over 11']);
  assert.equal([bus.place.tripId, position.instead?.()], [tripId, undefined]);
  close();
});

test.run();
