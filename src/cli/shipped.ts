/** What ships beside the program: the demo's devices, cards and taps, and tariffs with their scenarios. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The folder of package.json, above the source and above the bundle alike. */
const ROOT = fileURLToPath(
  new URL(existsSync(new URL('../fixtures', import.meta.url)) ? '../' : '../../', import.meta.url),
);

export const DEMO_BUS = `${ROOT}devices/demo-bus.yaml`;
export const DEMO_TRAM = `${ROOT}devices/demo-tram.yaml`;
export const DEMO_CARDS = `${ROOT}fixtures/cards.yaml`;
export const DEMO_TAPS = `${ROOT}fixtures/taps/demo.csv`;
export const SHIPPED_TARIFFS = `${ROOT}fixtures/tariffs`;
export const TYUMEN = `${SHIPPED_TARIFFS}/tyumen`;
export const TEST_TRANSIT_KEY = `${ROOT}fixtures/keys/transit-key-test.yaml`;
