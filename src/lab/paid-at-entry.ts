/** Whether any ride of a tariff is paid when it begins: there alone riders ride along, and are told that they have paid. */
import type { Tariff } from '../core/tariff/tariff.ts';

export function isPaidAtEntry({ networks, prices: { legs } }: Tariff): boolean {
  const kinds = legs.length / networks.length;
  return networks.some(
    ({ taps }, network) =>
      taps === 'entry-only' && legs.slice(network * kinds, (network + 1) * kinds).some(leg => leg >= 0),
  );
}
