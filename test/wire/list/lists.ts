/** Lists for tests: plausible ones, and any that are possible. */
import * as fc from 'fast-check';
import type { Entitlement } from '../../../src/core/entitlement.ts';
import { known } from '../../../src/core/known.ts';
import {
  STOP_REASONS,
  type StopEffect,
  type StopEntry,
  SUBJECT_SHAPES,
  type Subject,
  type SubjectKind,
} from '../../../src/core/list/stop-entry.ts';
import type { MinorUnits } from '../../../src/core/money.ts';
import { TOKEN_KINDS, type Token } from '../../../src/core/tap.ts';
import { epoch, type ServiceDate } from '../../../src/core/time.ts';
import { bundleOf, type Head, itemOf } from '../../../src/wire/list/bundle.ts';
import type { BundleSource } from '../../../src/wire/list/read-bundle.ts';

export const NOON = epoch(1_772_434_800_000);
const DAY = 86_400_000;

export function aHead(changes: Partial<Head> = {}): Head {
  return {
    listId: 'tmn-stop-list',
    kind: 'stop-list',
    issuer: 'tmn',
    realm: 'test',
    version: 1,
    createdAt: NOON,
    effectiveAt: NOON,
    staleAfter: epoch(NOON + 3 * DAY),
    expiresAt: epoch(NOON + 31 * DAY),
    tokenKeyIds: [1],
    ...changes,
  };
}

/** The `n`-th of as many different tokens as a test needs. */
export function aToken(n: number): Token {
  return { kind: 'uid', keyId: 1, value: (n * 0x9e37).toString(16).padStart(32, '0') };
}

export function aBlock(n: number, changes: Partial<StopEntry> = {}): StopEntry {
  return { subject: aToken(n), effect: 'decline', reason: 'lost', ...changes };
}

export function anEntitlement(n: number, changes: Partial<Entitlement> = {}): Entitlement {
  return { token: aToken(n), mediumClass: 'transport-card', category: 'general', asOf: NOON, ...changes };
}

export function stopListOf(entries: readonly StopEntry[], changes: Partial<Head> = {}): Uint8Array {
  return bundleOf(
    aHead(changes),
    entries.map(entry => itemOf('stop-list', entry)),
  );
}

export function cardsOf(entries: readonly Entitlement[], changes: Partial<Head> = {}): Uint8Array {
  const head = aHead({ kind: 'entitlements', listId: 'tmn-cards', ...changes });
  return bundleOf(
    head,
    entries.map(entry => itemOf('entitlements', entry)),
  );
}

/** A bundle in memory, in pieces of `size` bytes. */
export function sourceOf(bytes: Uint8Array, size = bytes.length): BundleSource {
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.subarray(at, at + size));
  return { name: 'bundle', pieces };
}

const hexToken = fc
  .uint8Array({ minLength: 16, maxLength: 16 })
  .map(bytes => Buffer.from(bytes).toString('hex'));
const keyId = fc.integer({ min: 0, max: 0xffff_ffff });
const moment = fc.integer({ min: -1, max: 4_102_444_800_000 }).map(epoch);
const word = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
  .filter(text => /^[^\p{Cc}\p{Cs}]{1,64}$/u.test(text));
const words = fc.array(word, { maxLength: 3 });

function subjectOf(kind: SubjectKind): fc.Arbitrary<Subject> {
  switch (kind) {
    case 'binRange':
      return fc
        .tuple(fc.integer({ min: 1000, max: 99_999_999 }), fc.integer({ min: 1000, max: 99_999_999 }))
        .map(ends => ends.map(String).sort((a, b) => (a.padEnd(8, '0') < b.padEnd(8, '0') ? -1 : 1)))
        .map(([from = '', to = '']) => ({ kind, from, to }));
    case 'category':
    case 'product':
    case 'issuerKey':
    case 'device':
      return word.map(name => ({ kind, name }));
    default:
      return fc.record({ keyId, value: hexToken }).map(token => ({ kind, ...token }));
  }
}

const SUBJECT_KINDS = Object.keys(SUBJECT_SHAPES) as SubjectKind[];
export const anySubject = fc.constantFrom(...SUBJECT_KINDS).chain(subjectOf);

export const anyEffect = fc.constantFrom<StopEffect>(
  'decline',
  'treat-as',
  'warn',
  'block-on-card',
  'alert-inspector',
  'allow',
);

/** Any entry about one of `subjects`. */
export function anyEntry(subjects: fc.Arbitrary<Subject> = anySubject): fc.Arbitrary<StopEntry> {
  const scope = fc.record(
    { application: word, carriers: words, modes: words },
    { requiredKeys: [], noNullPrototype: true },
  );
  return fc
    .record(
      {
        subject: subjects,
        effect: anyEffect,
        reason: fc.constantFrom(...STOP_REASONS),
        scope,
        validFrom: moment,
        validTo: moment,
        riderText: word,
      },
      { requiredKeys: ['subject', 'effect', 'reason'], noNullPrototype: true },
    )
    .map(entry => known({ ...entry, treatAs: entry.effect === 'treat-as' ? 'general' : undefined }));
}

export const anyEntitlement: fc.Arbitrary<Entitlement> = fc
  .record({
    token: fc.record(
      { kind: fc.constantFrom(...TOKEN_KINDS), keyId, value: hexToken },
      { noNullPrototype: true },
    ),
    mediumClass: word,
    category: word,
    categoryExpiry: fc.option(fc.integer({ min: 20_000_101, max: 21_001_231 }), { nil: undefined }),
    quotaUsed: fc.option(fc.record({ month: fc.nat(), used: fc.nat() }, { noNullPrototype: true }), {
      nil: undefined,
    }),
    passes: fc.option(fc.array(fc.record({ pass: word }, { noNullPrototype: true }), { maxLength: 3 }), {
      nil: undefined,
    }),
    purseMinor: fc.option(fc.integer(), { nil: undefined }),
    asOf: moment,
  })
  .map(({ categoryExpiry, purseMinor, ...rest }) =>
    known({
      ...rest,
      categoryExpiry: categoryExpiry as ServiceDate | undefined,
      purseMinor: purseMinor as MinorUnits | undefined,
    }),
  );
