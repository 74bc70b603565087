/** `tariff.yaml` + Fares v2 tables -> a `Tariff` a version, or every problem in one go. */
import type { MediumForm } from '../card/face.ts';
import type { Problem } from '../error.ts';
import { Findings } from '../fare/match/findings.ts';
import { known } from '../known.ts';
import type { MinorUnits } from '../money.ts';
import type { YamlFile } from '../source/yaml.ts';
import { addDays, type ServiceDate } from '../time.ts';
import { expectedTimeZone } from '../time-zone.ts';
import { compileBestValue } from './best-value.ts';
import { compileCaps } from './caps.ts';
import { checkTariff } from './check.ts';
import { checkFares } from './check-fares.ts';
import { checkReach } from './check-reach.ts';
import { Checker } from './checker.ts';
import { cellsOf, compileKinds, type Kinds, MAX_CELLS } from './kinds.ts';
import { compileLoyalty } from './loyalty.ts';
import { compileNetworks, type PriceOf } from './networks.ts';
import { compileOpenLoop } from './open-loop.ts';
import { compilePasses } from './passes.ts';
import { compilePrices, priceOf, roundingOf, stepOf } from './prices.ts';
import { compilePurse } from './purse.ts';
import { compileRules } from './rules.ts';
import { WEEKDAYS } from './settings/words.ts';
import type { TariffSettings } from './settings.ts';
import type { FareProductRow, FareTable, TariffTables } from './tables.ts';
import type { Category, Quota, Tariff } from './tariff.ts';
import { compileTransfers } from './transfers.ts';
import { compileZone } from './zone.ts';

export interface TariffSource {
  readonly settings: YamlFile<TariffSettings>;
  readonly tables: TariffTables;
  /** Of each of the settings' `versions`, the table that stands in for `fare_products.txt`. */
  readonly versions: readonly FareTable<FareProductRow>[];
  /** SHA-256 over the folder's files, in hex, of the version whose prices stand in that file. */
  readonly hashOf: (fareProducts: string) => string;
}

export interface Compiled {
  /** First what `tariff.yaml` itself is, then its versions; none where something is wrong. */
  readonly tariffs: readonly Tariff[];
  readonly problems: readonly Problem[];
}

export function compileTariffs(source: TariffSource): Compiled {
  const settings = source.settings.value;
  if (settings === undefined) return { tariffs: [], problems: source.settings.problems };
  const { tables } = source;
  const findings = new Findings({ ...tables });
  const problems: Problem[] = [];
  const check = new Checker(source.settings, problems, (column, id) => findings.isLost(column, id));
  const found = () => [...problems, ...findings.problems];
  checkTariff(settings, tables, source.versions, check, findings);
  const zone = compileZone(settings.timezone);
  if (zone === undefined) {
    check.wrong(['timezone'], `no time zone '${settings.timezone}'`, expectedTimeZone(settings.timezone));
  }
  // Of tables with a row that could not be read nothing more can be told: the reader has said which.
  const areWhole = [...Object.values(tables), ...source.versions].every(({ isWhole }) => isWhole);
  if (zone === undefined || !areWhole || found().some(problem => problem.severity !== 'warning'))
    return { tariffs: [], problems: found() };
  const kinds = compileKinds(settings, tables);
  const cells = cellsOf(kinds);
  if (cells > MAX_CELLS) {
    check.wrong([], `${cells} kinds of rides, by networks, areas and timeframes`, `at most ${MAX_CELLS}`);
    return { tariffs: [], problems: found() };
  }
  const tariffs = versionsOf(source, settings).map(
    ({ tables, version, fareProducts, pricesFrom }): Tariff => {
      const rules = compileRules(source, pricesFrom);
      const compiled = compileTables(settings, tables, kinds);
      return { ...compiled, ...plain(settings), ...version, hash: source.hashOf(fareProducts), zone, rules };
    },
  );
  for (const tariff of tariffs) warnOfNoFare(tariff, check);
  const [own] = tariffs;
  if (own !== undefined) {
    checkReach(settings, tables, kinds, findings);
    checkFares(settings, tables, kinds, own.prices, check);
  }
  return { tariffs, problems: found() };
}

