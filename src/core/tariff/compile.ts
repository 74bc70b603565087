/** `tariff.yaml` + Fares v2 tables -> a `Tariff`, or every problem in one go. */

import type { CardForm } from '../card/face.ts';
import type { Problem } from '../error.ts';
import type { YamlFile } from '../source/yaml.ts';
import { checkSettings } from './check-settings.ts';
import { checkTables } from './check-tables.ts';
import { Checker } from './checker.ts';
import { compileFares } from './fares.ts';
import type { TariffSettings } from './settings.ts';
import type { FareTables } from './tables.ts';
import type { Category, Quota, Tariff, Transfer } from './tariff.ts';
import { compileZone } from './zone.ts';

export interface TariffSource {
  readonly settings: YamlFile<TariffSettings>;
  readonly tables: FareTables;
  /** SHA-256 over the folder's files, in hex. */
  readonly hash: string;
}

export interface Compiled {
  readonly tariff?: Tariff;
  readonly problems: readonly Problem[];
}

export function compileTariff(source: TariffSource): Compiled {
  const settings = source.settings.value;
  if (settings === undefined) return { problems: source.settings.problems };
  const problems: Problem[] = [];
  const check = new Checker(source.settings, problems);
  checkSettings(settings, check);
  checkTables(settings, source.tables, check);
  const zone = compileZone(settings.timezone);
  if (zone === undefined) {
    check.wrong(['timezone'], `no time zone '${settings.timezone}'`, 'an IANA name: Asia/Yekaterinburg');
  }
  if (zone === undefined || problems.some(problem => problem.severity !== 'warning')) return { problems };
  const fares = compileFares(settings, source.tables);
  warnOfNoFare(settings, fares.fares, check);
  return { problems, tariff: { ...plain(settings), hash: source.hash, zone, ...fares } };
}

/** Whoever has no fare anywhere is declined everywhere: seldom what was meant. */
function warnOfNoFare(settings: TariffSettings, fares: Tariff['fares'], check: Checker): void {
  for (const category of Object.keys(settings.categories)) {
    for (const medium of Object.keys(settings.media)) {
      if (Object.keys(fares[category]?.[medium] ?? {}).length > 0) continue;
      check.warn(['categories', category], `no fare for '${category}' by '${medium}'`);
    }
  }
}

function plain(settings: TariffSettings): Omit<Tariff, 'hash' | 'zone' | 'fares' | 'listedNetworks'> {
  const { effective, passback, uncertain } = settings;
  return {
    tariffId: settings.tariffId,
    revision: settings.revision,
    currency: settings.currency,
    dayStartS: settings.dayStart,
    resolutionMs: settings.timeResolution === 's' ? 1000 : 60_000,
    effectiveFrom: effective.from,
    ...(effective.to === undefined ? {} : { effectiveTo: effective.to }),
    media: mapValues(settings.media, medium => ({ assurance: medium.assurance })),
    mediumByForm: mediumByForm(settings),
    defaultCategory: settings.defaultCategory,
    categories: mapValues(settings.categories, category => compileCategory(category, settings)),
    transfers: compileTransfers(settings),
    passback: {
      debounceMs: passback.debounce,
      furtherRiderMs: passback.furtherRider,
      refuseMs: passback.refuse,
    },
    uncertain: {
      noStop: uncertain.noStop,
      noClock: uncertain.noClock,
      noEntitlement: uncertain.noEntitlement,
      staleStopList: uncertain.staleStopList,
    },
  };
}

function mediumByForm(settings: TariffSettings): Partial<Record<CardForm, string>> {
  const byForm: Partial<Record<CardForm, string>> = {};
  for (const [name, medium] of Object.entries(settings.media)) {
    for (const form of medium.recognise) byForm[form] ??= name;
  }
  return byForm;
}

function compileCategory(category: TariffSettings['categories'][string], settings: TariffSettings): Category {
  const quota = category.quota === undefined ? undefined : settings.quotas[category.quota];
  return {
    ridersPerTrip: category.ridersPerTrip,
    ...(category.fallback === undefined ? {} : { fallback: category.fallback }),
    ...(category.season === undefined ? {} : { season: category.season }),
    ...(quota === undefined ? {} : { quota: compileQuota(quota) }),
  };
}

function compileQuota(quota: TariffSettings['quotas'][string]): Quota {
  const months: Record<number, number> = {};
  for (const [month, rides] of Object.entries(quota.months)) months[Number(month.replace('-', ''))] = rides;
  return { months, unpublished: quota.unpublished };
}

/** The first transfer of the file that fits a category and a medium is theirs. */
function compileTransfers(settings: TariffSettings): Record<string, Record<string, Transfer>> {
  const table: Record<string, Record<string, Transfer>> = {};
  for (const { id, window, product, media, categories, source: _source, ...rest } of settings.transfers) {
    const transfer: Transfer = { ...rest, windowMs: window, productId: product, ruleId: `transfer:${id}` };
    for (const category of categories) {
      table[category] ??= {};
      const row = table[category];
      for (const medium of media) row[medium] ??= transfer;
    }
  }
  return table;
}

function mapValues<From, To>(
  record: Readonly<Record<string, From>>,
  map: (value: From) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
