/** Names of time zones, as the IANA data base that comes with the engine knows them. */
import { suggest } from './suggest.ts';

export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** What an error says was expected in place of `name`: the nearest right spelling, or what such names look like. */
export function expectedTimeZone(name: string): string {
  const meant = suggest(name, Intl.supportedValuesOf('timeZone'));
  return meant === undefined ? 'an IANA time zone: Asia/Yekaterinburg' : `'${meant}'`;
}
