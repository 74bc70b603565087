/** A disk whose calls fail for a while, as the system itself says it: nothing that was said is lost, and nothing else is there. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { openIn, sequencesOf, soundRecords, stateAt, tokenOf, upTo } from '../onboard/journal/journals.ts';
import { needs } from './needs.ts';

const TAPS = 40;
const CHILD = join(import.meta.dirname, '../onboard/journal/mending.child.ts');

const testTraced = needs({
  works: ['strace', '-f', '-e', 'inject=fdatasync:error=EIO:when=1..2', '-o', '/dev/null', 'true'],
  install: 'apt install strace, and the right to trace',
});

/** A call from its `from`th to its `to`th time. A new journal takes some before its first tap. */
const FAULTS: readonly [calls: string, error: string, from: number, to: number, code: string][] = [
  ['fsync,fdatasync', 'EIO', 20, 20, 'disk-fault'],
  ['fsync,fdatasync', 'EIO', 20, 40, 'disk-fault'],
  ['pwrite64', 'EIO', 60, 61, 'disk-fault'],
  ['pwrite64', 'EIO', 61, 90, 'disk-fault'],
  ['pwrite64', 'ENOSPC', 60, 80, 'disk-full'],
];

for (const [calls, error, from, to, code] of FAULTS) {
  testTraced(`${calls} that fail with ${error}, from the ${from}th to the ${to}th`, () => {
    // A disk, not /dev/shm: SQLite asks for no less there, but the answer would mean nothing.
    const folder = mkdtempSync(join(tmpdir(), 'tura-mend-'));
    try {
      const inject = `inject=${calls}:error=${error}:when=${from}..${to}`;
      const { status, stdout, stderr } = spawnSync(
        'strace',
        [
          '-f',
          '-e',
          inject,
          '-o',
          '/dev/null',
          process.execPath,
          '--import',
          'tsx',
          CHILD,
          folder,
          String(TAPS),
        ],
        { encoding: 'utf8' },
      );
      assert.is(status, 0, stderr);
      const lines = stdout.trim().split('\n');
      const faults = lines.filter(line => line.startsWith('fault'));
      assert.ok(faults.length > 0 && faults.every(line => line.startsWith(`fault ${code} `)), stdout);
      assert.equal(
        lines.filter(line => /^\d/.test(line)),
        upTo(TAPS).map(String),
        'each is said once, in one epoch without a gap',
      );
      const journal = openIn(folder);
      assert.is(soundRecords(journal).length, TAPS);
      assert.equal(sequencesOf(journal.outbox(999)), upTo(TAPS));
      assert.equal(journal.rider(tokenOf(1)), stateAt(TAPS));
      journal.close();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
}

test.run();
