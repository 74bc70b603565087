/** What cards were charged, from records of many vehicles in any order: each write once, and nothing that was none. */
import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { cardRides } from '../../../src/core/fare/card-rides.ts';
import { minor } from '../../../src/core/money.ts';
import type { JournalRecord } from '../../../src/core/record.ts';
import { type CardOutcome, identityText } from '../../../src/core/tap.ts';
import { epoch } from '../../../src/core/time.ts';
import { aRecord } from '../../wire/records.ts';

/** What happened at one presentation of the card. */
interface Presented {
  readonly wasWritten: boolean;
  /** Absent: the process was killed before it. */
  readonly outcome: CardOutcome | undefined;
}

const HAPPENINGS: readonly Presented[] = [
  { wasWritten: true, outcome: 'written' },
  { wasWritten: true, outcome: 'unknown' },
  { wasWritten: true, outcome: undefined },
  { wasWritten: false, outcome: 'torn' },
  { wasWritten: false, outcome: 'unknown' },
  { wasWritten: false, outcome: undefined },
];

/** The card from vehicle to vehicle, each of which knows nothing but what the card says. */
function ridden(presentations: readonly Presented[]): { records: JournalRecord[]; written: string[] } {
  const records: JournalRecord[] = [];
  const written: string[] = [];
  let counter = 1;
  presentations.forEach(({ wasWritten, outcome }, index) => {
    const common = {
      deviceId: `bus-${index}`,
      eventTimeMs: epoch(1_772_420_400_000 + index * 60_000),
      home: 'card',
      cardCounterBefore: counter,
      cardCounterAfter: counter + 1,
    } as const;
    const intent = aRecord({ ...common, kind: 'intent', decision: undefined, sequence: 1 });
    records.push(intent);
    if (outcome !== undefined)
      records.push(
        aRecord({ ...common, kind: 'outcome', sequence: 2, outcome, intentRef: identityText(intent) }),
      );
    if (!wasWritten) return;
    written.push(identityText(intent));
    counter += 1;
  });
  return { records, written };
}

const refs = (records: readonly JournalRecord[]) => cardRides(records).rides.map(({ ref }) => ref);

test('once the card was seen again every write is charged once, in any order and with any duplicates', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...HAPPENINGS), { maxLength: 8 }),
      fc.infiniteStream(fc.nat()),
      (presentations, numbers) => {
        // The last one says what the card's counter came to.
        const { records, written } = ridden([...presentations, { wasWritten: true, outcome: 'written' }]);
        const shuffled = [...records, ...records.slice(0, 3)]
          .map(record => ({ record, rank: numbers.next().value }))
          .sort((a, b) => a.rank - b.rank)
          .map(({ record }) => record);
        assert.equal(refs(shuffled), written);
        assert.equal(cardRides(shuffled).open, []);
      },
    ),
    { numRuns: 300 },
  );
});

test('a card that was not seen again leaves its intent open, and charges nothing yet', () => {
  const { records } = ridden([HAPPENINGS[0], HAPPENINGS[1]].flatMap(each => each ?? []));
  const { rides, open } = cardRides(records);
  assert.equal([rides.length, open], [1, ['bus-1/00112233aabbccdd/1']]);
});

test('of several that found the card as it was only the last may be on it, and not where it was torn', () => {
  const [unknown, torn] = [
    { wasWritten: false, outcome: 'unknown' },
    { wasWritten: false, outcome: 'torn' },
  ] as const;
  const { records } = ridden([unknown, torn]);
  // Another vehicle, whose own records are still under way, has written the card meanwhile.
  const seen = aRecord({ kind: 'tap', home: 'card', cardCounterBefore: 2, sequence: 9 });
  assert.equal(cardRides([...records, seen]), { rides: [], done: [], open: [] });
  const { records: twice } = ridden([unknown, unknown]);
  assert.equal(refs([...twice, seen]), ['bus-1/00112233aabbccdd/1']);
});

test('of two tries on one vehicle the later is the last, also where its clock was set back between them', () => {
  const tried = (sequence: number, minutes: number) =>
    aRecord({
      ...{ kind: 'intent', sequence, decision: undefined, home: 'card' },
      ...{ cardCounterBefore: 1, eventTimeMs: epoch(1_772_420_400_000 + minutes * 60_000) },
    });
  const seen = aRecord({ kind: 'tap', home: 'card', cardCounterBefore: 2, sequence: 1, deviceId: 'bus-30' });
  const records = [tried(4, 10), tried(5, 0), seen];
  for (const each of [records, [...records].reverse()]) assert.equal(refs(each), [identityText(tried(5, 0))]);
});

test('what the list did to a card is told beside the ride, and of a declined rider alone', () => {
  const cardActions = [{ actionId: 'spring', nth: 1, op: 'load', amountMinor: minor(10_000) }] as const;
  for (const [reason, rides] of [
    ['fare-paid', 1],
    ['card-blocked', 0],
  ] as const) {
    const { records } = ridden([{ wasWritten: true, outcome: 'written' }]);
    const settled = cardRides(records.map(record => ({ ...record, reason, cardActions })));
    assert.equal([settled.rides.length, settled.done.map(({ action }) => action)], [rides, [...cardActions]]);
  }
});

test('a ride keeps the lines that its vehicle charged', () => {
  const { records } = ridden([{ wasWritten: true, outcome: 'written' }]);
  assert.equal(cardRides(records).rides[0]?.lines, records[0]?.lines);
});

test.run();
