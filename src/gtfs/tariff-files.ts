/** The texts of a tariff folder, `tariff.yaml` beside its Fares v2 tables, read with positions and compiled. Pure. */
import type { Crypto } from '../core/crypto.ts';
import { type Position, type Problem, refuseIfWrong } from '../core/error.ts';
import { hexOfBytes } from '../core/hex.ts';
import { compileTariffs } from '../core/tariff/compile.ts';
import { compileMetres, type Metres } from '../core/tariff/distance.ts';
import type { TariffSettings } from '../core/tariff/settings.ts';
import type { TariffTables } from '../core/tariff/tables.ts';
import type { Tariff } from '../core/tariff/tariff.ts';
import type { Tariffs } from '../core/tariff/versions.ts';
import { required } from './column.ts';
import { SPECS } from './fare-specs.ts';
import { GTFS_FILES, meantFile } from './file-names.ts';
import { Readings } from './readings.ts';
import type { TableSpec } from './spec.ts';
import { absentTable, type Table } from './table.ts';

export const SETTINGS_FILE = 'tariff.yaml';

/** A table of ours: how far areas lie apart, for fares by distance. */
export const DISTANCES = {
  file: 'distances.txt',
  required: false,
  key: ['from_area_id', 'to_area_id'],
  columns: [required('from_area_id', 'id'), required('to_area_id', 'id'), required('metres', 'count')],
} as const satisfies TableSpec;

export const NEEDED = [SETTINGS_FILE, SPECS.fareMedia.file, SPECS.fareProducts.file, SPECS.fareLegRules.file];
const READ: readonly string[] = [
  ...NEEDED,
  ...[
    SPECS.riderCategories,
    SPECS.timeframes,
    SPECS.networks,
    SPECS.routeNetworks,
    SPECS.areas,
    SPECS.stopAreas,
  ],
  ...[SPECS.agency, SPECS.stops, SPECS.routes, SPECS.calendar, SPECS.calendarDates, DISTANCES],
].map(read => (typeof read === 'string' ? read : read.file));

/** What a feed says of itineraries where taps go by `tariff.yaml`. */
const OF_ITINERARIES: Readonly<Record<string, string>> = {
  [SPECS.fareTransferRules.file]: 'not kept to: taps transfer as transfers in tariff.yaml say',
  [SPECS.fareLegJoinRules.file]: 'not kept to: taps are one journey as networks in tariff.yaml say',
};

/** A feed's other files: no fare of a tap depends on them, and a timetable may be large. */
export const PASSED_OVER: readonly string[] = GTFS_FILES.filter(
  file => !READ.includes(file) && OF_ITINERARIES[file] === undefined,
);

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
    files.table(SPECS.fareProducts, fareProducts),
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
    fareMedia: files.table(SPECS.fareMedia),
    fareProducts: files.table(SPECS.fareProducts),
    fareLegRules: files.table(SPECS.fareLegRules),
    riderCategories: files.table(SPECS.riderCategories),
    timeframes: files.table(SPECS.timeframes),
    networks: files.table(SPECS.networks),
    routeNetworks: files.table(SPECS.routeNetworks),
    areas: files.table(SPECS.areas),
    stopAreas: files.table(SPECS.stopAreas),
    agency: files.table(SPECS.agency),
    stops: files.table(SPECS.stops),
    routes: files.table(SPECS.routes),
    calendar: files.table(SPECS.calendar),
    calendarDates: files.table(SPECS.calendarDates),
    distances: files.table(DISTANCES),
  };
}

/** The texts by name. A table that was misnamed is refused: it would be silently ignored. */
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
    this.#texts = texts;
    this.#readings = readings;
    this.#versions = (settings?.versions ?? []).map(({ fareProducts }) => fareProducts);
    for (const name of texts.keys()) {
      // Settings that cannot be read may name it: what is wrong with them is told first.
      const isVersion = settings === undefined && /^fare_products.+\.txt$/.test(name);
      if (!isVersion && !this.#isRead(name) && !GTFS_FILES.includes(name)) this.#tellStranger(name);
    }
    for (const name of [...NEEDED, ...this.#versions]) {
      if (!texts.has(name)) this.#wrong(name, 'missing', 'a file');
    }
    refuseIfWrong(this.problems);
    for (const [name, what] of Object.entries(OF_ITINERARIES)) this.#warnOfRows(name, what);
  }

  /** `file` where it stands in for the spec's own. A file that is not there is a table without columns. */
  table<S extends TableSpec>(spec: S, file: string = spec.file): Table<S> {
    const text = this.#texts.get(file);
    const path = `${this.#folder}/${file}`;
    if (text === undefined) return absentTable({ ...spec, required: false }, path);
    const read = this.#readings.table(text, path, spec);
    this.problems.push(...read.problems);
    return read;
  }

  /** Names and contents in order, so that a tariff is the same wherever its folder stands; of one version's prices. */
  wholeText(products: string): string {
    const others = [SPECS.fareProducts.file, ...this.#versions].filter(name => name !== products);
    const parts = [...this.#texts]
      .filter(([name]) => this.#isRead(name) && !others.includes(name))
      .sort(([a], [b]) => (a < b ? -1 : 1));
    return parts.map(([name, text]) => `${name}\0${text.length}\0${text}`).join('');
  }

  #isRead(name: string): boolean {
    return READ.includes(name) || this.#versions.includes(name);
  }

  #tellStranger(name: string): void {
    const meant = meantFile(name, [...READ, ...this.#versions, ...GTFS_FILES], this.#texts.keys());
    const what = 'this file is not read here';
    if (meant !== undefined && this.#isRead(meant)) this.#wrong(name, what, `'${meant}'`);
    else this.#warn({ file: `${this.#folder}/${name}` }, what);
  }

  #warnOfRows(name: string, what: string): void {
    const path = `${this.#folder}/${name}`;
    const spec = { file: name, required: false, columns: [] };
    const [row] = this.#readings.table(this.#texts.get(name) ?? '', path, spec).rows;
    if (row !== undefined) this.#warn({ file: path, line: row.line }, what);
  }

  #warn(at: Position, what: string): void {
    this.problems.push({ at, what, severity: 'warning' });
  }

  #wrong(name: string, what: string, expected: string): void {
    this.problems.push({ at: { file: `${this.#folder}/${name}` }, what, expected });
  }
}
