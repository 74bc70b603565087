/** Taps under both tariffs, a few cards at a time: each card's in their order, rated one after another and forgotten. */
import { setImmediate } from 'node:timers/promises';
import { TuraError } from '../../core/error.ts';
import type { AccountTap, Part } from '../../core/fare/account.ts';
import { type ByVersion, REASON_WITHOUT, rateByVersion } from '../../core/fare/rate-by-version.ts';
import type { Rated } from '../../core/fare/rated.ts';
import { Listener } from '../../core/fare/telling.ts';
import type { NoTariff } from '../../core/tariff/versions.ts';
import type { ServiceDate } from '../../core/time.ts';
import type { TapsByCard } from '../taps/by-card.ts';
import { isDouble } from '../taps/double.ts';
import type { TakeTap, TapsFor } from '../taps/fare-tap.ts';
import { neverLeft } from '../taps/never-left.ts';
import { ownText } from '../taps/own-text.ts';
import { InOrder, LINES_WAITED, type TakeOrdered } from './in-order.ts';
import { Rider, type Tapped } from './rider.ts';
import { type Both, noPriceOn, type Side } from './sides.ts';
import type { Paid } from './verdicts.ts';

/** What a tap came to under one tariff, and by which of its versions; by none where none holds. */
export type Came = ByVersion | Unrated;

interface Unrated {
  readonly tariff: undefined;
  readonly rated: Pick<Rated, 'reason' | 'lines' | 'closed'>;
}

const BY_NO_VERSION: Readonly<Record<NoTariff, Unrated>> = {
  none: { tariff: undefined, rated: { reason: REASON_WITHOUT.none, lines: [], closed: undefined } },
  unknown: { tariff: undefined, rated: { reason: REASON_WITHOUT.unknown, lines: [], closed: undefined } },
};

/** What is done with what taps came to. */
export interface Audience extends Pick<TapsFor, 'leaveOut' | 'isWanted'> {
  /** Called for every tap; with what the engine said while it rated, where it was listened to. */
  rated(rider: Rider, tapped: Tapped, came: Both<Came>, heard: Both<Listener> | undefined): void;
  readonly listens: boolean;
  repeated(): void;
  /** A ride that its driver took back: it was never ridden. */
  takenBack(): void;
  /** After a card's last tap: what the journeys come to that were never left. */
  ended(rider: Rider, parts: Both<readonly Part[]>): void;
  /** Of the file's lines. */
  onProgress(linesRated: number): void;
}

/** What is rated. */
export interface Replayed {
  /** As problems name it. */
  readonly file: string;
  readonly taps: TapsByCard;
  /** Absent: every tray of them. */
  readonly trays?: readonly number[];
  /** Identity texts of rides that are left out. */
  readonly takenBack: ReadonlySet<string>;
}

/** So many lines are read between two words of how far it is. */
const LINES_TOLD = 10_000;

/** More cards than this do not fit into the memory of a small machine. */
export const MOST_CARDS = 1_000_000;

/** Every rider who was rated, by their number. Throws `TuraError` for too many of them, and for the disk. */
export async function replay(
  replayed: Replayed,
  sides: Both<Side>,
  audience: Audience,
): Promise<readonly Paid[]> {
  const rating = new Rating(replayed.file, sides, audience);
  const rateTray = trayRater(replayed, sides, audience, rating);
  const { taps, trays = taps.trays } = replayed;
  let [lines, told] = [0, 0];
  for (const tray of trays) {
    for (const read of rateTray(tray)) {
      lines += read;
      if (lines - told < LINES_TOLD) continue;
      told = lines;
      audience.onProgress(lines);
      // Whoever wants this ended is heard in between.
      await setImmediate();
    }
  }
  audience.onProgress(lines);
  return rating.riders;
}

/** Rates a tray's cards, from their first tap to their last; it stops after some lines, and says how many. */
function trayRater(
  { taps, takenBack }: Replayed,
  sides: Both<Side>,
  audience: Audience,
  rating: Rating,
): (tray: number) => Iterable<number> {
  // They were read under the old tariff.
  const [oldest] = sides[0].tariffs;
  const order = new InOrder(rating.take, (before, ride) => isDouble(oldest, before, ride));
  const riders = new Map<string, Rider>();
  const take: TakeTap = (card, line, both) => {
    if (!isBoth(both)) return;
    if (takenBack.size > 0 && takenBack.has(both[0].ride.ref)) {
      audience.takenBack();
      return;
    }
    let rider = riders.get(card);
    if (rider === undefined) {
      rider = new Rider(ownText(card));
      riders.set(rider.card, rider);
    }
    order.take(rider, { line, taps: both });
  };
  const { leaveOut, isWanted = () => true } = audience;
  const tariffs = sides.map(({ tariff }) => tariff);
  const read = taps.reader({ tariffs, report: () => undefined, leaveOut, isWanted }, take);
  return function* (tray) {
    yield* read(tray);
    for (const rider of riders.values()) {
      order.end(rider);
      rating.end(rider);
      rider.forget();
    }
    riders.clear();
  };
}

