/** Whether a stop is known to the tariffs that rate a ride: one they never heard of has no price where they ask for it. */
import { expectedOneOf } from '../../core/suggest.ts';
import type { Tariff } from '../../core/tariff/tariff.ts';

interface Places {
  readonly stops: Tariff['zoneOfStop'];
  readonly networks: Tariff['networkIndex'];
  /** By network: every price asks where. */
  readonly asked: readonly boolean[];
}

export class KnownStops {
  readonly #places: readonly Places[];
  /** Somewhere: of a flat fare no stop need be looked up. */
  readonly #isAsked: boolean;

  constructor(tariffs: readonly Tariff[]) {
    this.#places = tariffs.map(tariff => ({
      stops: tariff.zoneOfStop,
      networks: tariff.networkIndex,
      asked: tariff.networkNames.map((_, network) => asksWhere(tariff, network)),
    }));
    this.#isAsked = this.#places.some(({ asked }) => asked.includes(true));
  }

  /** In a network that is priced alike everywhere any stop is right. */
  has(stop: string, networkId: string | undefined): boolean {
    if (!this.#isAsked) return true;
    let isAsked = false;
    for (const { stops, networks, asked } of this.#places) {
      if (Object.hasOwn(stops, stop)) return true;
      isAsked ||= asked[networks[networkId ?? ''] ?? 0] === true;
    }
    return !isAsked;
  }

  expected(stop: string): string {
    return expectedOneOf(stop, [...new Set(this.#places.flatMap(({ stops }) => Object.keys(stops)))]);
  }
}

/** Zone 0 is where nobody knows where: it has no price there, from it or to it, and other zones have. */
function asksWhere({ zones, bands, prices }: Tariff, network: number): boolean {
  const times = bands.count * prices.exitBands;
  const first = network * zones.length ** 2 * times;
  let [nowhere, somewhere] = [false, false];
  for (let cell = 0; cell < zones.length ** 2 * times; cell++) {
    if ((prices.legs[first + cell] ?? -1) < 0) continue;
    const way = Math.floor(cell / times);
    if (way < zones.length || way % zones.length === 0) nowhere = true;
    else somewhere = true;
  }
  return somewhere && !nowhere;
}
