/** A disk of one megabyte, filled by taps: what is said to be written is there, and there is room again when it is made. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { needs } from './needs.ts';

const FILLER = join(import.meta.dirname, '../onboard/journal/filler.child.ts');
/** Mounts of its own, which go with the process. */
const ASIDE = ['--mount', ...(process.getuid?.() === 0 ? [] : ['--user', '--map-root-user'])];

const testOnSmallDisk = needs({
  works: ['unshare', ...ASIDE, 'sh', '-c', 'mount -t tmpfs -o size=1m tmpfs /mnt'],
  install: 'apt install util-linux, and the right to mount',
});

testOnSmallDisk('a full disk takes no tap, loses none that it took, and goes on when there is room', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tura-full-'));
  try {
    const script = 'mount -t tmpfs -o size=1m tmpfs "$0" && exec "$@"';
    const filler = [process.execPath, '--import', 'tsx', FILLER, folder];
    const { status, stdout, stderr } = spawnSync(
      'unshare',
      [...ASIDE, 'sh', '-c', script, folder, ...filler],
      {
        encoding: 'utf8',
      },
    );
    assert.is(status, 0, stderr);
    const told = JSON.parse(stdout);
    assert.is(told.code, 'disk-full');
    assert.match(told.message, /^journal .*: the disk is full$/);
    assert.ok(told.taken > 100, `${told.taken} taps fitted`);
    assert.is(told.nextAfterFault, told.taken + 1, 'the sequence did not move');
    assert.is(told.again, 'disk-full', 'and nor does the next');
    assert.equal(told.reopened, { records: told.taken, rider: `tap-${told.taken}` });
    assert.is(told.afterRoom, told.taken + 1, 'no gap');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.run();