/** As either side takes it. */
function isBoth(taps: readonly AccountTap[]): taps is Both<AccountTap> {
  return taps.length === 2;
}

function tooManyCards(file: string): TuraError {
  const limit = MOST_CARDS.toLocaleString('en');
  return new TuraError('bad-input', `${file}: more than ${limit} cards`, {
    where: file,
    expected: 'a file of fewer: all taps of some of the cards',
  });
}

/** Rates what comes in order. */
class Rating {
  readonly riders: Paid[] = [];
  readonly #file: string;
  readonly #sides: Both<Side>;
  readonly #audience: Audience;
  /** Null: it has one. */
  readonly #days: Both<Map<ServiceDate, NoPrice | null>> = [new Map(), new Map()];

  constructor(file: string, sides: Both<Side>, audience: Audience) {
    this.#file = file;
    this.#sides = sides;
    this.#audience = audience;
  }

  readonly take: TakeOrdered = (rider, tapped, place) => {
    if (place === 'again') this.#audience.repeated();
    else if (place === 'late') this.#leaveOut(tapped, LATE);
    else this.#rate(rider, tapped);
  };

  /** No more taps of theirs will come. */
  end(rider: Rider): void {
    if (rider.index === -1) return;
    const [old, fresh] = this.#sides;
    const parts: Both<readonly Part[]> = [
      neverLeft(old.tariffs, rider.states[0]),
      neverLeft(fresh.tariffs, rider.states[1]),
    ];
    if (parts[0].length + parts[1].length > 0) this.#audience.ended(rider, parts);
  }

  #rate(rider: Rider, tapped: Tapped): void {
    const noPrice = this.#noPrice(rider, tapped, 0) ?? this.#noPrice(rider, tapped, 1);
    if (noPrice !== null) {
      this.#leaveOut(tapped, noPrice);
      return;
    }
    if (rider.index === -1) this.#count(rider);
    const heard: Both<Listener> | undefined = this.#audience.listens
      ? [new Listener(), new Listener()]
      : undefined;
    const old = this.#rateBy(rider, tapped, 0, heard?.[0]);
    const fresh = this.#rateBy(rider, tapped, 1, heard?.[1]);
    this.#audience.rated(rider, tapped, [old, fresh], heard);
  }

  #count(rider: Rider): void {
    if (this.riders.length >= MOST_CARDS) throw tooManyCards(this.#file);
    const { card, paidMinor } = rider;
    rider.index = this.riders.push({ card, paidMinor }) - 1;
  }

  #rateBy(rider: Rider, { taps }: Tapped, side: 0 | 1, heard: Listener | undefined): Came {
    const found = rateByVersion(this.#sides[side].tariffs, rider.states[side], taps[side].ride, heard);
    if (typeof found === 'string') return BY_NO_VERSION[found];
    rider.states[side] = found.rated.state;
    return found;
  }

  /** A journey that is open is priced by the day it began on. */
  #noPrice(rider: Rider, { taps }: Tapped, side: 0 | 1): NoPrice | null {
    const { action, serviceDate } = taps[side].ride;
    const journey = rider.states[side]?.journey;
    if (action === 'exit' && journey !== undefined && journey.left === undefined) return null;
    const days = this.#days[side];
    const known = days.get(serviceDate);
    if (known !== undefined) return known;
    const found = noPriceOn(this.#sides[side], serviceDate) ?? null;
    days.set(serviceDate, found);
    return found;
  }

  #leaveOut({ line }: Tapped, why: NoPrice): void {
    this.#audience.leaveOut(line, () => ({ at: { file: this.#file, line }, ...why }));
  }
}

type NoPrice = NonNullable<ReturnType<typeof noPriceOn>>;

const LATE: NoPrice = {
  what: 'a tap before one of the same card that stands earlier, or the same tap again long after it',
  expected: `each card's taps in the order of time, or at most ${LINES_WAITED.toLocaleString('en')} lines late`,
};
