/**
 * What leg rules leave out, or say for nobody: every kind of ride is asked once which rules win. Feeds and tariffs know
 * their kinds in ways of their own; what is found, and how it is said, is the same. All of it is a warning.
 */
import type { FareProductRow, ItineraryLegRuleRow, ItineraryTables } from '../../tariff/tables.ts';
import type { Findings } from './findings.ts';
import { grouped } from './grouped.ts';

export interface Kinds {
  readonly networks: readonly Network[];
  /** Sets of areas that a ride's ends lie in. */
  readonly ends: readonly (readonly string[])[];
  /** Sets of timeframe groups that hold when it begins and when it ends. */
  readonly times: readonly Times[];
  /** By their places in these lists. */
  readonly winners: (
    network: number,
    from: number,
    to: number,
    times: number,
  ) => readonly ItineraryLegRuleRow[];
}

interface Network {
  /** '' is none. */
  readonly name: string;
  /** Somebody rides there: without a fare that is a gap. */
  readonly isRidden: boolean;
}

export interface Times {
  readonly entered: readonly string[];
  readonly left: readonly string[];
  /** A moment at which it is so, `2026-03-02 09:00`; undefined: it never is. */
  readonly example: string | undefined;
}

export type RuleTables = Pick<ItineraryTables, 'fareLegRules' | 'fareProducts' | 'timeframes'>;

export function checkReach(kinds: Kinds, tables: RuleTables, findings: Findings): void {
  const prices = grouped(tables.fareProducts.rows, row => row.fare_product_id);
  const contested = new Contested(prices);
  const reached = new Set<ItineraryLegRuleRow>();
  for (const [index, network] of kinds.networks.entries()) {
    const gaps = walk(kinds, index, asks(tables, network.name), reached, contested);
    if (network.isRidden) tellGaps(network.name, gaps, tables, findings);
  }
  tellUnreached(kinds, reached, tables, findings);
  contested.tell(tables, findings);
}

/** Pairs of ends of one network. */
interface Gaps {
  readonly pairs: number;
  /** In words: pairs without a fare at any time, and pairs that have one at other times. */
  readonly everywhen: readonly string[];
  readonly sometimes: readonly string[];
}

function walk(
  { ends, times, winners }: Kinds,
  network: number,
  isAsked: (areas: readonly string[]) => boolean,
  reached: Set<ItineraryLegRuleRow>,
  contested: Contested,
): Gaps {
  let pairs = 0;
  const [everywhen, sometimes]: [string[], string[]] = [[], []];
  for (const [fromIndex, from] of ends.entries()) {
    for (const [toIndex, to] of ends.entries()) {
      const without: Times[] = [];
      let priced = 0;
      for (const [timesIndex, moment] of times.entries()) {
        const rules = winners(network, fromIndex, toIndex, timesIndex);
        for (const row of rules) reached.add(row);
        if (rules.length > 1) contested.add(rules, from.length > 1 || to.length > 1, moment.example);
        if (rules.length > 0) priced += 1;
        else if (moment.example !== undefined) without.push(moment);
      }
      // A stop in no area is asked for a fare only where nothing else is known.
      if (ends.length > 1 && !(isAsked(from) && isAsked(to))) continue;
      pairs += 1;
      const [first] = without;
      if (first === undefined) continue;
      if (priced === 0) everywhen.push(between(from, to));
      else sometimes.push(`${between(from, to)} ${during(first)}`);
    }
  }
  return { pairs, everywhen, sometimes };
}

/** Which ends a network's fares are asked for: in areas that its own rules name, or that no rule names at all. */
function asks({ fareLegRules }: RuleTables, network: string): (areas: readonly string[]) => boolean {
  const named = (rows: readonly ItineraryLegRuleRow[]) =>
    new Set(rows.flatMap(row => [row.from_area_id ?? [], row.to_area_id ?? []].flat()));
  const all = named(fareLegRules.rows);
  const own = named(
    fareLegRules.rows.filter(row => row.network_id === undefined || row.network_id === network),
  );
  return areas => areas.some(area => own.has(area) || !all.has(area));
}

function tellGaps(
  network: string,
  { pairs, everywhen, sometimes }: Gaps,
  { fareLegRules }: RuleTables,
  findings: Findings,
): void {
  const name = network === '' ? 'in networks that no rule names' : `in '${network}'`;
  const row = fareLegRules.rows.find(({ network_id = '' }) => network_id === network);
  const place = fareLegRules.at(row ?? { line: 1 }, 'network_id');
  const at = row === undefined ? { file: place.file } : place;
  for (const found of [everywhen, sometimes]) {
    const [first] = found;
    if (first === undefined) continue;
    const more = found.length === 1 ? '' : `, and so for ${found.length - 1} more of ${pairs} pairs`;
    findings.add({ at, what: `${name}, no fare ${first}${more}`, severity: 'warning' });
  }
}

