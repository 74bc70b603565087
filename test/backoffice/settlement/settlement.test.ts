/** A ledger settled: accounts by their taps, cards by what was written on them, each write once. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { openLedger } from '../../../src/backoffice/collector/ledger/file-ledger.ts';
import { everyRecord, type Unreadable } from '../../../src/backoffice/settlement/every-record.ts';
import { type SettledToken, Settlement } from '../../../src/backoffice/settlement/settlement.ts';
import type { JournalRecord } from '../../../src/core/record.ts';
import { identityText } from '../../../src/core/tap.ts';
import { epoch, type ServiceDate } from '../../../src/core/time.ts';
import { readTariff } from '../../../src/gtfs/tariff-folder.ts';
import { nodeCrypto } from '../../../src/wire/node-crypto.ts';
import { issued } from '../../core/card/transit/cards.ts';
import { withFile } from '../../onboard/list/folder.ts';
import { bus, held, WRITE } from '../../onboard/vehicle/held-chips.ts';
import { TYUMEN_FOLDER } from '../../tariffs.ts';
import { aRecord, EPOCH } from '../../wire/records.ts';
import { keepRecords } from '../collector/ledger-contract.ts';
import { spoil } from '../collector/spoilt.ts';

const { tariffs } = readTariff(TYUMEN_FOLDER, nodeCrypto);
const SUNDAY = 20260301 as ServiceDate;

function settled(records: Iterable<JournalRecord>): readonly SettledToken[] {
  const settlement = new Settlement(tariffs);
  for (const record of records) settlement.take(record);
  return [...settlement.tokens(SUNDAY)];
}

const aTap = (sequence: number, minutes: number, more: Partial<JournalRecord> = {}) =>
  aRecord({
    ...{ sequence, eventTimeMs: epoch(1_772_420_400_000 + minutes * 60_000) },
    ...{ routeId: `bus-${sequence}`, tripId: `trip-${sequence}` },
    ...{ mediumClass: 'transport-card', category: 'general' },
    ...more,
  });

test('an account is rated anew: a transfer that its vehicle could not know of is free', () => {
  const [one] = settled([aTap(2, 30), aTap(1, 0)]);
  assert.equal([one?.home, one?.riderMinor], ['account', 3700]);
});

test('a ride that its driver took back costs nothing, whichever record comes first', () => {
  const { token } = aTap(1, 0);
  const taken = aRecord({ kind: 'void', sequence: 3, token, voidOf: 'tmn-bus-101/00112233aabbccdd/1' });
  for (const records of [
    [taken, aTap(1, 0)],
    [aTap(1, 0), taken],
  ])
    assert.equal(
      settled(records).map(({ riderMinor }) => riderMinor),
      [0],
    );
});

test('while a key rotates out, a card that its vehicles know by either is one', () => {
  const [older, newer] = [1, 2].map(keyId => ({ kind: 'uid', keyId, value: `${keyId}`.repeat(32) }) as const);
  const byOlder = (tap: JournalRecord) => ({ ...tap, token: older, furtherTokens: undefined });
  const byBoth = (tap: JournalRecord) => ({ ...tap, token: newer, furtherTokens: [older] });
  const byNewer = (tap: JournalRecord) => ({ ...tap, token: newer, furtherTokens: undefined });
  const records = [byOlder(aTap(1, 0)), byNewer(aTap(2, 30)), byBoth(aTap(3, 200))];
  for (const each of [records, [...records].reverse()]) {
    const said = settled(each as JournalRecord[]);
    assert.equal(
      said.map(({ riderMinor, further }) => [riderMinor, further.length]),
      [[3700 + 3700, 1]],
    );
  }
});

test('a card that takes the place of another has an account of its own', () => {
  const pan = { kind: 'pan', keyId: 1, value: '0'.repeat(32) } as const;
  const of = (digit: string) => ({ kind: 'instrument', keyId: 1, value: digit.repeat(32) }) as const;
  const replaced = ['a', 'b'].map((digit, index) =>
    aTap(index + 1, index * 30, { token: of(digit), furtherTokens: [pan] }),
  );
  assert.equal(
    settled(replaced).map(({ riderMinor, further }) => [riderMinor, further.length]),
    [
      [3700, 0],
      [3700, 0],
    ],
  );
});

for (const [side, written] of [
  ['before', false],
  ['after', true],
] as const) {
  test(`a card torn off ${side} it was written is charged by its counter, once it was seen again`, async () => {
    const [first, second] = [bus('25'), bus('30')];
    const card = issued();
    await first.rides(held(card, command => (command[1] === WRITE ? side : undefined)));
    const [before] = settled(first.written());
    assert.equal([before?.riderMinor, before?.home === 'card' && before.open.length], [0, 1]);
    second.at(10);
    const said = await second.rides(held(card));
    assert.equal(said, [`front accepted ${written ? 'free-transfer' : 'fare-paid'}`]);
    // 37.00 once: on the first vehicle where it was written there, else on the second.
    for (const records of [
      [...first.written(), ...second.written()],
      [...second.written(), ...first.written()],
    ]) {
      const [after] = settled(records);
      assert.equal([after?.riderMinor, after?.home === 'card' && after.open], [3700, []]);
    }
  });
}

test('all that a ledger holds is settled, page after page', async () => {
  await withFile(async file => {
    const ledger = openLedger(file);
    const taps = Array.from({ length: 1001 }, (_, index) => aTap(index + 1, index * 70));
    await keepRecords(ledger, ...taps);
    const settlement = new Settlement(tariffs);
    for await (const record of everyRecord(ledger, () => assert.unreachable())) settlement.take(record);
    await ledger.close();
    const [one] = settlement.tokens(SUNDAY);
    assert.is(one?.home === 'account' && one.charges.length, 1001);
  });
});

/** Which of so many records the disk has spoilt, at the edges of pages as in their middle. */
const SPOILT: readonly (readonly [records: number, spoilt: readonly number[]])[] = [
  [3, [2]],
  [3, [1, 2, 3]],
  [1000, [1000]],
  [2001, [1, 1000, 1001, 2001]],
];

for (const [count, spoilt] of SPOILT) {
  test(`of ${count} records those that the disk has spoilt, ${spoilt}, are named, and the others read`, async () => {
    await withFile(async file => {
      const ledger = openLedger(file);
      await keepRecords(ledger, ...Array.from({ length: count }, (_, index) => aTap(index + 1, index)));
      spoil(file, ...spoilt);
      const named: Unreadable[] = [];
      let read = 0;
      for await (const _ of everyRecord(ledger, unreadable => named.push(unreadable))) read += 1;
      await ledger.close();
      assert.equal(
        named.map(({ identity }) => identityText(identity)),
        spoilt.map(sequence => `tmn-bus-101/${EPOCH}/${sequence}`),
      );
      assert.is(read, count - spoilt.length);
    });
  });
}

test.run();
