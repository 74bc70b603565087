import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { TuraError } from '../../../src/core/error.ts';
import { DAY_MS, epoch } from '../../../src/core/time.ts';
import type { Journal } from '../../../src/onboard/journal/journal.ts';
import { Malformed } from '../../../src/wire/malformed.ts';
import { readRecord } from '../../../src/wire/record/record.ts';
import { withFolder, withoutRights } from '../../temporary.ts';
import { aBody, aLine } from '../../wire/records.ts';
import { FILE, openIn, riderOf, sequencesOf, soundRecords, stateAt, tokenOf, upTo } from './journals.ts';

function fault(work: () => unknown): TuraError {
  try {
    work();
  } catch (error) {
    if (error instanceof TuraError) return error;
    throw error;
  }
  throw new Error('nothing failed');
}

function append(journal: Journal, count: number): void {
  for (let record = 0; record < count; record++) journal.append(aBody());
}

test('sequences run on without a gap, and the identity a record gets is the one foretold', () => {
  withFolder(folder => {
    const boots = new Set<string>();
    const epochs = new Set<string>();
    for (let open = 0; open < 3; open++) {
      const journal = openIn(folder);
      for (let tap = 0; tap < 4; tap++) {
        const foretold = journal.next();
        const { deviceId, epoch, sequence, bootId } = journal.append(aBody());
        assert.equal({ deviceId, epoch, sequence }, foretold);
        assert.is(sequence, open * 4 + tap + 1);
        epochs.add(epoch);
        boots.add(bootId);
      }
      journal.close();
    }
    assert.is(epochs.size, 1, 'one epoch for the life of the file');
    assert.is(boots.size, 3, 'a name for every start');
    const journal = openIn(folder);
    assert.is(soundRecords(journal).length, 12);
    journal.close();
  });
});

test('a journal that was lost begins anew under another epoch', () => {
  const epochs = upTo(2).map(() => withFolder(folder => epochOf(openIn(folder))));
  assert.is.not(epochs[0], epochs[1]);
});

function epochOf(journal: Journal): string {
  const { epoch } = journal.next();
  journal.close();
  return epoch;
}

test('what stands in the outbox is what was appended, byte for byte what travels', () => {
  withFolder(folder => {
    const journal = openIn(folder);
    const written = journal.append(aBody({ stopId: 'центральная-площадь' }), riderOf(1, 1));
    const [sealed] = journal.outbox(10);
    assert.equal(
      JSON.parse(JSON.stringify(readRecord(sealed?.bytes ?? new Uint8Array()))),
      JSON.parse(JSON.stringify(written)),
    );
    journal.close();
  });
});

test('a record that no reader would take is refused before it is kept', () => {
  withFolder(folder => {
    const journal = openIn(folder);
    append(journal, 1);
    for (const body of [aBody({ lat: 200 }), aBody({ lines: upTo(17).map(line) })]) {
      const before = journal.next();
      assert.throws(
        () => journal.append(body, riderOf(1, 2)),
        (error: unknown) => error instanceof Malformed,
      );
      assert.equal(journal.next(), before);
    }
    assert.is(journal.rider(tokenOf(1)), undefined);
    append(journal, 1);
    assert.is(soundRecords(journal).length, 2);
    journal.close();
  });
});

const line = () => aLine(3700);

test('records leave the outbox when that very record was acknowledged, in whatever order', () => {
  withFolder(folder => {
    let journal = openIn(folder);
    append(journal, 6);
    const steps: [acknowledged: number[], left: number[]][] = [
      [[4], [1, 2, 3, 5, 6]],
      [
        [2, 4],
        [1, 3, 5, 6],
      ],
      [[1], [3, 5, 6]],
      [[], [3, 5, 6]],
      [[3], [5, 6]],
      [[6, 5], []],
    ];
    for (const [acknowledged, left] of steps) {
      journal.acknowledge(acknowledged);
      assert.equal(sequencesOf(journal.outbox(100)), left);
      assert.is(journal.outboxSize(), left.length);
      journal.close();
      journal = openIn(folder);
      assert.equal(sequencesOf(journal.outbox(100)), left, 'after a restart too');
      assert.is(journal.outboxSize(), left.length);
    }
    journal.close();
  });
});

test('an acknowledgement of what was never written lets go of nothing, now or later', () => {
  withFolder(folder => {
    const journal = openIn(folder);
    append(journal, 2);
    journal.acknowledge([0, -1, 3, 4, 99, Number.MAX_SAFE_INTEGER]);
    append(journal, 2);
    assert.equal(sequencesOf(journal.outbox(100)), [1, 2, 3, 4]);
    assert.is(journal.outboxSize(), 4);
    journal.close();
  });
});

