/** The lists in force on board: there, of this realm, and young enough. */
import { existsSync } from 'node:fs';
import type { Freshness } from '../../core/list/envelope.ts';
import { openActions } from '../actions/actions.ts';
import { openCards } from '../cards/cards.ts';
import type { AppliedList } from '../list/snapshot.ts';
import { openStopList } from '../stoplist/stop-list.ts';
import { listFiles } from '../vehicle/fit-out.ts';
import { countText, spanText } from './amounts.ts';
import { type Check, type Finding, notAsked, ok, warning, wrong } from './check.ts';
import type { Vehicle } from './patient.ts';

const after = ['better-sqlite3'];

export const LISTS: readonly Check[] = [
  listCheck('stop-list', 'stopList', openStopList),
  listCheck('cards', 'cards', openCards),
  listCheck('actions', 'actions', openActions),
];

type List = keyof ReturnType<typeof listFiles>;

function listCheck(name: string, list: List, open: (file: string) => AppliedList): Check {
  return {
    name,
    after,
    of: 'vehicle',
    ask: vehicle => {
      const { device, stateFolder } = vehicle;
      const source = device[list];
      return source === undefined
        ? notAsked(`the device file names no ${name}`)
        : askList(vehicle, source, listFiles(device, stateFolder)[list], open);
    },
  };
}

function askList(
  { device, system }: Vehicle,
  source: string,
  file: string,
  open: (file: string) => AppliedList,
): Finding {
  if (!existsSync(file)) return notAsked(`none yet: the validator applies ${source} when it starts`);
  const list = open(file);
  try {
    const { envelope, count } = list;
    const mend = mendOf(source);
    if (envelope === undefined) return wrong('nothing is in force', mend);
    const { version, realm, createdAt } = envelope;
    const age = spanText(system.now() - createdAt);
    const found = `version ${version}, ${countText(count, 'entry', 'entries')}, ${age} old`;
    if (realm !== device.realm) return wrong(`${found}, of the realm ${realm}`, mend);
    return judge(found, list.freshness(system.now()), mend);
  } finally {
    list.close();
  }
}

function judge(found: string, freshness: Freshness, mend: string): Finding {
  switch (freshness) {
    case 'fresh':
      return ok(found);
    case 'stale':
      return warning(`${found}: stale`, mend);
    case 'expired':
    case 'early':
    case 'missing':
      return wrong(`${found}: ${freshness}`, mend);
    default:
      return freshness satisfies never;
  }
}

/** A plain file becomes a new bundle at the next start; a bundle has to be brought. */
function mendOf(source: string): string {
  const restart = 'sudo systemctl restart tura';
  return source.endsWith('.cbor') ? `put a newer bundle at ${source}, then: ${restart}` : restart;
}
