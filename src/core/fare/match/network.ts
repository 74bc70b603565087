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

export function compileNetworks(tables: ItineraryTables, findings: Findings): Networks {
  refuseBoth(tables, findings);
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
    if (route === NONE) findings.unknown(tables.routeNetworks, row, 'route_id', routes.all, 'warning');
    else ofRoute[route] = names.of(row.network_id);
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

/** 'Forbidden if network_id exists in routes.txt': two sources may contradict each other. */
function refuseBoth({ routes, networks, routeNetworks }: ItineraryTables, findings: Findings): void {
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
