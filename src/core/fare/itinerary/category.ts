/** Rider categories, and whose fare a rider pays who names none. */
import type { ItineraryTables } from '../../tariff/tables.ts';
import type { Findings } from '../match/findings.ts';
import { grouped } from '../match/grouped.ts';
import { Names, NONE } from '../match/names.ts';

export interface RiderCategories {
  readonly names: Names;
  /** 'The main category that should be displayed to riders.' Empty where the feed marks none. */
  readonly defaults: readonly number[];
}

export function compileCategories(
  { riderCategories, fareProducts }: ItineraryTables,
  findings: Findings,
): RiderCategories {
  const names = new Names();
  const defaults: number[] = [];
  for (const row of riderCategories.rows) {
    const category = names.add(row.rider_category_id);
    if (row.is_default_fare_category === 1) defaults.push(category);
  }
  const defined = [...names.all];
  for (const row of fareProducts.rows) {
    if (row.rider_category_id === undefined || names.of(row.rider_category_id) !== NONE) continue;
    findings.unknown(
      fareProducts,
      row,
      'rider_category_id',
      defined,
      defined.length > 0 ? 'error' : 'warning',
    );
    names.add(row.rider_category_id);
  }
  const named = fareProducts.rows.find(row => row.rider_category_id !== undefined);
  if (named !== undefined && defaults.length === 0) {
    const what = 'no rider category is the default: a rider who names none pays only what is for everybody';
    findings.warn(fareProducts, named, 'rider_category_id', { what });
  }
  refuseTwoDefaults({ riderCategories, fareProducts }, findings);
  return { names, defaults };
}

/** 'There must be exactly one of these eligible rider categories indicated as the default', for each product. */
function refuseTwoDefaults(
  { riderCategories, fareProducts }: Pick<ItineraryTables, 'riderCategories' | 'fareProducts'>,
  findings: Findings,
): void {
  const marked = riderCategories.rows.filter(row => row.is_default_fare_category === 1);
  for (const [product, rows] of grouped(fareProducts.rows, row => row.fare_product_id)) {
    const eligible = new Set(rows.map(row => row.rider_category_id));
    const [first, second] = marked.filter(row => eligible.has(row.rider_category_id));
    if (first === undefined || second === undefined) continue;
    const what = `a second default beside '${first.rider_category_id}', for '${product}'`;
    const expected = 'one default for each product';
    findings.wrong(riderCategories, second, 'is_default_fare_category', {
      what,
      expected,
      kind: `default ${second.line}`,
    });
  }
}
