/** Which rides a rule is about, as masks over the tariff's indices: absent is all. */

import type { Names } from './names.ts';
import type { Covers } from './settings/words.ts';

type Mask = readonly boolean[];

export interface Coverage {
  readonly networks?: Mask;
  /** Both ends lie in it. */
  readonly zones?: Mask;
  readonly bands?: Mask;
  readonly media?: Mask;
  readonly categories?: Mask;
}

/** A ride as coverage asks it: indices of the tariff. */
export interface Ridden {
  readonly network: number;
  readonly fromZone: number;
  readonly toZone: number;
  readonly band: number;
  readonly medium: number;
  readonly category: number;
}

export function coversRide(covers: Coverage, ride: Ridden): boolean {
  const { networks, zones, bands, media, categories } = covers;
  return (
    (networks === undefined || networks[ride.network] === true) &&
    (zones === undefined || (zones[ride.fromZone] === true && zones[ride.toZone] === true)) &&
    (bands === undefined || bands[ride.band] === true) &&
    (media === undefined || media[ride.medium] === true) &&
    (categories === undefined || categories[ride.category] === true)
  );
}

export function compileCoverage(covers: Covers, names: Names): Coverage {
  const { networks, areas, timeframes, media, categories } = covers;
  return {
    ...(networks === undefined ? {} : { networks: names.networks.map(name => networks.includes(name)) }),
    // A stop at a boundary lies in both areas: to its rider's good.
    ...(areas === undefined
      ? {}
      : { zones: names.zones.map(zone => zone.some(area => areas.includes(area))) }),
    ...(timeframes === undefined
      ? {}
      : { bands: names.bands.map(band => band.some(group => timeframes.includes(group))) }),
    ...(media === undefined ? {} : { media: names.media.map(name => media.includes(name)) }),
    ...(categories === undefined
      ? {}
      : { categories: names.categories.map(name => categories.includes(name)) }),
  };
}
