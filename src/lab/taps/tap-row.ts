/** A row of a table of taps, checked by the names of the tariffs that are to rate it and read by their clocks. */
import type { HeldPass } from '../../core/entitlement.ts';
import type { AccountTap } from '../../core/fare/account.ts';
import type { Ride } from '../../core/fare/ride.ts';
import { known } from '../../core/known.ts';
import { type MinorUnits, parseAmount } from '../../core/money.ts';
import { expectedOneOf } from '../../core/suggest.ts';
import type { Tariff } from '../../core/tariff/tariff.ts';
import { type EpochMs, epoch, parseDate, type ServiceDate } from '../../core/time.ts';
import { optional, required } from '../../gtfs/column.ts';
import type { Header } from '../../gtfs/header.ts';
import type { Row, TableSpec } from '../../gtfs/spec.ts';
import { readAlike, type TapsFor } from './fare-tap.ts';
import { KnownStops } from './known-stops.ts';
import { Moments } from './moments.ts';
import { OwnTexts, ownText } from './own-text.ts';
import { ServiceDays } from './service-days.ts';

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
    /** Several are parted by spaces; `month@2026-03-01` and `month@2026-03-01..2026-03-31` say their days. */
    optional('passes', 'text'),
    /** Of a load. */
    optional('amount', 'text'),
    /** How many riders a button or the driver's word asks for. */
    optional('riders', 'text'),
    /** Programmes whose points are to pay, parted by spaces. */
    optional('redeem', 'text'),
    /** Of a bank card: a day on which it has paid before. */
    optional('paid', 'text'),
    /** Whose vehicle it was, where the route does not say. */
    optional('carrier', 'text'),
    /** Who read it: its rows are in its own order, whatever its clock says. Empty: the moments alone order them. */
    optional('device', 'text'),
  ],
} as const satisfies TableSpec;

type TapRow = Row<typeof TAPS>;
type TapColumn = (typeof TAPS)['columns'][number]['name'];

const ACTIONS = ['entry', 'exit', 'load'] as const;

/** By which a tariff reads time. */
interface Clock {
  readonly moments: Moments;
  readonly days: ServiceDays;
}

/** Reads the rows under one header. */
export class TapRows {
  readonly #header: Header<typeof TAPS>;
  readonly #for: TapsFor;
  readonly #alike: readonly number[];
  readonly #clocks: readonly Clock[];
  readonly #stops: KnownStops;
  readonly #media: readonly string[];
  readonly #categories: readonly string[];
  readonly #passes: readonly string[];
  readonly #programmes: readonly string[];
  readonly #texts = new OwnTexts();
  #isWrong = false;

