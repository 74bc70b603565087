/** The installer of the Raspberry Pi, into a folder that stands for its root: what it says is what it does, once. */
import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readDevice } from '../../../src/onboard/device.ts';

const DEVICES = join(import.meta.dirname, '../../../devices');

const test = suite('install.sh');

let place = '';

/** A small checkout, built: two packages that run, one that only builds. */
test.before.each(() => {
  place = mkdtempSync(join(tmpdir(), 'tura-install-'));
  const source = join(place, 'a checkout');
  cpSync(DEVICES, join(source, 'devices'), { recursive: true });
  const files: Readonly<Record<string, string>> = {
    'package.json': '{}',
    'README.md': 'Tura',
    LICENSE: 'MIT',
    'fixtures/cards.yaml': '# cards',
    'dist/tura.js': '// the program',
  };
  for (const [name, text] of Object.entries(files)) put(join(source, name), text);
  npmPuts({ one: {}, '@two/inner': {}, builder: { dev: true } });
});

test.after.each(() => rmSync(place, { recursive: true }));

/** Packages as npm leaves them, and its record of them. */
function npmPuts(packages: Readonly<Record<string, { readonly dev?: true }>>): void {
  for (const name of Object.keys(packages)) put(inSource(`node_modules/${name}/package.json`), name);
  const record = Object.entries(packages).map(([name, { dev }]) => [`node_modules/${name}`, { dev }]);
  put(inSource('node_modules/.package-lock.json'), JSON.stringify({ packages: Object.fromEntries(record) }));
}

function put(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

const inSource = (name: string): string => join(place, 'a checkout', name);
const inRoot = (name: string): string => join(place, 'root', name);

function install(...words: readonly string[]): { code: number | null; out: string[]; err: string } {
  const script = inSource('devices/raspberry-pi/install.sh');
  const { status, stdout, stderr } = spawnSync('bash', [script, ...words], { encoding: 'utf8' });
  return { code: status, out: stdout.trimEnd().split('\n'), err: stderr };
}

const intoRoot = (...words: readonly string[]) => install('--root', inRoot(''), ...words);

/** Every file and link of the root, by name, with what it holds and where it leads. */
function treeOf(folder = inRoot('')): Readonly<Record<string, string>> {
  if (!existsSync(folder)) return {};
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true, encoding: 'utf8' });
  return Object.fromEntries(
    entries
      .filter(entry => !entry.isDirectory())
      .map(entry => join(entry.parentPath, entry.name))
      .map(file => [file.slice(folder.length), holds(file)]),
  );
}

function holds(file: string): string {
  try {
    return `-> ${readlinkSync(file)}`;
  } catch {
    return readFileSync(file, 'utf8');
  }
}

test('a dry run says what would change, and changes nothing', () => {
  const dry = intoRoot('--dry-run');
  assert.is(dry.code, 0, dry.err);
  assert.not(existsSync(inRoot('')));
  assert.match(dry.out.at(-1) ?? '', /^\d+ changes would be made$/);
  const real = intoRoot();
  assert.equal(real.out.slice(0, -1), dry.out.slice(0, -1), 'what is done is what was said');
});

test('a second run changes nothing, and says so', () => {
  assert.is(intoRoot().code, 0);
  const before = treeOf();
  assert.equal(intoRoot(), { code: 0, out: ['nothing to change'], err: '' });
  assert.equal(intoRoot('--dry-run').out, ['nothing to change']);
  assert.equal(treeOf(), before);
});

test('everything is where systemd, udev, the kernel and polkit look for it', () => {
  intoRoot();
  const own = (name: string) => readFileSync(join(DEVICES, 'raspberry-pi', name), 'utf8');
  const tree = treeOf();
  assert.equal(tree['/etc/systemd/system/tura.service'], own('tura.service'));
  assert.equal(tree['/etc/sysusers.d/tura.conf'], own('tura-sysusers.conf'));
  assert.equal(tree['/etc/udev/rules.d/99-tura.rules'], own('99-tura.rules'));
  assert.equal(tree['/etc/modprobe.d/tura-modules.conf'], own('tura-modules.conf'));
  assert.equal(tree['/etc/modules-load.d/tura-serial.conf'], own('tura-serial.conf'));
  assert.equal(tree['/etc/polkit-1/rules.d/50-tura.rules'], own('tura-polkit.rules'));
  assert.is(
    tree['/etc/systemd/system/multi-user.target.wants/tura.service'],
    '-> /etc/systemd/system/tura.service',
  );
  assert.is(tree['/usr/local/bin/tura'], '-> /opt/tura/dist/tura.js');
  assert.not('/etc/systemd/journald.conf.d/tura.conf' in tree, 'the card is spared when it is asked for');
});