interface Version {
  /** Who published them. */
  readonly pricesFrom: string;
  readonly fareProducts: string;
  readonly tables: TariffTables;
  readonly version: Pick<Tariff, 'revision' | 'effectiveFrom' | 'beganUnknown' | 'effectiveTo'>;
}

function versionsOf({ tables, versions }: TariffSource, settings: TariffSettings): Version[] {
  const { revision, effective } = settings;
  const own: Version = {
    pricesFrom: settings.source,
    fareProducts: 'fare_products.txt',
    tables,
    version: { revision, effectiveFrom: effective.from, beganUnknown: false, ...ending(effective.to) },
  };
  const others = settings.versions.flatMap(({ fareProducts, from, to, ...rest }, index): Version[] => {
    const prices = versions[index];
    if (prices === undefined) return [];
    const began = typeof from === 'number' ? { effectiveFrom: from, beganUnknown: false } : after(from.after);
    return [
      {
        pricesFrom: rest.source,
        fareProducts,
        tables: { ...tables, fareProducts: prices },
        version: { revision: rest.revision, ...began, ...ending(to) },
      },
    ];
  });
  return [own, ...others];
}

function ending(to: ServiceDate | undefined): Pick<Tariff, 'effectiveTo'> {
  return to === undefined ? {} : { effectiveTo: to };
}

/** From the day after on it may hold; on which day it began nobody published. */
function after(date: ServiceDate): Pick<Tariff, 'effectiveFrom' | 'beganUnknown'> {
  return { effectiveFrom: addDays(date, 1), beganUnknown: true };
}

type FromTables =
  | 'mediumNames' | 'categoryNames' | 'networkNames' | 'networks' | 'networkIndex' | 'networkOfRoute' | 'zones' | 'zoneOfStop' | 'zoneRanks' | 'bands' | 'bandNames'
  | 'prices' | 'transfers' | 'caps' | 'passes' | 'bestValue' | 'purse' | 'openLoop' | 'loyalty'; // biome-ignore format: names read best as one block

function compileTables(
  settings: TariffSettings,
  tables: TariffTables,
  kinds: Kinds,
): Pick<Tariff, FromTables> {
  const { names } = kinds;
  const anybody = anybodysPrice(settings, tables);
  const passes = compilePasses(settings, names, anybody);
  const purse = compilePurse(settings, names);
  const openLoop = compileOpenLoop(settings, names);
  return {
    mediumNames: names.media,
    categoryNames: names.categories,
    networkNames: names.networks,
    networks: compileNetworks(settings, names, anybody),
    networkIndex: Object.fromEntries(names.networks.map((name, index) => [name, index])),
    networkOfRoute: networkOfRoute(tables),
    zones: names.zones,
    zoneOfStop: kinds.zoneOfStop,
    zoneRanks: kinds.zoneRanks,
    bands: kinds.bands,
    bandNames: names.bands,
    prices: compilePrices(settings, tables, names),
    transfers: compileTransfers(settings, names),
    caps: compileCaps(settings, names),
    passes,
    bestValue: compileBestValue(settings, names, passes),
    ...(purse === undefined ? {} : { purse }),
    ...(openLoop === undefined ? {} : { openLoop }),
    loyalty: compileLoyalty(settings, names),
  };
}

/** By either of GTFS's two ways to say it; both at once are refused. */
function networkOfRoute({ routes, routeNetworks }: TariffTables): Record<string, string> {
  const named = [...routes.rows, ...routeNetworks.rows];
  return Object.fromEntries(
    named.flatMap(({ route_id, network_id }) => (network_id === undefined ? [] : [[route_id, network_id]])),
  );
}

/** Of a product that is sold to everybody alike: the row without category and medium, else the first. */
function anybodysPrice({ currency }: TariffSettings, tables: TariffTables): PriceOf {
  return fareProduct => {
    const row = tables.fareProducts.rows.find(candidate => candidate.fare_product_id === fareProduct);
    const payer = { category: row?.rider_category_id ?? '', fareMedia: row?.fare_media_id ?? '' };
    return priceOf(fareProduct, payer, tables, currency) ?? (0 as MinorUnits);
  };
}

