/** How long a card of memory lasts: what is written beside the taps is what it can be spared. */
import { type Finding, notAsked, ok, warning } from './check.ts';
import { mountBelow } from './mount.ts';
import type { Machine } from './patient.ts';
import type { System } from './system.ts';

const SPARE_CARD = 'sudo /opt/tura/devices/raspberry-pi/install.sh --sd-card';

/** eMMC counts its wear in tenths of its life. */
const WORN_TENTHS = 9;

/** An SD card does not say how much of it is left; eMMC does, for two kinds of its memory. */
export async function askWear(machine: Machine): Promise<Finding> {
  const { system } = machine;
  const card = /^\/dev\/(mmcblk\d+)/.exec((await mountBelow(machine))?.source ?? '')?.[1];
  if (card === undefined) return notAsked('the state stands on no card of memory');
  const is = async (file: string) => (await system.read(`/sys/block/${card}/device/${file}`))?.trim() ?? '';
  const name = `${card}, ${await is('type')} ${await is('name')}`;
  const tenths = Math.max(0, ...(await is('life_time')).split(' ').filter(Boolean).map(Number));
  if (tenths >= WORN_TENTHS) {
    return warning(`${name}: ${tenths * 10} % of its life is used`, 'put in another card, then: tura doctor');
  }
  const spared = [...(await swaps(system, card)), ...(await logs(system))];
  if (spared.length === 0) return ok(name);
  return warning(
    `${name}: also ${spared.map(({ what }) => what).join(', and ')}`,
    spared.map(({ mend }) => mend).join(' && '),
  );
}

interface Sparing {
  readonly what: string;
  readonly mend: string;
}

/** A swap file is on the card too, where the root is; compressed memory (zram) is not. */
async function swaps(system: System, card: string): Promise<readonly Sparing[]> {
  const [, ...lines] = ((await system.read('/proc/swaps')) ?? '').split('\n');
  const onCard = lines.filter(line => line.startsWith(`/dev/${card}`) || / file\s/.test(line));
  return onCard.length === 0
    ? []
    : [{ what: 'swaps to it', mend: 'sudo swapoff -a && sudo systemctl disable dphys-swapfile' }];
}

async function logs(system: System): Promise<readonly Sparing[]> {
  const isKept = (await system.look('/var/log/journal')) !== undefined;
  const isSpared = (await system.look('/etc/systemd/journald.conf.d/tura.conf')) !== undefined;
  return isKept && !isSpared ? [{ what: "keeps the system's log", mend: SPARE_CARD }] : [];
}
