/** Every name that a rule of `tariff.yaml` speaks is the name of something: of a medium, a network, an area, a pass. */
import type { Path } from '../source/yaml.ts';
import type { Checker } from './checker.ts';
import type { Covers } from './settings/words.ts';
import type { TariffSettings } from './settings.ts';
import type { TariffTables } from './tables.ts';

interface KnownNames {
  readonly media: readonly string[];
  readonly categories: readonly string[];
  readonly networks: readonly string[];
  readonly areas: readonly string[];
  readonly timeframes: readonly string[];
  readonly products: readonly string[];
  readonly fareProducts: readonly string[];
  readonly passes: readonly string[];
}

export function checkNames(settings: TariffSettings, tables: TariffTables, check: Checker): void {
  const known = knownNames(settings, tables);
  const covers = (path: Path, { networks, areas, timeframes, media, categories }: Covers) => {
    check.knownAll([...path, 'networks'], 'network', networks ?? [], known.networks);
    check.knownAll([...path, 'areas'], 'area', areas ?? [], known.areas);
    check.knownAll([...path, 'timeframes'], 'timeframe group', timeframes ?? [], known.timeframes);
    check.knownAll([...path, 'media'], 'medium', media ?? [], known.media);
    check.knownAll([...path, 'categories'], 'category', categories ?? [], known.categories);
  };
  const product = (path: Path, id: number | undefined) => {
    if (id !== undefined) check.known(path, 'product', String(id), known.products);
  };
  for (const section of ['discounts', 'caps', 'passes', 'bestValue'] as const) {
    settings[section].forEach((rule, index) => {
      covers([section, index, 'covers'], rule.covers);
      product([section, index, 'product'], rule.product);
    });
    check.once([section], section, settings[section], ({ id }) => id);
  }
  const carriers = Object.keys(settings.carriers);
  settings.transfers.forEach(({ networks, carriers: named }, index) => {
    check.knownAll(['transfers', index, 'networks'], 'network', networks ?? [], known.networks);
    check.knownAll(['transfers', index, 'carriers'], 'carrier', named ?? [], carriers);
  });
  for (const [index, { gives }] of settings.caps.entries()) {
    check.known(['caps', index, 'gives'], 'pass', gives, known.passes);
  }
  checkCarriers(settings, check);
  settings.bestValue.forEach(({ passes }, index) => {
    check.knownAll(['bestValue', index, 'passes'], 'pass', passes, known.passes);
  });
  settings.passes.forEach(({ fareProduct }, index) => {
    check.known(['passes', index, 'fareProduct'], 'fare product', fareProduct, known.fareProducts);
  });
  settings.distances.forEach(({ fareProduct }, index) => {
    check.known(['distances', index, 'fareProduct'], 'fare product', fareProduct, known.fareProducts);
  });
  check.knownAll(['areaOrder'], 'area', settings.areaOrder ?? [], known.areas);
  check.knownAll(['purse', 'media'], 'medium', settings.purse?.media ?? [], known.media);
  check.knownAll(['openLoop', 'media'], 'medium', settings.openLoop?.media ?? [], known.media);
  settings.loyalty.forEach(({ accrual, redemption }, index) => {
    for (const [at, rule] of accrual.entries())
      covers(['loyalty', index, 'accrual', at, 'covers'], rule.covers);
    product(['loyalty', index, 'redemption', 'product'], redemption?.product);
  });
  checkNetworks(settings, known, check, product);
}

function checkNetworks(
  { networks }: TariffSettings,
  known: KnownNames,
  check: Checker,
  product: (path: Path, id: number | undefined) => void,
): void {
  const sold = (path: Path, name: string | undefined) =>
    check.known(path, 'fare product', name, known.fareProducts);
  for (const [name, rule] of Object.entries(networks)) {
    const at = (...rest: Path): Path => ['networks', name, ...rest];
    sold(at('deposit', 'fareProduct'), rule.deposit?.fareProduct);
    product(at('deposit', 'product'), rule.deposit?.product);
    sold(at('incomplete', 'fareProduct'), rule.incomplete?.fareProduct);
    product(at('incomplete', 'product'), rule.incomplete?.product);
    product(at('autoCompletion', 'product'), rule.autoCompletion?.product);
    for (const [area, fareProduct] of Object.entries(rule.incomplete?.areas ?? {})) {
      check.known(at('incomplete', 'areas', area), 'area', area, known.areas);
      sold(at('incomplete', 'areas', area), fareProduct);
    }
    rule.sameStop?.forEach(({ price, product: id }, index) => {
      if (price !== 'free') sold(at('sameStop', index, 'price'), price.fareProduct);
      product(at('sameStop', index, 'product'), id);
    });
    rule.maximumTime?.forEach(({ timeframes }, index) => {
      check.knownAll(
        at('maximumTime', index, 'timeframes'),
        'timeframe group',
        timeframes ?? [],
        known.timeframes,
      );
    });
  }
}

/** A route is ridden by one carrier. */
function checkCarriers({ carriers, apportionment }: TariffSettings, check: Checker): void {
  const taken = new Map<string, string>();
  for (const [name, { routes }] of Object.entries(carriers)) {
    for (const [place, route] of routes.entries()) {
      const other = taken.get(route);
      const at = ['carriers', name, 'routes', place];
      if (other !== undefined)
        check.wrong(at, `'${route}' is ridden by '${other}' already`, 'one carrier a route');
      taken.set(route, name);
    }
  }
  if (apportionment !== undefined && Object.keys(carriers).length === 0)
    check.wrong(['apportionment'], 'a share for carriers, and none is named', 'carriers: with their routes');
}

function knownNames(settings: TariffSettings, tables: TariffTables): KnownNames {
  const unique = (names: readonly string[]) => [...new Set(names)];
  return {
    media: Object.keys(settings.media),
    categories: Object.keys(settings.categories),
    networks: unique([
      ...tables.fareLegRules.rows.flatMap(({ network_id }) => network_id ?? []),
      ...Object.keys(settings.networks),
      ...tables.routeNetworks.rows.map(({ network_id }) => network_id),
    ]),
    areas: unique([...tables.areas.rows, ...tables.stopAreas.rows].map(({ area_id }) => area_id)),
    timeframes: unique(tables.timeframes.rows.map(({ timeframe_group_id }) => timeframe_group_id)),
    products: settings.products.map(({ id }) => String(id)),
    fareProducts: unique(tables.fareProducts.rows.map(({ fare_product_id }) => fare_product_id)),
    passes: settings.passes.map(({ id }) => id),
  };
}
