/** What a folder stands on, among everything that is mounted. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { mountOf } from '../../../src/onboard/doctor/mount.ts';

const MOUNTS = `24 1 179:2 / / rw,noatime shared:1 - ext4 /dev/mmcblk0p2 rw
25 24 0:22 / /var/lib rw - tmpfs tmpfs rw,size=1024k
26 25 179:3 / /var/lib/tura rw,noatime shared:2 master:1 - f2fs /dev/mmcblk0p3 rw
27 24 8:1 / /media/a\\040card rw - vfat /dev/sda1 rw
28 24 0:30 / /var/lib rw - overlay over rw

half a line
`;

const CASES: readonly [path: string, point: string, type: string, source: string][] = [
  ['/home/pi', '/', 'ext4', '/dev/mmcblk0p2'],
  ['/var/lib/tura', '/var/lib/tura', 'f2fs', '/dev/mmcblk0p3'],
  ['/var/lib/tura/rpi-1', '/var/lib/tura', 'f2fs', '/dev/mmcblk0p3'],
  ['/var/lib/turandot', '/var/lib', 'overlay', 'over'],
  ['/media/a card/state', '/media/a card', 'vfat', '/dev/sda1'],
];

for (const [path, point, type, source] of CASES) {
  test(`${path} stands on ${type} at ${point}`, () => {
    assert.equal(mountOf(MOUNTS, path), { point, type, source });
  });
}

test('where nothing is listed nothing is known', () => {
  assert.is(mountOf('', '/'), undefined);
  assert.is(mountOf('no mounts\n', '/'), undefined);
});

test.run();