test('the outbox gives the oldest first and no more than were asked for', () => {
  withFolder(folder => {
    const journal = openIn(folder);
    append(journal, 5);
    journal.acknowledge([1, 3]);
    assert.equal(sequencesOf(journal.outbox(2)), [2, 4]);
    assert.equal(journal.outbox(0), []);
    journal.close();
  });
});

test('a range is sent again, acknowledged or not', () => {
  withFolder(folder => {
    const journal = openIn(folder);
    append(journal, 5);
    journal.acknowledge([1, 2, 3]);
    assert.equal(sequencesOf(journal.range(2, 4)), [2, 3, 4]);
    assert.equal(sequencesOf(journal.range(4, 99)), [4, 5]);
    assert.equal(journal.range(6, 99), []);
    assert.equal(journal.range(4, 2), []);
    journal.close();
  });
});

test('after any appends, acknowledgements and restarts the outbox holds what was appended and not acknowledged', () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant('append' as const), count: fc.integer({ min: 1, max: 4 }) }),
    fc.record({
      kind: fc.constant('acknowledge' as const),
      picks: fc.array(fc.integer({ min: 0, max: 24 }), { maxLength: 8 }),
    }),
    fc.record({ kind: fc.constant('restart' as const) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), steps => {
      withFolder(folder => {
        let journal = openIn(folder);
        let written = 0;
        const waiting = new Set<number>();
        for (const each of steps) {
          if (each.kind === 'append') {
            append(journal, each.count);
            for (let more = 0; more < each.count; more++) waiting.add(++written);
          } else if (each.kind === 'acknowledge') {
            journal.acknowledge(each.picks);
            for (const pick of each.picks) waiting.delete(pick);
          } else {
            journal.close();
            journal = openIn(folder);
          }
          assert.equal(sequencesOf(journal.outbox(1000)), [...waiting]);
          assert.is(journal.outboxSize(), waiting.size);
        }
        assert.is(soundRecords(journal).length, written);
        journal.close();
      });
    }),
    { numRuns: 30 },
  );
});

test('a rider’s state is written with the tap that changed it, and is there after a restart', () => {
  withFolder(folder => {
    let journal = openIn(folder);
    journal.append(aBody(), riderOf(1, 1));
    journal.append(aBody(), riderOf(2, 2));
    journal.append(aBody(), riderOf(1, 3));
    journal.append(aBody({ decision: 'declined', reason: 'passback' }));
    for (let look = 0; look < 2; look++) {
      assert.equal(journal.rider(tokenOf(1)), stateAt(3));
      assert.equal(journal.rider(tokenOf(2)), stateAt(2));
      assert.is(journal.rider(tokenOf(3)), undefined);
      journal.close();
      journal = openIn(folder);
    }
    journal.close();
  });
});

test('riders of another kind or under another key are others', () => {
  withFolder(folder => {
    const journal = openIn(folder);
    const token = tokenOf(1);
    journal.append(aBody(), { token, state: stateAt(1) });
    for (const other of [
      { ...token, kind: 'pan' },
      { ...token, keyId: 2 },
      { ...token, keyId: 0x0100_0001 },
      { ...token, keyId: 0xff00_0001 },
    ] as const) {
      assert.is(journal.rider(other), undefined, JSON.stringify(other));
    }
    journal.close();
  });
});

test('more riders than are held in memory are all known, before and after a restart', () => {
  withFolder(folder => {
    let journal = openIn(folder);
    const riders = 1300;
    for (let number = 1; number <= riders; number++) journal.append(aBody(), riderOf(number, number));
    // One from before the states were moved, one from the last of them.
    journal.append(aBody(), riderOf(1, 2001));
    journal.append(aBody(), riderOf(riders, 2002));
    for (let look = 0; look < 2; look++) {
      for (let number = 2; number < riders; number++)
        assert.equal(journal.rider(tokenOf(number)), stateAt(number));
      assert.equal(journal.rider(tokenOf(1)), stateAt(2001));
      assert.equal(journal.rider(tokenOf(riders)), stateAt(2002));
      journal.close();
      journal = openIn(folder);
    }
    assert.is(soundRecords(journal).length, riders + 2);
    journal.close();
  });
});

test('totals count every record, and of the money what riders pay, by currency', () => {
  withFolder(folder => {
    let journal = openIn(folder);
    const body = aBody();
    journal.append(aBody({ lines: [aLine(3700)] }));
    journal.append(aBody({ lines: [aLine(840), aLine(3360, { funder: 'region' })] }));
    journal.append(aBody({ currency: 'EUR', lines: [aLine(250)] }));
    journal.append(aBody({ decision: 'declined', reason: 'passback', lines: [] }));
    journal.append(aBody({ kind: 'health', decision: undefined, reason: undefined, lines: undefined }));
    assert.is(body.currency, 'RUB');
    for (let look = 0; look < 2; look++) {
      assert.equal(journal.totals(), {
        records: 5,
        accepted: 3,
        declined: 1,
        riderMinor: { RUB: 4540, EUR: 250 },
      });
      journal.close();
      journal = openIn(folder);
    }
    journal.close();
  });
});

