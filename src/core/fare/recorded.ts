/**
 * A journal record as settlement takes it: what was read at the reader, never what the vehicle charged. What the vehicle
 * knew of the card beyond its own taps is prior state, and the record says as much of it as is needed.
 */
import { type EntitlementTerms, isProofExpired, type QuotaUsed } from '../entitlement.ts';
import type { JournalRecord } from '../record.ts';
import { identityText, tokenKey } from '../tap.ts';
import type { Tariff } from '../tariff/tariff.ts';
import { epoch, formatDate, monthOf, type ServiceDate, serviceDateAt } from '../time.ts';
import type { AccountTap } from './account.ts';

/** A tap, and whose: the token's key. */
export interface RecordedTap {
  readonly token: string;
  readonly tap: AccountTap;
}

/**
 * Undefined where there is nothing to rate: no tap, no token, or one that did not ride. `hash` is its record's; `terms`
 * what the token was entitled to by then, beyond what settlement counts itself.
 */
export function recordedTap(
  record: JournalRecord,
  hash: string,
  tariff: Tariff,
  terms?: Pick<EntitlementTerms, 'passes' | 'category' | 'categoryExpiry'>,
): RecordedTap | undefined {
  const { token, mediumClass, category, kind, decision, action } = record;
  if (kind !== 'tap' || decision !== 'accepted' || token === undefined || action === 'check')
    return undefined;
  if (mediumClass === undefined || category === undefined) return undefined;
  const correctedMs = record.eventTimeMs + record.offsetMs;
  const atMs = epoch(correctedMs - (correctedMs % tariff.resolutionMs));
  const serviceDate = serviceDateAt(tariff.zone, tariff.dayStartS, atMs);
  const { deviceId, epoch: stream, sequence, routeId, stopId, tripId, vehicleId } = record;
  return {
    token: tokenKey(token),
    tap: {
      stream: `${deviceId}/${stream}`,
      sequence,
      hash,
      ride: {
        action,
        ref: identityText(record),
        atMs,
        serviceDate,
        trip:
          tripId === undefined ? `vehicle:${vehicleId ?? deviceId}` : `${tripId}@${formatDate(serviceDate)}`,
        routeId,
        networkId: routeId === undefined ? undefined : tariff.networkOfRoute[routeId],
        stopId,
        destinationId: record.destinationId,
        mediumClass,
        category,
        proofExpired:
          terms === undefined
            ? record.reason === 'proof-expired'
            : isProofExpired(terms, category, serviceDate),
        quotaUsed: quotaUsedBefore(record, category, tariff, serviceDate),
        passes: terms?.passes,
        riders: record.riders,
        carrierId: record.carrierId,
        wasRidden: true,
      },
    },
  };
}

/** A ride taken back, and whose. */
export interface RecordedVoid {
  readonly token: string;
  /** The identity text of its tap. */
  readonly of: string;
}

/** Undefined where nothing is taken back. */
export function recordedVoid({ kind, token, voidOf }: JournalRecord): RecordedVoid | undefined {
  if (kind !== 'void' || token === undefined || voidOf === undefined) return undefined;
  return { token: tokenKey(token), of: voidOf };
}

/** Of rides on other vehicles, which it was told of and settlement may not have. */
function quotaUsedBefore(
  { quotaBefore }: JournalRecord,
  category: string,
  { categories }: Tariff,
  date: ServiceDate,
): QuotaUsed | undefined {
  const month = monthOf(date);
  const allowed = categories[category]?.quota?.months[month];
  if (quotaBefore === undefined || allowed === undefined) return undefined;
  return { month, used: Math.max(0, allowed - quotaBefore) };
}
