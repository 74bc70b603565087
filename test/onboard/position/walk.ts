/** A vehicle that a test walks along the stops of the Tyumen feed, second by second, and what is said of its place. */
import type { Place } from '../../../src/core/tap.ts';
import { type EpochMs, epoch } from '../../../src/core/time.ts';
import type { Fix, Observation } from '../../../src/onboard/position/observation.ts';
import type { HearingPosition } from '../../../src/onboard/position/position.ts';
import type { Stops } from '../../../src/onboard/stops/stops.ts';

type Told = Observation extends infer One ? (One extends Observation ? Omit<One, 'atMs'> : never) : never;

interface Degrees {
  readonly lat: number;
  readonly lon: number;
}

const METRES_PER_DEGREE = 111_195;

export class Walk {
  readonly position: HearingPosition;
  readonly #stops: Stops;
  atMs: EpochMs;
  #asideM = 0;

  constructor(position: HearingPosition, stops: Stops, atMs: EpochMs) {
    this.position = position;
    this.#stops = stops;
    this.atMs = atMs;
  }

  tells(told: Told): this {
    this.position.observe({ ...told, atMs: this.atMs });
    return this;
  }

  /** North of where it would be. */
  aside(metres: number): this {
    this.#asideM = metres;
    return this;
  }

  stands(stopId: string, seconds = 8): this {
    for (let second = 0; second < seconds; second += 1) this.#fix(this.#at(stopId), 0, 0);
    return this;
  }

  /** Straight on, from one stop to the other or part of the way. */
  goes(fromId: string, toId: string, seconds: number, share = 1): this {
    const [from, to] = [this.#at(fromId), this.#at(toId)];
    const perLon = METRES_PER_DEGREE * Math.cos((from.lat * Math.PI) / 180);
    const [east, north] = [(to.lon - from.lon) * perLon, (to.lat - from.lat) * METRES_PER_DEGREE];
    const speedMps = (Math.hypot(east, north) * share) / seconds;
    const courseDeg = ((Math.atan2(east, north) * 180) / Math.PI + 360) % 360;
    for (let second = 1; second <= seconds; second += 1) {
      const gone = (share * second) / seconds;
      const at = {
        lat: from.lat + (to.lat - from.lat) * gone,
        lon: from.lon + (to.lon - from.lon) * gone,
      };
      this.#fix(at, speedMps, courseDeg);
    }
    return this;
  }

  /** No satellites are seen. */
  blind(seconds: number): this {
    for (let second = 0; second < seconds; second += 1) {
      this.waits(1);
      this.tells({ kind: 'no-fix' });
    }
    return this;
  }

  /** Nothing is heard. */
  waits(seconds: number): this {
    this.atMs = epoch(this.atMs + seconds * 1000);
    return this;
  }

  opens(): this {
    return this.tells({ kind: 'doors', open: true });
  }

  closes(): this {
    return this.tells({ kind: 'doors', open: false });
  }

  /** Stands there with open doors, and closes them. */
  serves(stopId: string): this {
    return this.stands(stopId, 4).opens().stands(stopId, 10).closes();
  }

  /** From the first to the last, with doors opened at each but the first. */
  runs(stopIds: readonly string[]): this {
    for (const [index, stopId] of stopIds.entries()) {
      const before = stopIds[index - 1];
      if (before !== undefined) this.goes(before, stopId, 70).serves(stopId);
    }
    return this;
  }

  get place(): Place {
    return this.position.placeAt(this.atMs);
  }

  /** `certain 25-we0-0800 cvetnoy-a 4` */
  get says(): string {
    const { quality, tripId, stopId, stopSequence } = this.place;
    return [quality, tripId, stopId, stopSequence].filter(word => word !== undefined).join(' ');
  }

  #at(stopId: string): Degrees {
    const { lat, lon } = this.#stops.stop(stopId) ?? {};
    if (lat === undefined || lon === undefined) throw new Error(stopId);
    return { lat, lon };
  }

  #fix({ lat, lon }: Degrees, speedMps: number, courseDeg: number): void {
    this.waits(1);
    const fix: Omit<Fix, 'atMs'> = {
      ...{ kind: 'fix', lat: lat + this.#asideM / METRES_PER_DEGREE, lon },
      ...{ speedMps, courseDeg },
    };
    this.tells(fix);
  }
}
