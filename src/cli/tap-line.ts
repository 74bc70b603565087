/** A tap, a batch and the totals as a person reads them, and as `--json` says them. */
import type { Tally } from '../backoffice/collector/ledger/ledger.ts';
import { whyOf } from '../core/error.ts';
import { formatAmount, minor } from '../core/money.ts';
import { PAYMENT_OFFER, riderText } from '../core/reason.ts';
import { identityText } from '../core/tap.ts';
import { formatLocal, type Zone } from '../core/time.ts';
import type { Answer } from '../core/validator/event.ts';
import type { Comparison } from '../lab/demo/totals.ts';
import type { UplinkEvent } from '../onboard/uplink/uplink.ts';
import type { Seen } from '../onboard/vehicle/voice.ts';
import { colour } from './colour.ts';
import { faultObject } from './output.ts';

/** `07:30:30  bus-101  25  Цветной бульвар  front  anna-general  accepted  37.00 RUB  fare paid` */
export function seenLine(
  zone: Zone,
  vehicleId: string,
  card: string,
  { readerId, shown, place, atMs }: Seen,
): string {
  const time = formatLocal(zone, atMs).slice(11, 19);
  const where = `${vehicleId.padEnd(8)} ${(place.line ?? '?').padEnd(3)} ${fit(place.stopName ?? '?', 24)} ${readerId.padEnd(7)}`;
  const head = `${colour.dim(time)} ${where} ${fit(card, 18)}`;
  if (shown.kind !== 'answer') return `${head} ${colour.yellow(shown.kind)} ${shown.why}`;
  return `${head} ${answerText(zone, shown.answer)}`;
}

function answerText(zone: Zone, answer: Answer): string {
  const { decision, amountMinor, currency, repeated } = answer;
  const accepted = decision === 'accepted';
  const word = accepted ? colour.green('accepted') : colour.red('declined');
  const amount = amountMinor === undefined ? '' : `${formatAmount(amountMinor, currency)} ${currency}`;
  const line = `${word} ${amount.padStart(10)}  ${why(zone, answer)}`;
  return repeated ? colour.dim(`${line} (shown again, nothing recorded)`) : line;
}

function why(zone: Zone, answer: Answer): string {
  const { reason, riderIndex = 1, quotaAfter, graced, paid, offersPayment, riderText: own } = answer;
  const parts = [riderText(reason, 'en')];
  if (paid !== undefined) {
    parts.push(
      `at ${formatLocal(zone, paid.atMs).slice(11, 19)} from ${paid.stopId ?? 'where is not known'}`,
    );
  }
  if (riderIndex > 1) parts.push(`rider ${riderIndex}`);
  if (quotaAfter !== undefined) parts.push(`${quotaAfter} rides left`);
  if (graced.length > 0) parts.push(`graced: ${graced.join(', ')}`);
  if (offersPayment) parts.push(PAYMENT_OFFER.en);
  if (own !== undefined) parts.push(own);
  return parts.join('; ');
}

export function seenObject(vehicleId: string, card: string, seen: Seen): object {
  const { readerId, shown, place, atMs, record } = seen;
  const where = { vehicleId, readerId, line: place.line, stopId: place.stopId, stopName: place.stopName };
  if (shown.kind !== 'answer') {
    const fault = shown.kind === 'fault' ? shown.fault : undefined;
    return { atMs, ...where, card, shown: shown.kind, fault, why: shown.why };
  }
  const { identity, ...answer } = shown.answer;
  return { atMs, ...where, card, tap: identityText(identity), ...answer, lines: record?.lines };
}

export function queueLine(vehicleId: string, event: UplinkEvent): string {
  return colour.dim(`         ${vehicleId.padEnd(8)} uplink: ${queueText(event)}`);
}

function queueText(event: UplinkEvent): string {
  switch (event.kind) {
    case 'acknowledged': {
      const results = Object.entries(event.results).filter(([, records]) => records > 0);
      return `${results.map(([result, records]) => `${records} ${result}`).join(', ')}; ${waitingText(event)}`;
    }
    case 'kept-apart':
      return `record ${event.sequence} ${event.result}${event.why === undefined ? '' : `: ${event.why}`}`;
    case 'set-aside':
      return `record ${event.sequence} set aside: ${event.fault.message}; ${waitingText(event)}`;
    case 'failed':
      return `${event.fault.message}; again in ${Math.ceil(event.retryInMs / 1000)} s, ${waitingText(event)}`;
    case 'broken':
      return `broken: ${whyOf(event.error)}`;
  }
}

function waitingText({ left, setAside }: { readonly left: number; readonly setAside: number }): string {
  return setAside === 0 ? `${left} waiting` : `${left} waiting, ${setAside} of them set aside`;
}

export function queueObject(vehicleId: string, event: UplinkEvent): object {
  switch (event.kind) {
    case 'set-aside':
    case 'failed':
      return { vehicleId, uplink: { ...event, fault: faultObject(event.fault) } };
    case 'broken':
      return { vehicleId, uplink: { kind: event.kind, fault: faultObject(event.error) } };
    default:
      return { vehicleId, uplink: event };
  }
}

export function totalsLines({
  vehicles,
  collector,
  waiting,
  quarantined,
  conflicts,
  missing,
  agree,
}: Comparison): string[] {
  const verdict = agree ? colour.green('both sides agree') : colour.red('the two sides differ');
  const apart = `${waiting} waiting on board, ${missing} missing, ${quarantined} quarantined, ${conflicts} in conflict`;
  return [
    `            records accepted declined   riders paid`,
    tallyLine('vehicles', vehicles),
    tallyLine('collector', collector),
    `${verdict}: ${apart}`,
  ];
}

function tallyLine(side: string, { records, accepted, declined, riderMinor }: Tally): string {
  const paid = Object.entries(riderMinor).map(
    ([currency, amount]) => `${formatAmount(minor(amount), currency)} ${currency}`,
  );
  const counts = [records, accepted, declined].map(number => String(number).padStart(8)).join(' ');
  return `${side.padEnd(10)} ${counts} ${(paid.join(' + ') || '0').padStart(14)}`;
}

function fit(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, width - 1)}…` : text.padEnd(width);
}