  constructor(header: Header<typeof TAPS>, taps: TapsFor) {
    const { tariffs } = taps;
    this.#header = header;
    this.#for = taps;
    this.#alike = readAlike(tariffs);
    this.#clocks = tariffs.map(({ zone, dayStartS }) => ({
      moments: new Moments(zone),
      days: new ServiceDays(zone, dayStartS),
    }));
    this.#stops = new KnownStops(tariffs);
    this.#media = [...new Set(tariffs.flatMap(({ mediumNames }) => mediumNames))];
    this.#passes = [...new Set(tariffs.flatMap(({ passes }) => passes.map(({ id }) => id)))];
    this.#programmes = [...new Set(tariffs.flatMap(({ loyalty }) => loyalty.map(({ id }) => id)))];
    this.#categories = [...new Set(tariffs.flatMap(({ categoryNames }) => categoryNames))];
  }

  /** The row as every tariff takes it. Undefined, and told, where something is wrong. */
  read(row: TapRow): readonly AccountTap[] | undefined {
    this.#isWrong = false;
    const { tariffs } = this.#for;
    // Of its length from the first: an array that grows leaves room for more.
    const taps = new Array<AccountTap>(tariffs.length);
    for (let index = 0; index < tariffs.length; index++) {
      const [tariff, clock] = [tariffs[index], this.#clocks[index]];
      if (tariff === undefined || clock === undefined) continue;
      taps[index] = taps[this.#alike[index] ?? index] ?? this.#tap(row, tariff, clock);
      // The others would find the same.
      if (this.#isWrong) return undefined;
    }
    return taps;
  }

  /** A line is its tap's identity: taps of one file are never duplicates of each other. */
  #tap(row: TapRow, tariff: Tariff, clock: Clock): AccountTap {
    const { line } = row;
    const device = this.#texts.of(row.device);
    const ref = `${device ?? 'file'}/${line}`;
    // Of rows without a device, those of one moment are in the file's order, as text too. It is short: texts that are
    // joined and longer than twelve characters are written out anew wherever they are compared.
    const stream = device ?? String(line).padStart(LINE_DIGITS, '0');
    return { stream, sequence: line, hash: ref, ride: this.#ride(row, ref, tariff, clock) };
  }

  #ride(row: TapRow, ref: string, tariff: Tariff, clock: Clock): Ride {
    const { resolutionMs, mediumNames, defaultCategory, networkOfRoute } = tariff;
    const { route, trip, passes } = row;
    const read = this.#moment(row, clock.moments);
    const atMs = epoch(read - (read % resolutionMs));
    const routeId = this.#texts.of(route);
    const networkId =
      this.#texts.of(row.network) ?? (routeId === undefined ? undefined : networkOfRoute[routeId]);
    return {
      action: this.#action(row),
      ref,
      atMs,
      serviceDate: clock.days.at(atMs),
      trip: trip === undefined ? ref : ownText(trip),
      routeId,
      networkId,
      stopId: this.#stop(row, 'stop', networkId),
      destinationId: this.#stop(row, 'to', networkId),
      mediumClass: this.#named(row, 'medium', this.#media) ?? mediumNames[0] ?? '',
      category: this.#named(row, 'category', this.#categories) ?? defaultCategory,
      proofExpired: false,
      quotaUsed: undefined,
      passes: passes?.split(/\s+/).map(pass => this.#pass(row, pass)),
      amountMinor: this.#amount(row, tariff.currency),
      redeem: row.redeem?.split(/\s+/).map(programme => this.#programme(row, programme)),
      purseHint: undefined,
      isProven: this.#day(row, 'paid', row.paid) !== undefined,
      riders: this.#riders(row),
      carrierId: this.#texts.of(row.carrier),
      wasRidden: undefined,
    };
  }

  #moment(row: TapRow, moments: Moments): EpochMs {
    const moment = moments.read(row.at);
    if (moment !== undefined) return moment;
    const isLeftOut = moments.isLeftOut(row.at);
    const what = isLeftOut ? 'stands on no clock: they were put forward past it' : 'is no moment';
    const expected = isLeftOut ? MOMENT_WITH_OFFSET : `${MOMENT_WITH_OFFSET} or '2026-03-02 07:31'`;
    this.#wrong(row, 'at', `'${row.at}' ${what}`, () => expected);
    return epoch(0);
  }

  #action(row: TapRow): Ride['action'] {
    const { action } = row;
    if (action === undefined) return undefined;
    const found = ACTIONS.find(candidate => candidate === action);
    if (found === undefined) {
      this.#wrong(row, 'action', `no action '${action}'`, () => expectedOneOf(action, ACTIONS));
    }
    return found;
  }

  #named(row: TapRow, column: 'medium' | 'category', known: readonly string[]): string | undefined {
    const name = row[column];
    if (name === undefined) return undefined;
    // As the tariff spells it: the same object at every tap is looked up fastest.
    const found = known[known.indexOf(name)];
    if (found === undefined)
      this.#wrong(row, column, `no ${column} '${name}'`, () => expectedOneOf(name, known));
    return found;
  }

  #stop(row: TapRow, column: 'stop' | 'to', networkId: string | undefined): string | undefined {
    const stop = this.#texts.of(row[column]);
    if (stop !== undefined && !this.#stops.has(stop, networkId)) {
      this.#wrong(row, column, `no stop '${stop}'`, () => this.#stops.expected(stop));
    }
    return stop;
  }

  /** Of a load, above zero. */
  #amount(row: TapRow, currency: string): MinorUnits | undefined {
    const { amount, action } = row;
    const minor = amount === undefined ? undefined : parseAmount(amount, currency);
    const isMissing = action === 'load' && !((minor ?? 0) > 0);
    if (isMissing || (amount !== undefined && minor === undefined)) {
      const what = amount === undefined ? 'a load of nothing' : `'${amount}' is no amount to load`;
      this.#wrong(row, 'amount', what, () => `a decimal amount in ${currency} above zero`);
    }
    return minor;
  }

  #pass(row: TapRow, text: string): HeldPass {
    const [, name = text, first, last] = /^([^@]+)@([^.]+)(?:\.\.(.+))?$/.exec(text) ?? [];
    const pass = this.#passes.find(candidate => candidate === name);
    if (pass === undefined)
      this.#wrong(row, 'passes', `no pass '${name}'`, () => expectedOneOf(name, this.#passes));
    const [from, to] = [first, last].map(day => this.#day(row, 'passes', day));
    return known({ pass: pass ?? '', from, to });
  }

  #programme(row: TapRow, name: string): string {
    const found = this.#programmes.find(candidate => candidate === name);
    if (found === undefined)
      this.#wrong(row, 'redeem', `no programme '${name}'`, () => expectedOneOf(name, this.#programmes));
    return found ?? '';
  }

  #day(row: TapRow, column: 'passes' | 'paid', text: string | undefined): ServiceDate | undefined {
    const day = text === undefined ? undefined : parseDate(text);
    if (text !== undefined && day === undefined)
      this.#wrong(row, column, `'${text}' is no day`, () => 'a date: 2026-03-01');
    return day;
  }

  #riders(row: TapRow): number | undefined {
    const { riders } = row;
    if (riders === undefined) return undefined;
    if (!/^[1-9]\d?$/.test(riders))
      this.#wrong(row, 'riders', `'${riders}' riders`, () => 'a number from 1 to 99');
    return Number(riders);
  }

  #wrong({ line }: TapRow, column: TapColumn, what: string, expected: () => string): void {
    this.#isWrong = true;
    this.#for.leaveOut(line, () => ({ at: this.#header.at(line, column), what, expected: expected() }));
  }
}

const MOMENT_WITH_OFFSET = "'2026-03-02T07:31:30+05:00'";

/** Of the longest file's last line. */
const LINE_DIGITS = 10;
