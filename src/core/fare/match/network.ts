/** Which network a route belongs to, and which networks a leg rule's field lets in. */
import type { ItineraryTables } from '../../tariff/tables.ts';
import type { Findings } from './findings.ts';
import { Names, NONE } from './names.ts';
import { hasPriority, passesEmpty } from './priority.ts';

export interface Networks {
  readonly names: Names;
  readonly routes: Names;
  /** By route. */
  readonly ofRoute: Int32Array;
  /** May a leg in this network, or in none, pass an empty field? */
  readonly passesEmpty: (network: number) => boolean;
}

type NetworkTables = Pick<ItineraryTables, 'routes' | 'networks' | 'routeNetworks'>;

export function compileNetworks(tables: ItineraryTables, findings: Findings): Networks {
  checkNetworks(tables, findings);
  const names = new Names();
  const routes = new Names();
  for (const { network_id } of tables.networks.rows) names.add(network_id);
  for (const { route_id, network_id } of tables.routes.rows) {
    routes.add(route_id);
    if (network_id !== undefined) names.add(network_id);
  }
  for (const { network_id } of tables.routeNetworks.rows) names.add(network_id);

  const ofRoute = new Int32Array(routes.all.length).fill(NONE);
  for (const row of tables.routes.rows) ofRoute[routes.of(row.route_id)] = names.of(row.network_id);
  for (const row of tables.routeNetworks.rows) {
    const route = routes.of(row.route_id);
    if (route !== NONE) ofRoute[route] = names.of(row.network_id);
  }
  return { names, routes, ofRoute, passesEmpty: passingEmpty(tables, names) };
}

/** A route is in one network or in none. */
function passingEmpty(tables: ItineraryTables, names: Names): (network: number) => boolean {
  const priority = hasPriority(tables);
  const listed = new Set(tables.fareLegRules.rows.map(({ network_id }) => names.of(network_id)));
  const passing = Uint8Array.from(names.all, (_, network) =>
    passesEmpty([network], name => listed.has(name), priority) ? 1 : 0,
  );
  return network => network === NONE || passing[network] === 1;
}

/** What networks are, and which routes are in them, said once and of something. */
export function checkNetworks(tables: NetworkTables, findings: Findings): void {
  refuseBoth(tables, findings);
  const { routes, networks, routeNetworks } = tables;
  const [known, ridden] = [
    networks.rows.map(({ network_id }) => network_id),
    routes.rows.map(({ route_id }) => route_id),
  ];
  const [networkIds, routeIds] = [new Set(known), new Set(ridden)];
  for (const row of routeNetworks.rows) {
    // Without the file nothing says that the name is a slip.
    if (networks.columns.size > 0 && !networkIds.has(row.network_id))
      findings.unknown(routeNetworks, row, 'network_id', known);
    if (routes.columns.size > 0 && !routeIds.has(row.route_id))
      findings.unknown(routeNetworks, row, 'route_id', ridden, 'warning');
  }
}

/** Networks that routes are in and that no leg rule is for; of those `asked` more is known elsewhere. */
export function warnOfUnpriced(
  tables: NetworkTables & Pick<ItineraryTables, 'fareLegRules'>,
  findings: Findings,
  asked: readonly string[] = [],
): void {
  const { routes, networks, routeNetworks } = tables;
  const priced = new Set([...tables.fareLegRules.rows.map(({ network_id }) => network_id), ...asked]);
  if (priced.has(undefined)) return;
  const listed = new Set(networks.rows.map(({ network_id }) => network_id));
  const isUnpriced = (name: string | undefined) =>
    name !== undefined && !priced.has(name) && (listed.size === 0 || listed.has(name));
  const found = (name = '') => {
    const what = `no leg rule is for network '${name}': rides in it have no fare`;
    return { what, kind: what };
  };
  for (const row of routes.rows)
    if (isUnpriced(row.network_id)) findings.warn(routes, row, 'network_id', found(row.network_id));
  for (const row of routeNetworks.rows)
    if (isUnpriced(row.network_id)) findings.warn(routeNetworks, row, 'network_id', found(row.network_id));
}

/** 'Forbidden if network_id exists in routes.txt': two sources may contradict each other. */
function refuseBoth({ routes, networks, routeNetworks }: NetworkTables, findings: Findings): void {
  const own = routes.rows.find(row => row.network_id !== undefined);
  if (own === undefined) return;
  const others = [
    ...(networks.columns.size > 0 ? [networks.at({ line: 1 }, 'network_id').file] : []),
    ...(routeNetworks.columns.size > 0 ? [routeNetworks.at({ line: 1 }, 'network_id').file] : []),
  ];
  if (others.length === 0) return;
  const what = `networks come from network_id in routes.txt and from ${others.join(' and ')}`;
  findings.wrong(routes, own, 'network_id', { what, expected: 'one of them' });
}
