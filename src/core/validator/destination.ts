/** Where a ride that begins here is taken to end, in networks whose price asks for it without an exit. */
import type { Place } from '../tap.ts';
import type { NetworkRules } from '../tariff/networks.ts';
import type { Tariff } from '../tariff/tariff.ts';

export function destinationAt(tariff: Tariff, place: Place): string | undefined {
  switch (estimateAt(tariff, place)) {
    case 'end-of-line':
      return place.lastStopId;
    case 'chosen':
      return place.chosenStopId;
    default:
      return undefined;
  }
}

function estimateAt({ networkIndex, networks }: Tariff, { networkId }: Place): NetworkRules['estimate'] {
  return networks[networkIndex[networkId ?? ''] ?? 0]?.estimate ?? 'none';
}
