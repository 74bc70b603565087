/** A Raspberry Pi in the best of health, with a bus that has run on it: a test spoils one thing and asks the doctor. */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { type EpochMs, epoch, parseInstant } from '../../../src/core/time.ts';
import { publishLists } from '../../../src/lab/publish.ts';
import { PlayedClock } from '../../../src/onboard/clock.ts';
import type { Device } from '../../../src/onboard/device.ts';
import type { Check } from '../../../src/onboard/doctor/check.ts';
import { checksFor } from '../../../src/onboard/doctor/checks.ts';
import { type Examined, examine } from '../../../src/onboard/doctor/examine.ts';
import { patientOf } from '../../../src/onboard/doctor/patient.ts';
import type {
  DiskAnswer,
  Got,
  NativePackage,
  PcscAnswer,
  Ran,
  Standing,
  System,
} from '../../../src/onboard/doctor/system.ts';
import { prepare } from '../../../src/onboard/prepare.ts';
import { healthFile, writeHealthNote } from '../../../src/onboard/service/health-note.ts';
import type { Timers } from '../../../src/onboard/timers.ts';
import { fitOut, homeOf, openJournalOf } from '../../../src/onboard/vehicle/fit-out.ts';
import { nodeCrypto } from '../../../src/wire/node-crypto.ts';
import { deviceText, FIXTURES, newState, write } from '../../cli/input.ts';
import { aBody } from '../../wire/records.ts';

const MONDAY = epoch(parseInstant('2026-03-02T07:30:00+05:00') ?? 0);
export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;

export const SERIAL = '/dev/serial/by-id/usb-FTDI_IBIS-if00-port0';
const SOCKET = '/run/pcscd/pcscd.comm';
const USB = '/sys/bus/usb/devices';

const FILES: Readonly<Record<string, string>> = {
  '/proc/modules': 'ftdi_sio 61440 1 - Live 0x0\nusbserial 49152 3 ftdi_sio, Live 0x0\n',
  '/proc/cmdline': 'console=tty1 root=PARTUUID=1 rootfstype=ext4 rootwait\n',
  '/proc/swaps': 'Filename Type Size Used Priority\n/dev/zram0 partition 524284 0 100\n',
  '/proc/self/mountinfo': '24 1 179:2 / / rw,noatime shared:1 - ext4 /dev/mmcblk0p2 rw\n',
  '/etc/group': 'root:x:0:\ndialout:x:20:tura\n',
  '/etc/modprobe.d/tura-modules.conf':
    '# kept out\ninstall pn533_usb /bin/false\ninstall pn533 /bin/false\ninstall nfc /bin/false\n',
  '/sys/class/hwmon/hwmon1/name': 'rpi_volt\n',
  '/sys/class/hwmon/hwmon1/in0_lcrit_alarm': '0\n',
  '/sys/block/mmcblk0/device/type': 'SD\n',
  '/sys/block/mmcblk0/device/name': 'SC32G\n',
  [`${USB}/1-1.2/manufacturer`]: 'ACS\n',
  [`${USB}/1-1.2/product`]: 'ACR122U PICC Interface\n',
  [`${USB}/1-1.2/idVendor`]: '072f\n',
  [`${USB}/1-1.2/idProduct`]: '2200\n',
  [`${USB}/1-1.2:1.0/bInterfaceClass`]: '0b\n',
  [`${USB}/1-1.3:1.0/bInterfaceClass`]: 'ff\n',
};

export class Pi {
  nowMs: EpochMs = epoch(MONDAY + 5 * MINUTE_MS);
  platform = 'linux';
  nodeVersion = '20.19.0';
  user = 'tura';
  readonly files = new Map(Object.entries(FILES));
  readonly standing = new Map<string, Standing>([
    [SERIAL, { path: '/dev/ttyUSB0', kind: 'character device', groupId: 20 }],
    ['/dev/ttyUSB0', { path: '/dev/ttyUSB0', kind: 'character device', groupId: 20 }],
    ['/usr/sbin/pcscd', { path: '/usr/sbin/pcscd', kind: 'file', groupId: 0 }],
  ]);
  /** What opening a path, or connecting to one, is refused with. */
  readonly refused = new Map<string, string>();
  readonly commands = new Map<string, Ran>([['timedatectl', { code: 0, out: 'yes\n' }]]);
  readonly unloadable = new Map<NativePackage, string>();
  pcsc: () => Promise<PcscAnswer> = async () => ({
    kind: 'readers',
    names: ['ACS ACR122U PICC Interface 00 00', 'ACS ACR122U SAM Interface 00 01'],
  });
  disk: DiskAnswer | undefined;
  collector: (url: string) => Got = () => ({
    status: 200,
    text: '{"status":"ok","realm":"test"}',
    tookMs: 12,
  });
  serialPaths: readonly string[] = [SERIAL];
  device: Device | undefined;
  stateFolder: string;

  constructor(device: Device, stateFolder: string) {
    this.device = device;
    this.stateFolder = stateFolder;
  }

  /** Its device, to be written in. */
  get bus(): Device {
    if (this.device === undefined) throw new Error('this machine is no vehicle');
    return this.device;
  }

