/** Each thing that can be wrong with the machine itself, alone. */
import { test } from 'uvu';
import { epoch } from '../../../src/core/time.ts';
import type { DiskAnswer } from '../../../src/onboard/doctor/system.ts';
import { type Pi, SERIAL } from './pi.ts';
import { testEach } from './sickness.ts';

testEach({
  'a Node that is too old': {
    check: 'node',
    spoil: pi => {
      pi.nodeVersion = '20.18.3';
    },
    ...{
      is: 'wrong',
      found: /20\.18\.3, linux arm64: too old, 20\.19 is needed/,
      mend: /apt install -y nodejs/,
    },
  },
  'the Node of next year': {
    check: 'node',
    spoil: pi => {
      pi.nodeVersion = '24.0.0';
    },
    ...{ is: 'ok', found: /24\.0\.0/ },
  },
  'a SQLite built for another Node': {
    check: 'better-sqlite3',
    spoil: pi =>
      pi.unloadable.set('better-sqlite3', 'was compiled against NODE_MODULE_VERSION 115\nand more'),
    ...{ is: 'wrong', found: /^does not load: .* 115$/, mend: /npm rebuild better-sqlite3/ },
  },
  'a package that was left out for want of headers': {
    check: 'nfc-pcsc',
    spoil: pi => pi.unloadable.set('nfc-pcsc', "Cannot find package 'nfc-pcsc'"),
    ...{ is: 'wrong', found: /Cannot find package/, mend: /apt install .*libpcsclite-dev.* && npm ci/ },
  },
  'a serial library that does not load': {
    check: 'serialport',
    spoil: pi => pi.unloadable.set('serialport', 'no native build'),
    ...{ is: 'wrong', found: /no native build/, mend: /npm rebuild @serialport\/bindings-cpp/ },
  },
  'a weak supply': {
    check: 'power',
    spoil: pi => pi.files.set('/sys/class/hwmon/hwmon1/in0_lcrit_alarm', '1\n'),
    ...{ is: 'wrong', found: /supply is too weak/, mend: /vcgencmd get_throttled/ },
  },
});

const KEEP_OUT = /printf 'install %s \/bin\/false\\n' pn533_usb pn533 nfc \| sudo tee \/etc\/modprobe\.d\//;
const MODULES = '/etc/modprobe.d/tura-modules.conf';
const SOCKET = '/run/pcscd/pcscd.comm';

