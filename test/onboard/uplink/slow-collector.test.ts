/** A collector that takes its time: half a minute of simulated time, and not one record let go of before its answer. */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createHttpSink } from '../../../src/onboard/uplink/http-sink.ts';
import { createUplink, type UplinkEvent } from '../../../src/onboard/uplink/uplink.ts';
import { aBody } from '../../wire/records.ts';
import { clockwork } from '../clockwork.ts';
import { MemoryJournal } from './memory-journal.ts';

const DEADLINE_MS = 30_000;
const TAPS = 3;

/** Things that happen, each waited for by whoever wants the next. */
class Line<Thing> {
  readonly #come: Thing[] = [];
  #waiting: ((thing: Thing) => void) | undefined;

  push(thing: Thing): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting === undefined) this.#come.push(thing);
    else waiting(thing);
  }

  get length(): number {
    return this.#come.length;
  }

  next(): Promise<Thing> {
    const [thing] = this.#come.splice(0, 1);
    return thing === undefined ? new Promise(resolve => (this.#waiting = resolve)) : Promise.resolve(thing);
  }
}

/** What it does with the first batch; the second is answered at once. */
const SLOWNESS: readonly [what: string, hold: (response: ServerResponse) => void][] = [
  ['answers nothing', () => undefined],
  ['begins an answer and stops', response => response.writeHead(200).write('{"schema":1,')],
];

for (const [what, hold] of SLOWNESS) {
  test(`a collector that ${what} is given up after 30 s, not a millisecond before, and everything is sent again`, async () => {
    const [asked, told] = [new Line<ServerResponse>(), new Line<UplinkEvent>()];
    const server = createServer((request, response) =>
      request.resume().on('end', () => asked.push(response)),
    );
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const [timers, journal] = [clockwork(), new MemoryJournal()];
    const sink = createHttpSink({ url, timers });
    const onProgress = (event: UplinkEvent) => told.push(event);
    const uplink = createUplink({ journal, sink, timers, random: () => 0.5, onProgress });
    try {
      for (let tap = 0; tap < TAPS; tap++) journal.append(aBody());
      uplink.start();
      hold(await asked.next());
      timers.pass(DEADLINE_MS - 1);
      journal.append(aBody());
      uplink.kick();
      await turn();
      assert.equal([told.length, asked.length], [0, 0], 'one batch is under way, and nothing is said of it');

      timers.pass(1);
      const failed = await told.next();
      assert.ok(failed.kind === 'failed');
      assert.equal([failed.fault.code, failed.failures, failed.left], ['link-slow', 1, TAPS + 1]);
      assert.match(failed.fault.message, /no answer within 30000 ms/);

      timers.pass(failed.retryInMs);
      const results = Array.from({ length: TAPS + 1 }, () => ({ result: 'same' }));
      (await asked.next()).end(JSON.stringify({ schema: 1, results, acknowledged: [] }));
      const answered = await told.next();
      assert.equal(answered.kind === 'acknowledged' && [answered.left, answered.results.same], [0, TAPS + 1]);
    } finally {
      await uplink.stop();
      server.close().closeAllConnections();
    }
  });
}

test.run();
