/**
 * What the engine must remember of one token between taps: small, serialisable, versioned. It lives on the account
 * (written with the tap that changed it) or on the card. Every field is always there, so that all states are of one
 * shape; `undefined` is not written.
 */
import type { QuotaUsed } from '../entitlement.ts';
import type { MinorUnits } from '../money.ts';
import type { ChargeLine } from '../record.ts';
import type { EpochMs, ServiceDate } from '../time.ts';
import type { PointsChange } from './points.ts';

export const RIDER_STATE_VERSION = 3;

export interface RiderState {
  readonly version: typeof RIDER_STATE_VERSION;
  readonly lastRide: LastRide | undefined;
  /** Rides that later rides may continue: at most one a transfer rule. */
  readonly windows: readonly TransferWindow[];
  /** Rides used in a month of the quota; another month's count has lapsed. */
  readonly quota: QuotaUsed | undefined;
  /** The newest journey in networks that are left by a tap: open, or left and maybe gone on with. */
  readonly journey: Journey | undefined;
  readonly caps: readonly CapCount[];
  readonly passes: readonly PassUse[];
  readonly bestValue: readonly BestValueDays[];
  /** Absent: no purse is known. */
  readonly purseMinor: MinorUnits | undefined;
  /** The moment it stands for: of the last ride or load, or of the back office's word. */
  readonly purseAsOfMs: EpochMs | undefined;
  /** What is ridden on credit, to be paid when its charging day is over. */
  readonly credit: Credit | undefined;
  /** Exact sums that were charged rounded, where a tariff rounds by journey or day; the newest last. */
  readonly sums: readonly ExactSum[];
  /** Points by programme. */
  readonly points: readonly Points[];
  /** Incomplete journeys completed from habit in a month. */
  readonly completions: { readonly month: number; readonly count: number } | undefined;
  /** The completed journeys that were ridden most often, for a guess at one that was not completed. */
  readonly habits: readonly Habit[];
}

export const NEW_RIDER: RiderState = {
  version: RIDER_STATE_VERSION,
  lastRide: undefined,
  windows: [],
  quota: undefined,
  journey: undefined,
  caps: [],
  passes: [],
  bestValue: [],
  purseMinor: undefined,
  purseAsOfMs: undefined,
  credit: undefined,
  sums: [],
  points: [],
  completions: undefined,
  habits: [],
};

/** Only what is remembered: most riders have no cap begun and no pass, and every tap writes this. */
export function writeRiderState(state: RiderState): string {
  return JSON.stringify({
    version: state.version,
    lastRide: state.lastRide,
    windows: filled(state.windows),
    quota: state.quota,
    journey: state.journey,
    caps: filled(state.caps),
    passes: filled(state.passes),
    bestValue: filled(state.bestValue),
    purseMinor: state.purseMinor,
    purseAsOfMs: state.purseAsOfMs,
    credit: state.credit,
    sums: filled(state.sums),
    points: filled(state.points),
    completions: state.completions,
    habits: filled(state.habits),
  });
}

function filled<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length === 0 ? undefined : list;
}

/** A state as it was written, whatever it left out. A version before this one becomes this one. */
export function readRiderState(written: unknown): RiderState {
  const { version, window, journey, ...rest } = written as Written;
  const windows = window === undefined ? rest.windows : [upgraded(window)];
  const upToDate =
    journey === undefined || version === RIDER_STATE_VERSION ? journey : keepingItsPoints(journey);
  return { ...NEW_RIDER, ...rest, journey: upToDate, windows: windows ?? [] };
}

type Written = Omit<Partial<RiderState>, 'version'> & {
  readonly version?: number;
  readonly window?: FirstWindow;
};

/** Version 2 knew points only, not earned from redeemed: those of a journey that was under way then stand. */
function keepingItsPoints({ priced, ...journey }: Journey): Journey {
  return { ...journey, priced: priced === undefined ? undefined : { ...priced, points: [] } };
}

/** Version 1 knew one window, of one rule without a name: it serves whichever rule asks. */
interface FirstWindow {
  readonly ref: string;
  readonly openedAtMs: EpochMs;
  readonly routeId?: string;
  readonly riders: number;
  readonly used: number;
}

/** No version of a tariff held: the ride's own counts. */
const LONG_AGO = 19700101 as ServiceDate;

function upgraded({ ref, openedAtMs, routeId, riders, used }: FirstWindow): TransferWindow {
  return {
    rule: '',
    ref,
    day: LONG_AGO,
    openedAtMs,
    routeId,
    networkId: undefined,
    riders,
    used,
    dearestMinor: 0 as MinorUnits,
  };
}

