/**
 * An entry of the stop list: whom it names, where and when it holds, what it does (RECORDS.md 4). Orders of the tables
 * are written into bundles: new words go to the end.
 */
import type { Token, TokenKind } from '../tap.ts';
import type { EpochMs } from '../time.ts';

export const SUBJECT_KINDS = [
  'instrument',
  'pan',
  'par',
  'binRange',
  'uid',
  'cardSerial',
  'application',
  'category',
  'product',
  'ticket',
  'issuerKey',
  'device',
] as const;
export type SubjectKind = (typeof SUBJECT_KINDS)[number];

/** How near an entry comes to one medium; the nearest rank that has a say decides. */
export const RANKS = ['exact', 'range', 'category'] as const;
export type Rank = (typeof RANKS)[number];

/** What the value of a subject is, and with that its rank. */
export type SubjectShape = 'token' | 'bin-range' | 'name';

export const SUBJECT_SHAPES = {
  instrument: 'token',
  pan: 'token',
  par: 'token',
  binRange: 'bin-range',
  uid: 'token',
  cardSerial: 'token',
  application: 'token',
  category: 'name',
  product: 'name',
  ticket: 'token',
  issuerKey: 'name',
  device: 'name',
} as const satisfies Record<SubjectKind, SubjectShape>;

const RANK_OF_SHAPE = { token: 'exact', 'bin-range': 'range', name: 'category' } as const satisfies Record<
  SubjectShape,
  Rank
>;

export function rankOf(kind: SubjectKind): Rank {
  return RANK_OF_SHAPE[SUBJECT_SHAPES[kind]];
}

/** One medium, named by the keyed hash of a number of its own. Every `Token` is one. */
export interface TokenSubject extends Omit<Token, 'kind'> {
  readonly kind: TokenKind | 'cardSerial';
}

/** Bank cards whose first eight digits lie from `from` to `to`, both 4-8 digits, both included. */
export interface BinRange {
  readonly kind: 'binRange';
  readonly from: string;
  readonly to: string;
}

export interface NamedSubject {
  readonly kind: 'category' | 'product' | 'issuerKey' | 'device';
  readonly name: string;
}

export type Subject = TokenSubject | BinRange | NamedSubject;

export const STOP_EFFECTS = [
  'decline',
  'treat-as',
  'warn',
  'block-on-card',
  'alert-inspector',
  'allow',
] as const;
/** `treat-as` another category; `allow` lets pass what a block of lower rank would stop. */
export type StopEffect = (typeof STOP_EFFECTS)[number];

export const STOP_REASONS = [
  'lost',
  'stolen',
  'debt',
  'fraud',
  'expired',
  'issuer',
  'administrative',
  'disabled-application',
] as const;
export type StopReason = (typeof STOP_REASONS)[number];

/** Where an entry holds; what is absent holds everywhere. */
export interface Scope {
  readonly application?: string;
  readonly carriers?: readonly string[];
  readonly modes?: readonly string[];
}

export interface StopEntry {
  readonly subject: Subject;
  readonly effect: StopEffect;
  readonly reason: StopReason;
  /** The category to charge by; present exactly when the effect is `treat-as`. */
  readonly treatAs?: string;
  readonly scope?: Scope;
  /** The first moment it holds. */
  readonly validFrom?: EpochMs;
  /** The first moment it holds no more. */
  readonly validTo?: EpochMs;
  readonly riderText?: string;
}

/**
 * One medium, everywhere and without an end. Only such an entry may write on cards: what is written there stays when the
 * entry is over, and where it does not hold.
 */
export function isForGood({ subject, scope, validTo }: StopEntry): boolean {
  return rankOf(subject.kind) === 'exact' && scope === undefined && validTo === undefined;
}

/** Both ends have 4-8 digits, and the range is not empty. */
export function isBinRange(from: string, to: string): boolean {
  return /^\d{4,8}$/.test(from) && /^\d{4,8}$/.test(to) && from.padEnd(8, '0') <= to.padEnd(8, '9');
}

/** At least one character, none of them a control character: a name ends its key with 00. */
export function isSubjectName(name: string): boolean {
  return /^[^\p{Cc}]{1,64}$/u.test(name);
}

/** Ranges are compared with every bank card, so there may not be many. */
export const MAX_BIN_RANGES = 1000;
