/** The texts of a tariff folder, `tariff.yaml` beside its Fares v2 tables, read with positions and compiled. Pure. */
import type { Crypto } from '../core/crypto.ts';
import { type Problem, refuseIfWrong } from '../core/error.ts';
import { hexOfBytes } from '../core/hex.ts';
import { expectedOneOf } from '../core/suggest.ts';
import { compileTariffs } from '../core/tariff/compile.ts';
import { compileMetres, type Metres } from '../core/tariff/distance.ts';
import type { TariffSettings } from '../core/tariff/settings.ts';
import type { TariffTables } from '../core/tariff/tables.ts';
import type { Tariff } from '../core/tariff/tariff.ts';
import type { Tariffs } from '../core/tariff/versions.ts';
import { required } from './column.ts';
import { DRAFTED_LEG_RULES } from './fare-drafts.ts';
import { AREAS, FARE_MEDIA, FARE_PRODUCTS, ROUTE_NETWORKS, STOP_AREAS, TIMEFRAMES } from './fare-tables.ts';
import { Readings } from './readings.ts';
import type { TableSpec } from './spec.ts';
import type { Table } from './table.ts';
import { CALENDAR, CALENDAR_DATES, STOPS } from './tables.ts';

export const SETTINGS_FILE = 'tariff.yaml';

/** A table of ours: how far areas lie apart, for fares by distance. */
export const DISTANCES = {
  file: 'distances.txt',
  required: false,
  key: ['from_area_id', 'to_area_id'],
  columns: [required('from_area_id', 'id'), required('to_area_id', 'id'), required('metres', 'count')],
} as const satisfies TableSpec;

export const NEEDED = [SETTINGS_FILE, FARE_MEDIA.file, FARE_PRODUCTS.file, DRAFTED_LEG_RULES.file];
const KNOWN: readonly string[] = [
  ...NEEDED,
  ...[AREAS, STOP_AREAS, STOPS, ROUTE_NETWORKS, TIMEFRAMES, CALENDAR, CALENDAR_DATES, DISTANCES].map(
    ({ file }) => file,
  ),
];

export interface ReadTariff {
  /** The version that `tariff.yaml` itself is. */
  readonly tariff: Tariff;
  /** It and its `versions`, the earliest first. */
  readonly tariffs: Tariffs;
  /** How far its areas lie apart, where `distances.txt` says. */
  readonly metres: Metres;
  readonly warnings: readonly Problem[];
}

/**
 * `texts` by file name; `folder` is how problems name them. Throws one `bad-input` with every problem: a tariff that is
 * half right is refused whole. What `readings` know is not read again.
 */
export function readTariffFiles(
  texts: ReadonlyMap<string, string>,
  folder: string,
  crypto: Crypto,
  readings: Readings = new Readings(),
): ReadTariff {
  const settings = readings.settings(texts.get(SETTINGS_FILE) ?? '', `${folder}/${SETTINGS_FILE}`);
  const files = new TariffFiles(folder, texts, settings.value, readings);
  const tables = readTables(files);
  const versions = (settings.value?.versions ?? []).map(({ fareProducts }) =>
    files.table(FARE_PRODUCTS, fareProducts),
  );
  const compiled = compileTariffs({
    settings,
    tables,
    versions,
    hashOf: products => hexOfBytes(crypto.sha256(new TextEncoder().encode(files.wholeText(products)))),
  });
  const problems = [...files.problems, ...compiled.problems];
  refuseIfWrong(problems);
  const [tariff] = compiled.tariffs;
  if (tariff === undefined) throw new Error('broken invariant: a tariff without problems is compiled');
  const [first = tariff, ...rest] = [...compiled.tariffs].sort((a, b) => a.effectiveFrom - b.effectiveFrom);
  return { tariff, tariffs: [first, ...rest], metres: compileMetres(tables), warnings: problems };
}

function readTables(files: TariffFiles): TariffTables {
  return {
    fareMedia: files.table(FARE_MEDIA),
    fareProducts: files.table(FARE_PRODUCTS),
    fareLegRules: files.table(DRAFTED_LEG_RULES),
    areas: files.table(AREAS),
    stopAreas: files.table(STOP_AREAS),
    stops: files.table(STOPS),
    routeNetworks: files.table(ROUTE_NETWORKS),
    timeframes: files.table(TIMEFRAMES),
    calendar: files.table(CALENDAR),
    calendarDates: files.table(CALENDAR_DATES),
    distances: files.table(DISTANCES),
  };
}

/** The texts by name. A table that is not priced here is refused: it would be silently ignored. */
class TariffFiles {
  readonly problems: Problem[] = [];
  readonly #folder: string;
  readonly #texts: ReadonlyMap<string, string>;
  readonly #versions: readonly string[];
  readonly #readings: Readings;

  constructor(
    folder: string,
    texts: ReadonlyMap<string, string>,
    settings: TariffSettings | undefined,
    readings: Readings,
  ) {
    this.#folder = folder;
    this.#readings = readings;
    this.#versions = (settings?.versions ?? []).map(({ fareProducts }) => fareProducts);
    const known = [...KNOWN, ...this.#versions];
    for (const name of texts.keys()) {
      // Settings that cannot be read may name it: what is wrong with them is told first.
      const isVersion = settings === undefined && /^fare_products.+\.txt$/.test(name);
      if (!isVersion && !known.includes(name))
        this.#wrong(name, 'this file is not read here', expectedOneOf(name, known));
    }
    for (const name of [...NEEDED, ...this.#versions]) {
      if (!texts.has(name)) this.#wrong(name, 'missing', 'a file');
    }
    refuseIfWrong(this.problems);
    this.#texts = texts;
  }

  /** `file` where it stands in for the spec's own. A file that is not there is a table without columns. */
  table<S extends TableSpec>(spec: S, file: string = spec.file): Table<S> {
    const text = this.#texts.get(file);
    const path = `${this.#folder}/${file}`;
    if (text === undefined) return { rows: [], columns: new Set(), problems: [], at: () => ({ file: path }) };
    const read = this.#readings.table(text, path, spec);
    this.problems.push(...read.problems);
    return read;
  }

  /** Names and contents in order, so that a tariff is the same wherever its folder stands; of one version's prices. */
  wholeText(products: string): string {
    const others = [FARE_PRODUCTS.file, ...this.#versions].filter(name => name !== products);
    const parts = [...this.#texts]
      .filter(([name]) => !others.includes(name))
      .sort(([a], [b]) => (a < b ? -1 : 1));
    return parts.map(([name, text]) => `${name}\0${text.length}\0${text}`).join('');
  }

  #wrong(name: string, what: string, expected: string): void {
    this.problems.push({ at: { file: `${this.#folder}/${name}` }, what, expected });
  }
}
