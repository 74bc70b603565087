/** A journal that is opened anew after a fault: what it must still hold, and what happens where it does not. */
import { cpSync, existsSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { TuraError } from '../../../src/core/error.ts';
import { epoch } from '../../../src/core/time.ts';
import { type MendableJournal, openMendable } from '../../../src/onboard/journal/mendable.ts';
import { withFolder, withoutRights } from '../../temporary.ts';
import {
  FILE,
  OPTIONS,
  riderOf,
  sequencesOf,
  soundRecords,
  stateAt,
  TAP,
  tokenOf,
  upTo,
} from './journals.ts';

/** A disk of its own, so that it can be taken away whole, and its journal with three taps. */
function withJournal(use: (journal: MendableJournal, disk: string) => void): void {
  withFolder(folder => {
    const disk = join(folder, 'disk');
    const journal = openMendable(join(disk, FILE), OPTIONS);
    tap(journal, 3);
    use(journal, disk);
    journal.close();
  });
}

function tap(journal: MendableJournal, count: number): void {
  for (let taps = 0; taps < count; taps++) journal.append(TAP, riderOf(1, journal.next().sequence));
}

function faultOf(work: () => unknown): TuraError {
  try {
    work();
  } catch (error) {
    if (error instanceof TuraError) return error;
    throw error;
  }
  throw new Error('nothing failed');
}

/** The disk is gone, which the journal notices; `meanwhile` happens to its files; then it is there again. */
function whileAway(journal: MendableJournal, disk: string, meanwhile: (away: string) => void): void {
  const away = `${disk}-away`;
  renameSync(disk, away);
  assert.match(faultOf(() => journal.reopen()).message, /^journal .*: its folder is gone$/);
  meanwhile(away);
  renameSync(away, disk);
}

function edit(away: string, sql: string, ...values: unknown[]): void {
  const database = new Database(join(away, FILE));
  database.prepare(sql).run(...values);
  database.close();
}

test('opened anew, everything that was written is there and it goes on', () => {
  withJournal(journal => {
    const { epoch } = journal.next();
    assert.is(journal.reopen(), undefined);
    assert.equal([journal.next().epoch, journal.next().sequence], [epoch, 4]);
    assert.equal(journal.rider(tokenOf(1)), stateAt(3));
    tap(journal, 2);
    assert.is(soundRecords(journal).length, 5);
    assert.is(journal.outboxSize(), 5);
  });
});

test('a journal in which nothing was ever written is opened anew too', () => {
  withFolder(folder => {
    const journal = openMendable(join(folder, FILE), OPTIONS);
    const { epoch } = journal.next();
    assert.is(journal.reopen(), undefined);
    assert.equal([journal.next().epoch, journal.next().sequence], [epoch, 1]);
    journal.close();
  });
});

test('what an earlier start wrote is verified as well', () => {
  withJournal((journal, disk) => {
    journal.close();
    const later = openMendable(join(disk, FILE), OPTIONS);
    whileAway(later, disk, away => edit(away, 'DELETE FROM record WHERE sequence = 3'));
    assert.match(later.reopen()?.message ?? '', /record 3 is gone/);
    later.close();
  });
});

test('while the disk is away every question is answered by the fault, and afterwards it is the same journal', () => {
  withJournal((journal, disk) => {
    whileAway(journal, disk, () => {
      for (const ask of [
        () => journal.next(),
        () => journal.append(TAP),
        () => journal.rider(tokenOf(1)),
        () => journal.outbox(1),
        () => journal.outboxSize(),
        () => journal.acknowledge([1]),
        () => journal.range(1, 1),
        () => journal.totals(),
        () => journal.lastEventTimeMs(),
      ]) {
        assert.equal([faultOf(ask).code, /folder is gone/.test(faultOf(ask).message)], ['disk-fault', true]);
      }
      assert.is(existsSync(disk), false, 'no journal is begun where the disk should be');
    });
    assert.is(journal.reopen(), undefined);
    tap(journal, 1);
    assert.is(soundRecords(journal).length, 4);
  });
});

test('a disk that can be read but takes no commit is no mended disk', () => {
  withJournal((journal, disk) => {
    withoutRights(disk, () => assert.is(faultOf(() => journal.reopen()).code, 'disk-read-only'));
    assert.is(journal.reopen(), undefined);
    assert.is(soundRecords(journal).length, 3);
  });
});

test('a record that was never said to be written is not charged when the log brings it back', () => {
  withJournal((journal, disk) => {
    whileAway(journal, disk, away =>
      edit(
        away,
        `INSERT INTO record(sequence, atMs, bytes, token, state) SELECT 4, atMs, bytes, token, '{}' FROM record WHERE sequence = 3`,
      ),
    );
    assert.is(journal.reopen(), undefined);
    assert.is(journal.next().sequence, 4);
    assert.equal(sequencesOf(journal.outbox(9)), upTo(3));
    assert.equal(journal.rider(tokenOf(1)), stateAt(3));
  });
});

/** What a disk does to a journal that no waiting mends. */
const LOSSES: readonly [what: string, says: RegExp, lose: (away: string) => void, left: number][] = [
  [
    'lost the last record',
    /record 3 is gone/,
    away => edit(away, 'DELETE FROM record WHERE sequence = 3'),
    2,
  ],
  [
    'holds another in its place',
    /record 3 is another/,
    away => edit(away, 'UPDATE record SET bytes = ? WHERE sequence = 3', Buffer.of(0xa0)),
    3,
  ],
  [
    'lost one before it',
    /the record before 3 is another, or gone/,
    away => edit(away, 'DELETE FROM record WHERE sequence = 2'),
    2,
  ],
  [
    'holds another before it',
    /the record before 2 is another, or gone/,
    away =>
      edit(
        away,
        'UPDATE record SET bytes = (SELECT bytes FROM record WHERE sequence = 3) WHERE sequence = 1',
      ),
    3,
  ],
  [
    'holds one that cannot be read',
    /the record before 3 is another, or gone/,
    away => edit(away, 'UPDATE record SET bytes = ? WHERE sequence = 2', Buffer.of(0xa0)),
    3,
  ],
  ['is gone', /its file is gone/, away => rmSync(join(away, FILE)), 0],
  [
    'is garbage, and its log is gone',
    /its file is damaged/,
    away => {
      writeFileSync(join(away, FILE), 'what the power left');
      rmSync(join(away, `${FILE}-wal`), { force: true });
    },
    0,
  ],
  ['is empty', /its file is damaged/, away => writeFileSync(join(away, FILE), ''), 0],
  [
    'is another journal',
    /another journal stands in its place/,
    away => edit(away, "UPDATE meta SET value = 'ffffffffffffffff' WHERE name = 'epoch'"),
    3,
  ],
];

for (const [what, says, lose, left] of LOSSES) {
  test(`a journal that ${what}: it is told, the rest is set aside, and an epoch of its own begins`, () => {
    withJournal((journal, disk) => {
      const { epoch } = journal.next();
      whileAway(journal, disk, lose);
      const lost = journal.reopen();
      assert.is(lost?.code, 'disk-fault');
      assert.match(lost?.message ?? '', says);
      assert.is.not(journal.next().epoch, epoch);
      assert.is(journal.next().sequence, 1);
      tap(journal, 2);
      assert.equal(sequencesOf(journal.outbox(9)), [1, 2]);

      const [told, aside] = [[] as unknown[], join(disk, `journal-${epoch}.db`)];
      assert.is(existsSync(aside), what !== 'is gone');
      const kept = journal.openAside(fault => told.push(fault));
      assert.is(kept[0]?.outbox(9).length ?? 0, left);
      for (const each of kept) each.close();

      assert.is(journal.reopen(), undefined, 'a loss is told once');
      assert.equal(sequencesOf(journal.outbox(9)), [1, 2]);
    });
  });
}

test('an older image of the disk is a lost journal: no identity is given twice', () => {
  withJournal((journal, disk) => {
    const image = `${disk}-image`;
    cpSync(disk, image, { recursive: true });
    tap(journal, 1);
    const { epoch } = journal.next();
    whileAway(journal, disk, away => {
      rmSync(away, { recursive: true });
      cpSync(image, away, { recursive: true });
    });
    assert.match(journal.reopen()?.message ?? '', /record 4 is gone; a new epoch begins$/);
    assert.is.not(journal.next().epoch, epoch);
  });
});

test('the last time that a set clock gave is known after any number of taps without one, and after a restart', () => {
  withJournal((journal, disk) => {
    const setMs = epoch(TAP.eventTimeMs + 60_000);
    journal.append({ ...TAP, eventTimeMs: setMs });
    for (let tap = 0; tap < 200; tap++) {
      journal.append({ ...TAP, clockState: 'unset', eventTimeMs: epoch(60_000 + tap) });
    }
    assert.is(journal.lastSetTimeMs(), setMs);
    journal.close();
    const later = openMendable(join(disk, FILE), OPTIONS);
    assert.is(later.lastSetTimeMs(), setMs);
    whileAway(later, disk, away => rmSync(join(away, FILE)));
    assert.is(later.lastSetTimeMs(), setMs, 'while the disk is away');
    later.reopen();
    assert.is(later.lastSetTimeMs(), setMs, 'and when the journal is lost');
    later.close();
  });
});

test('a journal without a tap of a set clock knows no such time', () => {
  withFolder(folder => {
    const journal = openMendable(join(folder, FILE), OPTIONS);
    assert.is(journal.lastSetTimeMs(), undefined);
    journal.append({ ...TAP, clockState: 'unset' });
    assert.is(journal.reopen(), undefined);
    assert.is(journal.lastSetTimeMs(), undefined);
    journal.close();
  });
});

test('what was set aside and sent is not opened again; what cannot be opened is told by name', () => {
  withJournal((journal, disk) => {
    const { epoch } = journal.next();
    const faults: unknown[] = [];
    const told = (fault: unknown) => faults.push(fault);
    whileAway(journal, disk, away => edit(away, 'DELETE FROM record WHERE sequence = 3'));
    journal.reopen();
    const [kept] = journal.openAside(told);
    assert.is(kept?.next().epoch, epoch);
    kept?.acknowledge([1, 2]);
    kept?.close();
    assert.equal(journal.openAside(told), []);
    assert.equal(faults, []);
    writeFileSync(join(disk, `journal-${epoch}.db`), 'what the power left');
    assert.equal(journal.openAside(told), []);
    assert.match(String(faults), /journal-[0-9a-f]{16}\.db/);
    assert.ok(readdirSync(disk).includes(`journal-${epoch}.db`), 'and is left for whoever can read it');
  });
});

test.run();
