/** What the program itself stands on: Node, the native parts of three packages, and the board's power. */
import { whyOf } from '../../core/error.ts';
import { type Check, type Finding, notAsked, ok, wrong } from './check.ts';
import type { Machine } from './patient.ts';
import type { NativePackage } from './system.ts';

/** As package.json says under `engines`. */
const OLDEST_NODE = [20, 19] as const;

const INSTALL_NODE =
  'curl -fsSL https://deb.nodesource.com/setup_22.x | sudo -E bash - && sudo apt install -y nodejs';
const BUILD_TOOLS = 'sudo apt install -y build-essential python3';

export const PROGRAM: readonly Check[] = [
  { name: 'node', of: 'machine', ask: askNode },
  {
    name: 'better-sqlite3',
    of: 'machine',
    ask: machine => askPackage(machine, 'better-sqlite3', `${BUILD_TOOLS} && npm rebuild better-sqlite3`),
  },
  {
    name: 'nfc-pcsc',
    of: 'machine',
    ask: machine =>
      machine.doors.length === 0
        ? notAsked('no reader here is read through PC/SC')
        : askPackage(machine, 'nfc-pcsc', `${BUILD_TOOLS} libpcsclite-dev pcscd && npm ci`),
  },
  {
    name: 'serialport',
    of: 'machine',
    ask: machine =>
      machine.serialPaths.length === 0
        ? notAsked('no serial line here')
        : askPackage(machine, 'serialport', `${BUILD_TOOLS} && npm rebuild @serialport/bindings-cpp`),
  },
  { name: 'power', of: 'machine', ask: askPower },
];

function askNode({ system }: Machine): Finding {
  const { nodeVersion, platform, arch } = system;
  const [major = 0, minor = 0] = nodeVersion.split('.').map(Number);
  const [oldest, oldestMinor] = OLDEST_NODE;
  const found = `${nodeVersion}, ${platform} ${arch}`;
  if (major > oldest || (major === oldest && minor >= oldestMinor)) return ok(found);
  return wrong(`${found}: too old, ${OLDEST_NODE.join('.')} is needed`, INSTALL_NODE);
}

async function askPackage({ system }: Machine, name: NativePackage, mend: string): Promise<Finding> {
  try {
    return ok(await system.load(name));
  } catch (error) {
    const [why = ''] = whyOf(error).split('\n');
    return wrong(`does not load: ${why}`, mend);
  }
}

/** The Raspberry Pi's kernel watches its supply as a sensor; a weak one resets readers and spoils cards of memory. */
async function askPower({ system }: Machine): Promise<Finding> {
  const sensors = (await system.list('/sys/class/hwmon')) ?? [];
  for (const sensor of sensors) {
    const folder = `/sys/class/hwmon/${sensor}`;
    if ((await system.read(`${folder}/name`))?.trim() !== 'rpi_volt') continue;
    const isLow = (await system.read(`${folder}/in0_lcrit_alarm`))?.trim() === '1';
    if (!isLow) return ok('the supply holds its voltage');
    return wrong(
      'the supply is too weak: the voltage falls below 4.63 V',
      'vcgencmd get_throttled  # after a stronger supply or a shorter cable: 0x0',
    );
  }
  return notAsked('no sensor of the supply: not a Raspberry Pi');
}
