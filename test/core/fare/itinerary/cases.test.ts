/** The worked examples of the public GTFS guides, through the function that `tura fare legs` calls. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Rider } from '../../../../src/core/fare/itinerary/itinerary.ts';
import { readItinerary } from '../../../../src/core/fare/itinerary/read-itinerary.ts';
import { formatAmount } from '../../../../src/core/money.ts';
import { type Case, casesOf } from '../../../cases.ts';
import { byMedium, type Files, rate } from './feed.ts';

interface Expected {
  readonly currency?: string;
  readonly total?: string;
  readonly default_total?: string;
  readonly total_by_medium?: Record<string, string>;
  readonly total_by_rider_category?: Record<string, string>;
  readonly total_for_product?: { readonly product: string; readonly amount: string };
  readonly product_rows?: readonly { readonly medium: string | null; readonly amount: string }[];
  readonly offers_by_leg?: readonly (readonly { readonly product: string }[])[];
  readonly unknown_fare?: boolean;
}

const UNDERSTOOD = new Set([
  'currency', 'total', 'default_total', 'total_by_medium', 'total_by_rider_category', 'total_for_product',
  'product_rows', 'offers_by_leg', 'unknown_fare',
]); // biome-ignore format: names read best as one block

function price(one: Case, rider?: Rider) {
  const { files } = one.tariff as { files: Files };
  const named = Object.fromEntries(
    Object.entries(files).map(([name, text]) => [name.replace('.txt', ''), text]),
  );
  const { itinerary, problems } = readItinerary(JSON.stringify(one.journey), 'journey.json');
  assert.equal(problems, []);
  assert.ok(itinerary !== undefined);
  const priced = rate(named, { legs: itinerary.legs, rider });
  assert.ok(priced.kind === 'priced');
  const { total, currency = '' } = priced;
  return { priced, currency, total: total === undefined ? null : formatAmount(total, currency) };
}

const missing = (body: () => void) => test('the cases of the GTFS guides', body);
for (const one of casesOf('gtfsorg-', missing)) {
  test(`${one.id}: ${one.title}`, () => {
    const expected = one.expect as Expected;
    for (const key of Object.keys(expected)) assert.ok(UNDERSTOOD.has(key), `'${key}' is understood`);
    const { priced, currency, total } = price(one);
    if (expected.unknown_fare === true) assert.equal([total, priced.fareLegs], [null, []]);
    if (expected.currency !== undefined) assert.is(currency, expected.currency);
    const single = expected.total ?? expected.default_total ?? expected.total_for_product?.amount;
    if (single !== undefined) assert.is(total, single);
    if (expected.total_by_medium !== undefined) assert.equal(byMedium(priced), expected.total_by_medium);
    if (expected.total_for_product !== undefined)
      assert.equal(
        [...new Set(priced.fareLegs.map(leg => leg.product))],
        [expected.total_for_product.product],
      );
    for (const [category, amount] of Object.entries(expected.total_by_rider_category ?? {}))
      assert.is(price(one, { categories: [category] }).total, amount, category);
    for (const { medium, amount } of expected.product_rows ?? [])
      if (medium !== null) assert.is(price(one, { media: [medium] }).total, amount, medium);
    expected.offers_by_leg?.forEach((offers, leg) => {
      assert.ok(offers.some(({ product }) => product === priced.fareLegs[leg]?.product));
    });
  });
}

test.run();
