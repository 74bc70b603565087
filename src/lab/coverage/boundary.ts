/**
 * Every limit of a tariff that the engine asks and tells (`Trace.compared`), with its sides. What a rule has no limit of
 * is not here.
 */
import type { Cap } from '../../core/tariff/caps.ts';
import type { NetworkRules } from '../../core/tariff/networks.ts';
import type { Tariff } from '../../core/tariff/tariff.ts';
import {
  amountSides,
  countSides,
  firstDaySides,
  floorSides,
  lastDaySides,
  PERIOD_SIDES,
  type Side,
  seasonSides,
  timeSides,
} from './side.ts';

export interface Boundary {
  readonly ruleId: string;
  /** By what name its rule knows the limit. */
  readonly limit: string;
  readonly sides: readonly Side[];
}

export function boundariesOf(tariff: Tariff): readonly Boundary[] {
  return [
    ...passback(tariff),
    ...payers(tariff),
    ...tariff.transfers.flatMap(({ ruleId, windowMs, count }) => [
      { ruleId, limit: 'window', sides: timeSides(windowMs, tariff.resolutionMs) },
      ...(count < ENDLESS ? [{ ruleId, limit: 'count', sides: countSides('ride', count) }] : []),
    ]),
    ...tariff.caps.flatMap(cap => capped(cap, tariff.currency)),
    ...tariff.passes.flatMap(({ ruleId, period, rides }) => [
      ...(period === undefined ? [] : [{ ruleId, limit: 'period', sides: PERIOD_SIDES }]),
      ...(rides === undefined ? [] : [{ ruleId, limit: 'rides', sides: countSides('ride', rides) }]),
    ]),
    ...tariff.networks.flatMap((rules, index) => journeys(rules, tariff.networkNames[index] ?? '', tariff)),
    ...payment(tariff),
    ...tariff.loyalty.flatMap(({ accrual }) =>
      accrual.flatMap(({ ruleId, campaign }) =>
        campaign === undefined
          ? []
          : [
              { ruleId, limit: 'campaign.from', sides: firstDaySides(campaign.from) },
              { ruleId, limit: 'campaign.to', sides: lastDaySides(campaign.to) },
            ],
      ),
    ),
  ];
}

/** More rides than anybody continues. */
const ENDLESS = 1000;

function passback({ passback: rule, resolutionMs, categories }: Tariff): Boundary[] {
  const { furtherRiderMs, refuseMs, furtherBy } = rule;
  const carried = Math.max(0, ...Object.values(categories).map(({ ridersPerTrip }) => ridersPerTrip));
  const sides = (limitMs: number) => timeSides(limitMs, resolutionMs);
  const ruleId = 'passback';
  return [
    ...(carried > 1 && furtherBy === 'window' && furtherRiderMs > 0
      ? [{ ruleId, limit: 'furtherRider', sides: sides(furtherRiderMs) }]
      : []),
    ...(furtherRiderMs + refuseMs > 0
      ? [{ ruleId, limit: 'refuse', sides: sides(furtherRiderMs + refuseMs) }]
      : []),
  ];
}

function payers({ categories, media }: Tariff): Boundary[] {
  const riders = (ruleId: string, limit: number | undefined): Boundary[] =>
    limit === undefined
      ? []
      : // The first rider of all is asked for no limit.
        [{ ruleId, limit: 'ridersPerTrip', sides: countSides('rider', limit).slice(limit === 1 ? 1 : 0) }];
  return [
    ...Object.entries(media).flatMap(([name, { ridersPerTrip }]) => riders(`medium:${name}`, ridersPerTrip)),
    ...Object.entries(categories).flatMap(([name, { ridersPerTrip, season, quota }]): Boundary[] => [
      ...riders(`category:${name}`, ridersPerTrip),
      ...(season === undefined
        ? []
        : (['from', 'to'] as const).map(end => ({
            ruleId: `category:${name}`,
            limit: `season.${end}`,
            sides: seasonSides(end, season[end]),
          }))),
      ...Object.entries(quota?.months ?? {}).map(([month, rides]) => ({
        ruleId: quota?.ruleId ?? '',
        limit: month,
        sides: countSides('ride', rides).slice(rides === 0 ? 1 : 0),
      })),
    ]),
  ].filter(once);
}

/** Categories may share a quota. */
function once({ ruleId, limit }: Boundary, index: number, all: readonly Boundary[]): boolean {
  return all.findIndex(other => other.ruleId === ruleId && other.limit === limit) === index;
}

function capped({ ruleId, limit }: Cap, currency: string): Boundary[] {
  const sides =
    limit.kind === 'amount'
      ? amountSides(limit.amountMinor, currency)
      : limit.kind === 'rides'
        ? countSides('ride', limit.rides)
        : countSides('journey', limit.journeys);
  return [
    { ruleId, limit: 'limit', sides },
    { ruleId, limit: 'period', sides: PERIOD_SIDES },
  ];
}

function journeys(
  { sameStop, maximumTime, linking }: NetworkRules,
  name: string,
  tariff: Tariff,
): Boundary[] {
  const sides = (limitMs: number) => timeSides(limitMs, tariff.resolutionMs);
  return [
    ...sameStop.flatMap(({ upToMs }, index) =>
      upToMs === undefined
        ? []
        : [{ ruleId: `same-stop:${name}`, limit: String(index), sides: sides(upToMs) }],
    ),
    ...maximumTime.map(({ atMostMs }, index) => ({
      ruleId: `maximum-time:${name}`,
      limit: String(index),
      sides: sides(atMostMs),
    })),
    ...(linking === undefined
      ? []
      : [{ ruleId: `linking:${name}`, limit: 'within', sides: sides(linking.withinMs) }]),
  ];
}

function payment({ purse, openLoop, currency }: Tariff): Boundary[] {
  return [
    ...(purse === undefined
      ? []
      : [
          { ruleId: 'purse', limit: 'floor', sides: floorSides(purse.floorMinor, currency) },
          { ruleId: 'purse', limit: 'maximum', sides: amountSides(purse.maximumMinor, currency) },
        ]),
    ...(openLoop === undefined
      ? []
      : [
          { ruleId: 'open-loop', limit: 'firstRide', sides: amountSides(openLoop.firstRideMinor, currency) },
          {
            ruleId: 'open-loop',
            limit: 'floorLimit',
            sides: amountSides(openLoop.floorLimitMinor, currency),
          },
        ]),
  ];
}
