/** Each serial line: is it there, is it one, may it be opened, and does anybody else speak on it. */
import { basename } from 'node:path';
import { type Check, type Finding, ok, warning, wrong } from './check.ts';
import type { Standing, System } from './system.ts';

const BY_ID = '/dev/serial/by-id';
const LIST = `ls -l ${BY_ID}/`;

/** Named in the order in which adapters were plugged in, so by chance. */
const BY_CHANCE = /^\/dev\/tty(USB|ACM)\d+$/;

export function serialChecks(paths: readonly string[]): readonly Check[] {
  return paths.map(path => ({
    name: `serial-${basename(path)}`,
    after: ['serialport'],
    of: 'machine',
    ask: machine => askLine(machine.system, path),
  }));
}

async function askLine(system: System, path: string): Promise<Finding> {
  const standing = await system.look(path);
  if (standing === undefined) {
    const others = (await system.list(BY_ID)) ?? [];
    const there = others.length === 0 ? 'no adapter is plugged in' : `plugged in: ${others.join(', ')}`;
    return wrong(`nothing at ${path}; ${there}`, LIST);
  }
  if (standing.kind !== 'character device') return wrong(`${path} is a ${standing.kind}, and no line`, LIST);
  const code = await system.tryOpen(path);
  if (code === 'EBUSY') return ok(`${path} is open already, in a validator or elsewhere`);
  if (code !== undefined) return notOpened(system, path, standing, code);
  return (await speaksOn(system, standing)) ?? (await namedByChance(system, path)) ?? ok(`${path} opens`);
}

async function notOpened(
  system: System,
  path: string,
  { groupId }: Standing,
  code: string,
): Promise<Finding> {
  if (code !== 'EACCES' && code !== 'EPERM') {
    return wrong(`${path} does not open (${code})`, "sudo dmesg --ctime | grep -i 'usb\\|tty' | tail -n 20");
  }
  const group = await groupName(system, groupId);
  return wrong(
    `${system.user} has no right to open ${path}, which is of the group ${group}`,
    `sudo usermod -aG ${group} ${system.user}  # then log in anew`,
  );
}

async function groupName(system: System, groupId: number): Promise<string> {
  const groups = ((await system.read('/etc/group')) ?? '').split('\n').map(line => line.split(':'));
  return groups.find(([, , id]) => id === String(groupId))?.[0] ?? String(groupId);
}

/** A Pi's own line carries the kernel's console until it is told otherwise. */
async function speaksOn(system: System, { path }: Standing): Promise<Finding | undefined> {
  const words = ((await system.read('/proc/cmdline')) ?? '').trim().split(/\s+/);
  const isConsole = words.some(word => word.split(',', 1).join('') === `console=${basename(path)}`);
  if (!isConsole) return undefined;
  return wrong(
    `the kernel's console speaks on ${path}`,
    'sudo raspi-config nonint do_serial_cons 1 && sudo reboot',
  );
}

async function namedByChance(system: System, path: string): Promise<Finding | undefined> {
  if (!BY_CHANCE.test(path)) return undefined;
  for (const name of (await system.list(BY_ID)) ?? []) {
    const standing = await system.look(`${BY_ID}/${name}`);
    if (standing?.path !== path) continue;
    return warning(
      `${path} opens, but is another line when adapters are plugged in otherwise`,
      `write ${BY_ID}/${name} in the device file`,
    );
  }
  return undefined;
}
