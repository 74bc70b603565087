/** What the state folder stands on, as Linux lists it in /proc/self/mountinfo (proc_pid_mountinfo(5)). */
import type { Machine } from './patient.ts';

export interface Mount {
  readonly point: string;
  /** `ext4`, `tmpfs`, `overlay`. */
  readonly type: string;
  /** `/dev/mmcblk0p2`, where a device is behind it. */
  readonly source: string;
}

/** Undefined where the disk does not work, or where this system lists nothing. */
export async function mountBelow({ system, disk }: Machine): Promise<Mount | undefined> {
  const [mounts, answer] = await Promise.all([system.read('/proc/self/mountinfo'), disk()]);
  return mounts === undefined || answer.kind !== 'works' ? undefined : mountOf(mounts, answer.folder);
}

/** `path` by its real name. Undefined where nothing is listed. */
export function mountOf(mountinfo: string, path: string): Mount | undefined {
  let found: Mount | undefined;
  for (const line of mountinfo.split('\n')) {
    const mount = readMount(line);
    if (mount === undefined || !holds(mount.point, path)) continue;
    // The deepest holds it; of two in one place, the later one covers the earlier.
    if (found === undefined || mount.point.length >= found.point.length) found = mount;
  }
  return found;
}

/** `36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw`: the fields before the dash vary in number. */
function readMount(line: string): Mount | undefined {
  const [before = '', after = ''] = line.split(' - ', 2);
  const point = before.split(' ')[4];
  const [type, source] = after.split(' ');
  if (point === undefined || type === undefined || source === undefined) return undefined;
  return { point: unescaped(point), type, source };
}

/** A space is written `\040`. */
function unescaped(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_whole, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 8)),
  );
}

function holds(point: string, path: string): boolean {
  return point === '/' || path === point || path.startsWith(`${point}/`);
}