testEach({
  'a kernel that took the reader': {
    check: 'kernel-modules',
    spoil: pi => pi.files.set('/proc/modules', 'pn533_usb 20480 0 - Live\npn533 40960 1 pn533_usb, Live\n'),
    ...{
      is: 'wrong',
      found: /^pn533_usb, pn533 loaded/,
      mend: /tee .* && sudo modprobe -r pn533_usb pn533 nfc$/,
    },
  },
  'a kernel that will take the reader when it is plugged in': {
    check: 'kernel-modules',
    spoil: pi => pi.files.delete(MODULES),
    ...{ is: 'warning', found: /taking the reader first: pn533_usb, pn533, nfc$/, mend: KEEP_OUT },
  },
  'a blacklist, which keeps nothing out,': {
    check: 'kernel-modules',
    spoil: pi =>
      pi.files.set(MODULES, 'blacklist nfc\ninstall pn533_usb /bin/false\ninstall pn533 /bin/true\n'),
    ...{ is: 'warning', found: /taking the reader first: nfc$/, mend: KEEP_OUT },
  },
  'a kernel without modules': {
    check: 'kernel-modules',
    spoil: pi => pi.files.delete('/proc/modules'),
    ...{ is: 'ok', found: /loads no modules/ },
  },
  'a reader that is not plugged in': {
    check: 'usb-reader',
    spoil: pi => {
      pi.files.delete('/sys/bus/usb/devices/1-1.2:1.0/bInterfaceClass');
      pi.pcsc = async () => ({ kind: 'readers', names: [] });
    },
    ...{ is: 'wrong', found: /no smart-card reader on the USB bus/, mend: /plug the reader in/ },
  },
  'a machine without USB': {
    check: 'usb-reader',
    spoil: pi => {
      for (const file of pi.files.keys()) if (file.startsWith('/sys/bus/usb')) pi.files.delete(file);
      pi.pcsc = async () => ({ kind: 'lost', why: 'no pcscd' });
    },
    ...{ is: 'wrong', found: /shows no USB bus/, mend: /--device \/dev\/bus\/usb/ },
  },
  'a reader on another wire': {
    check: 'usb-reader',
    spoil: pi => pi.files.delete('/sys/bus/usb/devices/1-1.2:1.0/bInterfaceClass'),
    ...{ is: 'ok', found: /PC\/SC has another/ },
  },
  'a pcscd that is not installed': {
    check: 'pcscd',
    spoil: pi => {
      pi.refused.set(SOCKET, 'ENOENT');
      pi.standing.delete('/usr/sbin/pcscd');
    },
    ...{
      is: 'wrong',
      found: /is not installed/,
      mend: /apt install -y pcscd && sudo systemctl enable --now pcscd\.socket/,
    },
  },
  'a pcscd that is not running': {
    check: 'pcscd',
    spoil: pi => pi.refused.set(SOCKET, 'ECONNREFUSED'),
    ...{
      is: 'wrong',
      found: /not running \(ECONNREFUSED\)/,
      mend: /^sudo systemctl enable --now pcscd\.socket$/,
    },
  },
  'a pcscd that nobody may ask': {
    check: 'pcscd',
    spoil: pi => pi.refused.set(SOCKET, 'EACCES'),
    ...{ is: 'wrong', found: /no right to connect/, mend: /restart pcscd\.socket/ },
  },
  'a pcscd that hangs': {
    check: 'pcscd',
    spoil: pi => pi.refused.set(SOCKET, 'EAGAIN'),
    ...{ is: 'wrong', found: /takes nobody: it hangs/, mend: /^sudo systemctl restart pcscd$/ },
  },
  'a system that has PC/SC built in': {
    check: 'pcscd',
    spoil: pi => {
      pi.platform = 'darwin';
      pi.refused.set(SOCKET, 'ENOENT');
    },
    ...{ is: 'ok', found: /part of this system/ },
  },
  'a polkit that does not let the service in': {
    check: 'pcsc',
    spoil: pi => lose(pi, 'SCardEstablishContext error: Access denied.(0x8010006a)'),
    ...{
      is: 'wrong',
      found: /does not let the user tura in \(polkit\)/,
      mend: /tura-polkit\.rules \/etc\/polkit-1\/rules\.d/,
    },
  },
  'a polkit that does not let a person in': {
    check: 'pcsc',
    spoil: pi => {
      pi.user = 'pi';
      lose(pi, 'Access denied');
    },
    ...{ is: 'wrong', found: /does not let pi in/, mend: /sudo -u tura tura doctor/ },
  },
  'a PC/SC that does not answer': {
    check: 'pcsc',
    spoil: pi => lose(pi, 'PC/SC did not answer in 10 s'),
    ...{ is: 'wrong', found: /did not answer/, mend: /systemctl restart pcscd/ },
  },
});

function lose(pi: Pi, why: string): void {
  pi.pcsc = async () => ({ kind: 'lost', why });
}

const plugged = (pi: Pi, ...names: readonly string[]): void => {
  pi.pcsc = async () => ({ kind: 'readers', names });
};

