/** Fares by distance: how far areas lie apart, and what the way adds to a base price. */
import { exponentOf, type MinorUnits, type Rounding, roundExact } from '../money.ts';
import type { TariffSettings } from './settings.ts';
import type { TariffTables } from './tables.ts';

type Rule = TariffSettings['distances'][number];

/** Metres between two zones, by the shortest of their areas' ways; undefined where no row says. */
export type Metres = (from: readonly string[], to: readonly string[]) => number | undefined;

export function compileMetres({ distances }: TariffTables): Metres {
  const between = new Map<string, number>();
  for (const { from_area_id, to_area_id, metres } of distances.rows) {
    between.set(`${from_area_id}\0${to_area_id}`, metres);
    // One row serves both ways, unless the way back has its own.
    const back = `${to_area_id}\0${from_area_id}`;
    if (!between.has(back)) between.set(back, metres);
  }
  return (from, to) => {
    const ways = from.flatMap(a => to.flatMap(b => between.get(`${a}\0${b}`) ?? []));
    return ways.length === 0 ? undefined : Math.min(...ways);
  };
}

/** What `metres` add to the base, rounded once at the end. */
export function wayMinor(rule: Rule, metres: number, currency: string, rounding: Rounding): MinorUnits {
  const { numerator, denominator } = exactWay(rule, metres, currency);
  return roundExact(numerator, denominator, rounding);
}

/**
 * In minor units. Whole stretches need no fraction; shares do, over the product of all stretches' lengths, which no
 * number holds exactly.
 */
export function exactWay(
  { steps }: Rule,
  metres: number,
  currency: string,
): { readonly numerator: bigint; readonly denominator: bigint } {
  const scale = finest(steps);
  const shares = steps.reduce(
    (product, { everyMetres, begun }) => (begun ? product : product * BigInt(everyMetres)),
    1n,
  );
  let from = 0;
  let numerator = 0n;
  for (const { upToMetres = Number.POSITIVE_INFINITY, everyMetres, add, begun } of steps) {
    const within = Math.min(metres, upToMetres) - from;
    if (within <= 0) break;
    const unit = toScale(add, scale) * shares;
    numerator += begun
      ? BigInt(Math.ceil(within / everyMetres)) * unit
      : (BigInt(within) * unit) / BigInt(everyMetres);
    from = upToMetres;
  }
  return { numerator, denominator: shares * 10n ** BigInt(scale - exponentOf(currency)) };
}

/** Digits after the point of the finest amount, at least the currency's. */
function finest(steps: Rule['steps']): number {
  return Math.max(4, ...steps.map(({ add }) => add.split('.')[1]?.length ?? 0));
}

function toScale(amount: string, scale: number): bigint {
  const [whole = '', fraction = ''] = amount.split('.');
  return BigInt(whole + fraction.padEnd(scale, '0'));
}
