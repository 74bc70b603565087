/** A vehicle whose journal fails: it says so, opens it anew, verifies it, and takes taps again. */
import { renameSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { TuraError } from '../../../src/core/error.ts';
import { openMendable } from '../../../src/onboard/journal/mendable.ts';
import { withFolder } from '../../temporary.ts';
import { FILE, OPTIONS } from '../journal/journals.ts';
import { MemoryJournal } from '../uplink/memory-journal.ts';
import { ANNA, type Bench, bench, DMITRY } from './bench.ts';

const PAID = 'accepted fare-paid entitlement-unknown';
const FULL = new TuraError('disk-full', 'journal x: the disk is full');
const DAMAGED = new TuraError('disk-fault', 'journal x: the disk answered with an error');
const FAULT = 'fault disk-full journal x: the disk is full';
const READY = 'ready the journal is mended';

/** Fails as long as it is told to. */
class SickJournal extends MemoryJournal {
  fault: unknown;
  /** How often it was opened anew, or tried to be. */
  tries = 0;
  lost: TuraError | undefined;

  override append(...words: Parameters<MemoryJournal['append']>) {
    if (this.fault !== undefined) throw this.fault;
    return super.append(...words);
  }

  override reopen(): TuraError | undefined {
    this.tries += 1;
    if (this.fault !== undefined) throw this.fault;
    return this.lost;
  }
}

function sickBench(): Bench & { readonly sick: SickJournal } {
  const sick = new SickJournal();
  return { ...bench(() => ({ journal: sick })), sick };
}

/** A second at a time: what is tried anew waits from its own moment on. */
async function pass(own: Bench, seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second++) {
    own.timers.pass(1_000);
    await Promise.resolve();
  }
}

test('a fault that goes: every reader is told, a second later every reader is ready, and the card pays once', async () => {
  const own = sickBench();
  own.sick.fault = FULL;
  own.reader.tap('front', ANNA);
  assert.equal(own.said(), [`front ${FAULT}`, `rear ${FAULT}`]);
  own.sick.fault = undefined;
  own.reader.tap('rear', DMITRY);
  assert.equal(own.said(), [`rear ${FAULT}`], 'not before it was verified');
  await pass(own, 1);
  assert.equal(own.said(), [`front ${READY}`, `rear ${READY}`]);
  own.reader.tap('front', ANNA);
  assert.equal(own.said(), [`front ${PAID}`]);
  assert.equal([own.sick.outboxSize(), own.faults], [1, [FULL]]);
});

test('a fault that stays is tried ever more seldom; it is told once, and no tap is taken', async () => {
  const own = sickBench();
  own.sick.fault = FULL;
  own.reader.tap('front', ANNA);
  own.said();
  const tries: number[] = [];
  for (let second = 1; second <= 190; second++) {
    await pass(own, 1);
    if (own.sick.tries > tries.length) tries.push(second);
  }
  assert.equal(tries, [1, 3, 7, 15, 31, 63, 123, 183]);
  assert.equal([own.said(), own.faults], [[], [FULL]]);
  own.reader.tap('rear', DMITRY);
  assert.equal(own.said(), [`rear ${FAULT}`]);
  own.sick.fault = undefined;
  await pass(own, 60);
  assert.equal(own.said(), [`front ${READY}`, `rear ${READY}`]);
});

test('a fault that becomes another one is told anew at every reader', async () => {
  const own = sickBench();
  own.sick.fault = FULL;
  own.reader.tap('front', ANNA);
  own.said();
  own.sick.fault = DAMAGED;
  await pass(own, 3);
  const fault = 'fault disk-fault journal x: the disk answered with an error';
  assert.equal(own.said(), [`front ${fault}`, `rear ${fault}`]);
  assert.equal(own.faults, [FULL, DAMAGED]);
});

test('a journal that fails again at the first tap is left alone longer; after a tap that was written it is not', async () => {
  const own = sickBench();
  const breaks = () => {
    own.sick.fault = FULL;
    own.reader.tap('front', ANNA);
    own.sick.fault = undefined;
    own.said();
  };
  breaks();
  await pass(own, 1);
  breaks();
  await pass(own, 1);
  assert.equal(own.said(), []);
  await pass(own, 1);
  assert.is(own.said().length, 2);
  own.reader.tap('front', DMITRY);
  breaks();
  await pass(own, 1);
  assert.is(own.said().length, 2);
});

