/** Every name of a tariff that a scenario may speak of. */
import type { Tariff } from '../../core/tariff/tariff.ts';

/** `undefined`: the tariff names none of that kind, and any name will do. */
export interface Names {
  readonly currency: string;
  readonly medium: readonly string[];
  readonly category: readonly string[];
  readonly pass: readonly string[];
  readonly programme: readonly string[];
  readonly network: readonly string[] | undefined;
  readonly line: readonly string[] | undefined;
  readonly stop: readonly string[] | undefined;
  readonly carrier: readonly string[] | undefined;
}

/** The same in every version: those differ in prices. */
export function namesOf(tariff: Tariff): Names {
  return {
    currency: tariff.currency,
    medium: tariff.mediumNames,
    category: tariff.categoryNames,
    pass: tariff.passes.map(({ id }) => id),
    programme: tariff.loyalty.map(({ id }) => id),
    network: someOf(tariff.networkNames.filter(network => network !== '')),
    line: linesOf(tariff),
    stop: stopsOf(tariff),
    carrier: someOf(tariff.carrierNames),
  };
}

/** Carriers name some of their lines; only a table of networks names them all. */
function linesOf({ networkOfRoute, carrierOfRoute }: Tariff): readonly string[] | undefined {
  const lines = Object.keys(networkOfRoute);
  return lines.length === 0 ? undefined : [...new Set([...lines, ...Object.keys(carrierOfRoute)])];
}

function stopsOf({ zoneOfStop, networks }: Tariff): readonly string[] | undefined {
  const linked = networks.flatMap(({ linking }) => Object.keys(linking?.groupOfStop ?? {}));
  return someOf([...new Set([...Object.keys(zoneOfStop), ...linked])]);
}

function someOf(names: readonly string[]): readonly string[] | undefined {
  return names.length === 0 ? undefined : names;
}
