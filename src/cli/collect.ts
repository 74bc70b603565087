/** `tura collect`: the collector that vehicles upload to. */

import { join } from 'node:path';
import type { Command } from 'commander';
import { createCollector } from '../backoffice/collector/collector.ts';
import { openLedger } from '../backoffice/collector/ledger/file-ledger.ts';
import { TuraError } from '../core/error.ts';
import { REALMS, type Realm } from '../core/tap.ts';
import { epoch } from '../core/time.ts';
import { choice, port } from './arguments.ts';
import { LOG_LEVELS, type LogLevel, openLog } from './log.ts';
import { createOutput } from './output.ts';
import { stoppable, untilStopped } from './signals.ts';
import { defaultStateFolder } from './state-folder.ts';

interface CollectOptions {
  readonly db?: string;
  readonly host: string;
  readonly port: number;
  readonly realm: Realm;
  readonly log: LogLevel;
  readonly json?: boolean;
}

export function describe(command: Command): void {
  command
    .option('--db <file>', 'the ledger, a SQLite file (default: collector.db in the state folder)')
    .option('--host <address>', 'the address to listen on', '127.0.0.1')
    .option('--port <number>', 'the port to listen on, 0 for a free one', port, 8470)
    .option(
      '--realm <realm>',
      `records of another realm are quarantined: ${REALMS.join(', ')}`,
      choice(REALMS),
      'test',
    )
    .option('--log <level>', `what to log on stderr: ${LOG_LEVELS.join(', ')}`, choice(LOG_LEVELS), 'warn')
    .option('--json', 'NDJSON on stdout')
    .addHelpText(
      'after',
      `
Examples:
  tura collect --db taps.db
  curl -s http://127.0.0.1:8470/v1/totals`,
    )
    .action((options: CollectOptions) => stoppable(stop => collect(options, stop)));
}

async function collect(options: CollectOptions, stop: AbortSignal): Promise<void> {
  const output = createOutput(options.json === true);
  const db = options.db ?? join(defaultStateFolder(), 'collector.db');
  if (/^[a-z]{2,}:/i.test(db)) {
    throw new TuraError('bad-usage', `no ledger at ${db}: only SQLite files are kept yet`, {
      where: db,
      expected: 'the name of a file',
    });
  }
  const ledger = openLedger(db);
  const logger = openLog(options.log);
  const collector = createCollector({ ledger, realm: options.realm, now: () => epoch(Date.now()), logger });
  try {
    const url = await collector.listen(options.host, options.port);
    output.say(`collecting ${options.realm} records at ${url} into ${db}; Ctrl-C ends`);
    output.emit({ listening: url, db, realm: options.realm });
    await untilStopped(stop);
  } finally {
    await collector.close();
    ledger.close();
  }
}
