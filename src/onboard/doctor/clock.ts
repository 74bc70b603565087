/** The machine's clock: was it ever set, and does anybody keep it. */
import { NEVER_BEFORE } from '../clock.ts';
import { spanText } from './amounts.ts';
import { type Check, type Finding, ok, warning, wrong } from './check.ts';
import type { Machine, Vehicle } from './patient.ts';

const SET = 'sudo timedatectl set-ntp true';

export const CLOCK: readonly Check[] = [
  { name: 'clock', of: 'machine', ask: askSet },
  { name: 'clock-sync', after: ['clock'], of: 'machine', ask: askSync },
  { name: 'clock-order', after: ['clock', 'journal'], of: 'vehicle', ask: askOrder },
];

function askSet({ system }: Machine): Finding {
  const nowMs = system.now();
  const reads = `reads ${new Date(nowMs).toISOString()}`;
  return nowMs < NEVER_BEFORE ? wrong(`${reads}: it was never set`, SET) : ok(reads);
}

/** systemd's own keeper, or chrony. */
async function askSync({ system }: Machine): Promise<Finding> {
  const systemd = await system.run('timedatectl', 'show', '--property=NTPSynchronized', '--value');
  if (systemd.code === 0 && systemd.out.trim() === 'yes') return ok('kept by the network (timedatectl)');
  const chrony = await system.run('chronyc', 'tracking');
  if (/^Leap status\s*:\s*Normal$/m.test(chrony.out)) return ok('kept by the network (chronyc)');
  if (systemd.code === 0) return warning('nothing has set it from the network since the start', SET);
  const INSTALL = `sudo apt install -y systemd-timesyncd && ${SET}`;
  return warning('nobody keeps it: neither timedatectl nor chronyc answers', INSTALL);
}

/** Behind its own last tap the clock was not set since; the validator says the same on every record. */
async function askOrder({ system, journal, note }: Vehicle): Promise<Finding> {
  const seen = journal();
  const lastMs = seen.kind === 'whole' ? seen.facts.lastSetMs : (await note())?.atMs;
  if (lastMs === undefined) return ok('no tap to compare it with');
  const behindMs = lastMs - system.now();
  if (behindMs <= 0) return ok('not behind the last tap');
  const moment = new Date(lastMs).toISOString();
  return wrong(`${spanText(behindMs)} behind the last tap, of ${moment}`, SET);
}
