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
import type { TakeRecord } from '../../gtfs/records.ts';
import type { TableSpec } from '../../gtfs/spec.ts';
import { readAlike, type TakeTap, type TapsFor } from './fare-tap.ts';
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
  readonly #take: TakeTap;
  /** Where each column stands; -1 where the file lacks it. */
  readonly #places: Readonly<Record<TapColumn, number>>;
  readonly #alike: readonly number[];
  readonly #clocks: readonly Clock[];
  readonly #stops: KnownStops;
  readonly #media: readonly string[];
  readonly #categories: readonly string[];
  readonly #passes: readonly string[];
  readonly #programmes: readonly string[];
  readonly #texts = new OwnTexts();
  /** The row that is read. */
  #record: readonly string[] = [];
  #line = 0;
  #isWrong = false;

  constructor(header: Header<typeof TAPS>, taps: TapsFor, take: TakeTap) {
    const { tariffs } = taps;
    this.#header = header;
    this.#for = taps;
    this.#take = take;
    const places = TAPS.columns.map(({ name }) => [name, header.indexOf(name)]);
    this.#places = Object.fromEntries(places) as Record<TapColumn, number>;
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

  /** As every tariff takes it; not at all, and told, where something is wrong. */
  readonly read: TakeRecord = (record, line) => {
    this.#record = record;
    this.#line = line;
    const card = this.#cell('card');
    const { isWanted } = this.#for;
    if (isWanted !== undefined && !isWanted(card ?? '')) return;
    if (!this.#header.fits(record, line)) return;
    const at = this.#cell('at');
    if (at === undefined) this.#empty('at');
    if (card === undefined) this.#empty('card');
    if (at === undefined || card === undefined) return;
    const taps = this.#taps(at);
    if (taps !== undefined) this.#take(card, line, taps);
  };

  #empty(column: 'at' | 'card'): void {
    this.#wrong(column, `${column} is empty`, () => 'text');
  }

  #cell(column: TapColumn): string | undefined {
    const place = this.#places[column];
    // What has no place is not looked for: most files have few of the columns.
    if (place === -1) return undefined;
    const text = this.#record[place]?.trim();
    return text === '' ? undefined : text;
  }

  #taps(at: string): readonly AccountTap[] | undefined {
    this.#isWrong = false;
    const { tariffs } = this.#for;
    // Of its length from the first: an array that grows leaves room for more.
    const taps = new Array<AccountTap>(tariffs.length);
    for (let index = 0; index < tariffs.length; index++) {
      const [tariff, clock] = [tariffs[index], this.#clocks[index]];
      if (tariff === undefined || clock === undefined) continue;
      taps[index] = taps[this.#alike[index] ?? index] ?? this.#tap(at, tariff, clock);
      // The others would find the same.
      if (this.#isWrong) return undefined;
    }
    return taps;
  }

  /** A line is its tap's identity: taps of one file are never duplicates of each other. */
  #tap(at: string, tariff: Tariff, clock: Clock): AccountTap {
    const line = this.#line;
    const device = this.#text('device');
    const ref = `${device ?? 'file'}/${line}`;
    // Of rows without a device, those of one moment are in the file's order, as text too. It is short: texts that are
    // joined and longer than twelve characters are written out anew wherever they are compared.
    const stream = device ?? String(line).padStart(LINE_DIGITS, '0');
    return { stream, sequence: line, hash: ref, ride: this.#ride(at, ref, tariff, clock) };
  }

  #text(column: TapColumn): string | undefined {
    return this.#texts.of(this.#cell(column));
  }

  #ride(at: string, ref: string, tariff: Tariff, clock: Clock): Ride {
    const { resolutionMs, mediumNames, defaultCategory, networkOfRoute } = tariff;
    const trip = this.#cell('trip');
    const read = this.#moment(at, clock.moments);
    const atMs = epoch(read - (read % resolutionMs));
    const routeId = this.#text('route');
    const networkId = this.#text('network') ?? (routeId === undefined ? undefined : networkOfRoute[routeId]);
    return {
      action: this.#action(),
      ref,
      atMs,
      serviceDate: clock.days.at(atMs),
      trip: trip === undefined ? ref : ownText(trip),
      routeId,
      networkId,
      stopId: this.#stop('stop', networkId),
      destinationId: this.#stop('to', networkId),
      mediumClass: this.#named('medium', this.#media) ?? mediumNames[0] ?? '',
      category: this.#named('category', this.#categories) ?? defaultCategory,
      proofExpired: false,
      quotaUsed: undefined,
      passes: this.#cell('passes')
        ?.split(/\s+/)
        .map(pass => this.#pass(pass)),
      amountMinor: this.#amount(tariff.currency),
      redeem: this.#cell('redeem')
        ?.split(/\s+/)
        .map(programme => this.#programme(programme)),
      purseHint: undefined,
      isProven: this.#day('paid', this.#cell('paid')) !== undefined,
      riders: this.#riders(),
      carrierId: this.#text('carrier'),
      wasRidden: undefined,
    };
  }

  #moment(at: string, moments: Moments): EpochMs {
    const moment = moments.read(at);
    if (moment !== undefined) return moment;
    const isLeftOut = moments.isLeftOut(at);
    const what = isLeftOut ? 'stands on no clock: they were put forward past it' : 'is no moment';
    const expected = isLeftOut ? MOMENT_WITH_OFFSET : `${MOMENT_WITH_OFFSET} or '2026-03-02 07:31'`;
    this.#wrong('at', `'${at}' ${what}`, () => expected);
    return epoch(0);
  }

  #action(): Ride['action'] {
    const action = this.#cell('action');
    if (action === undefined) return undefined;
    const found = ACTIONS.find(candidate => candidate === action);
    if (found === undefined) {
      this.#wrong('action', `no action '${action}'`, () => expectedOneOf(action, ACTIONS));
    }
    return found;
  }

  #named(column: 'medium' | 'category', known: readonly string[]): string | undefined {
    const name = this.#cell(column);
    if (name === undefined) return undefined;
    // As the tariff spells it: the same object at every tap is looked up fastest.
    const found = known[known.indexOf(name)];
    if (found === undefined) this.#wrong(column, `no ${column} '${name}'`, () => expectedOneOf(name, known));
    return found;
  }

  #stop(column: 'stop' | 'to', networkId: string | undefined): string | undefined {
    const stop = this.#text(column);
    if (stop !== undefined && !this.#stops.has(stop, networkId)) {
      this.#wrong(column, `no stop '${stop}'`, () => this.#stops.expected(stop));
    }
    return stop;
  }

  /** Of a load, above zero. */
  #amount(currency: string): MinorUnits | undefined {
    const amount = this.#cell('amount');
    const minor = amount === undefined ? undefined : parseAmount(amount, currency);
    const isMissing = this.#cell('action') === 'load' && !((minor ?? 0) > 0);
    if (isMissing || (amount !== undefined && minor === undefined)) {
      const what = amount === undefined ? 'a load of nothing' : `'${amount}' is no amount to load`;
      this.#wrong('amount', what, () => `a decimal amount in ${currency} above zero`);
    }
    return minor;
  }

  #pass(text: string): HeldPass {
    const [, name = text, first, last] = /^([^@]+)@([^.]+)(?:\.\.(.+))?$/.exec(text) ?? [];
    const pass = this.#passes.find(candidate => candidate === name);
    if (pass === undefined)
      this.#wrong('passes', `no pass '${name}'`, () => expectedOneOf(name, this.#passes));
    const [from, to] = [first, last].map(day => this.#day('passes', day));
    return known({ pass: pass ?? '', from, to });
  }

  #programme(name: string): string {
    const found = this.#programmes.find(candidate => candidate === name);
    if (found === undefined)
      this.#wrong('redeem', `no programme '${name}'`, () => expectedOneOf(name, this.#programmes));
    return found ?? '';
  }

  #day(column: 'passes' | 'paid', text: string | undefined): ServiceDate | undefined {
    const day = text === undefined ? undefined : parseDate(text);
    if (text !== undefined && day === undefined)
      this.#wrong(column, `'${text}' is no day`, () => 'a date: 2026-03-01');
    return day;
  }

  #riders(): number | undefined {
    const riders = this.#cell('riders');
    if (riders === undefined) return undefined;
    if (!/^[1-9]\d?$/.test(riders))
      this.#wrong('riders', `'${riders}' riders`, () => 'a number from 1 to 99');
    return Number(riders);
  }

  #wrong(column: TapColumn, what: string, expected: () => string): void {
    const line = this.#line;
    this.#isWrong = true;
    this.#for.leaveOut(line, () => ({ at: this.#header.at(line, column), what, expected: expected() }));
  }
}

const MOMENT_WITH_OFFSET = "'2026-03-02T07:31:30+05:00'";

/** Of the longest file's last line. */
const LINE_DIGITS = 10;
