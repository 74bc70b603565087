/** The tariff and the token keys that the device file names: are they right, and in force. */
import { formatProblem, TuraError } from '../../core/error.ts';
import type { Tariff } from '../../core/tariff/tariff.ts';
import { type Tariffs, tariffAt } from '../../core/tariff/versions.ts';
import { addDays, formatDate, type ServiceDate, serviceDateAt } from '../../core/time.ts';
import { readTariff } from '../../gtfs/tariff-folder.ts';
import { readKeyFiles } from '../key-files.ts';
import { type Check, type Finding, ok, warning, wrong } from './check.ts';
import type { Vehicle } from './patient.ts';
import { shellWord } from './shell-word.ts';

/** Time enough to bring the next tariff to a vehicle. */
const SOON_DAYS = 14;

export const TARIFF: readonly Check[] = [
  { name: 'token-keys', of: 'vehicle', ask: askKeys },
  { name: 'tariff', of: 'vehicle', ask: askTariff },
];

function askKeys({ device }: Vehicle): Finding {
  const { keys, realm } = readKeyFiles(device.tokenKeys);
  if (realm === device.realm) return ok(`${keys.length === 1 ? 'one' : 'two'}, of the realm ${realm}`);
  return wrong(
    `keys of the realm ${realm} in a vehicle of the realm ${device.realm}`,
    `write keys of the realm ${device.realm} under 'tokenKeys' in ${device.file}`,
  );
}

function askTariff({ device, crypto, system }: Vehicle): Finding {
  const check = `tura tariff check ${shellWord(device.tariff)}`;
  try {
    const { tariffs, warnings } = readTariff(device.tariff, crypto);
    const { zone, dayStartS } = tariffs[0];
    const inForce = judge(tariffs, serviceDateAt(zone, dayStartS, system.now()), check);
    const [first] = warnings;
    if (inForce.state !== 'ok' || first === undefined) return inForce;
    return warning(`${inForce.found}; ${formatProblem(first)}`, check);
  } catch (error) {
    if (!(error instanceof TuraError)) throw error;
    const [first, ...more] = error.problems;
    const found = first === undefined ? error.message : formatProblem(first);
    return wrong(more.length === 0 ? found : `${found}; and ${more.length} more`, check);
  }
}

function judge(tariffs: Tariffs, today: ServiceDate, check: string): Finding {
  const now = tariffAt(tariffs, today);
  const [next] = tariffs.filter(({ effectiveFrom }) => effectiveFrom > today);
  if (now === 'none') {
    const from =
      next === undefined ? 'and none is to come' : `the next from ${formatDate(next.effectiveFrom)}`;
    return wrong(`no version is in force on ${formatDate(today)}, ${from}`, check);
  }
  if (now === 'unknown')
    return wrong(`nobody published which version is in force on ${formatDate(today)}`, check);
  const found = `${nameOf(now)} in force since ${formatDate(now.effectiveFrom)}`;
  if (next !== undefined) return ok(`${found}; next from ${formatDate(next.effectiveFrom)}`);
  const { effectiveTo } = now;
  if (effectiveTo === undefined) return ok(found);
  const ends = `${found}, until ${formatDate(effectiveTo)} and none after it`;
  return effectiveTo > addDays(today, SOON_DAYS) ? ok(ends) : warning(ends, check);
}

function nameOf({ tariffId, revision }: Tariff): string {
  return `${tariffId}, revision ${revision},`;
}
