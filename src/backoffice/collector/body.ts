/** From a request's body to its pieces: inflated within limits, cut by its content type. */
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { whyOf } from '../../core/error.ts';
import type { Realm } from '../../core/tap.ts';
import { CBOR_SEQUENCE, NDJSON } from '../../wire/batch.ts';
import { type Judged, judgeLines, judgeSequence } from './judge.ts';
import type { CollectorLimits } from './limits.ts';
import { Refusal, unknownType } from './refusal.ts';

type JudgeForm = (bytes: Uint8Array, realm: Realm) => readonly Judged[];

const FORMS: ReadonlyMap<string, JudgeForm> = new Map([
  [CBOR_SEQUENCE, judgeSequence],
  [NDJSON, judgeLines],
]);

export interface Body {
  readonly type: string | undefined;
  readonly encoding: string | undefined;
  readonly bytes: Uint8Array;
}

/** Throws `Refusal` for what is no batch as a whole; a bad piece is judged, not refused. */
export async function judgeBody(
  body: Body,
  realm: Realm,
  limits: CollectorLimits,
): Promise<readonly Judged[]> {
  const judgeForm = FORMS.get(mediaType(body.type));
  if (judgeForm === undefined) throw unknownType(body.type);
  const judged = judgeForm(await inflated(body, limits.inflatedBytes), realm);
  if (judged.length <= limits.batchRecords) return judged;
  throw new Refusal(
    'too-large',
    `a batch of ${judged.length} records`,
    `at most ${limits.batchRecords} records`,
  );
}

/** `application/x-ndjson; charset=utf-8` -> `application/x-ndjson`. */
function mediaType(header: string | undefined): string {
  return (header ?? '').split(';', 1).join('').trim().toLowerCase();
}

const unzip = promisify(gunzip);

async function inflated({ encoding = 'identity', bytes }: Body, limit: number): Promise<Uint8Array> {
  switch (encoding.trim().toLowerCase()) {
    case 'identity':
      return bytes;
    case 'gzip':
      // The limit holds while inflating: a bomb is dropped at its first byte too many.
      return unzip(bytes, { maxOutputLength: limit }).catch((error: unknown) => {
        throw spoilt(error, limit);
      });
    default:
      throw new Refusal('unknown-encoding', `a body of content encoding ${encoding}`, 'gzip or none');
  }
}

function spoilt(error: unknown, limit: number): Refusal {
  if (error instanceof RangeError) {
    return new Refusal('too-large', 'the body is too long when inflated', `at most ${limit} bytes`);
  }
  const why = whyOf(error);
  return new Refusal('bad-body', `the body cannot be inflated: ${why}`, 'gzip');
}
