/** The fields of the two sentences that say where one is, RMC and GGA, whichever satellites' receiver is talking. */
import { type EpochMs, epoch } from '../../../core/time.ts';

export interface Rmc {
  readonly kind: 'rmc';
  /** Absent: the receiver sees too few satellites. */
  readonly fix?: RmcFix;
}

interface RmcFix extends LatLon {
  readonly utc: EpochMs;
  readonly speedMps?: number;
  /** Clockwise from true north. */
  readonly courseDeg?: number;
}

export interface Gga {
  readonly kind: 'gga';
  readonly fix?: GgaFix;
}

/** What GGA alone knows; its time has no date. */
export interface GgaFix extends LatLon {
  readonly quality: FixQuality;
  readonly satellites?: number;
  readonly hdop?: number;
}

interface LatLon {
  /** WGS 84 degrees. */
  readonly lat: number;
  readonly lon: number;
}

/** By GGA's number. What a hand typed or a simulator made up (7 and 8) is no fix. */
const QUALITIES = ['none', 'gnss', 'differential', 'precise', 'rtk', 'rtk-float', 'estimated'] as const;
export type FixQuality = (typeof QUALITIES)[number];

export type Reading =
  | Rmc
  | Gga
  /** A sentence that says something else. */
  | { readonly kind: 'other'; readonly what: string; readonly isUsual: boolean }
  | { readonly kind: 'nonsense'; readonly what: string };

/** What receivers send unasked beside the two. */
const USUAL: ReadonlySet<string> = new Set([
  'GSA',
  'GSV',
  'GLL',
  'VTG',
  'ZDA',
  'GST',
  'GNS',
  'GBS',
  'DTM',
  'TXT',
]);

/** `text`: a sentence without its `$` and its checksum. */
export function readSentence(text: string): Reading {
  const fields = text.split(',');
  const [address = ''] = fields;
  const type = /^[A-Z]{2}([A-Z]{3})$/.exec(address)?.[1];
  const what = `sentence ${/^[A-Z0-9]{1,8}$/.test(address) ? address : 'without a name'}`;
  const read = type === 'RMC' ? readRmc(fields) : type === 'GGA' ? readGga(fields) : undefined;
  if (read !== undefined) return read;
  if (type === 'RMC' || type === 'GGA') return { kind: 'nonsense', what: `${what} that makes no sense` };
  return { kind: 'other', what, isUsual: type !== undefined && USUAL.has(type) };
}

/** Status V, and the modes not valid, manual and simulator, are no fix. */
function readRmc(fields: readonly string[]): Rmc | undefined {
  const [, time = '', status, lat, ns, lon, ew, knots = '', course = '', date = '', , , mode = 'A'] = fields;
  if (fields.length < 10 || (status !== 'A' && status !== 'V')) return undefined;
  if (status === 'V' || /^[NMS]$/.test(mode)) return { kind: 'rmc' };
  const where = readLatLon(lat, ns, lon, ew);
  const utc = readMoment(date, time);
  const speed = readNumber(knots, MAX_KNOTS);
  const courseDeg = readNumber(course, 360);
  if (where === undefined || utc === undefined || speed === null || courseDeg === null) return undefined;
  return {
    kind: 'rmc',
    fix: {
      ...where,
      utc,
      ...(speed === undefined ? {} : { speedMps: speed * KNOT_MPS }),
      ...(courseDeg === undefined ? {} : { courseDeg }),
    },
  };
}

function readGga(fields: readonly string[]): Gga | undefined {
  const [, , lat, ns, lon, ew, number = '', satellitesText = '', hdopText = ''] = fields;
  if (fields.length < 9 || !/^[0-8]$/.test(number)) return undefined;
  const quality = QUALITIES[Number(number)];
  if (quality === undefined || quality === 'none') return { kind: 'gga' };
  const where = readLatLon(lat, ns, lon, ew);
  const satellites = readNumber(satellitesText, 99);
  const hdop = readNumber(hdopText, 99.99);
  if (where === undefined || satellites === null || hdop === null) return undefined;
  return {
    kind: 'gga',
    fix: {
      ...where,
      quality,
      ...(satellites === undefined ? {} : { satellites }),
      ...(hdop === undefined ? {} : { hdop }),
    },
  };
}

const KNOT_MPS = 1852 / 3600;
/** No bus is faster than a jet. */
const MAX_KNOTS = 1000;

/** Undefined where the receiver says nothing, null where it is no such number. */
function readNumber(text: string, most: number): number | undefined | null {
  if (text === '') return undefined;
  const value = /^\d{1,4}(\.\d{1,6})?$/.test(text) ? Number(text) : Number.NaN;
  return value <= most ? value : null;
}

/** `5654.660,N,01432.52,E`: whole degrees, then minutes with two digits before the point. */
function readLatLon(lat = '', ns = '', lon = '', ew = ''): LatLon | undefined {
  const north = readAngle(/^(\d{2})(\d{2}(?:\.\d{1,8})?)$/, lat, 90);
  const east = readAngle(/^(\d{3})(\d{2}(?:\.\d{1,8})?)$/, lon, 180);
  if (north === undefined || east === undefined || !/^[NS]$/.test(ns) || !/^[EW]$/.test(ew)) return undefined;
  return { lat: ns === 'N' ? north : -north, lon: ew === 'E' ? east : -east };
}

function readAngle(form: RegExp, text: string, most: number): number | undefined {
  const [, degrees, minutes] = form.exec(text) ?? [];
  if (degrees === undefined || minutes === undefined || Number(minutes) >= 60) return undefined;
  const angle = Number(degrees) + Number(minutes) / 60;
  return angle <= most ? angle : undefined;
}

/** `241216` and `150000.00`, UTC. The years have two digits, and no satellite receiver is older than this century. */
function readMoment(date: string, time: string): EpochMs | undefined {
  const [, day, month, year] = /^(\d{2})(\d{2})(\d{2})$/.exec(date) ?? [];
  const [, hour, minute, second, part = '0'] = /^(\d{2})(\d{2})(\d{2})(?:\.(\d{1,6}))?$/.exec(time) ?? [];
  if (day === undefined || hour === undefined || Number(hour) > 23 || Number(minute) > 59) return undefined;
  // A leap second is a second 60.
  if (Number(second) > 60) return undefined;
  const midnight = Date.UTC(2000 + Number(year), Number(month) - 1, Number(day));
  const named = new Date(midnight);
  if (named.getUTCDate() !== Number(day) || named.getUTCMonth() !== Number(month) - 1) return undefined;
  const seconds = Number(hour) * 3600 + Number(minute) * 60 + Number(`${second}.${part}`);
  return epoch(midnight + Math.round(seconds * 1000));
}
