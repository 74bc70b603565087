/** The way to a PC/SC reader, from the wire up: the bus, the kernel that may take it first, the daemon, its leave. */
import { type Check, type Finding, notAsked, ok, warning, wrong } from './check.ts';
import type { Machine } from './patient.ts';
import type { System } from './system.ts';

/** What drives the chip of an ACR122U and its like in the kernel; whichever comes first has the reader (DEVICES.md 1). */
const RIVALS = ['pn533_usb', 'pn533', 'nfc'] as const;

const UNLOAD = `sudo modprobe -r ${RIVALS.join(' ')}`;
const KEEP_OUT = `printf 'install %s /bin/false\\n' ${RIVALS.join(' ')} | sudo tee /etc/modprobe.d/tura-modules.conf`;

const USB = '/sys/bus/usb/devices';
/** USB-IF: the interface class of smart-card readers (CCID). */
const SMART_CARD = '0b';

const POLKIT_RULE =
  'sudo cp /opt/tura/devices/raspberry-pi/tura-polkit.rules /etc/polkit-1/rules.d/50-tura.rules';

export const PCSC: readonly Check[] = [
  { name: 'kernel-modules', of: 'machine', ask: wherePcsc(askModules) },
  { name: 'usb-reader', of: 'machine', ask: wherePcsc(askUsb) },
  { name: 'pcscd', of: 'machine', ask: wherePcsc(askDaemon) },
  { name: 'pcsc', after: ['nfc-pcsc', 'pcscd'], of: 'machine', ask: wherePcsc(askLeave) },
];

function wherePcsc(ask: (machine: Machine) => Promise<Finding>): (machine: Machine) => Promise<Finding> {
  return async machine =>
    machine.doors.length === 0 ? notAsked('no reader here is read through PC/SC') : ask(machine);
}

async function askModules({ system }: Machine): Promise<Finding> {
  const modules = await system.read('/proc/modules');
  if (modules === undefined) return ok('this kernel loads no modules');
  const names = modules.split('\n').map(line => line.split(' ', 1).join(''));
  const loaded = RIVALS.filter(rival => names.includes(rival));
  if (loaded.length > 0) {
    return wrong(
      `${loaded.join(', ')} loaded: the kernel takes the reader first`,
      `${KEEP_OUT} && ${UNLOAD}`,
    );
  }
  const free = await notKeptOut(system);
  if (free.length === 0) return ok(`${RIVALS.join(', ')} are kept out`);
  return warning(`nothing keeps the kernel from taking the reader first: ${free.join(', ')}`, KEEP_OUT);
}

/** An `install` line keeps a module out; a `blacklist` line does not when another module asks for it. */
async function notKeptOut(system: System): Promise<readonly string[]> {
  const folder = '/etc/modprobe.d';
  const files = ((await system.list(folder)) ?? []).filter(name => name.endsWith('.conf'));
  const texts = await Promise.all(files.map(name => system.read(`${folder}/${name}`)));
  const lines = texts.flatMap(text => (text ?? '').split('\n').map(line => line.trim().split(/\s+/)));
  return RIVALS.filter(
    rival =>
      !lines.some(
        ([word, name, command]) =>
          word === 'install' && name === rival && /\/(false|true)$/.test(command ?? ''),
      ),
  );
}

async function askUsb(machine: Machine): Promise<Finding> {
  const { system } = machine;
  const devices = await system.list(USB);
  const found = devices === undefined ? [] : await smartCardReaders(system, devices);
  if (found.length > 0) return ok(found.join(', '));
  // A reader on a serial line, or a virtual one, is none of the bus.
  const isUp = (await system.tryConnect(system.pcscSocket)) === undefined;
  const answer = isUp ? await machine.readers() : undefined;
  if (answer?.kind === 'readers' && answer.names.length > 0) return ok('none, and PC/SC has another');
  return devices === undefined
    ? wrong('this machine shows no USB bus', 'give it one (a container: --device /dev/bus/usb), then: lsusb')
    : wrong('no smart-card reader on the USB bus', 'plug the reader in, then: lsusb');
}

/** `ACS ACR122U PICC Interface (072f:2200)`. */
async function smartCardReaders(system: System, devices: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  // `1-1.2:1.0` is an interface of the device `1-1.2`.
  for (const name of devices.filter(name => name.includes(':'))) {
    const [device = ''] = name.split(':', 1);
    const is = async (file: string) => (await system.read(`${USB}/${file}`))?.trim() ?? '';
    if ((await is(`${name}/bInterfaceClass`)) !== SMART_CARD) continue;
    const words = [await is(`${device}/manufacturer`), await is(`${device}/product`)].filter(Boolean);
    found.push(`${words.join(' ')} (${await is(`${device}/idVendor`)}:${await is(`${device}/idProduct`)})`);
  }
  return found;
}

/** A daemon that hangs lets a few wait, and then nobody. */
const HANGS = ['pcscd is there and takes nobody: it hangs', 'sudo systemctl restart pcscd'] as const;

const REFUSALS: Readonly<Record<string, readonly [found: string, mend: string]>> = {
  EACCES: ['no right to connect to the socket of pcscd', 'sudo systemctl restart pcscd.socket'],
  EAGAIN: HANGS,
  ETIMEDOUT: HANGS,
};

async function askDaemon({ system }: Machine): Promise<Finding> {
  if (system.platform !== 'linux') return ok('part of this system');
  const code = await system.tryConnect(system.pcscSocket);
  if (code === undefined) return ok(`listens at ${system.pcscSocket}`);
  const refusal = REFUSALS[code];
  if (refusal !== undefined) return wrong(...refusal);
  const installed = await system.look('/usr/sbin/pcscd');
  return installed === undefined
    ? wrong('pcscd is not installed', 'sudo apt install -y pcscd && sudo systemctl enable --now pcscd.socket')
    : wrong(`pcscd is not running (${code})`, 'sudo systemctl enable --now pcscd.socket');
}

async function askLeave(machine: Machine): Promise<Finding> {
  const answer = await machine.readers();
  if (answer.kind === 'readers') {
    const names = answer.names.map(name => `'${name}'`).join(', ');
    return ok(names === '' ? 'answers; no reader is plugged in' : `answers; plugged in: ${names}`);
  }
  const { user } = machine.system;
  // SCARD_W_SECURITY_VIOLATION: polkit lets in whoever sits at the machine, and a service does not.
  if (/denied|8010006a/i.test(answer.why)) {
    return user === 'tura'
      ? wrong('pcscd does not let the user tura in (polkit)', POLKIT_RULE)
      : wrong(`pcscd does not let ${user} in (polkit)`, 'sudo -u tura tura doctor');
  }
  return wrong(answer.why, answer.mend ?? 'sudo systemctl restart pcscd');
}
