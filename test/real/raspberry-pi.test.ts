/** The files of the Raspberry Pi as those who will read them read them: systemd and a shell's own critic. */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { withFolder } from '../temporary.ts';
import { needs } from './needs.ts';

const FOLDER = join(import.meta.dirname, '../../devices/raspberry-pi');

const testUnit = needs({ command: 'systemd-analyze', install: 'apt install systemd' });

function analyze(...words: readonly string[]): { status: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync('systemd-analyze', words, { encoding: 'utf8' });
  return { status, said: stdout + stderr };
}

testUnit('systemd finds nothing wrong with the unit', () =>
  withFolder(folder => {
    const unit = join(folder, 'tura.service');
    // It looks for the command itself: here node may be elsewhere than on a Pi.
    const text = readFileSync(join(FOLDER, 'tura.service'), 'utf8');
    writeFileSync(unit, text.replace('ExecStart=node ', `ExecStart=${process.execPath} `));
    assert.equal(analyze('verify', '--man=no', unit), { status: 0, said: '' });
  }),
);

/** systemd's own measure, from 0 (shut off) to 10 (exposed); 2.0 is the worst that it still calls OK. */
testUnit('systemd calls the service well protected', () => {
  const { status, said } = analyze(
    'security',
    '--offline=true',
    '--threshold=20',
    join(FOLDER, 'tura.service'),
  );
  assert.is(status, 0, said);
  assert.match(said, /Overall exposure level for tura\.service: 1\.\d OK/);
});

needs({ command: 'shellcheck', install: 'apt install shellcheck' })(
  'shellcheck finds nothing in the installer',
  () => {
    const { status, stdout } = spawnSync('shellcheck', [join(FOLDER, 'install.sh')], { encoding: 'utf8' });
    assert.is(stdout, '');
    assert.is(status, 0);
  },
);

test.run();
