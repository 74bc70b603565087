/** Option values, checked where they are read: what was given, what was expected. */
import { InvalidArgumentError } from 'commander';
import { expectedOneOf } from '../core/suggest.ts';
import { type EpochMs, parseInstant } from '../core/time.ts';

export function choice<const Word extends string>(words: readonly Word[]): (value: string) => Word {
  return value => {
    const word = words.find(candidate => candidate === value);
    if (word === undefined) throw new InvalidArgumentError(`Expected ${expectedOneOf(value, words)}.`);
    return word;
  };
}

export function port(value: string): number {
  return within(value, 0, 65_535, 'a port from 0 to 65535');
}

/** An empty name would be the folder one happens to stand in. */
export function folder(value: string): string {
  if (value.trim() !== '') return value;
  throw new InvalidArgumentError('Expected the name of a folder.');
}

/** The address of a collector. */
export function address(value: string): string {
  if (URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)) return value;
  throw new InvalidArgumentError('Expected an address: http://127.0.0.1:8470.');
}

export function instant(value: string): EpochMs {
  const moment = parseInstant(value);
  if (moment !== undefined) return moment;
  throw new InvalidArgumentError('Expected a moment with its offset: 2026-03-02T07:30:00+05:00.');
}

export function count(value: string): number {
  return within(value, 1, 1_000_000, 'a whole number from 1');
}

export function percentage(value: string): number {
  return within(value, 0, 100, 'a percentage from 0 to 100');
}

export function latitude(value: string): number {
  return decimal(value, 90, 'a latitude from -90 to 90, such as 57.1530');
}

export function longitude(value: string): number {
  return decimal(value, 180, 'a longitude from -180 to 180, such as 65.5343');
}

function within(value: string, low: number, high: number, expected: string): number {
  const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
  if (!(number >= low && number <= high)) throw new InvalidArgumentError(`Expected ${expected}.`);
  return number;
}

function decimal(value: string, limit: number, expected: string): number {
  const number = /^-?\d{1,3}(\.\d+)?$/.test(value) ? Number(value) : Number.NaN;
  if (!(Math.abs(number) <= limit)) throw new InvalidArgumentError(`Expected ${expected}.`);
  return number;
}
