/** Zones and moments for tests of time: everywhere, and near every change of the clocks. */
import * as fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { compileZone } from '../../../src/core/tariff/zone.ts';
import { type EpochMs, epoch, type ServiceDate, type Zone } from '../../../src/core/time.ts';

export const at = (text: string): EpochMs => epoch(Temporal.Instant.from(text).epochMilliseconds);
export const day = (text: string) => Number(text.replaceAll('-', '')) as ServiceDate;

export function zoneOf(name: string): Zone {
  const zone = compileZone(name);
  if (zone === undefined) throw new Error(`no zone ${name}`);
  return zone;
}

export const LONDON = zoneOf('Europe/London');
export const TYUMEN = zoneOf('Asia/Yekaterinburg');
/** Offsets of whole, half and quarter hours, both hemispheres, a change at midnight, one without a change, a reversed DST. */
export const ZONES = [
  'UTC',
  'Asia/Yekaterinburg',
  'Europe/London',
  'Europe/Dublin',
  'America/New_York',
  'America/St_Johns',
  'America/Santiago',
  'America/Havana',
  'Asia/Beirut',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Chatham',
  'Africa/Casablanca',
].map(zoneOf);

export const anyZone = fc.constantFrom(...ZONES);
export const anyMoment = fc
  .integer({ min: Date.UTC(1970, 0, 2) / 1000, max: Date.UTC(2099, 11, 30) / 1000 })
  .map(seconds => epoch(seconds * 1000));
/** A moment within some hours of a change of the clocks, where there is one. */
export const nearChange = fc
  .record({ zone: anyZone, pick: fc.nat(), apartS: fc.integer({ min: -9000, max: 9000 }) })
  .map(({ zone, pick, apartS }) => {
    const change = zone.untilMs[pick % Math.max(1, zone.untilMs.length)] ?? Date.UTC(2026, 2, 29);
    return { zone, moment: epoch(change + apartS * 1000) };
  });
export const zoned = fc.oneof(fc.record({ zone: anyZone, moment: anyMoment }), nearChange);