function between(from: readonly string[], to: readonly string[]): string {
  return from.length === 0 && to.length === 0 ? 'at all' : `from ${said(from)} to ${said(to)}`;
}

function said(areas: readonly string[]): string {
  return areas.length === 0 ? 'no area' : areas.join(' and ');
}

function during({ entered, example }: Times): string {
  const groups = entered.length === 0 ? 'at times of no timeframe' : `during ${entered.join(' and ')}`;
  return `${groups} (${example})`;
}

function tellUnreached(
  { ends, times }: Kinds,
  reached: ReadonlySet<ItineraryLegRuleRow>,
  { fareLegRules, timeframes }: RuleTables,
  findings: Findings,
): void {
  const groups = new Set(timeframes.rows.map(row => row.timeframe_group_id));
  const [areas, holding] = [
    new Set(ends.flat()),
    new Set(times.flatMap(({ entered, left }) => [...entered, ...left])),
  ];
  for (const row of fareLegRules.rows) {
    if (reached.has(row)) continue;
    const named = [row.from_timeframe_group_id, row.to_timeframe_group_id].filter(
      group => group !== undefined,
    );
    // That its timeframe is nowhere is told where it stands.
    if (named.some(group => !groups.has(group))) continue;
    const empty = [row.from_area_id, row.to_area_id].find(area => area !== undefined && !areas.has(area));
    const never = named.find(group => !holding.has(group));
    const why =
      empty !== undefined
        ? `: no stop lies in '${empty}'`
        : never !== undefined
          ? `: '${never}' never holds`
          : '';
    const what = `no ride can reach this rule${why}`;
    findings.warn(fareLegRules, row, 'fare_product_id', why === '' ? { what } : { what, kind: what });
  }
}

/** Rules of equal right that sell the same ride at two prices. */
class Contested {
  readonly #prices: ReadonlyMap<string, readonly FareProductRow[]>;
  readonly #seen = new Set<string>();
  readonly #found = new Map<
    ItineraryLegRuleRow,
    { other: ItineraryLegRuleRow; example: string | undefined }
  >();

  constructor(prices: ReadonlyMap<string, readonly FareProductRow[]>) {
    this.#prices = prices;
  }

  /** `inSeveral`: an end lies in several areas, so that rules of each may fit; the stop was put there for that. */
  add(rules: readonly ItineraryLegRuleRow[], inSeveral: boolean, example: string | undefined): void {
    const key = `${inSeveral} ${rules.map(({ line }) => line).join(' ')}`;
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    for (const [index, row] of rules.entries()) {
      const other = rules.slice(0, index).find(before => this.#contest(before, row, inSeveral));
      if (other !== undefined && !this.#found.has(row)) this.#found.set(row, { other, example });
    }
  }

  tell({ fareLegRules }: RuleTables, findings: Findings): void {
    for (const [row, { other, example }] of this.#found) {
      const isTimed = [row, other].some(rule => rule.from_timeframe_group_id ?? rule.to_timeframe_group_id);
      const when = isTimed && example !== undefined ? ` (${example})` : '';
      const what = `of equal right as line ${other.line}${when}, at another price: the cheaper is charged`;
      findings.warn(fareLegRules, row, 'fare_product_id', { what });
    }
  }

  #contest(a: ItineraryLegRuleRow, b: ItineraryLegRuleRow, inSeveral: boolean): boolean {
    if (a.transfer_only !== b.transfer_only) return false;
    if (inSeveral && (a.from_area_id !== b.from_area_id || a.to_area_id !== b.to_area_id)) return false;
    const others = this.#prices.get(b.fare_product_id) ?? [];
    return (this.#prices.get(a.fare_product_id) ?? []).some(one => others.some(other => differ(one, other)));
  }
}

/** For some rider by some medium: who is not named is anybody. */
function differ(a: FareProductRow, b: FareProductRow): boolean {
  const meet = (one: string | undefined, other: string | undefined) =>
    one === undefined || other === undefined || one === other;
  return (
    a.fare_product_id !== b.fare_product_id &&
    meet(a.rider_category_id, b.rider_category_id) &&
    meet(a.fare_media_id, b.fare_media_id) &&
    a.amount !== b.amount
  );
}
