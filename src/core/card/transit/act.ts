/** Actions of the operator's list on a card's state: which of them can be done now, and how the card then stands. */
import type { HeldPass } from '../../entitlement.ts';
import { periodEnd } from '../../fare/period.ts';
import type { PassUse } from '../../fare/rider.ts';
import { known } from '../../known.ts';
import { actionsAfter, type CardAction } from '../../list/card-action.ts';
import type { MinorUnits } from '../../money.ts';
import type { Pass } from '../../tariff/passes.ts';
import type { Purse } from '../../tariff/purse.ts';
import type { Tariff } from '../../tariff/tariff.ts';
import { addDays, type ServiceDate } from '../../time.ts';
import type { CardState } from './state.ts';

export interface Acted {
  readonly state: CardState;
  /** In order; empty where there is nothing to be done, or nothing that can be. */
  readonly done: readonly CardAction[];
}

/**
 * Each waits for the one before it, and so does whatever comes after one that cannot be done: a load beyond the purse's
 * maximum, a name that this tariff does not know, a pass whose turn has not come.
 */
export function act(
  state: CardState,
  actions: readonly CardAction[],
  tariff: Tariff,
  date: ServiceDate,
): Acted {
  const done: CardAction[] = [];
  let acted = state;
  for (const action of actionsAfter(actions, state.actionCounter)) {
    const after = afterAction(acted, action, tariff, date);
    if (after === undefined) break;
    acted = { ...after, actionCounter: action.nth };
    done.push(action);
  }
  return { state: acted, done };
}

function afterAction(
  state: CardState,
  action: CardAction,
  tariff: Tariff,
  date: ServiceDate,
): CardState | undefined {
  switch (action.op) {
    case 'load':
      return action.currency === tariff.currency ? loaded(state, action.amountMinor, tariff) : undefined;
    case 'renew': {
      const pass = tariff.passes.find(({ id }) => id === action.pass);
      return pass && renewed(state, pass, known({ pass: pass.id, from: action.from, to: action.to }), date);
    }
    case 'set-category': {
      const { category, to: categoryExpiry } = action;
      return tariff.categories[category] && { ...state, category, categoryExpiry };
    }
    case 'block':
      return { ...state, isBlocked: true };
    case 'unblock':
      return { ...state, isBlocked: false };
    default:
      return action satisfies never;
  }
}

/** The purse that a transit application may hold; undefined where the tariff has none for it. */
export function purseOnCard({ purse, media, mediumByForm }: Tariff): Purse | undefined {
  const medium = media[mediumByForm.transit ?? '']?.index ?? -1;
  return purse?.media[medium] === true ? purse : undefined;
}

/** A purse that was never there begins with the first load. */
function loaded(state: CardState, amountMinor: MinorUnits, tariff: Tariff): CardState | undefined {
  const purse = purseOnCard(tariff);
  if (purse === undefined) return undefined;
  const purseMinor = ((state.rider.purseMinor ?? 0) + amountMinor) as MinorUnits;
  return purseMinor > purse.maximumMinor ? undefined : { ...state, rider: { ...state.rider, purseMinor } };
}

/**
 * One waits at a time: a carnet until the rides before it are used, a period until the day after the one in use. Where
 * the one in use is as good for all the days that are asked for, its holder has them already.
 */
function renewed(state: CardState, pass: Pass, held: HeldPass, date: ServiceDate): CardState | undefined {
  const isOfPass = (other: { readonly pass: string }) => other.pass === pass.id;
  const passes = state.passes.filter(other => !isOfPass(other) || !isOver(other, pass, date));
  if (passes.some(isOfPass)) return undefined;
  const uses = state.rider.passes.filter(use => !isOfPass(use) || isGood(use, pass, date));
  const use = uses.find(isOfPass);
  const rider = { ...state.rider, passes: uses };
  if (use === undefined || held.from !== undefined) return { ...state, passes: [...passes, held], rider };
  const from = addDays(use.to, 1);
  if (held.to !== undefined && held.to < from) {
    // Rides are had only when those before them are used, and not once their last day is over.
    const isHad = pass.rides === undefined || held.to < date;
    return isHad ? { ...state, passes, rider } : undefined;
  }
  if (pass.period === undefined) return undefined;
  return { ...state, passes: [...passes, { ...held, from }], rider };
}

/** Also where nobody has ridden by it. */
function isOver({ from, to }: HeldPass, { period }: Pass, date: ServiceDate): boolean {
  const end = to ?? (from && period && periodEnd(period, from));
  return end !== undefined && end < date;
}

function isGood({ to, rides }: PassUse, pass: Pass, date: ServiceDate): boolean {
  return to >= date && (pass.rides === undefined || rides < pass.rides);
}
