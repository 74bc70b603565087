/** Each thing that can be wrong with the machine itself, alone. */
import { test } from 'uvu';
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

test.run();
