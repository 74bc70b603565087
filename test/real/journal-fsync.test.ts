/**
 * That a commit waits for the disk is nowhere to be seen but in the system calls. SQLite's WAL says FULL on a new file
 * and NORMAL from the first reopen unless it is told each time: so both are watched.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { needs } from './needs.ts';

const TAPS = 40;
const WRITER = join(import.meta.dirname, '../onboard/journal/writer.child.ts');

const testTraced = needs({
  works: ['strace', '-f', '-e', 'trace=fdatasync', '-o', '/dev/null', 'true'],
  install: 'apt install strace, and the right to trace',
});

testTraced('every tap waits for the disk before it is said to be written, after a reopen too', () => {
  // A disk, not /dev/shm: there SQLite asks for no less, but the answer would mean nothing.
  const folder = mkdtempSync(join(tmpdir(), 'tura-fsync-'));
  try {
    for (const [open, firstSaid] of [1, TAPS + 1, 2 * TAPS + 1].entries()) {
      const { said, syncs } = trace(folder);
      assert.equal(
        said,
        Array.from({ length: TAPS }, (_, tap) => firstSaid + tap),
        `open ${open + 1}`,
      );
      syncs.forEach((count, tap) => {
        assert.ok(count >= 1, `open ${open + 1}, tap ${said[tap]}: said with no sync of its own before it`);
      });
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

interface Traced {
  readonly said: readonly number[];
  /** How often the disk was waited for since the tap said before. */
  readonly syncs: readonly number[];
}

/** One run of the writer: its lines on stdout and its syncs, in the order in which the system saw them. */
function trace(folder: string): Traced {
  const log = join(folder, 'strace');
  const calls = ['-f', '-e', 'trace=fsync,fdatasync,write', '-o', log];
  const { status, stderr } = spawnSync(
    'strace',
    [...calls, process.execPath, '--import', 'tsx', WRITER, folder, String(TAPS)],
    { encoding: 'utf8' },
  );
  assert.is(status, 0, stderr);
  const said: number[] = [];
  const syncs: number[] = [];
  let since = 0;
  for (const line of readFileSync(log, 'utf8').split('\n')) {
    // A call that another thread interrupts is resumed on a line of its own; the sync counts when it has returned.
    if (/(?:fsync|fdatasync)(?:\(\d+\)| resumed>\)) += 0$/.test(line)) since += 1;
    const sequence = /write\(1, "(\d+)\\n"/.exec(line)?.[1];
    if (sequence === undefined) continue;
    said.push(Number(sequence));
    syncs.push(since);
    since = 0;
  }
  return { said, syncs };
}

test.run();
