/** A device file: one vehicle, its readers and doors, where it finds its data. Data in a folder, no code (law 7). */
import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { SCHEMES } from '../core/card/schemes.ts';
import { assert, type Position, type Problem, refuseIfWrong } from '../core/error.ts';
import { type Path, readYaml } from '../core/source/yaml.ts';
import { REALMS } from '../core/tap.ts';
import { readText } from '../disk/read-text.ts';
import { id } from './id.ts';
import { READER_KINDS } from './reader/reader.ts';
import { serialLine } from './serial/settings.ts';

const reader = z.strictObject({
  id,
  door: z.string().optional(),
  /** What a tap here is; absent: an exit where the rider's journey is open, else an entry. */
  action: z.enum(['entry', 'exit']).optional(),
  kind: z.enum(READER_KINDS),
  /** PC/SC: part of the reader's name as the system lists it, so that a SAM slot is not taken for it. */
  name: z.string().min(1).optional(),
});

const position = z.discriminatedUnion(
  'source',
  [
    /** The trip of this route that runs now by the timetable. */
    z.strictObject({ source: z.literal('timetable'), routeId: z.string() }),
    /** What the driver chose, until the driver chooses again. */
    z.strictObject({ source: z.literal('driver'), routeId: z.string(), stopId: z.string().optional() }),
    /** What the receiver sees, beside all else that is heard. Without a route: any, until the driver chooses. */
    z.strictObject({ source: z.literal('gnss'), routeId: z.string().optional() }),
    /** What the vehicle bus says, beside all else that is heard. Its line outdoes this route. */
    z.strictObject({ source: z.literal('ibis'), routeId: z.string().optional() }),
  ],
  {
    error: ({ code }) => (code === 'invalid_union' ? 'expected timetable | driver | gnss | ibis' : undefined),
  },
);

const payment = z.strictObject({
  /** Whom the data of bank cards are sealed to: its public key. */
  acquirerKey: z.string(),
  /** `folder`: files in the state folder, which the acquirer's own program takes and deletes. */
  sink: z.enum(['folder']),
});

const driver = z.strictObject({
  /** Whether taps are taken while nobody's shift is open. */
  shift: z.enum(['required', 'optional']).default('optional'),
  /** How long after it a driver may take a ride back, in seconds. */
  voidWithinS: z.int().min(0).max(3600).default(120),
  /** Who may open a shift; absent: whoever has a number, without a PIN. */
  drivers: z.string().optional(),
  /** Where a driver's display connects, on this machine: `127.0.0.1:7420`, or a path. */
  terminal: z
    .string()
    .regex(/^(127\.0\.0\.1:\d{1,5}|\/.{1,100})$/, "expected 127.0.0.1:7420, or a socket's path")
    .optional(),
});

const onNetwork = z.string().regex(/^[A-Za-z0-9.-]{1,253}:\d{1,5}$/, 'expected 192.168.7.11:7411');

const share = z.strictObject({
  /** Where this computer hears the others of its vehicle, and inspectors. */
  listen: onNetwork.optional(),
  /** Where the others listen. */
  peers: z.array(onNetwork).max(16).default([]),
});

const deviceSchema = z.strictObject({
  deviceId: id,
  carrierId: id,
  vehicleId: id,
  mode: z.enum(['bus', 'tram', 'trolleybus', 'metro', 'ferry']),
  realm: z.enum(REALMS),
  readers: z.array(reader).min(1).max(16),
  /** The vehicle's wires: a satellite receiver, the vehicle bus, barcode scanners. */
  serial: z.array(serialLine).max(16).default([]),
  position,
  /** Folders and files, from the device file's own folder. */
  tariff: z.string(),
  feed: z.string(),
  stopList: z.string(),
  cards: z.string().optional(),
  /** What is to be done to cards in the field. */
  actions: z.string().optional(),
  /** The current key, and the one that rotates out. */
  tokenKeys: z.array(z.string()).min(1).max(2),
  /** Of a co-badged card's schemes the first named here is taken; absent: the card's own first. */
  schemes: z.array(z.enum(SCHEMES)).max(SCHEMES.length).default([]),
  /** How bank cards pay that the tariff takes on credit; absent: nothing is kept to be paid by. */
  payment: payment.optional(),
  /** By which keys transit applications are known: the current one, and the one that rotates out. */
  transitKeys: z.array(z.string()).max(2).default([]),
  /** Whose tickets a scanner takes: files of issuers' public keys. */
  ticketKeys: z.array(z.string()).max(16).default([]),
  driver: driver.prefault({}),
  /** The other computers aboard, where each door is one of its own; absent: there are none. */
  share: share.optional(),
  /** Where taps go: `http://127.0.0.1:8470`. Absent: they stay in the outbox. */
  collector: z.url({ protocol: /^https?$/, error: 'expected an address: http://127.0.0.1:8470' }).optional(),
});

type DeviceFile = z.output<typeof deviceSchema>;
type PositionOf = (path: Path) => Position;

export interface Device extends DeviceFile {
  readonly file: string;
  /** The file as it stands, for the hash on every record. */
  readonly text: string;
}

/** What a path of the file must lead to. */
const PATHS = {
  tariff: 'a folder with tariff.yaml',
  feed: 'a GTFS zip or folder',
  stopList: 'a stop list: a CSV file, or a bundle ending in .cbor',
  cards: 'a card file, or a bundle ending in .cbor',
  actions: 'an action list: a CSV file, or a bundle ending in .cbor',
} as const;