testEach({
  'a reader that is not there': {
    check: 'reader-front',
    spoil: pi => plugged(pi),
    ...{ is: 'wrong', found: /no reader fits 'ACR122U PICC.*none is plugged in/, mend: /plug the reader in/ },
  },
  'a name that fits none of those plugged in': {
    check: 'reader-front',
    spoil: pi => plugged(pi, 'OMNIKEY 5422 Contactless 00 00'),
    ...{ is: 'wrong', found: /plugged in: 'OMNIKEY 5422/, mend: /'name' in the device file/ },
  },
  'a name that fits the slot of a security module': {
    check: 'reader-front',
    spoil: pi => {
      pi.device = { ...pi.bus, readers: [{ id: 'front', kind: 'pcsc', name: 'ACR1252' }] };
      plugged(pi, 'ACS ACR1252 SAM Reader 00 01');
    },
    ...{
      is: 'wrong',
      found: /'ACS ACR1252 SAM Reader 00 01', which is no reader/,
      mend: /contactless slot's name alone/,
    },
  },
  'a name that fits two': {
    check: 'reader-front',
    spoil: pi => {
      pi.device = { ...pi.bus, readers: [{ id: 'front', kind: 'pcsc', name: 'ACR122U' }] };
    },
    ...{ is: 'wrong', found: /fits several readers/, mend: /'name' in the device file/ },
  },
  'a machine with nothing but a SAM slot': {
    check: 'reader',
    spoil: pi => {
      pi.device = undefined;
      plugged(pi, 'ACS ACR1252 SAM Reader 00 01');
    },
    ...{ is: 'wrong', found: /no reader is plugged in/, mend: /plug the reader in/ },
  },
});

const LINE = 'serial-usb-FTDI_IBIS-if00-port0';

testEach({
  'a line that is not there': {
    check: LINE,
    spoil: pi => pi.standing.delete(SERIAL),
    ...{ is: 'wrong', found: /^nothing at .*; no adapter is plugged in/, mend: /ls -l \/dev\/serial\/by-id/ },
  },
  'another adapter in its place': {
    check: LINE,
    spoil: pi => {
      pi.standing.delete(SERIAL);
      pi.standing.set('/dev/serial/by-id/usb-u-blox-if00', {
        path: '/dev/ttyACM0',
        kind: 'character device',
        groupId: 20,
      });
    },
    ...{ is: 'wrong', found: /plugged in: usb-u-blox-if00/, mend: /ls -l/ },
  },
  'a file where a line belongs': {
    check: LINE,
    spoil: pi => pi.standing.set(SERIAL, { path: SERIAL, kind: 'file', groupId: 0 }),
    ...{ is: 'wrong', found: /is a file, and no line/, mend: /ls -l/ },
  },
  'a line of a group that the user is not in': {
    check: LINE,
    spoil: pi => pi.refused.set(SERIAL, 'EACCES'),
    ...{ is: 'wrong', found: /tura has no right .* of the group dialout/, mend: /usermod -aG dialout tura/ },
  },
  'a line whose adapter died': {
    check: LINE,
    spoil: pi => pi.refused.set(SERIAL, 'EIO'),
    ...{ is: 'wrong', found: /does not open \(EIO\)/, mend: /dmesg/ },
  },
  'a line that a validator has open': {
    check: LINE,
    spoil: pi => pi.refused.set(SERIAL, 'EBUSY'),
    ...{ is: 'ok', found: /open already/ },
  },
  "a Pi's own line with the kernel's console on it": {
    check: 'serial-serial0',
    spoil: pi => {
      pi.serialPaths = ['/dev/serial0'];
      pi.standing.set('/dev/serial0', { path: '/dev/ttyAMA0', kind: 'character device', groupId: 20 });
      pi.files.set('/proc/cmdline', 'console=ttyAMA0,115200 console=tty1 root=PARTUUID=1\n');
    },
    ...{ is: 'wrong', found: /console speaks on \/dev\/ttyAMA0/, mend: /do_serial_cons 1 && sudo reboot/ },
  },
  'a name that goes with the order of plugging in': {
    check: 'serial-ttyUSB0',
    spoil: pi => {
      pi.serialPaths = ['/dev/ttyUSB0'];
    },
    ...{
      is: 'warning',
      found: /another line when/,
      mend: /write \/dev\/serial\/by-id\/usb-FTDI_IBIS-if00-port0/,
    },
  },
});

testEach({
  'a clock of 1970': {
    check: 'clock',
    spoil: pi => {
      pi.nowMs = epoch(120_000);
    },
    ...{ is: 'wrong', found: /1970-01-01T00:02:00.000Z: it was never set/, mend: /timedatectl set-ntp true/ },
  },
  'a clock that the network has not set': {
    check: 'clock-sync',
    spoil: pi => pi.commands.set('timedatectl', { code: 0, out: 'no\n' }),
    ...{ is: 'warning', found: /nothing has set it/, mend: /timedatectl set-ntp true/ },
  },
  'a clock that nobody keeps': {
    check: 'clock-sync',
    spoil: pi => pi.commands.clear(),
    ...{ is: 'warning', found: /neither timedatectl nor chronyc/, mend: /apt install -y systemd-timesyncd/ },
  },
  'a clock that chrony keeps': {
    check: 'clock-sync',
    spoil: pi => {
      pi.commands.clear();
      pi.commands.set('chronyc', { code: 0, out: 'Stratum         : 3\nLeap status     : Normal\n' });
    },
    ...{ is: 'ok', found: /chronyc/ },
  },
});

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
