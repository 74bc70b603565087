/** The disk below the state folder: whether it keeps what is written, how fast, how much more, and how long it lasts. */
import { assert } from '../../core/error.ts';
import { sizeText, spanText } from './amounts.ts';
import { type Check, type Finding, notAsked, ok, warning, wrong } from './check.ts';
import { mountBelow } from './mount.ts';
import type { Machine } from './patient.ts';
import { shellWord } from './shell-word.ts';
import type { DiskAnswer } from './system.ts';
import { askWear } from './wear.ts';

const KERNEL_LOG = 'sudo dmesg --ctime | tail -n 30';
const LESS_LOG = 'sudo journalctl --vacuum-size=50M && sudo apt clean';

/** Two weeks of a busy validator are some 20 MB; below the lower one a feed cannot be imported anew. */
const FREE_BYTES = { little: 500 * 2 ** 20, none: 50 * 2 ** 20 };

/** A rider waits 500 ms at the most (DEVICES.md 8), and a tap is one sync. */
const SYNC_MS = { slow: 100, tooSlow: 500 };

export const DISK: readonly Check[] = [
  { name: 'state-folder', of: 'machine', ask: askFolder },
  { name: 'disk-lasting', after: ['state-folder'], of: 'machine', ask: askLasting },
  { name: 'disk-space', after: ['state-folder'], of: 'machine', ask: askSpace },
  { name: 'disk-sync', after: ['state-folder'], of: 'machine', ask: askSync },
  { name: 'disk-wear', after: ['state-folder'], of: 'machine', ask: askWear },
];

async function askFolder({ system, stateFolder, disk }: Machine): Promise<Finding> {
  const answer = await disk();
  switch (answer.kind) {
    case 'works':
      return ok(
        answer.folder === stateFolder ? stateFolder : `${stateFolder} can be made below ${answer.folder}`,
      );
    case 'silent':
      return wrong(
        `the disk below ${stateFolder} gives no answer in ${spanText(answer.afterMs)}`,
        KERNEL_LOG,
      );
    case 'fails':
      return wrong(...refusal(answer, stateFolder, system.user));
    default:
      return answer satisfies never;
  }
}

type Refused = Extract<DiskAnswer, { kind: 'fails' }>;

/** What a disk that refuses says, and what to do about it. */
function refusal(
  { folder, code }: Refused,
  stateFolder: string,
  user: string,
): [found: string, mend: string] {
  const [at, state] = [shellWord(folder), shellWord(stateFolder)];
  switch (code) {
    case 'EROFS':
      return [`${folder} is read-only`, `sudo mount -o remount,rw "$(findmnt -n -o TARGET -T ${at})"`];
    case 'ENOSPC':
      return [`no space left below ${folder}`, LESS_LOG];
    case 'ENOTDIR':
      return [`${folder} is no folder`, `ls -ld ${at}`];
    case 'EACCES':
    case 'EPERM': {
      // A folder that is there is somebody's, whose validator must go on writing to it.
      const asOwner = `sudo -u "$(stat -c %U ${at})" tura doctor --state ${state}`;
      const make = `sudo install -d -o ${shellWord(user)} ${state}`;
      return [`${user} may not write below ${folder}`, folder === stateFolder ? asOwner : make];
    }
    default:
      return [`the disk below ${folder} fails (${code})`, KERNEL_LOG];
  }
}

type Working = Extract<DiskAnswer, { kind: 'works' }>;

/** For checks after `state-folder`. */
async function working({ disk }: Machine): Promise<Working> {
  const answer = await disk();
  assert(answer.kind === 'works', 'what is asked after state-folder is asked of a disk that works');
  return answer;
}

/** What lies in memory is gone with the power, and every accepted tap with it. */
async function askLasting(machine: Machine): Promise<Finding> {
  const mount = await mountBelow(machine);
  if (mount === undefined) return notAsked('this system does not list what folders stand on');
  const { type, source, point } = mount;
  const kernel = (await machine.system.read('/proc/cmdline')) ?? '';
  // A Pi with a read-only root lays memory over it.
  const inMemory =
    type === 'tmpfs' ||
    type === 'ramfs' ||
    (type === 'overlay' && /\b(boot=overlay|overlayroot=)/.test(kernel));
  if (!inMemory) return ok(`${type} on ${source}`);
  return wrong(
    `${point} is kept in memory (${type}): taps there are gone with the power`,
    'give the state a partition of its own: cat /opt/tura/devices/raspberry-pi/sd-card/fstab',
  );
}

async function askSpace(machine: Machine): Promise<Finding> {
  const { freeBytes, sizeBytes } = await working(machine);
  const found = `${sizeText(freeBytes)} of ${sizeText(sizeBytes)} free`;
  if (freeBytes < FREE_BYTES.none) return wrong(found, LESS_LOG);
  return freeBytes < FREE_BYTES.little ? warning(found, LESS_LOG) : ok(found);
}

async function askSync(machine: Machine): Promise<Finding> {
  const { syncMs } = await working(machine);
  const sorted = [...syncMs].sort((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const worst = sorted.at(-1) ?? 0;
  const found = `a write is on disk in ${median.toFixed(1)} ms (median of ${sorted.length}, worst ${worst.toFixed(1)} ms)`;
  if (median > SYNC_MS.tooSlow) return wrong(`${found}: no rider is answered in time`, KERNEL_LOG);
  return median > SYNC_MS.slow ? warning(`${found}: slow for a rider who waits`, KERNEL_LOG) : ok(found);
}
