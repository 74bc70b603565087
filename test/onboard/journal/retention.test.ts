/** What a journal knows of all its records, how long it keeps them, and what it remembers when they are gone. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { DAY_MS, epoch } from '../../../src/core/time.ts';
import { withFolder } from '../../temporary.ts';
import { aBody, aLine } from '../../wire/records.ts';
import { openIn, riderOf, sequencesOf, soundRecords, stateAt, tokenOf, upTo } from './journals.ts';

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

test.run();
