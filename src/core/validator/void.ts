/** The last ride taken back by the driver (RECORDS.md 3): a record that names its tap, and the rider as before it. */

import { takenBack } from '../fare/priced-part.ts';
import { NEW_RIDER } from '../fare/rider.ts';
import { riderAmount } from '../record.ts';
import { identityText } from '../tap.ts';
import type { Decided } from './decide.ts';
import type { Asked, Change, Duty, DutyRules, Refusal, Ridden, Rules } from './duty.ts';
import { dutyBody } from './duty-record.ts';
import type { Facts } from './event.ts';
import type { VehicleState } from './state.ts';

/** Whoever was declined, or only looked at, did not ride. A card's ride is named by its intent: nothing takes it back. */
export function riddenBy(
  { body }: Pick<Decided, 'body'>,
  { identity, rider: before }: Pick<Facts, 'identity' | 'rider'>,
): Ridden | undefined {
  const { token, decision, action } = body;
  if (token === undefined || decision !== 'accepted' || action === 'check') return undefined;
  return { identity, body, token, before };
}

/** It is the last on this computer: what its rider did since at a door that is another, settlement alone puts right. */
export function takeBack(rules: Rules, state: VehicleState, asked: Asked): Change {
  const { ridden } = state.duty;
  if (ridden === undefined) return { kind: 'refused', why: 'no-ride' };
  const why = refusalOf(ridden, state.duty, rules.duty, asked.monotonicMs);
  if (why !== undefined) return { kind: 'refused', why };
  const { identity, body, token, before } = ridden;
  const lines = body.lines?.map(takenBack);
  return {
    kind: 'written',
    body: {
      ...dutyBody(rules, state, asked, 'void'),
      voidOf: identityText(identity),
      doorId: body.doorId,
      readerId: body.readerId,
      token,
      furtherTokens: body.furtherTokens,
      assurance: body.assurance,
      mediumClass: body.mediumClass,
      scheme: body.scheme,
      category: body.category,
      categorySource: body.categorySource,
      action: body.action,
      home: body.home,
      finality: body.finality,
      currency: body.currency,
      lines,
      purseBeforeMinor: body.purseAfterMinor,
      purseAfterMinor: body.purseBeforeMinor,
      quotaBefore: body.quotaAfter,
      quotaAfter: body.quotaBefore,
      tariffHash: body.tariffHash,
      // Whoever is paid must learn that this is not to be paid any more.
      paymentEnvelopeRef: body.paymentEnvelopeRef,
    },
    rider: { token, state: before ?? NEW_RIDER },
    duty: { ...state.duty, ridden: undefined },
    told: { kind: 'voided', of: identity, refundMinor: riderAmount(body.lines), currency: body.currency },
    forget: identity,
  };
}

function refusalOf(
  { body }: Ridden,
  { shift }: Duty,
  rules: DutyRules,
  monotonicMs: number,
): Refusal | undefined {
  if (rules.shift === 'required' && shift === undefined) return 'no-shift';
  if (body.shiftId !== shift?.shiftId) return 'void-other-shift';
  if (body.home === 'card') return 'void-on-card';
  return monotonicMs - body.monotonicMs > rules.voidWithinMs ? 'void-late' : undefined;
}
