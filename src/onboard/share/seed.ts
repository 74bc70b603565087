/** How riders stood by this validator's own journal, so that it has something to tell when it starts again. */
import type { RecordBody } from '../../core/record.ts';
import { correctedTime, type TapIdentity, type Token, tokenKey } from '../../core/tap.ts';
import { readableRecord } from '../../wire/record/record.ts';
import type { Journal } from '../journal/journal.ts';
import { MAX_STANDINGS, type Standing } from './shared-taps.ts';

export function standingsIn(journal: Pick<Journal, 'next' | 'range' | 'rider'>): readonly Standing[] {
  const last = journal.next().sequence - 1;
  const standings = new Map<string, Standing>();
  for (const { bytes } of journal.range(Math.max(1, last - MAX_STANDINGS + 1), last).toReversed()) {
    const record = readableRecord(bytes);
    if (record?.token === undefined || !isChange(record) || standings.has(tokenKey(record.token))) continue;
    const standing = standingAfter(record, record.token, journal);
    if (standing !== undefined) standings.set(tokenKey(record.token), standing);
  }
  return [...standings.values()];
}

/** A ride, also one that a card was written for, or one taken back. */
function isChange({ kind, decision, action }: RecordBody): boolean {
  const isTap = kind === 'tap' || kind === 'outcome' || kind === 'action';
  return kind === 'void' || (isTap && decision === 'accepted' && action !== 'check');
}

function standingAfter(
  record: RecordBody & TapIdentity,
  token: Token,
  journal: Pick<Journal, 'rider'>,
): Standing | undefined {
  const state = journal.rider(token);
  if (state === undefined) return undefined;
  const { deviceId, epoch, sequence, stopId, eventTimeMs, offsetMs } = record;
  const clock = { state: record.clockState, offsetMs, uncertaintyMs: record.uncertaintyMs };
  return { deviceId, epoch, sequence, token, stopId, state, atMs: correctedTime(eventTimeMs, clock) };
}
