/** Why a whole request is refused: one table, one shape (`wire/answer.ts`). Nothing of a refused request is kept. */
import { type FaultCode, TuraError } from '../../core/error.ts';
import type { RefusalBody } from '../../wire/answer.ts';
import { CBOR_SEQUENCE, NDJSON } from '../../wire/batch.ts';
import type { CollectorLimits } from './limits.ts';

/** The content types a batch may have. */
export const BATCH_TYPES: readonly string[] = [CBOR_SEQUENCE, NDJSON];

const STATUS = {
  'bad-query': 400,
  'bad-body': 400,
  'not-found': 404,
  'not-acceptable': 406,
  'too-slow': 408,
  'too-large': 413,
  'unknown-type': 415,
  'unknown-encoding': 415,
  'headers-too-large': 431,
  fault: 500,
  'ledger-down': 503,
  'disk-full': 507,
} as const;

type RefusalCode = keyof typeof STATUS;

export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: RefusalCode;
  readonly expected: string | undefined;

  constructor(code: RefusalCode, what: string, expected?: string) {
    super(what);
    this.code = code;
    this.expected = expected;
  }

  get status(): number {
    return STATUS[this.code];
  }

  get body(): RefusalBody {
    const error = { code: this.code, what: this.message };
    return { error: this.expected === undefined ? error : { ...error, expected: this.expected } };
  }
}

interface Asked {
  readonly limits: CollectorLimits;
  readonly contentType?: string | undefined;
}

/** What the server under us says no to, in our words. */
const SERVER_REFUSALS: Readonly<Record<string, (asked: Asked) => Refusal>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: ({ limits }) =>
    new Refusal('too-large', 'the body is too long', `at most ${limits.bodyBytes} bytes`),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ({ contentType }) => unknownType(contentType),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: () =>
    new Refusal('bad-body', 'the body has another length than its header says'),
  FST_ERR_BAD_URL: () => new Refusal('bad-query', 'an address that cannot be read'),
  ERR_HTTP_REQUEST_TIMEOUT: ({ limits }) =>
    new Refusal('too-slow', 'the request did not arrive in time', `all of it within ${limits.requestMs} ms`),
  HPE_HEADER_OVERFLOW: () => new Refusal('headers-too-large', 'the headers are too long'),
};

export function unknownType(type: string | undefined): Refusal {
  return new Refusal('unknown-type', `a body of content type ${type ?? 'none'}`, BATCH_TYPES.join(' or '));
}

/** What a broken parser or socket says has a code of its own; it is the sender's fault, not ours. */
export function malformedRequest(error: Error, limits: CollectorLimits): Refusal {
  return serverRefusal(error, { limits }) ?? new Refusal('bad-body', 'this is not an HTTP request');
}

const LEDGER_REFUSALS: Readonly<Partial<Record<FaultCode, RefusalCode>>> = {
  'disk-full': 'disk-full',
  'disk-read-only': 'ledger-down',
  'disk-fault': 'ledger-down',
  'state-in-use': 'ledger-down',
};

export function refusalOf(error: unknown, asked: Asked): Refusal {
  if (error instanceof Refusal) return error;
  const code = error instanceof TuraError ? LEDGER_REFUSALS[error.code] : undefined;
  if (code !== undefined)
    return new Refusal(code, 'the ledger cannot keep anything now', 'send it again later');
  return serverRefusal(error, asked) ?? new Refusal('fault', 'the request could not be served');
}

function serverRefusal(error: unknown, asked: Asked): Refusal | undefined {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return SERVER_REFUSALS[code]?.(asked);
}
