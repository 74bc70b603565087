/**
 * Subjects as people write them: `uid` with `04A2B3C4`, `ticket` and `application` with a serial (raw numbers, tokenised
 * here and nowhere kept), `pan` with `1:9f86…` (a token under key 1), `binRange` with `2200-2204`, `category` with `pupil`.
 */
import { isRandomUid, UID_LENGTHS } from '../card/face.ts';
import { type TokenKeys, tokenOf } from '../card/identity.ts';
import type { Crypto } from '../crypto.ts';
import { TuraError } from '../error.ts';
import { bytesOfHex } from '../hex.ts';
import { expectedOneOf } from '../suggest.ts';
import {
  type BinRange,
  isBinRange,
  isSubjectName,
  type NamedSubject,
  SUBJECT_KINDS,
  SUBJECT_SHAPES,
  type Subject,
  type SubjectKind,
  type TokenSubject,
} from './stop-entry.ts';
import type { Asked } from './verdict.ts';

/** What raw numbers become tokens with. */
export interface Tokeniser {
  readonly keys: TokenKeys;
  readonly crypto: Crypto;
}

export type SubjectReading =
  /** More than one where a raw number is tokenised under two keys. */
  | { readonly kind: 'subjects'; readonly subjects: readonly Subject[] }
  | { readonly kind: 'wrong'; readonly what: string; readonly expected: string };

/** `tokeniser` may be absent where every value is a token already. */
export function readSubject(
  kind: SubjectKind,
  value: string,
  tokeniser: Tokeniser | undefined,
): SubjectReading {
  if (isKindOf('name', kind)) return readName(kind, value);
  if (isKindOf('bin-range', kind)) return readRange(kind, value);
  if (kind === 'uid' && /^([0-9a-fA-F]{2})+$/.test(value) && value.length < 32)
    return readUid(value, tokeniser);
  if ((kind === 'ticket' || kind === 'application') && SERIALS[kind].test(value))
    return tokenised(kind, bytesOfHex(value), tokeniser);
  return readToken(kind, value, tokeniser);
}

/** `uid:04A2B3C4`, `pan:1:9f86…`, `category:pupil`, `binRange:22002400` as a question to the list. Throws bad-input. */
export function askAbout(text: string, tokeniser: Tokeniser | undefined): Asked {
  const [word = '', ...rest] = text.split(':');
  const kind = SUBJECT_KINDS.find(candidate => candidate === word);
  if (kind === undefined) {
    const expected = expectedOneOf(word, SUBJECT_KINDS);
    throw new TuraError('bad-input', `'${word}' is no kind of subject`, { expected });
  }
  const reading = readSubject(kind, rest.join(':'), tokeniser);
  if (reading.kind === 'wrong') {
    const { what, expected } = reading;
    throw new TuraError('bad-input', `${word}: ${what}`, { expected });
  }
  return askedOf(reading.subjects);
}

function askedOf(subjects: readonly Subject[]): Asked {
  const tokens: TokenSubject[] = [];
  const asked: { -readonly [Name in keyof Asked]?: Asked[Name] } = {};
  for (const subject of subjects) {
    if (subject.kind === 'binRange') asked.bin = subject.from.padEnd(8, '0');
    else if ('name' in subject) asked[subject.kind] = subject.name;
    else tokens.push(subject);
  }
  return { ...asked, tokens };
}

interface KindsOfShape {
  readonly token: TokenSubject['kind'];
  readonly 'bin-range': BinRange['kind'];
  readonly name: NamedSubject['kind'];
}

function isKindOf<Shape extends 'name' | 'bin-range'>(
  shape: Shape,
  kind: SubjectKind,
): kind is KindsOfShape[Shape] {
  return SUBJECT_SHAPES[kind] === shape;
}

function readName(kind: NamedSubject['kind'], name: string): SubjectReading {
  if (isSubjectName(name)) return subjects({ kind, name });
  return wrong(`'${name}' is no ${kind}`, '1-64 characters');
}

function readRange(kind: 'binRange', value: string): SubjectReading {
  const [from = '', to = from, ...more] = value.split('-');
  if (more.length === 0 && isBinRange(from, to)) return subjects({ kind, from, to });
  return wrong(`'${value}' is no BIN range`, '4-8 digits, or two such ends that rise: 2200-2204');
}

function readUid(value: string, tokeniser: Tokeniser | undefined): SubjectReading {
  const uid = bytesOfHex(value);
  if (!UID_LENGTHS.includes(uid.length)) {
    return wrong(`a UID of ${uid.length} bytes`, `${UID_LENGTHS.join(', ')} bytes in hex`);
  }
  if (isRandomUid(uid)) {
    return wrong('a random UID: it is drawn anew at every tap', 'a number that stays, or a token');
  }
  return tokenised('uid', uid, tokeniser);
}

/** 12 bytes and 8: fewer than a token's, so that none is taken for the other. */
const SERIALS = { ticket: /^[0-9a-fA-F]{24}$/, application: /^[0-9a-fA-F]{16}$/ } as const;

function tokenised(
  kind: keyof typeof RAW_NUMBERS,
  number: Uint8Array,
  tokeniser: Tokeniser | undefined,
): SubjectReading {
  if (tokeniser === undefined) {
    return wrong(`a raw ${RAW_NUMBERS[kind]} and no key to make its token`, 'a token key, or the token');
  }
  const { keys, crypto } = tokeniser;
  // Under both keys: a validator that has only one of them still knows the medium.
  return subjects(...keys.flatMap(key => (key === undefined ? [] : [tokenOf(kind, number, key, crypto)])));
}

const RAW_NUMBERS = { uid: 'UID', ticket: 'serial', application: 'serial' } as const;

function readToken(
  kind: TokenSubject['kind'],
  value: string,
  tokeniser: Tokeniser | undefined,
): SubjectReading {
  const match = /^(?:(\d{1,9}):)?([0-9a-fA-F]{32})$/.exec(value);
  const keyId = match?.[1] === undefined ? tokeniser?.keys[0].keyId : Number(match[1]);
  if (match?.[2] !== undefined && keyId !== undefined) {
    return subjects({ kind, keyId, value: match[2].toLowerCase() });
  }
  // What was written may be a card's number: it is not repeated.
  return wrong(`no ${kind} token`, `keyId:hex with 16 bytes of hex${rawForm(kind)}`);
}

function rawForm(kind: TokenSubject['kind']): string {
  if (kind === 'uid') return ', or a UID of 4, 7 or 10 bytes';
  if (kind === 'ticket' || kind === 'application')
    return `, or a serial of ${kind === 'ticket' ? 12 : 8} bytes`;
  return '; raw numbers are tokenised before';
}

function subjects(...found: readonly Subject[]): SubjectReading {
  return { kind: 'subjects', subjects: found };
}

function wrong(what: string, expected: string): SubjectReading {
  return { kind: 'wrong', what, expected };
}
