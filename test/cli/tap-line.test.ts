/** A tap as a person reads it and as `--json` says it. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { seenLine, seenObject } from '../../src/cli/tap-line.ts';
import { compileZone } from '../../src/core/tariff/zone.ts';
import { epoch } from '../../src/core/time.ts';
import type { Seen } from '../../src/onboard/vehicle/voice.ts';

const zone = compileZone('Asia/Yekaterinburg');

const declined = (more: { readonly offersPayment?: true }): Seen => ({
  ...{ readerId: 'front', atMs: epoch(1_772_418_600_000), place: { source: 'unknown', quality: 'unknown' } },
  shown: {
    kind: 'answer',
    answer: {
      identity: { deviceId: 'd', epoch: '00', sequence: 1 },
      ...{ decision: 'declined', reason: 'card-blocked', graced: [], currency: 'RUB', plain: false },
      ...{ repeated: false, ...more },
    },
  },
});

test('a holder who is asked whether the bank application pays is so in words and in JSON', () => {
  if (zone === undefined) throw new Error('no zone');
  const asked = declined({ offersPayment: true });
  assert.match(
    seenLine(zone, 'bus-101', 'anna', asked),
    /declined .*application is blocked; hold the card there again to pay by its bank application$/,
  );
  assert.is((seenObject('bus-101', 'anna', asked) as { offersPayment?: true }).offersPayment, true);
});

test('one whose card has none is not', () => {
  if (zone === undefined) throw new Error('no zone');
  assert.not.match(seenLine(zone, 'bus-101', 'anna', declined({})), /hold the card/);
  assert.not.ok('offersPayment' in seenObject('bus-101', 'anna', declined({})));
});

test.run();
