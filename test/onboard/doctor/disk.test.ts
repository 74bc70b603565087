/** Each thing that can be wrong with the disk under a vehicle's state, alone. */
import { test } from 'uvu';
import type { DiskAnswer } from '../../../src/onboard/doctor/system.ts';
import type { Pi } from './pi.ts';
import { testEach } from './sickness.ts';

const fails = (code: string) => (pi: Pi) => {
  pi.disk = { kind: 'fails', folder: '/var/lib/tura', code };
};

const works = (change: Partial<Extract<DiskAnswer, { kind: 'works' }>>) => (pi: Pi) => {
  const sizes = { freeBytes: 8 * 2 ** 30, sizeBytes: 29 * 2 ** 30, syncMs: [7] };
  pi.disk = { kind: 'works', folder: '/var/lib/tura', ...sizes, ...change };
};

const mounted = (line: string) => (pi: Pi) => {
  works({})(pi);
  pi.files.set('/proc/self/mountinfo', `24 1 179:2 / / rw - ext4 /dev/mmcblk0p2 rw\n${line}\n`);
};

testEach({
  'a read-only disk': {
    check: 'state-folder',
    spoil: fails('EROFS'),
    ...{ is: 'wrong', found: /\/var\/lib\/tura is read-only/, mend: /mount -o remount,rw/ },
  },
  'a full disk': {
    check: 'state-folder',
    spoil: fails('ENOSPC'),
    ...{ is: 'wrong', found: /no space left/, mend: /journalctl --vacuum-size/ },
  },
  'a folder that only root can make': {
    check: 'state-folder',
    spoil: pi => {
      pi.stateFolder = '/var/lib/tura/state';
      fails('EACCES')(pi);
    },
    ...{
      is: 'wrong',
      found: /tura may not write below/,
      mend: /^sudo install -d -o tura \/var\/lib\/tura\/state$/,
    },
  },
  "somebody else's folder": {
    check: 'state-folder',
    spoil: pi => {
      pi.user = 'pi';
      pi.stateFolder = '/var/lib/tura';
      fails('EACCES')(pi);
    },
    ...{
      is: 'wrong',
      found: /^pi may not write below/,
      mend: /^sudo -u "\$\(stat -c %U .*\)" tura doctor --state /,
    },
  },
  'a file where the folder belongs': {
    check: 'state-folder',
    spoil: fails('ENOTDIR'),
    ...{ is: 'wrong', found: /is no folder/, mend: /ls -ld/ },
  },
  'a disk that answers with an error': {
    check: 'state-folder',
    spoil: fails('EIO'),
    ...{ is: 'wrong', found: /fails \(EIO\)/, mend: /dmesg/ },
  },
  'a disk that does not answer': {
    check: 'state-folder',
    spoil: pi => {
      pi.disk = { kind: 'silent', afterMs: 8_000 };
    },
    ...{ is: 'wrong', found: /gives no answer in 8 seconds/, mend: /dmesg/ },
  },
  'a folder that is still to be made': {
    check: 'state-folder',
    spoil: works({ folder: '/var/lib' }),
    ...{ is: 'ok', found: /can be made below \/var\/lib/ },
  },
  'a state in memory': {
    check: 'disk-lasting',
    spoil: mounted('25 24 0:22 / /var/lib rw - tmpfs tmpfs rw'),
    ...{ is: 'wrong', found: /\/var\/lib is kept in memory \(tmpfs\)/, mend: /sd-card\/fstab/ },
  },
  'a read-only root with memory laid over it': {
    check: 'disk-lasting',
    spoil: pi => {
      mounted('25 24 0:22 / / rw - overlay overlay rw,upperdir=/media/root-rw/overlay')(pi);
      pi.files.set('/proc/cmdline', 'boot=overlay root=PARTUUID=1\n');
    },
    ...{ is: 'wrong', found: /kept in memory \(overlay\)/, mend: /partition of its own/ },
  },
  "a container's overlay": {
    check: 'disk-lasting',
    spoil: mounted('25 24 0:22 / / rw - overlay overlay rw,upperdir=/var/lib/docker/1'),
    ...{ is: 'ok', found: /overlay on overlay/ },
  },
  'a partition of its own': {
    check: 'disk-lasting',
    spoil: mounted('25 24 179:3 / /var/lib/tura rw,noatime - ext4 /dev/mmcblk0p3 rw'),
    ...{ is: 'ok', found: /ext4 on \/dev\/mmcblk0p3/ },
  },
  'little room': {
    check: 'disk-space',
    spoil: works({ freeBytes: 300 * 2 ** 20 }),
    ...{ is: 'warning', found: /300 MiB of 29\.0 GiB free/, mend: /vacuum/ },
  },
  'next to no room': {
    check: 'disk-space',
    spoil: works({ freeBytes: 20 * 2 ** 20 }),
    ...{ is: 'wrong', found: /20 MiB of/, mend: /vacuum/ },
  },
  'a slow card': {
    check: 'disk-sync',
    spoil: works({ syncMs: [150, 90, 240, 151, 80] }),
    ...{ is: 'warning', found: /150\.0 ms \(median of 5, worst 240\.0 ms\): slow/, mend: /dmesg/ },
  },
  'a card too slow for any rider': {
    check: 'disk-sync',
    spoil: works({ syncMs: [700, 600, 800, 900, 10] }),
    ...{ is: 'wrong', found: /no rider is answered in time/, mend: /dmesg/ },
  },
  'one slow write among quick ones': {
    check: 'disk-sync',
    spoil: works({ syncMs: [700, 5, 6, 7, 8] }),
    ...{ is: 'ok', found: /7\.0 ms .* worst 700\.0/ },
  },
  'a swap file on the card': {
    check: 'disk-wear',
    spoil: pi =>
      pi.files.set('/proc/swaps', 'Filename Type Size Used Priority\n/var/swap file 102396 0 -2\n'),
    ...{ is: 'warning', found: /SD SC32G: also swaps to it/, mend: /swapoff -a/ },
  },
  "the system's log on the card": {
    check: 'disk-wear',
    spoil: pi =>
      pi.standing.set('/var/log/journal', { path: '/var/log/journal', kind: 'folder', groupId: 0 }),
    ...{ is: 'warning', found: /keeps the system's log/, mend: /install\.sh --sd-card/ },
  },
  'an eMMC at the end of its life': {
    check: 'disk-wear',
    spoil: pi => pi.files.set('/sys/block/mmcblk0/device/life_time', '0x02 0x0a\n'),
    ...{ is: 'warning', found: /100 % of its life is used/, mend: /another card/ },
  },
});

test.run();
