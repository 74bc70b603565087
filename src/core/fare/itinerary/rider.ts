/** Who rides, in numbers: the categories that prices are looked up by, and the media that may pay. */
import { expectedOneOf } from '../../suggest.ts';
import { NONE } from '../match/names.ts';
import type { Rider } from './itinerary.ts';
import type { Fault } from './priced.ts';
import type { Products } from './product.ts';

/** Sorted, each once. Without categories in the rider's own words, the feed's default. */
export function categoriesOf(
  rider: Rider | undefined,
  { categories }: Products,
  faults: Fault[],
): readonly number[] {
  const { names, defaults } = categories;
  const own = rider?.categories ?? [];
  if (own.length === 0) return defaults;
  // A feed that knows no categories has one price for all of them.
  if (names.all.length === 0) return [];
  const found = own.map((id, place) => {
    const category = names.of(id);
    if (category === NONE) faults.push(unknown('categories', place, 'rider category', id, names.all));
    return category;
  });
  return [...new Set(found)].sort((a, b) => a - b);
}

/** The media of the feed that the rider has; all of them where the rider says nothing. */
export function mediaOf(rider: Rider | undefined, { media }: Products, faults: Fault[]): readonly number[] {
  const { names, areNamed, all } = media;
  const own = rider?.media ?? [];
  if (!areNamed || own.length === 0) return all;
  const found = own.map((id, place) => {
    const medium = names.of(id);
    if (medium === NONE) faults.push(unknown('media', place, 'fare medium', id, names.all));
    return medium;
  });
  return [...new Set(found)].sort((a, b) => a - b);
}

function unknown(list: string, place: number, kind: string, id: string, known: readonly string[]): Fault {
  return { path: ['rider', list, place], what: `no ${kind} '${id}'`, expected: expectedOneOf(id, known) };
}
