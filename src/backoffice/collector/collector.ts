/**
 * The collector: takes batches of records over HTTP, keeps them in a ledger, and answers for each record only when it
 * is on disk. It can be told everything twice, late and out of order.
 */
import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { TuraError } from '../../core/error.ts';
import type { Realm } from '../../core/tap.ts';
import type { EpochMs } from '../../core/time.ts';
import { RECORDS_PATH } from '../../wire/batch.ts';
import type { Ledger } from './ledger/ledger.ts';
import { COLLECTOR_LIMITS, type CollectorLimits } from './limits.ts';
import { BATCH_TYPES, malformedRequest, Refusal, refusalOf } from './refusal.ts';
import { addRoutes } from './routes.ts';

export interface CollectorOptions {
  /** Stays open when the collector closes. */
  readonly ledger: Ledger;
  /** Records of another realm are quarantined. */
  readonly realm: Realm;
  readonly now: () => EpochMs;
  readonly logger?: FastifyBaseLogger;
  readonly limits?: Partial<CollectorLimits>;
}

export interface Collector {
  /**
   * Port 0 takes a free one. Returns the address to send to, without a path.
   * Throws `TuraError` port-in-use, or bad-usage for an address that is not this machine's to listen on.
   */
  listen(host: string, port: number): Promise<string>;
  /** Finishes what is being answered, then closes every connection. */
  close(): Promise<void>;
}

export function createCollector(options: CollectorOptions): Collector {
  const limits = { ...COLLECTOR_LIMITS, ...options.limits };
  const server = serverWithin(limits, options.logger);
  answerRefusals(server, limits);
  takeBatchesOnly(server, limits);
  addRoutes(server, { ledger: options.ledger, realm: options.realm, now: options.now, limits });
  return {
    async listen(host, port) {
      try {
        return await server.listen({ host, port });
      } catch (error) {
        throw listenFault(error, host, port);
      }
    },
    close: () => server.close(),
  };
}

function serverWithin(limits: CollectorLimits, logger: FastifyBaseLogger | undefined): FastifyInstance {
  const server = fastify({
    bodyLimit: limits.bodyBytes,
    requestTimeout: limits.requestMs,
    connectionTimeout: limits.idleMs,
    keepAliveTimeout: limits.idleMs,
    forceCloseConnections: 'idle',
    logController: new LogController({ disableRequestLogging: true }),
    http: { headersTimeout: limits.headersMs, connectionsCheckingInterval: limits.checkMs },
    clientErrorHandler(error, socket) {
      if (!socket.writable) return;
      const { status, body } = malformedRequest(error, limits);
      const text = JSON.stringify(body);
      socket.end(
        `HTTP/1.1 ${status} Refused\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: ${text.length}\r\n\r\n${text}`,
      );
    },
    ...(logger === undefined ? {} : { loggerInstance: logger }),
  });
  server.server.maxConnections = limits.connections;
  return server;
}

function answerRefusals(server: FastifyInstance, limits: CollectorLimits): void {
  server.setErrorHandler((error, request, reply) => {
    const refusal = refusalOf(error, { limits, contentType: request.headers['content-type'] });
    const level = refusal.status >= 500 ? 'error' : 'warn';
    request.log[level]({ err: error, url: request.url }, 'request refused');
    return reply.code(refusal.status).send(refusal.body);
  });
  server.setNotFoundHandler(request => {
    throw new Refusal(
      'not-found',
      `${request.method} ${request.url}`,
      `POST or GET ${RECORDS_PATH}, GET /v1/totals`,
    );
  });
}

/** The server's own parsers go: a body is bytes until its content type has been found in our table. */
function takeBatchesOnly(server: FastifyInstance, limits: CollectorLimits): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(
    [...BATCH_TYPES],
    { parseAs: 'buffer', bodyLimit: limits.bodyBytes },
    (_request, body, done) => done(null, body),
  );
}

const LISTEN_FAULTS: Readonly<Record<string, string>> = {
  EACCES: 'this port needs rights that this process does not have',
  EADDRNOTAVAIL: 'this machine has no such address',
  ENOTFOUND: 'no such host name',
  ERR_SOCKET_BAD_PORT: 'no such port',
};

function listenFault(error: unknown, host: string, port: number): unknown {
  const where = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'EADDRINUSE') {
    return new TuraError('port-in-use', `${where} is in use`, {
      where,
      expected: 'a free port',
      cause: error,
    });
  }
  const what = LISTEN_FAULTS[code];
  return what === undefined
    ? error
    : new TuraError('bad-usage', `${where}: ${what}`, { where, cause: error });
}