test('a reader that is down is not ready when the journal is, and one that comes up meanwhile is', async () => {
  const own = sickBench();
  own.sick.fault = FULL;
  own.reader.tap('front', ANNA);
  own.reader.says({ kind: 'down', readerId: 'front', why: 'unplugged' });
  own.reader.says({ kind: 'down', readerId: 'rear', why: 'unplugged' });
  own.reader.says({ kind: 'up', readerId: 'rear', name: 'held' });
  own.sick.fault = undefined;
  own.said();
  await pass(own, 1);
  assert.equal(own.said(), [`rear ${READY}`]);
  own.reader.says({ kind: 'up', readerId: 'front', name: 'held' });
  assert.equal(own.said(), ['front ready held']);
});

test('a look-up in the journal that fails breaks the vehicle down as a commit does, and is mended as one', async () => {
  const own = sickBench();
  own.sick.rider = () => {
    throw DAMAGED;
  };
  own.reader.tap('front', ANNA);
  assert.match(own.said()[0] ?? '', /^front fault disk-fault /);
  own.sick.rider = () => undefined;
  await pass(own, 1);
  own.said();
  own.reader.tap('front', ANNA);
  assert.equal(own.said(), [`front ${PAID}`]);
});

test('a defect is not mended by waiting', async () => {
  const own = sickBench();
  own.sick.fault = new TypeError('x is not a function');
  own.reader.tap('front', ANNA);
  assert.match(own.said()[0] ?? '', /^front fault defect x is not/);
  own.sick.fault = undefined;
  await pass(own, 300);
  assert.equal([own.sick.tries, own.said()], [0, []]);
});

test('a vehicle that was stopped opens nothing', async () => {
  const own = sickBench();
  own.sick.fault = FULL;
  own.reader.tap('front', ANNA);
  await own.vehicle.stop();
  await pass(own, 300);
  assert.is(own.sick.tries, 0);
});

/** A journal on a disk of its own whose next commit fails. */
async function withFiles(
  use: (own: Bench, fail: (meanwhile: (disk: string) => void) => Promise<void>) => Promise<void>,
): Promise<void> {
  await withFolder(async folder => {
    const [disk, away] = [join(folder, 'disk'), join(folder, 'away')];
    const journal = openMendable(join(disk, FILE), OPTIONS);
    const own = bench(() => ({ journal }));
    const append = journal.append.bind(journal);
    await use(own, async meanwhile => {
      journal.append = () => {
        throw DAMAGED;
      };
      own.reader.tap('front', DMITRY);
      journal.append = append;
      renameSync(disk, away);
      await pass(own, 1);
      assert.match(String(own.faults.at(-1)), /folder is gone/);
      meanwhile(away);
      renameSync(away, disk);
      own.said();
      await pass(own, 2);
    });
    journal.close();
  });
}

const identitiesOf = ({ seen }: Bench) =>
  seen.flatMap(({ shown }) =>
    shown.kind === 'answer' && !shown.answer.repeated ? [shown.answer.identity] : [],
  );

test('on files: after the fault the sequence goes on in its epoch', async () => {
  await withFiles(async (own, fail) => {
    own.reader.tap('front', ANNA);
    await fail(() => undefined);
    assert.equal(own.said(), [`front ${READY}`, `rear ${READY}`]);
    own.reader.tap('front', DMITRY);
    const [before, after] = identitiesOf(own);
    assert.equal([before?.sequence, after?.sequence, after?.epoch], [1, 2, before?.epoch]);
  });
});

test('on files: a journal that lost what was shown as paid is told by name, and no identity is given again', async () => {
  await withFiles(async (own, fail) => {
    own.reader.tap('front', ANNA);
    await fail(away => {
      const database = new Database(join(away, FILE));
      database.exec('DELETE FROM record');
      database.close();
    });
    assert.equal(own.said(), [`front ${READY}`, `rear ${READY}`]);
    assert.match(String(own.faults.at(-1)), /record 1 is gone; a new epoch begins/);
    own.reader.tap('front', DMITRY);
    const [before, after] = identitiesOf(own);
    assert.equal([before?.sequence, after?.sequence], [1, 1]);
    assert.is.not(after?.epoch, before?.epoch);
  });
});

test.run();
