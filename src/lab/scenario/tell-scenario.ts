/** A scenario played again for whoever asks why: what the engine says of each ride. */
import type { Ride } from '../../core/fare/ride.ts';
import { Listener, tell } from '../../core/fare/telling.ts';
import type { Tariffs } from '../../core/tariff/versions.ts';
import type { Observer, RideOutcome } from './observer.ts';
import { playScenario } from './play-scenario.ts';
import type { Scenario } from './scenario.ts';

/** By the ride's `ref`, a sentence a line. */
export function tellScenario(tariffs: Tariffs, scenario: Scenario): ReadonlyMap<string, readonly string[]> {
  const teller = new Teller(tariffs);
  for (const _ of playScenario(tariffs, scenario, teller));
  return teller.told;
}

class Teller extends Listener implements Observer {
  readonly told = new Map<string, readonly string[]>();
  readonly #tariffs: Tariffs;

  constructor(tariffs: Tariffs) {
    super();
    this.#tariffs = tariffs;
  }

  rode({ ref }: Ride, { reason, parts, tariffHash }: RideOutcome): void {
    const [first] = this.#tariffs;
    const tariff = this.#tariffs.find(({ hash }) => hash === tariffHash) ?? first;
    const lines = parts.flatMap(part => part.lines);
    this.told.set(ref, tell(tariff, { reason, lines }, this));
    this.looked.length = 0;
  }
}
