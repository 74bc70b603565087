/**
 * What the collector makes of each piece of a batch, before anything is kept: a sound record of its realm, or a piece
 * for the quarantine with the reason. Pure: the same piece is always judged the same.
 */
import type { JournalRecord } from '../../core/record.ts';
import type { Realm, TapIdentity } from '../../core/tap.ts';
import { cutLines, cutSequence, MAX_LINE_BYTES } from '../../wire/batch.ts';
import { CborReader } from '../../wire/cbor-reader.ts';
import { Malformed } from '../../wire/malformed.ts';
import { nodeCrypto } from '../../wire/node-crypto.ts';
import { claimedIdentity } from '../../wire/record/fields.ts';
import { parseRecordLine, readRecord, recordBytes, type WireRecord } from '../../wire/record/record.ts';

export interface Sound {
  readonly kind: 'sound';
  readonly record: WireRecord;
  /** Canonical. */
  readonly bytes: Uint8Array;
  /** SHA-256 of `bytes`. */
  readonly hash: Uint8Array;
}

export interface Unsound {
  readonly kind: 'unsound';
  readonly why: string;
  /** As they came. */
  readonly bytes: Uint8Array;
  readonly hash: Uint8Array;
  /** Whose record it claims to be, when at least that can be read. */
  readonly claims?: TapIdentity;
}

export type Judged = Sound | Unsound;

type Understood = Pick<Sound, 'record' | 'bytes'>;

/** Every item of a CBOR sequence, and what could not be cut into items as one last piece. */
export function judgeSequence(bytes: Uint8Array, realm: Realm): readonly Judged[] {
  const { items, rest } = cutSequence(bytes);
  const judged = items.map(item => judge(item, realm, recordInBytes, identityInBytes));
  return rest === undefined ? judged : [...judged, unsound(rest.bytes, rest.why, undefined)];
}

/** Every line of an NDJSON body; its record is kept as the same canonical bytes a device would have sent. */
export function judgeLines(bytes: Uint8Array, realm: Realm): readonly Judged[] {
  return cutLines(bytes).items.map(line => judge(line, realm, recordInLine, identityInLine));
}

function judge(
  piece: Uint8Array,
  realm: Realm,
  read: (piece: Uint8Array) => Understood,
  identityIn: (piece: Uint8Array) => TapIdentity,
): Judged {
  let understood: Understood;
  try {
    understood = read(piece);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return unsound(piece, error.message, identityOrNone(piece, identityIn));
  }
  const { record, bytes } = understood;
  for (const rule of RULES) {
    const why = rule(record, realm);
    if (why !== undefined) return unsound(piece, why, identityOf(record));
  }
  return { kind: 'sound', record, bytes, hash: nodeCrypto.sha256(bytes) };
}

function unsound(bytes: Uint8Array, why: string, claims: TapIdentity | undefined): Unsound {
  const piece = { kind: 'unsound', why, bytes, hash: nodeCrypto.sha256(bytes) } as const;
  return claims === undefined ? piece : { ...piece, claims };
}

/** More than any fare in any currency; sums of what is below it stay exact. */
const MAX_LINE_MINOR = 1_000_000_000;

/** What a record must hold beyond its form. The first reason found is the one that is told. */
const RULES: readonly ((record: JournalRecord, realm: Realm) => string | undefined)[] = [
  ({ realm }, ours) => (realm === ours ? undefined : `a record of realm ${realm} where ${ours} is collected`),
  ({ deviceId }) => (deviceId === '' ? 'an empty deviceId' : undefined),
  ({ sequence }) => (sequence === 0 ? 'sequence 0: the first record of an epoch is 1' : undefined),
  ({ currency }) =>
    currency === undefined || /^[A-Z]{3}$/.test(currency) ? undefined : 'a currency that is no ISO 4217 code',
  ({ lines, currency }) =>
    lines !== undefined && lines.length > 0 && currency === undefined
      ? 'lines without a currency'
      : undefined,
  ({ lines = [] }) =>
    lines.every(line => Math.abs(line.amountMinor) <= MAX_LINE_MINOR)
      ? undefined
      : `a line of more than ${MAX_LINE_MINOR} minor units`,
];

const utf8 = new TextDecoder('utf-8', { fatal: true });

function textOf(line: Uint8Array): string {
  if (line.length > MAX_LINE_BYTES) {
    throw new Malformed(`a line of ${line.length} bytes where at most ${MAX_LINE_BYTES} may stand`);
  }
  try {
    return utf8.decode(line);
  } catch {
    throw new Malformed('a line that is not UTF-8');
  }
}

function recordInLine(line: Uint8Array): Understood {
  const record = parseRecordLine(textOf(line));
  return { record, bytes: recordBytes(record) };
}

/** A record has one form of bytes only, so that what could be read is what would be written. */
function recordInBytes(item: Uint8Array): Understood {
  return { record: readRecord(item), bytes: item };
}

function identityOf({ deviceId, epoch, sequence }: TapIdentity): TapIdentity {
  return { deviceId, epoch, sequence };
}

function identityInBytes(item: Uint8Array): TapIdentity {
  return identityOf(claimedIdentity.read(new CborReader(item)));
}

function identityInLine(line: Uint8Array): TapIdentity {
  const value: unknown = JSON.parse(textOf(line));
  return claimedIdentity.check(identityOf(Object(value)), 'record');
}

function identityOrNone(
  piece: Uint8Array,
  identityIn: (piece: Uint8Array) => TapIdentity,
): TapIdentity | undefined {
  try {
    return identityIn(piece);
  } catch (error) {
    if (error instanceof Malformed || error instanceof SyntaxError) return undefined;
    throw error;
  }
}
