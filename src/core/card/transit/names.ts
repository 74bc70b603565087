/**
 * Names on a card, where there is no room for them: each is a number made of it (FNV-1a), two bytes for what a tariff
 * names and four for stops, routes and trips. Whoever reads the card knows which names there are.
 *
 * Two names of a tariff that give the same number are refused by name before any card is issued (`clashes`). Of stops,
 * routes and trips two may fall together by chance, once in four thousand million pairs: such a rider is taken for one
 * who has not changed vehicles, and pays a ride.
 */
import { TuraError } from '../../error.ts';
import { fnv1a } from '../../fnv.ts';
import type { Tariffs } from '../../tariff/versions.ts';

/** A name that nobody here knows stands as its number, and goes back to the card as the same. */
const UNKNOWN = /^#([0-9a-f]{4}|[0-9a-f]{8})$/;

export function longNumberOf(name: string): number {
  const unknown = UNKNOWN.exec(name)?.[1];
  if (unknown?.length === 8) return Number.parseInt(unknown, 16);
  return fnv1a(name);
}

export function shortNumberOf(name: string): number {
  const unknown = UNKNOWN.exec(name)?.[1];
  if (unknown?.length === 4) return Number.parseInt(unknown, 16);
  const long = longNumberOf(name);
  return (long >>> 16) ^ (long & 0xffff);
}

/** The names that numbers on a card may stand for. */
export interface Names {
  short(number: number): string;
  long(number: number): string;
}

/** Of everything these versions of a tariff name. Made once; throws bad-input where two names give one number. */
export function namesOf(tariffs: Tariffs): Names {
  const short = new Map([[shortNumberOf(''), '']]);
  for (const name of tariffNames(tariffs)) {
    const number = shortNumberOf(name);
    const standing = short.get(number);
    if (standing !== undefined && standing !== name) {
      const what = `'${standing}' and '${name}' are the same to a card`;
      throw new TuraError('bad-input', what, { expected: 'another name for one of them' });
    }
    short.set(number, name);
  }
  const long = new Map([[longNumberOf(''), '']]);
  for (const { zoneOfStop, networkOfRoute } of tariffs) {
    for (const name of [...Object.keys(zoneOfStop), ...Object.keys(networkOfRoute)])
      long.set(longNumberOf(name), name);
  }
  return {
    short: number => short.get(number) ?? `#${number.toString(16).padStart(4, '0')}`,
    long: number => long.get(number) ?? `#${number.toString(16).padStart(8, '0')}`,
  };
}

/** Where and on what trip a card is just now: what it holds may stand for these. */
export function namesHere(names: Names, here: readonly (string | undefined)[]): Names {
  const [short, long] = [new Map<number, string>(), new Map<number, string>()];
  for (const name of here) {
    if (name === undefined) continue;
    short.set(shortNumberOf(name), name);
    long.set(longNumberOf(name), name);
  }
  return {
    short: number => short.get(number) ?? names.short(number),
    long: number => long.get(number) ?? names.long(number),
  };
}

function tariffNames(tariffs: Tariffs): Set<string> {
  const named = tariffs.flatMap(tariff => [
    ...tariff.categoryNames,
    ...tariff.mediumNames,
    ...tariff.networkNames,
    tariff.hash,
    ...[tariff.transfers, tariff.caps, tariff.passes, tariff.loyalty].flatMap(rules =>
      rules.map(({ id }) => id),
    ),
  ]);
  return new Set(named);
}
