/** What can be asked of the collector, over HTTP. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { hexOfBytes } from '../../core/hex.ts';
import type { Realm } from '../../core/tap.ts';
import type { EpochMs } from '../../core/time.ts';
import type { Answer } from '../../wire/answer.ts';
import { CBOR_SEQUENCE, HEALTH_PATH, joinRecords, NDJSON, RECORDS_PATH } from '../../wire/batch.ts';
import { readRecord, recordLine } from '../../wire/record/record.ts';
import { judgeBody } from './body.ts';
import type { ConflictEntry, Ledger, QuarantineEntry } from './ledger/ledger.ts';
import type { CollectorLimits } from './limits.ts';
import { Refusal } from './refusal.ts';

export interface Serving {
  readonly ledger: Ledger;
  readonly realm: Realm;
  readonly limits: CollectorLimits;
  readonly now: () => EpochMs;
}

export function addRoutes(server: FastifyInstance, serving: Serving): void {
  const { ledger, realm, limits } = serving;
  const page = pageQuery(limits.pageLength);

  server.post(RECORDS_PATH, request => ingest(request, serving));
  server.get(RECORDS_PATH, (request, reply) => readOut(request, reply, serving));
  server.get('/v1/totals', async () => ({ schema: 1, realm, ...(await ledger.totals()) }));
  server.get('/v1/gaps', async request => {
    const { limit } = asked(page.omit({ after: true }), request.query);
    return { schema: 1, gaps: await ledger.gaps(limit) };
  });
  server.get('/v1/quarantine', async request => {
    const entries = await ledger.quarantine(asked(page, request.query));
    return { schema: 1, entries: entries.map(inHex) };
  });
  server.get('/v1/conflicts', async request => {
    const entries = await ledger.conflicts(asked(page, request.query));
    return { schema: 1, entries: entries.map(inHex) };
  });
  server.get(HEALTH_PATH, async () => {
    const fault = ledger.fault();
    if (fault !== undefined) throw fault;
    return { status: 'ok', realm };
  });
}

async function ingest(request: FastifyRequest, { ledger, realm, limits, now }: Serving): Promise<Answer> {
  const { 'content-type': type, 'content-encoding': encoding } = request.headers;
  const bytes = Buffer.isBuffer(request.body) ? request.body : new Uint8Array();
  const judged = await judgeBody({ type, encoding, bytes }, realm, limits);
  const kept = await ledger.keep(judged, now());
  request.log.info({ records: judged.length, acknowledged: kept.acknowledged }, 'batch kept');
  return { schema: 1, ...kept };
}

interface Form {
  readonly type: string;
  readonly write: (records: readonly Uint8Array[]) => string | Buffer;
}

const LINES: Form = { type: NDJSON, write: records => records.map(asLine).join('') };
const SEQUENCE: Form = { type: CBOR_SEQUENCE, write: records => Buffer.from(joinRecords(records)) };

/** What records are read out as, by what the asker accepts. */
const FORMS: ReadonlyMap<string, Form> = new Map([
  [NDJSON, LINES],
  [CBOR_SEQUENCE, SEQUENCE],
  ['*/*', LINES],
  ['application/*', LINES],
]);

function asLine(record: Uint8Array): string {
  return `${recordLine(readRecord(record))}\n`;
}

async function readOut(
  request: FastifyRequest,
  reply: FastifyReply,
  { ledger, limits }: Serving,
): Promise<FastifyReply> {
  const form = acceptedForm(request.headers.accept);
  const { device, epoch, from, limit } = asked(recordsQuery(limits.pageLength), request.query);
  const records = await ledger.records({ deviceId: device, epoch, from, limit });
  if (records === undefined) {
    throw new Refusal('not-found', `nothing came from device ${device} in epoch ${epoch}`, 'see /v1/totals');
  }
  return reply.type(form.type).send(form.write(records.map(({ bytes }) => bytes)));
}

function acceptedForm(header = '*/*'): Form {
  for (const wanted of header.split(',')) {
    const form = FORMS.get(wanted.split(';', 1).join('').trim().toLowerCase());
    if (form !== undefined) return form;
  }
  throw new Refusal('not-acceptable', `records as ${header}`, `${NDJSON} or ${CBOR_SEQUENCE}`);
}

function pageQuery(pageLength: number) {
  return z.strictObject({
    after: z.coerce.number().int().nonnegative().default(0),
    limit: z.coerce.number().int().min(1).max(pageLength).default(pageLength),
  });
}

function recordsQuery(pageLength: number) {
  return z.strictObject({
    device: z.string(),
    epoch: z.string().regex(/^[0-9a-f]{16}$/, '16 hex digits'),
    from: z.coerce.number().int().positive().default(1),
    limit: z.coerce.number().int().min(1).max(pageLength).default(pageLength),
  });
}

function asked<Query>(schema: z.ZodType<Query>, query: unknown): Query {
  const parsed = schema.safeParse(query);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Refusal(
    'bad-query',
    `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`.replace(/^: /, ''),
  );
}

function inHex<Entry extends QuarantineEntry | ConflictEntry>(entry: Entry): object {
  return { ...entry, bytes: hexOfBytes(entry.bytes) };
}