/** The trip the medium was last accepted on, for passback and groups. */
export interface LastRide {
  /** The identity text of the group's first tap. */
  readonly ref: string;
  /** Trip and service date, or the vehicle when the trip is unknown. */
  readonly trip: string;
  readonly atMs: EpochMs;
  readonly riders: number;
}

/** A ride that later rides may continue. */
export interface TransferWindow {
  /** The transfer's id. */
  readonly rule: string;
  /** The identity text of the journey's first tap. */
  readonly ref: string;
  /** The charging day of that tap: by its version of the tariff the journey is priced. */
  readonly day: ServiceDate;
  /** From when the window runs, as its rule says. */
  readonly openedAtMs: EpochMs;
  readonly routeId: string | undefined;
  /** The last ride's network. */
  readonly networkId: string | undefined;
  /** Riders who paid in the ride that opened it; more than one only where the group is covered. */
  readonly riders: number;
  /** Rides continued so far, of all riders together. */
  readonly used: number;
  /** What the dearest ride of the journey cost. */
  readonly dearestMinor: MinorUnits;
}

/** A journey between an entry and an exit tap: what it takes to price it at its exit, on whatever vehicle that is. */
export interface Journey {
  /** The identity text of its first entry. */
  readonly ref: string;
  readonly enteredAtMs: EpochMs;
  /** The charging day of its first entry. */
  readonly day: ServiceDate;
  /** The tariff's version that it is priced by. */
  readonly tariffHash: string;
  readonly networkId: string | undefined;
  readonly stopId: string | undefined;
  readonly mediumClass: string;
  readonly category: string;
  /** Taken at its entry, to be given back. */
  readonly depositMinor: MinorUnits;
  /** What its way up to its last exit has come to, where it may be gone on with. */
  readonly priced: PricedPart | undefined;
  /** Absent while it is open. */
  readonly left: { readonly atMs: EpochMs; readonly stopId: string | undefined } | undefined;
}

/** What a part of a journey was charged, and added to its rider's counts: all that is taken back when it goes on. */
export interface PricedPart {
  readonly lines: readonly ChargeLine[];
  /** Where it ended. */
  readonly toStopId: string | undefined;
  /** The category that paid; it used a ride of that month's quota. */
  readonly category: string;
  readonly quotaMonth: number | undefined;
  /** What caps and best value counted of it: what it cost before them, after caps, and what is a single to best value. */
  readonly priceMinor: number;
  readonly paidMinor: number;
  readonly singleMinor: number;
  /** It rode on it; `isBegun` where with its first ride. */
  readonly pass: (Pick<PassUse, 'pass' | 'from'> & { readonly isBegun: boolean }) | undefined;
  /** Passes that it earned by filling a cap. */
  readonly given: readonly Pick<PassUse, 'pass' | 'from'>[] | undefined;
  /** Where its price was rounded within a sum. */
  readonly sum: Required<ExactSum> | undefined;
  readonly points: readonly PointsChange[];
  readonly windows: readonly ChangedWindow[];
}

interface ChangedWindow {
  readonly after: TransferWindow;
  readonly before: TransferWindow | undefined;
}

/** A cap's period that has begun, and what was counted in it. */
export interface CapCount {
  readonly cap: string;
  /** First charging day of the period. */
  readonly from: ServiceDate;
  /** Minor units or rides, as its limit is. */
  readonly counted: number;
}

/** A pass or carnet in use: what the edge knows of it beyond the entitlement. */
export interface PassUse {
  readonly pass: string;
  readonly from: ServiceDate;
  readonly to: ServiceDate;
  readonly rides: number;
}

/** The charging days that a pass bought afterwards might still cover. */
export interface BestValueDays {
  readonly rule: string;
  readonly days: readonly RiddenDay[];
}

export interface RiddenDay {
  readonly day: ServiceDate;
  readonly singlesMinor: number;
  /** The cheapest way to have covered everything from the first of these days up to this one. */
  readonly bestMinor: number;
}

export interface Credit {
  readonly day: ServiceDate;
  readonly owedMinor: number;
}

/** What a journey or a day came to before it was rounded. */
export interface ExactSum {
  /** The journey's first tap, or the day. */
  readonly of: string;
  readonly exactMinor: number;
  /** Where that is something else than it rounded: a part of it was taken back. */
  readonly chargedMinor?: number;
}

export interface Points {
  readonly programme: string;
  readonly points: number;
}

export interface Habit {
  readonly fromStopId: string;
  readonly toStopId: string;
  readonly rides: number;
}