test('the program comes with what it needs to run, and without what builds it', () => {
  intoRoot();
  assert.equal(readdirSync(inRoot('opt/tura')).sort(), [
    ...['LICENSE', 'README.md', 'devices', 'dist', 'fixtures', 'node_modules', 'package.json'],
  ]);
  assert.equal(Object.keys(treeOf(inRoot('opt/tura/node_modules'))).sort(), [
    '/@two/inner/package.json',
    '/one/package.json',
  ]);
});

test('the first device file is a good one, and a person’s own is never touched', () => {
  intoRoot();
  const file = inRoot('etc/tura/vehicle.yaml');
  const written = readFileSync(file, 'utf8');
  // Here the program lies below the root.
  writeFileSync(file, written.replaceAll('/opt/tura/fixtures', join(DEVICES, '../fixtures')));
  assert.is(readDevice(file).readers[0]?.kind, 'pcsc');
  appendFileSync(file, '# mine\n');
  const mine = readFileSync(file, 'utf8');
  assert.equal(intoRoot().out, ['nothing to change']);
  assert.is(readFileSync(file, 'utf8'), mine);
});

test('what differs is replaced, and what is no longer needed goes', () => {
  intoRoot();
  writeFileSync(inSource('dist/tura.js'), '// a newer program');
  appendFileSync(inRoot('etc/systemd/system/tura.service'), '# changed by hand\n');
  npmPuts({ '@two/inner': {}, three: {}, builder: { dev: true } });
  const { out } = intoRoot();
  assert.equal(
    out.map(line => line.replace(inRoot(''), '')),
    [
      'replace /opt/tura/dist',
      'add     /opt/tura/node_modules/three',
      'remove  /opt/tura/node_modules/one',
      'replace /etc/systemd/system/tura.service',
      '4 changes',
    ],
  );
  assert.is(readFileSync(inRoot('opt/tura/dist/tura.js'), 'utf8'), '// a newer program');
  assert.equal(intoRoot().out, ['nothing to change']);
});

test('the service can read what was a private file of its builder', () => {
  spawnSync('chmod', ['-R', 'go-rwx', inSource('dist')]);
  intoRoot();
  assert.is(statSync(inRoot('opt/tura/dist/tura.js')).mode & 0o777, 0o644);
  assert.is(statSync(inRoot('opt/tura/dist')).mode & 0o777, 0o755);
});

test('a card is spared where that is asked for, and the lines for fstab are left to a person', () => {
  const { out } = intoRoot('--sd-card');
  assert.match(out.at(-1) ?? '', /^by hand, into \/etc\/fstab: .*sd-card\/fstab$/);
  const tree = treeOf();
  assert.match(tree['/etc/systemd/journald.conf.d/tura.conf'] ?? '', /^Storage=volatile$/m);
  assert.match(
    tree['/etc/systemd/system/tura.service.d/sd-card.conf'] ?? '',
    /^AssertPathIsMountPoint=\/var\/lib\/tura$/m,
  );
  assert.not('/etc/fstab' in tree);
});

test('what was installed is taken away, and what is a person’s own stays', () => {
  intoRoot('--sd-card');
  put(inRoot('var/lib/tura/rpi-1/journal.db'), 'taps');
  const dry = intoRoot('--uninstall', '--dry-run');
  assert.match(dry.out.at(-1) ?? '', /changes would be made$/);
  assert.ok(existsSync(inRoot('opt/tura')));
  assert.is(intoRoot('--uninstall').code, 0);
  assert.equal(Object.keys(treeOf()).sort(), ['/etc/tura/vehicle.yaml', '/var/lib/tura/rpi-1/journal.db']);
  assert.equal(intoRoot('--uninstall').out, ['nothing to change']);
});

const REFUSED: readonly [why: string, spoil: () => void, says: RegExp][] = [
  [
    'before the program is built',
    () => rmSync(inSource('dist'), { recursive: true }),
    /no .*dist\/tura\.js: npm run build/,
  ],
  [
    'without its packages',
    () => rmSync(inSource('node_modules'), { recursive: true }),
    /no packages in .*: npm ci/,
  ],
];

for (const [why, spoil, says] of REFUSED) {
  test(`${why} nothing is installed, and the line that mends it is said`, () => {
    spoil();
    const { code, err } = intoRoot('--dry-run');
    assert.is(code, 2);
    assert.match(err, says);
  });
}

test('an option that is not known is refused with the usage', () => {
  const { code, err } = install('--dryrun');
  assert.is(code, 2);
  assert.match(err, /--dry-run .*print what would change[\s\S]*unknown option --dryrun/);
  assert.match(install('--root').err, /expected a folder after --root/);
  assert.match(install('--help').out.join('\n'), /Examples:\n {2}npm ci && npm run build/);
});

test('on the machine itself a dry run says what it would be told, and tells it nothing', () => {
  const { code, out } = install('--dry-run');
  assert.is(code, 0);
  assert.ok(out.includes('run     systemctl daemon-reload'));
  assert.ok(out.includes('add     /etc/systemd/system/tura.service'));
  assert.not(existsSync('/etc/systemd/system/tura.service'));
});

test.run();