  /** A state folder of its own, to be spoilt. */
  ownState(): string {
    const own = newState();
    cpSync(this.stateFolder, own, { recursive: true });
    this.stateFolder = own;
    return homeOf(this.bus, own);
  }

  async note(note: Parameters<typeof writeHealthNote>[1]): Promise<void> {
    await writeHealthNote(healthFile(this.ownState()), note);
  }

  private system(): System {
    const { files, standing, refused } = this;
    const nothing: Ran = { code: undefined, out: '' };
    const works: DiskAnswer = {
      ...{ kind: 'works', folder: this.stateFolder, freeBytes: 8 * 2 ** 30, sizeBytes: 29 * 2 ** 30 },
      syncMs: [9, 6, 31, 7, 8],
    };
    return {
      ...{ platform: this.platform, arch: 'arm64', nodeVersion: this.nodeVersion, user: this.user },
      pcscSocket: SOCKET,
      now: () => this.nowMs,
      read: async path => files.get(path),
      list: async path => namesIn(path, [...files.keys(), ...standing.keys()]),
      look: async path => standing.get(path),
      tryOpen: async path => refused.get(path),
      tryConnect: async path => refused.get(path),
      run: async command => this.commands.get(command) ?? nothing,
      get: async url => this.collector(url),
      load: async name => {
        const why = this.unloadable.get(name);
        if (why !== undefined) throw new Error(why);
        return 'loads';
      },
      readers: () => this.pcsc(),
      disk: async () => this.disk ?? works,
    };
  }

  /** What the doctor finds, in order. `timers` end what never answers. */
  examination(only?: string, timers: Timers = FOR_EVER): AsyncGenerator<Examined> {
    const patient = patientOf({
      ...{ system: this.system(), crypto: nodeCrypto, stateFolder: this.stateFolder },
      ...{ device: this.device, serialPaths: this.serialPaths },
    });
    const checks = checksFor(patient);
    return examine(only === undefined ? checks : withThoseBefore(only, checks), patient, timers);
  }

  async finding(check: string): Promise<Examined> {
    for await (const examined of this.examination(check)) if (examined.check === check) return examined;
    throw new Error(`nobody asks ${check}`);
  }
}

const FOR_EVER: Timers = { after: () => () => undefined };

/** A check, and what it is asked after. */
function withThoseBefore(name: string, checks: readonly Check[]): readonly Check[] {
  const after = checks.find(check => check.name === name)?.after ?? [];
  const wanted = new Set([
    name,
    ...after.flatMap(before => withThoseBefore(before, checks)).map(check => check.name),
  ]);
  return checks.filter(check => wanted.has(check.name));
}

function namesIn(folder: string, paths: readonly string[]): readonly string[] | undefined {
  const below = paths.filter(path => path.startsWith(`${folder}/`));
  const names = below.map(path =>
    path
      .slice(folder.length + 1)
      .split('/', 1)
      .join(''),
  );
  return below.length === 0 ? undefined : [...new Set(names)];
}

/** A bus that was fitted out on Monday morning, and three riders tapped: two records arrived. */
async function fittedBus(): Promise<{ device: Device; stateFolder: string }> {
  const stateFolder = newState();
  const readers = '[{ id: front, door: "1", kind: pcsc, name: ACR122U PICC Interface 00 00 }]';
  const actions = join(FIXTURES, 'actions.csv');
  const file = write(deviceText({ readers, collector: 'http://127.0.0.1:8470', actions }), 'bus.yaml');
  const prepared = await prepare(file, { stateFolder, crypto: nodeCrypto });
  const { device } = prepared;
  const keeper = { ...prepared, stateFolder, crypto: nodeCrypto, firmware: 'tura', random };
  const lists = await publishLists(device, { ...keeper, atMs: MONDAY });
  const journal = openJournalOf(device, keeper);
  const clock = new PlayedClock(MONDAY);
  const outfit = await fitOut(device, { ...keeper, lists, journal, clock, readers: [] });
  for (const minute of [1, 2, 3])
    journal.append(aBody({ eventTimeMs: epoch(MONDAY + minute * MINUTE_MS), clockState: 'free' }));
  journal.acknowledge([1, 2]);
  outfit.close();
  journal.close();
  const acknowledgedMs = epoch(MONDAY + 3 * MINUTE_MS);
  const note = { atMs: epoch(MONDAY + 4 * MINUTE_MS), waiting: 1, acknowledgedMs };
  await writeHealthNote(healthFile(homeOf(device, stateFolder)), note);
  return { device, stateFolder };
}

let drawn = 0;
const random = (length: number): Uint8Array => new Uint8Array(length).fill(++drawn);

let fitted: ReturnType<typeof fittedBus> | undefined;

/** Fitted out once for all tests; nobody writes in it but through `ownState`. */
export async function healthyPi(): Promise<Pi> {
  fitted ??= fittedBus();
  const { device, stateFolder } = await fitted;
  return new Pi(device, stateFolder);
}

/** Turns the clock on: everything that ages is older. */
export const later = (ms: number) => (pi: Pi) => {
  pi.nowMs = epoch(pi.nowMs + ms);
};
