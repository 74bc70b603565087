/**
 * What of a compiled tariff decides a fare, as one text: where that is the same, a change has only said the same in other
 * words. Left out are names of what decides (its hash, its rules, which of equal leg rules and products is told), and what
 * nothing asks for.
 */
import type { Fare, Prices } from '../../core/tariff/tariff.ts';
import type { Tariffs } from '../../core/tariff/versions.ts';
import { withoutUnasked } from './unasked.ts';

export function whatDecides(tariffs: Tariffs): string {
  const isAsked = areSeveral(tariffs);
  return JSON.stringify(
    tariffs.map(withoutUnasked).map(({ hash: _hash, rules: _rules, prices, pricedBy, ...rest }) => ({
      ...rest,
      pricedBy: isAsked ? pricedBy : undefined,
      prices: pricesOf(prices),
    })),
  );
}

/** Which version prices a journey is asked where it may end under another one than it began, or under none. */
function areSeveral([first, ...others]: Tariffs): boolean {
  return others.length > 0 || first.effectiveTo !== undefined;
}

/** What each kind of ride costs, however leg rules share their rows. */
function pricesOf({ legs, exitBands, fares }: Prices): object {
  const rows = fares.map(row => row.map(fare => (fare === null ? null : paid(fare))));
  return { exitBands, legs: legs.map(leg => rows[leg] ?? null) };
}

function paid({ reason, amountMinor, baseMinor, lines }: Fare): object {
  const shares = lines.map(({ funder, amountMinor, referenceMinor }) => [
    funder,
    amountMinor,
    referenceMinor,
  ]);
  return { reason, amountMinor, baseMinor, shares };
}
