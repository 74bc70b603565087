/**
 * Taps for fares as a person writes them, in CSV: `at` and `card`, and beside them whatever the tariff asks for. A row
 * that is wrong is told by line and column and left out; the rest are rated.
 */
import type { Problem } from '../../core/error.ts';
import type { AccountTap } from '../../core/fare/account.ts';
import type { Ride } from '../../core/fare/ride.ts';
import { type MinorUnits, parseAmount } from '../../core/money.ts';
import { expectedOneOf } from '../../core/suggest.ts';
import type { Tariff } from '../../core/tariff/tariff.ts';
import { type EpochMs, epoch, parseInstant, parseLocal, serviceDateAt } from '../../core/time.ts';
import { optional, required } from '../../gtfs/column.ts';
import type { Row, TableSpec } from '../../gtfs/spec.ts';
import { readTable, type Table } from '../../gtfs/table.ts';

export const TAPS = {
  file: 'taps.csv',
  required: true,
  columns: [
    /** `2026-03-02T07:31:30+05:00`, or `2026-03-02 07:31` by the tariff's clock. */
    required('at', 'text'),
    required('card', 'text'),
    /** entry (also where it is empty), exit or load. */
    optional('action', 'text'),
    optional('stop', 'text'),
    /** Where the price is taken to end, in networks without exits. */
    optional('to', 'text'),
    optional('route', 'text'),
    optional('network', 'text'),
    /** Empty: a trip of its own. */
    optional('trip', 'text'),
    optional('medium', 'text'),
    optional('category', 'text'),
    /** Several are parted by spaces. */
    optional('passes', 'text'),
    /** Of a load. */
    optional('amount', 'text'),
    /** How many riders a button or the driver's word asks for. */
    optional('riders', 'text'),
    /** Whose vehicle it was, where the route does not say. */
    optional('carrier', 'text'),
    /** Who read it, and its number there: two devices' clocks may differ. */
    optional('device', 'text'),
  ],
} as const satisfies TableSpec;

type TapRow = Row<typeof TAPS>;

export interface FareTap {
  readonly card: string;
  readonly line: number;
  readonly tap: AccountTap;
}

export interface FareTaps {
  /** In the file's order. */
  readonly taps: readonly FareTap[];
  readonly problems: readonly Problem[];
}

const ACTIONS = ['entry', 'exit', 'load'] as const;

export function readFareTaps(text: string, file: string, tariff: Tariff): FareTaps {
  const table = readTable(text, file, TAPS);
  const problems: Problem[] = [...table.problems];
  const sequences = new Map<string, number>();
  const taps: FareTap[] = [];
  for (const row of table.rows) {
    const ride = new RowReader(table, row, tariff, problems).ride();
    if (ride === undefined) continue;
    const stream = row.device ?? 'file';
    const sequence = (sequences.get(stream) ?? 0) + 1;
    sequences.set(stream, sequence);
    // A line is its tap's identity: taps of one file are never duplicates of each other.
    const ref = `${stream}/${row.line}`;
    taps.push({
      card: row.card,
      line: row.line,
      tap: { stream, sequence, hash: ref, ride: { ...ride, ref } },
    });
  }
  return { taps, problems };
}

class RowReader {
  readonly #table: Table<typeof TAPS>;
  readonly #row: TapRow;
  readonly #tariff: Tariff;
  readonly #problems: Problem[];
  #isWrong = false;

  constructor(table: Table<typeof TAPS>, row: TapRow, tariff: Tariff, problems: Problem[]) {
    this.#table = table;
    this.#row = row;
    this.#tariff = tariff;
    this.#problems = problems;
  }

  ride(): Omit<Ride, 'ref'> | undefined {
    const { zone, dayStartS, resolutionMs, mediumNames, defaultCategory, networkOfRoute } = this.#tariff;
    const { line, card, route, stop, to, network, trip, passes } = this.#row;
    const read = this.#moment();
    const atMs = epoch(read - (read % resolutionMs));
    const ride: Omit<Ride, 'ref'> = {
      action: this.#action(),
      atMs,
      serviceDate: serviceDateAt(zone, dayStartS, atMs),
      trip: trip ?? `line-${line}-${card}`,
      routeId: route,
      networkId: network ?? (route === undefined ? undefined : networkOfRoute[route]),
      stopId: stop,
      destinationId: to,
      mediumClass: this.#named('medium', mediumNames) ?? mediumNames[0] ?? '',
      category: this.#named('category', this.#tariff.categoryNames) ?? defaultCategory,
      passes: passes?.split(/\s+/).map(pass => ({ pass })),
      amountMinor: this.#amount(),
      riders: this.#riders(),
      carrierId: this.#row.carrier,
    };
    return this.#isWrong ? undefined : ride;
  }

  #moment(): EpochMs {
    const { at } = this.#row;
    const moment = parseInstant(at) ?? parseLocal(this.#tariff.zone, at);
    if (moment !== undefined) return moment;
    this.#wrong('at', `'${at}' is no moment`, "'2026-03-02T07:31:30+05:00' or '2026-03-02 07:31'");
    return epoch(0);
  }

  #action(): Ride['action'] {
    const { action } = this.#row;
    const found = ACTIONS.find(candidate => candidate === action);
    if (action !== undefined && found === undefined) {
      this.#wrong('action', `no action '${action}'`, expectedOneOf(action, ACTIONS));
    }
    return found;
  }

  #named(column: 'medium' | 'category', known: readonly string[]): string | undefined {
    const name = this.#row[column];
    if (name !== undefined && !known.includes(name))
      this.#wrong(column, `no ${column} '${name}'`, expectedOneOf(name, known));
    return name;
  }

  #amount(): MinorUnits | undefined {
    const { amount } = this.#row;
    const { currency } = this.#tariff;
    const minor = amount === undefined ? undefined : parseAmount(amount, currency);
    if (amount !== undefined && minor === undefined)
      this.#wrong('amount', `'${amount}' is no amount`, `a decimal amount in ${currency}`);
    return minor;
  }

  #riders(): number | undefined {
    const { riders } = this.#row;
    if (riders === undefined || /^[1-9]\d?$/.test(riders))
      return riders === undefined ? undefined : Number(riders);
    this.#wrong('riders', `'${riders}' riders`, 'a number from 1 to 99');
    return undefined;
  }

  #wrong(
    column: keyof TapRow & (typeof TAPS)['columns'][number]['name'],
    what: string,
    expected: string,
  ): void {
    this.#isWrong = true;
    this.#problems.push({ at: this.#table.at(this.#row, column), what, expected });
  }
}