/** Throws `bad-input` with every problem of the file. Paths come back absolute. */
export function readDevice(file: string): Device {
  const text = readText(file, 'device file', 'a device file: devices/demo-bus.yaml shows one');
  const { value, problems, positionOf } = readYaml(text, file, deviceSchema);
  refuseIfWrong(problems);
  assert(value !== undefined, 'a device file without problems has a value');
  const device = withPaths(value, dirname(file));
  refuseIfWrong([
    ...twins(device, positionOf),
    ...untrusting(device, positionOf),
    ...deaf(device, positionOf),
    ...deadEnds(value, device, positionOf),
  ]);
  return Object.freeze({ ...device, file, text });
}

/** Where something stands in a device's file. */
export function positionIn({ text, file }: Device, path: Path): Position {
  return readYaml(text, file, deviceSchema).positionOf(path);
}

function withPaths(device: DeviceFile, folder: string): DeviceFile {
  return {
    ...device,
    tariff: resolve(folder, device.tariff),
    feed: resolve(folder, device.feed),
    stopList: resolve(folder, device.stopList),
    ...(device.cards === undefined ? {} : { cards: resolve(folder, device.cards) }),
    ...(device.actions === undefined ? {} : { actions: resolve(folder, device.actions) }),
    tokenKeys: device.tokenKeys.map(path => resolve(folder, path)),
    ...(device.payment === undefined
      ? {}
      : { payment: { ...device.payment, acquirerKey: resolve(folder, device.payment.acquirerKey) } }),
    ticketKeys: device.ticketKeys.map(path => resolve(folder, path)),
    transitKeys: device.transitKeys.map(path => resolve(folder, path)),
    ...(device.driver.drivers === undefined
      ? {}
      : { driver: { ...device.driver, drivers: resolve(folder, device.driver.drivers) } }),
  };
}

function twins({ readers, serial }: DeviceFile, positionOf: PositionOf): Problem[] {
  const named = [
    ...readers.map(({ id }, index) => ({ id, what: 'reader', path: ['readers', index, 'id'] })),
    ...serial.map(({ id }, index) => ({ id, what: 'line', path: ['serial', index, 'id'] })),
  ];
  return named.flatMap(({ id, what, path }, index) => {
    if (named.findIndex(other => other.id === id) === index) return [];
    return [
      { at: positionOf(path), what: `${what} '${id}' stands here twice`, expected: 'an id of its own' },
    ];
  });
}

/** A scanner that trusts nobody declines every ticket there is. */
function untrusting({ serial, ticketKeys }: DeviceFile, positionOf: PositionOf): Problem[] {
  const index = serial.findIndex(({ kind }) => kind === 'scanner');
  if (index === -1 || ticketKeys.length > 0) return [];
  const expected = "'ticketKeys': files of issuers' public keys";
  return [
    { at: positionOf(['serial', index]), what: 'a scanner, and nobody whose tickets it takes', expected },
  ];
}

/** The wire that a source of position hears, and what is at its other end. */
const WIRES = { gnss: ['nmea', 'a satellite receiver'], ibis: ['ibis', 'the vehicle bus'] } as const;

function deaf({ position: { source }, serial }: DeviceFile, positionOf: PositionOf): Problem[] {
  if (source !== 'gnss' && source !== 'ibis') return [];
  const [kind, what] = WIRES[source];
  if (serial.some(line => line.kind === kind)) return [];
  const expected = `a line of kind ${kind} under 'serial'`;
  return [{ at: positionOf(['position', 'source']), what: `${source}, and no wire to ${what}`, expected }];
}

/** A path that leads nowhere is said where it stands, not where it leads. */
function deadEnds(written: DeviceFile, absolute: DeviceFile, positionOf: PositionOf): Problem[] {
  const named = Object.entries(PATHS).map(([key, expected]) => {
    const name = key as keyof typeof PATHS;
    return { path: [key], as: written[name], file: absolute[name], expected };
  });
  const keys = written.tokenKeys.map((as, index) => ({
    ...{ path: ['tokenKeys', index], as, file: absolute.tokenKeys[index] },
    expected: 'a token key file',
  }));
  const ticketKeys = written.ticketKeys.map((as, index) => ({
    ...{ path: ['ticketKeys', index], as, file: absolute.ticketKeys[index] },
    expected: "a file with an issuer's public key",
  }));
  const transitKeys = written.transitKeys.map((as, index) => ({
    ...{ path: ['transitKeys', index], as, file: absolute.transitKeys[index] },
    expected: 'a key for transit applications',
  }));
  const acquirer = {
    ...{ path: ['payment', 'acquirerKey'], as: written.payment?.acquirerKey },
    ...{ file: absolute.payment?.acquirerKey, expected: "an acquirer's public key" },
  };
  const drivers = {
    ...{ path: ['driver', 'drivers'], as: written.driver.drivers },
    ...{ file: absolute.driver.drivers, expected: 'a file of drivers: tura driver enrol makes its entries' },
  };
  const all = [...named, ...keys, ...ticketKeys, ...transitKeys, acquirer, drivers];
  return all.flatMap(({ path, as, file, expected }) => {
    if (file === undefined || existsSync(file)) return [];
    return [{ at: positionOf(path), what: `${path[0]}: nothing at '${as}'`, expected }];
  });
}
