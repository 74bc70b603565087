/** Sends batches to a collector over HTTP, as compressed CBOR sequences. */
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { type FaultCode, TuraError } from '../../core/error.ts';
import { type Answer, answerSchema } from '../../wire/answer.ts';
import { CBOR_SEQUENCE, joinRecords, RECORDS_PATH } from '../../wire/batch.ts';
import type { Timers } from '../timers.ts';
import { linkFault, nonsense, refused } from './link-fault.ts';
import { textOf } from './response-text.ts';
import type { Sink } from './sink.ts';

export interface HttpSinkOptions {
  /** The collector, `http://host:port`, with a path before `/v1` or without. */
  readonly url: string;
  readonly timers: Timers;
  /** For the whole exchange, from connecting to the last byte of the answer. Default 30 s. */
  readonly deadlineMs?: number;
}

const CLOSED = 'the sink was closed';

const compress = promisify(gzip);

/** Throws `TuraError` bad-usage for an address that is not a collector's. */
export function createHttpSink({ url, timers, deadlineMs = 30_000 }: HttpSinkOptions): Sink {
  return new HttpSink(recordsAddress(url), timers, deadlineMs);
}

class HttpSink implements Sink {
  readonly #address: string;
  readonly #timers: Timers;
  readonly #deadlineMs: number;
  readonly #underWay = new Set<AbortController>();
  #closed = false;

  constructor(address: string, timers: Timers, deadlineMs: number) {
    this.#address = address;
    this.#timers = timers;
    this.#deadlineMs = deadlineMs;
  }

  async send(records: readonly Uint8Array[]): Promise<Answer> {
    const { status, text } = await this.#post(await compress(joinRecords(records)));
    if (status !== 200) throw refused(status, text, this.#address);
    return readAnswer(text, records.length, this.#address);
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const exchange of this.#underWay) exchange.abort(this.#fault('link-down', CLOSED));
  }

  async #post(body: Uint8Array): Promise<{ status: number; text: string }> {
    if (this.#closed) throw this.#fault('link-down', CLOSED);
    const exchange = new AbortController();
    const forget = this.#timers.after(this.#deadlineMs, () =>
      exchange.abort(this.#fault('link-slow', `no answer within ${this.#deadlineMs} ms`)),
    );
    this.#underWay.add(exchange);
    try {
      const response = await fetch(this.#address, { ...POST, body, signal: exchange.signal });
      return { status: response.status, text: await textOf(response, this.#address) };
    } catch (error) {
      throw linkFault(error, this.#address);
    } finally {
      forget();
      this.#underWay.delete(exchange);
    }
  }

  #fault(code: FaultCode, what: string): TuraError {
    return new TuraError(code, `${this.#address}: ${what}`, { where: this.#address });
  }
}

/** A redirect is not followed: taps go to the collector that was named and to nobody else. */
const POST = {
  method: 'POST',
  redirect: 'manual',
  headers: { 'content-type': CBOR_SEQUENCE, 'content-encoding': 'gzip', accept: 'application/json' },
} as const;

function recordsAddress(url: string): string {
  const expected = 'http://host:port or https://host:port';
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined || !/^https?:$/.test(parsed.protocol) || parsed.username !== '') {
    throw new TuraError('bad-usage', `'${url}' is no address of a collector`, { where: url, expected });
  }
  return `${parsed.origin}${parsed.pathname.replace(/\/+$/, '')}${RECORDS_PATH}`;
}

function readAnswer(text: string, sent: number, address: string): Answer {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw nonsense('an answer that is not JSON', address, error);
  }
  const answer = answerSchema.safeParse(value);
  if (!answer.success) throw nonsense('JSON that is no answer to a batch', address, answer.error);
  const { results } = answer.data;
  if (results.length !== sent) throw nonsense(`${results.length} results for ${sent} records`, address);
  return answer.data;
}
