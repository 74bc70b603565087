/** A tariff folder with a second version, of higher prices. */
import type { Tariffs } from '../../../src/core/tariff/versions.ts';
import { compileTariff } from '../../../src/fare.ts';

/** From 2026-03-03 on every amount is ten times as high. */
export function raised(files: Readonly<Record<string, string>>, from = '2026-03-03'): Tariffs {
  const products = files['fare_products.txt'] ?? '';
  const later = products.replace(/\d+\.\d\d/g, amount => (Number(amount) * 10).toFixed(2));
  const settings = (files['tariff.yaml'] ?? '').replace(
    /^effective:.*$/m,
    `$&\nversions: [{ revision: 2, from: ${from}, fareProducts: later.txt, source: assumed }]`,
  );
  return compileTariff({ ...files, 'tariff.yaml': settings, 'later.txt': later }).tariffs;
}
