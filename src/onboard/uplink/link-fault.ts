/** What went wrong between here and the collector, by name: each is worth another try later. */
import { type FaultCode, TuraError, whyOf } from '../../core/error.ts';
import { refusalSchema } from '../../wire/answer.ts';

/** The codes that Node's sockets, parser and TLS give, by how they begin; whatever else happens is a link that is down. */
const CAUSES: readonly (readonly [begins: string, code: FaultCode, what: string])[] = [
  ['ECONNREFUSED', 'link-down', 'nobody listens there'],
  ['ECONNRESET', 'link-down', 'the connection was cut'],
  ['EPIPE', 'link-down', 'the connection was cut'],
  ['UND_ERR_SOCKET', 'link-down', 'the connection was cut'],
  ['ENOTFOUND', 'link-down', 'no such host'],
  ['EAI_AGAIN', 'link-down', 'the name cannot be looked up now'],
  ['ETIMEDOUT', 'link-slow', 'no connection in time'],
  ['UND_ERR_CONNECT_TIMEOUT', 'link-slow', 'no connection in time'],
  ['UND_ERR_', 'link-nonsense', 'what answers there does not keep to HTTP'],
  ['HPE_', 'link-nonsense', 'what answers there does not speak HTTP'],
  ['ERR_TLS', 'link-refused', 'its certificate does not stand for this address'],
  ['CERT_', 'link-refused', 'its certificate is not valid'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'link-refused', 'its certificate is signed by itself'],
  ['SELF_SIGNED_CERT', 'link-refused', 'its certificate is signed by itself'],
  ['UNABLE_TO_', 'link-refused', 'its certificate cannot be verified'],
];

/** An error of `fetch` as a fault; a fault stays what it is. */
export function linkFault(error: unknown, address: string): TuraError {
  if (error instanceof TuraError) return error;
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const systemCode = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const [, code, what] = CAUSES.find(([begins]) => systemCode.startsWith(begins)) ?? [
    '',
    'link-down' as const,
    whyOf(cause),
  ];
  return new TuraError(code, `${address}: ${what}`, { where: address, cause: error });
}

export function nonsense(what: string, address: string, cause?: unknown): TuraError {
  const expected = 'an answer with one result a record';
  return new TuraError('link-nonsense', `${address} gave ${what}`, { where: address, expected, cause });
}

/** What the same batch gets again however often it is sent. */
const FINAL = [400, 422];

/** A status other than 200. What a collector says of it is passed on; a page of somebody else's is not. */
export function refused(status: number, text: string, address: string): TuraError {
  const said = refusalOf(text);
  // A proxy's own words say nothing of the batch.
  const isOfBatch = FINAL.includes(status) && said !== undefined;
  const message = `${address} answered ${status}${said === undefined ? '' : `: ${said.what}`}`;
  const expected = said?.expected ?? 'status 200';
  const code = status === 413 ? 'batch-too-large' : isOfBatch ? 'batch-refused' : 'link-refused';
  return new TuraError(code, message, { where: address, expected });
}

function refusalOf(text: string): { what: string; expected?: string | undefined } | undefined {
  try {
    return refusalSchema.parse(JSON.parse(text)).error;
  } catch {
    return undefined;
  }
}
