/** Who may pay by a tariff, and which of them hold a right: to a category, a discount, a pass, a cheaper medium. */
import type { HeldPass } from '../../core/entitlement.ts';
import type { Pass } from '../../core/tariff/passes.ts';
import type { Fare, Tariff } from '../../core/tariff/tariff.ts';

export interface Payer {
  readonly medium: string;
  readonly category: string;
  readonly passes: readonly HeldPass[];
  /** Programmes whose points are to pay. */
  readonly redeem: readonly string[];
}

/** A payer, and the same without what should make rides cheaper. */
export interface Right {
  readonly holder: Payer;
  readonly without: Payer;
}

/** The default category by the first medium first; whoever has no fare anywhere is left out. */
export function payersOf(tariff: Tariff): readonly Payer[] {
  const { categoryNames, mediumNames, defaultCategory, passes, loyalty } = tariff;
  const categories = [defaultCategory, ...categoryNames.filter(name => name !== defaultCategory)];
  const plain = categories.flatMap(category =>
    mediumNames
      .map(medium => ({ medium, category, passes: [], redeem: [] }))
      .filter(payer => faresOf(tariff, payer).some(fare => fare !== undefined)),
  );
  const [first] = plain;
  if (first === undefined) return [];
  const redeem = loyalty.filter(({ redemption }) => redemption !== undefined).map(({ id }) => id);
  return [
    ...plain,
    ...passes.map(pass => ({ ...holderOf(tariff, pass, plain, first), passes: [{ pass: pass.id }] })),
    ...redeem.map(programme => ({ ...first, redeem: [programme] })),
  ];
}

/** The plainest of whom a pass carries. */
function holderOf(tariff: Tariff, { covers }: Pass, payers: readonly Payer[], first: Payer): Payer {
  const isCovered = ({ medium, category }: Payer) =>
    covers.media?.[tariff.media[medium]?.index ?? 0] !== false &&
    covers.categories?.[tariff.categories[category]?.index ?? 0] !== false;
  return payers.find(isCovered) ?? first;
}

/** Of two payers that differ in one thing. */
export function rightsOf(tariff: Tariff, payers: readonly Payer[]): readonly Right[] {
  return payers.flatMap(holder =>
    payers.filter(without => isRight(tariff, holder, without)).map(without => ({ holder, without })),
  );
}

/** A pass and points against nothing, a category against what it falls back to, a medium against another. */
function isRight(tariff: Tariff, holder: Payer, without: Payer): boolean {
  if (without.passes.length + without.redeem.length > 0) return false;
  const isSameMedium = holder.medium === without.medium;
  const isSameCategory = holder.category === without.category;
  if (holder.passes.length + holder.redeem.length > 0) return isSameMedium && isSameCategory;
  if (isSameMedium === isSameCategory) return false;
  const fallback = tariff.categories[holder.category]?.fallback ?? tariff.defaultCategory;
  if (isSameMedium && without.category !== fallback) return false;
  const [own, others] = [faresOf(tariff, holder), faresOf(tariff, without)];
  return (isConceded(own) && !isConceded(others)) || isCheaper(own, others);
}

/** By leg; undefined where it is not sold to them. */
function faresOf(tariff: Tariff, { medium, category }: Payer): readonly (Fare | undefined)[] {
  const { categories, media, mediumNames, prices } = tariff;
  const cell = (categories[category]?.index ?? -1) * mediumNames.length + (media[medium]?.index ?? -1);
  return prices.fares.map(fares => fares[cell] ?? undefined);
}

function isConceded(fares: readonly (Fare | undefined)[]): boolean {
  return fares.some(fare => fare?.reason === 'concession' || fare?.reason === 'free-ride');
}

/** Nowhere dearer, and somewhere less: of a medium or a category that is sold at prices of its own. */
function isCheaper(own: readonly (Fare | undefined)[], others: readonly (Fare | undefined)[]): boolean {
  const differences = own.flatMap((fare, leg) => {
    const other = others[leg];
    return fare === undefined || other === undefined ? [] : [fare.amountMinor - other.amountMinor];
  });
  return differences.every(difference => difference <= 0) && differences.some(difference => difference < 0);
}
