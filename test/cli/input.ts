/** Device files and what they name, spoilt one at a time, in a folder of their own. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '../..');
export const FIXTURES = join(ROOT, 'fixtures');

/** What a device file of a bus on line 25 says, line by line; `undefined` leaves a line out. */
export type DeviceLines = Readonly<Record<string, string | undefined>>;

const BUS: DeviceLines = {
  deviceId: 'test-bus',
  carrierId: 'tmn',
  vehicleId: 'bus-1',
  mode: 'bus',
  realm: 'test',
  readers: '[{ id: front, kind: simulated }, { id: rear, kind: simulated }]',
  position: '{ source: timetable, routeId: bus-25 }',
  tariff: join(FIXTURES, 'tariffs/tyumen'),
  feed: join(FIXTURES, 'feeds/tyumen'),
  stopList: join(FIXTURES, 'stoplist.csv'),
  cards: join(FIXTURES, 'cards.yaml'),
  tokenKeys: `[${join(FIXTURES, 'keys/token-key-test.yaml')}]`,
};

export function deviceText(changed: DeviceLines = {}): string {
  const lines = Object.entries({ ...BUS, ...changed });
  return lines.map(([key, value]) => (value === undefined ? '' : `${key}: ${value}\n`)).join('');
}

/** Shared by all tests of a run, and gone with it. */
export const folder = mkdtempSync(join(tmpdir(), 'tura-cli-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
let files = 0;

/** Gives the new file's path. */
export function write(text: string | Uint8Array, name = 'input'): string {
  const file = join(folder, `${++files}-${name}`);
  writeFileSync(file, text);
  return file;
}

/** A state folder that is not there yet. */
export const newState = (): string => join(folder, `${++files}-state`);
