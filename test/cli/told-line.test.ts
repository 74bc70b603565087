/** What is told of a vehicle's duty, as a person reads it and as `--json` says it. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { offerLine, offerObject } from '../../src/cli/told-line.ts';

const run = { tripId: '11-we0-0812', routeId: 'bus-11', line: '11', headsign: 'Аэропорт' };

test('a trip that is offered is told with its line, where it goes, and the word that chooses it', () => {
  assert.is(
    offerLine('bus-101', { kind: 'made', run }),
    "         bus-101      duty: the vehicle seems to run line 11 to Аэропорт, trip 11-we0-0812: '/instead' chooses it",
  );
  assert.equal(offerObject('bus-101', { kind: 'made', run }), { vehicleId: 'bus-101', offer: 'made', run });
});

test('a trip of a line without a name and without a headsign is told by its ids', () => {
  const nameless = { ...run, line: undefined, headsign: undefined };
  assert.match(
    offerLine('bus-101', { kind: 'made', run: nameless }),
    /seems to run line bus-11, trip 11-we0-0812:/,
  );
});

test('that nothing is offered any more is told as well', () => {
  assert.is(
    offerLine('bus-101', { kind: 'over', run }),
    '         bus-101      duty: no other trip is offered any more',
  );
  assert.equal(offerObject('bus-101', { kind: 'over', run }), { vehicleId: 'bus-101', offer: 'over', run });
});

test.run();
