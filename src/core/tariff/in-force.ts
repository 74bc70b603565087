/** From which day to which a tariff is in force, whichever of its versions it is. */
import { addDays, type ServiceDate } from '../time.ts';
import type { TariffSettings } from './settings.ts';

/** Both days included; without an end, for ever. */
export interface InForce {
  readonly from: ServiceDate;
  readonly to?: ServiceDate;
}

export function inForceOf({ effective, versions }: TariffSettings): InForce {
  const all = [effective, ...versions]
    .map(({ from, to }) => ({ from: typeof from === 'number' ? from : addDays(from.after, 1), to }))
    .sort((a, b) => a.from - b.from);
  const [first, last] = [all[0] ?? effective, all.at(-1) ?? effective];
  return { from: first.from, ...(last.to === undefined ? {} : { to: last.to }) };
}
