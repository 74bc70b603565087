import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { TuraError } from '../../../src/core/error.ts';
import { withFolder } from '../../temporary.ts';
import { aBody } from '../../wire/records.ts';
import { FILE, openIn, riderOf, sequencesOf, soundRecords, stateAt, tokenOf, upTo } from './journals.ts';

const WAL = `${FILE}-wal`;

/** The files as they stand now, the log of SQLite cut off after `bytes`: what a power cut may leave. */
function crashImage(from: string, to: string, bytes: number): void {
  mkdirSync(to);
  copyFileSync(join(from, FILE), join(to, FILE));
  writeFileSync(join(to, WAL), readFileSync(join(from, WAL)).subarray(0, bytes));
}

/** Ends of frames, a byte either side of them, and inside: a page of 4096 bytes under a head of 24, after one of 32. */
function cuts(folder: string, every: number): number[] {
  const { length } = readFileSync(join(folder, WAL));
  const ends = Array.from(
    { length: Math.ceil(length / 4120 / every) },
    (_, frame) => 32 + frame * every * 4120,
  );
  return [0, 31, ...ends.flatMap(end => [end - 1, end, end + 1, end + 2000]), length].filter(
    cut => cut <= length,
  );
}

test('a power cut at any byte leaves the journal as it was after one of its commits, riders and outbox with it', () => {
  withFolder(folder => {
    const journal = openIn(folder);
    const after: { outbox: number[]; riders: unknown[] }[] = [];
    const look = () => ({
      outbox: sequencesOf(journal.outbox(99)),
      riders: [1, 2, 3].map(number => journal.rider(tokenOf(number))),
    });
    after.push(look());
    for (const sequence of upTo(12)) {
      journal.append(aBody(), sequence % 4 === 0 ? undefined : riderOf(sequence % 4, sequence));
      after.push(look());
      if (sequence % 3 === 0) journal.acknowledge([sequence, sequence - 2]);
      after.push(look());
    }
    let reached = 0;
    for (const [index, cut] of cuts(folder, 1).entries()) {
      const image = join(folder, `cut-${index}`);
      crashImage(folder, image, cut);
      const reopened = openIn(image);
      soundRecords(reopened);
      const found = {
        outbox: sequencesOf(reopened.outbox(99)),
        riders: [1, 2, 3].map(number => reopened.rider(tokenOf(number))),
      };
      const moment = after.findIndex(
        (each, place) => place >= reached && JSON.stringify(each) === JSON.stringify(found),
      );
      assert.is.not(moment, -1, `cut at ${cut}: ${JSON.stringify(found)}`);
      reached = moment;
      reopened.append(aBody());
      reopened.close();
    }
    assert.equal(after[reached], after.at(-1), 'uncut, everything is there');
    journal.close();
  });
});

test('riders that are moved from memory to their table are never lost nor ahead of their records', () => {
  withFolder(folder => {
    const journal = openIn(folder);
    const riders = 530;
    for (const number of upTo(riders)) journal.append(aBody(), riderOf(number, number));
    for (const [index, cut] of cuts(folder, 150).entries()) {
      const image = join(folder, `cut-${index}`);
      crashImage(folder, image, cut);
      const reopened = openIn(image);
      const written = soundRecords(reopened).length;
      for (const number of upTo(riders)) {
        assert.equal(reopened.rider(tokenOf(number)), number <= written ? stateAt(number) : undefined);
      }
      reopened.close();
    }
    journal.close();
  });
});

function write(folder: string): ChildProcess {
  const script = join(import.meta.dirname, 'writer.child.ts');
  return spawn(process.execPath, ['--import', 'tsx', script, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** Lets a writer say so many records, kills it, and gives the last that it said. */
async function killAfter(folder: string, said: number, meanwhile: () => void): Promise<number> {
  const writer = write(folder);
  const gone = once(writer, 'close');
  let last = 0;
  let lines = 0;
  if (writer.stdout === null) throw new Error('a pipe was asked for');
  for await (const line of createInterface({ input: writer.stdout })) {
    last = Number(line);
    lines += 1;
    if (lines === 1) meanwhile();
    if (lines === said) writer.kill('SIGKILL');
  }
  const [, signal] = await gone;
  assert.is(signal, 'SIGKILL');
  return last;
}

test('a process that is killed while it writes loses nothing that it said was written, again and again', async () => {
  await withFolder(async folder => {
    let before = 0;
    for (const said of [1, 150]) {
      const last = await killAfter(folder, said, () => {
        const refused = inUse(() => openIn(folder));
        assert.is(refused, 'state-in-use', 'a second process is told');
      });
      assert.ok(last >= before + said);
      const journal = openIn(folder);
      const records = soundRecords(journal);
      assert.ok(records.length >= last, `${last} were said, ${records.length} are there`);
      for (const rider of [0, 1, 2, 3, 4, 5, 6]) {
        const mine = records.filter(({ sequence }) => sequence % 7 === rider && sequence % 3 !== 0);
        const newest = mine.at(-1);
        assert.equal(
          journal.rider(tokenOf(rider)),
          newest === undefined ? undefined : stateAt(newest.sequence),
        );
      }
      before = records.length;
      journal.close();
    }
  });
});

function inUse(work: () => unknown): string | undefined {
  try {
    work();
  } catch (error) {
    if (error instanceof TuraError) return error.code;
    throw error;
  }
  return undefined;
}

test.run();
