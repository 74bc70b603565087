/** Partners' programmes: compiled `loyalty`. */
import { type MinorUnits, parseAmount } from '../money.ts';
import type { Funder } from '../tap.ts';
import type { ServiceDate } from '../time.ts';
import { type Coverage, compileCoverage } from './covers.ts';
import type { Names } from './names.ts';
import type { TariffSettings } from './settings.ts';

export interface Programme {
  readonly id: string;
  readonly partner: string;
  readonly pointMinor: MinorUnits;
  readonly accrual: readonly Accrual[];
  readonly redemption?: Redemption;
}

export interface Accrual {
  readonly ruleId: string;
  readonly covers: Coverage;
  /** For each ride. */
  readonly points: number;
  /** Also for a ride that cost its rider nothing. */
  readonly freeRides: boolean;
  /** Hundredths of a percent of what the rider paid, in points. */
  readonly hundredths: number;
  /** Both days included. */
  readonly campaign?: { readonly from: ServiceDate; readonly to: ServiceDate };
}

export interface Redemption {
  readonly ruleId: string;
  readonly productId: number;
  /** Hundredths of a percent of a ride's price, at most. */
  readonly atMostHundredths: number;
  readonly bearer: Funder;
}

export function compileLoyalty({ loyalty, currency }: TariffSettings, names: Names): Programme[] {
  return loyalty.map(({ id, partner, point, accrual, redemption }) => ({
    id,
    partner,
    pointMinor: parseAmount(point, currency) ?? (0 as MinorUnits),
    accrual: accrual.map(rule => ({
      ruleId: `loyalty:${id}:${rule.id}`,
      covers: compileCoverage(rule.covers, names),
      points: rule.points ?? 0,
      freeRides: rule.freeRides,
      hundredths: Math.round((rule.percent ?? 0) * 100),
      ...(rule.campaign === undefined ? {} : { campaign: rule.campaign }),
    })),
    ...(redemption === undefined
      ? {}
      : {
          redemption: {
            ruleId: `redemption:${id}`,
            productId: redemption.product,
            atMostHundredths: Math.round(redemption.atMost * 100),
            bearer: redemption.bearer,
          },
        }),
  }));
}
