/** The taps that make a rider's difference, told with what both tariffs say of them: those riders are rated once more. */
import type { Part } from '../../core/fare/account.ts';
import { type Listener, tell } from '../../core/fare/telling.ts';
import { type ChargeLine, riderAmount } from '../../core/record.ts';
import { formatLocal } from '../../core/time.ts';
import type { Told, ToldOutcome, ToldTap } from './comparison.ts';
import { type Came, type Replayed, replay } from './replay.ts';
import type { Tapped } from './rider.ts';
import type { Both, Side } from './sides.ts';
import type { Paid } from './verdicts.ts';

/** Of one rider; those beyond are counted. */
export const TAPS_TOLD = 20;

/** Of each rider. */
export async function tellRiders(
  replayed: Replayed,
  sides: Both<Side>,
  riders: readonly Paid[],
): Promise<readonly Told[]> {
  const stories = new Map(riders.map(({ card }) => [card, new Story(sides)]));
  const trays = new Set(riders.map(({ card }) => replayed.taps.trayOf(card)));
  await replay({ ...replayed, trays: [...trays] }, sides, {
    isWanted: card => stories.has(card),
    listens: true,
    rated: (rider, tapped, came, heard) => stories.get(rider.card)?.rated(tapped, came, heard),
    ended: (rider, parts) => stories.get(rider.card)?.ended(parts),
    // All this was told when they were rated first.
    repeated: () => undefined,
    takenBack: () => undefined,
    leaveOut: () => undefined,
    onProgress: () => undefined,
  });
  return riders.map(({ card, paidMinor }) => ({
    card,
    paidMinor,
    ...(stories.get(card) ?? new Story(sides)).told,
  }));
}

class Story {
  readonly #sides: Both<Side>;
  readonly #differing: ToldTap[] = [];
  #taps = 0;
  #more = 0;

  constructor(sides: Both<Side>) {
    this.#sides = sides;
  }

  get told(): Pick<Told, 'taps' | 'differing' | 'more'> {
    return { taps: this.#taps, differing: this.#differing, more: this.#more };
  }

  rated({ line, taps: [{ ride }] }: Tapped, came: Both<Came>, heard: Both<Listener> | undefined): void {
    this.#taps += 1;
    if (heard === undefined || isSame(came)) return;
    const { action = 'entry', atMs, routeId, networkId, stopId } = ride;
    const at = formatLocal(this.#sides[0].tariff.zone, atMs);
    this.#add({
      ...{ line, at, action, route: routeId ?? networkId, stop: stopId },
      came: [tellBy(this.#sides[0], came[0], heard[0]), tellBy(this.#sides[1], came[1], heard[1])],
    });
  }

  ended(parts: Both<readonly Part[]>): void {
    const [old, fresh] = parts.map(left => riderAmount(left.flatMap(({ lines }) => lines)));
    if (old === fresh) return;
    this.#add({ action: 'never left', came: [neverLeft(parts[0]), neverLeft(parts[1])] });
  }

  #add(tap: ToldTap): void {
    if (this.#differing.length < TAPS_TOLD) this.#differing.push(tap);
    else this.#more += 1;
  }
}

function tellBy({ tariff }: Side, came: Came, heard: Listener): ToldOutcome {
  const { reason } = came.rated;
  const lines = linesOf(came);
  const trace = tell(came.tariff ?? tariff, { reason, lines }, heard);
  return { reason, riderMinor: riderAmount(lines), trace };
}

/** Those of what it closes first. */
function linesOf({ rated: { closed = [], lines } }: Came): readonly ChargeLine[] {
  return [...closed.flatMap(journey => journey.lines), ...lines];
}

function neverLeft(parts: readonly Part[]): ToldOutcome {
  const riderMinor = riderAmount(parts.flatMap(({ lines }) => lines));
  return { reason: 'incomplete-journey', riderMinor, trace: [] };
}

function isSame([old, fresh]: Both<Came>): boolean {
  return old.rated.reason === fresh.rated.reason && paidBy(old) === paidBy(fresh);
}

/** Who pays what, as one text. */
function paidBy(came: Came): string {
  return linesOf(came)
    .map(({ funder, amountMinor }) => `${funder} ${amountMinor}`)
    .join();
}