const onDay = (day: number) =>
  aBody({ eventTimeMs: epoch(Date.UTC(2026, 2, 1) + day * DAY_MS), lines: [aLine(100)] });

test('acknowledged records go when they are old enough, and their totals stay', () => {
  withFolder(folder => {
    let journal = openIn(folder);
    for (let day = 0; day < 20; day++) journal.append(onDay(day));
    journal.acknowledge(upTo(20));
    const totals = journal.totals();
    journal.close();
    for (const [keepDays, firstKept] of [
      [30, 1],
      [14, 6],
      [14, 6],
      [3, 17],
      [0, 20],
    ] as const) {
      journal = openIn(folder, { keepDays });
      assert.is(sequencesOf(journal.range(1, 99))[0], firstKept, `kept ${keepDays} days`);
      assert.equal(journal.totals(), totals);
      soundRecords(journal);
      journal.close();
    }
    journal = openIn(folder, { keepDays: 0 });
    assert.is(journal.append(onDay(21)).sequence, 21, 'the sequence goes on');
    assert.is(journal.totals().riderMinor.RUB, 2100);
    journal.close();
  });
});

test('what was not acknowledged is kept however old, and everything after it', () => {
  withFolder(folder => {
    let journal = openIn(folder);
    for (let day = 0; day < 20; day++) journal.append(onDay(day));
    journal.acknowledge(upTo(20).filter(sequence => sequence !== 3));
    journal.close();
    journal = openIn(folder, { keepDays: 1 });
    assert.equal(sequencesOf(journal.range(1, 99)), upTo(20).slice(2));
    assert.equal(sequencesOf(journal.outbox(99)), [3]);
    assert.is(journal.totals().records, 20);
    journal.close();
  });
});

test('a record with a clock that was far behind does not let younger ones go, and leaves no gap', () => {
  withFolder(folder => {
    let journal = openIn(folder);
    for (const day of [0, 19, 0, 20]) journal.append(onDay(day));
    journal.acknowledge(upTo(4));
    journal.close();
    journal = openIn(folder, { keepDays: 5 });
    assert.equal(sequencesOf(journal.range(1, 99)), [2, 3, 4]);
    soundRecords(journal);
    journal.close();
  });
});

test('riders are remembered when the records that made them are gone', () => {
  withFolder(folder => {
    let journal = openIn(folder);
    journal.append(onDay(0), riderOf(1, 1));
    journal.append(onDay(20));
    journal.acknowledge([1, 2]);
    journal.close();
    for (let look = 0; look < 2; look++) {
      journal = openIn(folder, { keepDays: 1 });
      assert.equal(journal.rider(tokenOf(1)), stateAt(1));
      assert.equal(sequencesOf(journal.range(1, 9)), [2]);
      journal.close();
    }
  });
});

test('a clock that must not run backwards is told the newest record’s moment', () => {
  withFolder(folder => {
    let journal = openIn(folder);
    assert.is(journal.lastEventTimeMs(), undefined);
    for (const day of [3, 7]) journal.append(onDay(day));
    const last = onDay(7).eventTimeMs;
    assert.is(journal.lastEventTimeMs(), last);
    journal.close();
    journal = openIn(folder);
    assert.is(journal.lastEventTimeMs(), last);
    journal.close();
  });
});

test('the journal of another device is refused by name, and stays that device’s', () => {
  withFolder(folder => {
    openIn(folder).close();
    const { code, message, expected } = fault(() => openIn(folder, { deviceId: 'tmn-tram-7' }));
    assert.is(code, 'bad-input');
    assert.is(message, `journal ${join(folder, FILE)}: it belongs to device tmn-bus-101`);
    assert.is(expected, 'the journal of tmn-tram-7');
    openIn(folder).close();
  });
});

test('a journal that is open is in use', () => {
  withFolder(folder => {
    const journal = openIn(folder);
    assert.is(fault(() => openIn(folder)).code, 'state-in-use');
    append(journal, 1);
    journal.close();
  });
});

test('what is no journal, and where none can be written, is said by name', () => {
  withFolder(folder => {
    assert.is(withoutRights(folder, () => fault(() => openIn(folder))).code, 'disk-read-only');
    writeFileSync(join(folder, FILE), 'sequence;bytes\n'.repeat(1000));
    assert.is(fault(() => openIn(folder)).code, 'bad-input');
  });
});

test.run();
