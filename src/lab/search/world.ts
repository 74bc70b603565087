/**
 * What of a compiled tariff is worth trying: who pays, where one rides, on which days, and the stretches of time that its
 * rules ask about. Small: two stops a zone, two lines a network.
 */
import { grouped } from '../../core/fare/match/grouped.ts';
import type { Metres } from '../../core/tariff/distance.ts';
import type { Tariff } from '../../core/tariff/tariff.ts';
import type { Tariffs } from '../../core/tariff/versions.ts';
import { daysOf, type WorldDay } from './days.ts';
import { type Payer, payersOf, type Right, rightsOf } from './payers.ts';

export interface World {
  readonly tariffs: Tariffs;
  /** The simplest first, everywhere. */
  readonly payers: readonly Payer[];
  readonly rights: readonly Right[];
  readonly ways: readonly Way[];
  readonly days: readonly WorldDay[];
  /** Seconds; the limits of every window of the tariff, in ascending order. */
  readonly limitsS: readonly number[];
  /** The least time that the tariff knows, in seconds. */
  readonly unitS: number;
  readonly metres: Metres;
}

/** A network, and how one rides there. */
export interface Way {
  /** Absent: any network that no rule names. */
  readonly network: string | undefined;
  /** A tap ends the ride. */
  readonly isLeft: boolean;
  /** A ride without that tap is priced to where it is said to end. */
  readonly namesEnd: boolean;
  /** None: no rule asks about lines. */
  readonly lines: readonly string[];
  /** None: no rule asks about stops. */
  readonly stops: readonly Stop[];
}

export interface Stop {
  readonly id: string;
  /** Its index in the tariff's zones; 0 is none. */
  readonly zone: number;
}

const STOPS_A_ZONE = 2;
const LINES_A_NETWORK = 2;

export function worldOf(tariffs: Tariffs, metres: Metres): World {
  const newest = tariffs.at(-1) ?? tariffs[0];
  const payers = payersOf(newest);
  return {
    tariffs,
    payers,
    rights: rightsOf(newest, payers),
    ways: waysOf(newest),
    days: daysOf(tariffs),
    limitsS: limitsOf(newest),
    unitS: newest.resolutionMs / 1000,
    metres,
  };
}

function waysOf(tariff: Tariff): readonly Way[] {
  const stops = stopsOf(tariff);
  return tariff.networkNames.flatMap((name, index): Way[] => {
    const rules = tariff.networks[index];
    if (rules === undefined || !isPriced(tariff, index)) return [];
    const isLeft = rules.taps === 'entry-exit';
    return [
      {
        network: name === '' ? undefined : name,
        isLeft,
        namesEnd: !isLeft && rules.estimate !== 'none',
        lines: linesOf(tariff, name),
        stops: stops.length === 0 && isLeft ? ANYWHERE : stops,
      },
    ];
  });
}

/** Where a tariff names no stop, and a journey is entered and left all the same. */
const ANYWHERE: readonly Stop[] = ['here', 'there'].map(id => ({ id, zone: 0 }));

function isPriced({ prices, networkNames }: Tariff, network: number): boolean {
  const cells = prices.legs.length / networkNames.length;
  return prices.legs.slice(network * cells, (network + 1) * cells).some(leg => leg >= 0);
}

/** Those of each zone that stand first, and all that are linked; zone by zone. */
function stopsOf({ zones, zoneOfStop, networks }: Tariff): readonly Stop[] {
  const linked = new Set(networks.flatMap(({ linking }) => Object.keys(linking?.groupOfStop ?? {})));
  const all = Object.entries(zoneOfStop).map(([id, zone]) => ({ id, zone }));
  const byZone = grouped(all, ({ zone }) => zone);
  return zones.flatMap((_, zone) =>
    (byZone.get(zone) ?? []).filter(({ id }, place) => place < STOPS_A_ZONE || linked.has(id)),
  );
}

/** Of the network itself where the tariff names them, and one of each carrier; invented where a rule asks about others. */
function linesOf({ networkOfRoute, carrierOfRoute, transfers }: Tariff, network: string): readonly string[] {
  const isHere = (route: string) => (networkOfRoute[route] ?? network) === network;
  const own = Object.keys(networkOfRoute).filter(isHere).slice(0, LINES_A_NETWORK);
  const carriers = new Map(
    Object.entries(carrierOfRoute)
      .filter(([route]) => isHere(route))
      .map(([route, carrier]) => [carrier, route]),
  );
  const named = [...new Set([...own, ...carriers.values()])];
  const areAsked = transfers.some(({ sameRoute }) => sameRoute === 'refused');
  return named.length === 0 && areAsked ? ['line-1', 'line-2'] : named;
}

/** In whole units of the tariff's resolution: nothing is told apart within one. */
function limitsOf({ transfers, networks, passback, resolutionMs }: Tariff): readonly number[] {
  const limitsMs = [
    ...transfers.map(({ windowMs }) => windowMs),
    ...networks.flatMap(({ linking, sameStop, maximumTime }) => [
      ...(linking === undefined ? [] : [linking.withinMs]),
      ...sameStop.flatMap(({ upToMs }) => upToMs ?? []),
      ...maximumTime.map(({ atMostMs }) => atMostMs),
    ]),
    passback.furtherRiderMs,
    passback.furtherRiderMs + passback.refuseMs,
  ];
  const limitsS = limitsMs.map(limitMs => (limitMs - (limitMs % resolutionMs)) / 1000);
  return [...new Set(limitsS)].filter(limitS => limitS > 0).sort((a, b) => a - b);
}
