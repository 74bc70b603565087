/** Words of a compiled tariff that nothing of it asks for: whatever they say, every fare is decided alike. */
import type { Pass } from '../../core/tariff/passes.ts';
import type { Tariff } from '../../core/tariff/tariff.ts';
import { isPaidAtEntry } from '../paid-at-entry.ts';

export function withoutUnasked(tariff: Tariff) {
  const { rounding, sumRounding, weekStart, passes } = tariff;
  return {
    ...tariff,
    rounding: takesShares(tariff) ? rounding : undefined,
    // Lines are whole minor units, and so is their sum.
    sumRounding: sumRounding?.rounding.stepMinor === 1 ? undefined : sumRounding,
    weekStart: countsByWeeks(tariff) ? weekStart : undefined,
    passes: passes.map(pass => ({ ...pass, valid: beginsByCalendar(pass) ? pass.valid : undefined })),
    ...(isPaidAtEntry(tariff) ? {} : ofJourneys(tariff)),
  };
}

/** Of what is known only when a ride is rated; shares of fares are worked out beforehand. */
function takesShares({ transfers, caps }: Tariff): boolean {
  return (
    transfers.some(({ price }) => price.kind === 'share') ||
    caps.some(({ beyondHundredths }) => beyondHundredths > 0)
  );
}

function countsByWeeks({ caps, passes }: Tariff): boolean {
  return [...caps, ...passes].some(({ period }) => period?.kind === 'calendar' && period.every === 'week');
}

/** Else a pass that does not say its first day begins with its first ride, either way. */
function beginsByCalendar({ period }: Pass): boolean {
  return period?.kind === 'calendar' || period?.kind === 'every-days';
}

/** Where every ride is left by a tap: nobody rides along, and no trip refuses a card. */
function ofJourneys({ passback, categories, media, transfers, caps }: Tariff) {
  const alone = { ridersPerTrip: undefined };
  return {
    passback: { ...passback, furtherBy: undefined, refuseMs: undefined },
    categories: mapped(categories, category => ({ ...category, ...alone })),
    media: mapped(media, medium => ({ ...medium, ...alone })),
    transfers: transfers.map(transfer => ({ ...transfer, groupCovered: undefined })),
    caps: caps.map(cap => ({ ...cap, groupCounts: undefined })),
  };
}

function mapped<From, To>(record: Readonly<Record<string, From>>, map: (value: From) => To) {
  return Object.entries(record).map(([name, value]) => [name, map(value)]);
}
