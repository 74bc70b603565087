/** A device file: one vehicle, its readers and doors, where it finds its data. Data in a folder, no code (law 7). */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { refuseIfWrong, TuraError } from '../core/error.ts';
import { readYaml } from '../core/source/yaml.ts';
import { REALMS } from '../core/tap.ts';

const id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'expected an id: letters, digits, . _ -');

const reader = z.strictObject({
  id,
  door: z.string().optional(),
  kind: z.enum(['simulated', 'pcsc']),
  /** PC/SC: part of the reader's name as the system lists it, so that a SAM slot is not taken for it. */
  name: z.string().min(1).optional(),
});

const position = z.discriminatedUnion('source', [
  /** The trip of this route that runs now by the timetable. */
  z.strictObject({ source: z.literal('timetable'), routeId: z.string() }),
  /** What the driver chose, until the driver chooses again. */
  z.strictObject({ source: z.literal('driver'), routeId: z.string(), stopId: z.string().optional() }),
]);

const deviceSchema = z.strictObject({
  deviceId: id,
  carrierId: id,
  vehicleId: id,
  mode: z.enum(['bus', 'tram', 'trolleybus', 'metro', 'ferry']),
  realm: z.enum(REALMS),
  readers: z.array(reader).min(1).max(16),
  position,
  /** Folders and files, from the device file's own folder. */
  tariff: z.string(),
  feed: z.string(),
  stopList: z.string(),
  cards: z.string().optional(),
  /** The current key, and the one that rotates out. */
  tokenKeys: z.array(z.string()).min(1).max(2),
  /** Where taps go: `http://127.0.0.1:8470`. Absent: they stay in the outbox. */
  collector: z.url({ protocol: /^https?$/, error: 'expected an address: http://127.0.0.1:8470' }).optional(),
});

type DeviceFile = z.output<typeof deviceSchema>;
export type DeviceReader = DeviceFile['readers'][number];

export interface Device extends DeviceFile {
  readonly file: string;
  /** The file as it stands, for the hash on every record. */
  readonly text: string;
}

const PATHS = ['tariff', 'feed', 'stopList', 'cards'] as const;

/** Throws `bad-input` with every problem of the file. Paths come back absolute. */
export function readDevice(file: string): Device {
  const text = readText(file);
  const read = readYaml(text, file, deviceSchema);
  refuseIfWrong(read.problems);
  if (read.value === undefined)
    throw new Error('broken invariant: a device file without problems has a value');
  const device = { ...read.value };
  const ids = device.readers.map(entry => entry.id);
  const twice = ids.findIndex((entry, index) => ids.indexOf(entry) < index);
  if (twice >= 0) {
    const at = read.positionOf(['readers', twice, 'id']);
    refuseIfWrong([{ at, what: `reader '${ids[twice]}' stands here twice`, expected: 'an id of its own' }]);
  }
  for (const path of PATHS) {
    const value = device[path];
    if (value !== undefined) device[path] = resolve(dirname(file), value);
  }
  device.tokenKeys = device.tokenKeys.map(path => resolve(dirname(file), path));
  return Object.freeze({ ...device, file, text });
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new TuraError('bad-input', `no device file ${file}`, {
      where: file,
      expected: 'a device file: devices/demo-bus.yaml shows one',
      cause: error,
    });
  }
}