/** Whoever has no fare anywhere is declined everywhere: seldom what was meant. */
function warnOfNoFare({ categoryNames, mediumNames, prices }: Tariff, check: Checker): void {
  for (const [category, name] of categoryNames.entries()) {
    for (const [medium, mediumName] of mediumNames.entries()) {
      const cell = category * mediumNames.length + medium;
      if (prices.fares.some(fares => fares[cell] !== null)) continue;
      check.warn(['categories', name], `no fare for '${name}' by '${mediumName}'`);
    }
  }
}

type OfVersion = 'hash' | 'zone' | 'rules' | 'revision' | 'effectiveFrom' | 'beganUnknown' | 'effectiveTo';

function plain(settings: TariffSettings): Omit<Tariff, FromTables | OfVersion> {
  const { effective, passback, uncertain } = settings;
  const { stage } = settings.rounding;
  return {
    tariffId: settings.tariffId,
    currency: settings.currency,
    dayStartS: settings.dayStart,
    weekStart: WEEKDAYS.indexOf(settings.weekStart),
    resolutionMs: settings.timeResolution === 's' ? 1000 : 60_000,
    pricedBy: effective.by,
    productNames: Object.fromEntries(settings.products.map(({ id, name }) => [id, name])),
    rounding: roundingOf(settings),
    ...(stage === 'line' ? {} : { sumRounding: { stage, rounding: stepOf(settings) } }),
    carrierNames: Object.keys(settings.carriers),
    carrierOfRoute: Object.fromEntries(
      Object.entries(settings.carriers).flatMap(([name, { routes }]) => routes.map(route => [route, name])),
    ),
    ...(settings.apportionment === undefined ? {} : { apportionedBy: settings.apportionment.by }),
    media: mapValues(settings.media, ({ assurance, ridersPerTrip }, index) =>
      known({ index, assurance, ridersPerTrip }),
    ),
    mediumByForm: mediumByForm(settings),
    defaultCategory: settings.defaultCategory,
    categories: mapValues(settings.categories, (category, index) =>
      compileCategory(category, index, settings),
    ),
    fallbackToPayment: settings.fallbackToPayment,
    passback: {
      debounceMs: passback.debounce,
      furtherBy: passback.group,
      furtherRiderMs: passback.furtherRider,
      refuseMs: passback.refuse,
      inclusive: passback.inclusive,
    },
    uncertain: {
      noStop: uncertain.noStop,
      noClock: uncertain.noClock,
      noEntitlement: uncertain.noEntitlement,
      staleStopList: uncertain.staleStopList,
    },
  };
}

function mediumByForm(settings: TariffSettings): Partial<Record<MediumForm, string>> {
  const byForm: Partial<Record<MediumForm, string>> = {};
  for (const [name, medium] of Object.entries(settings.media)) {
    for (const form of medium.recognise) byForm[form] ??= name;
  }
  return byForm;
}

function compileCategory(
  category: TariffSettings['categories'][string],
  index: number,
  settings: TariffSettings,
): Category {
  const quota = category.quota === undefined ? undefined : settings.quotas[category.quota];
  return {
    index,
    ridersPerTrip: category.ridersPerTrip,
    ...(category.fallback === undefined ? {} : { fallback: category.fallback }),
    ...(category.season === undefined ? {} : { season: category.season }),
    ...(category.ages === undefined ? {} : { ages: category.ages }),
    ...(quota === undefined ? {} : { quota: compileQuota(`quota:${category.quota}`, quota) }),
  };
}

function compileQuota(ruleId: string, quota: TariffSettings['quotas'][string]): Quota {
  const months: Record<number, number> = {};
  for (const [month, rides] of Object.entries(quota.months)) months[Number(month.replace('-', ''))] = rides;
  return { ruleId, months, unpublished: quota.unpublished };
}

function mapValues<From, To>(
  record: Readonly<Record<string, From>>,
  map: (value: From, index: number) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([key, value], index) => [key, map(value, index)]));
}
