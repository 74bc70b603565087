/** A bus whose driver chose the wrong trip: what it seems to run is told at its display and its console, and chosen by a word. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { DEMO_BUS } from '../../src/cli/shipped.ts';
import { NOWHERE } from '../../src/core/tap.ts';
import { putToWork } from '../../src/lab/aboard.ts';
import { PlayedClock } from '../../src/onboard/clock.ts';
import type { Offer } from '../../src/onboard/driver/offer.ts';
import { prepare } from '../../src/onboard/prepare.ts';
import type { LinesListener } from '../../src/onboard/serial/lines.ts';
import { openStops } from '../../src/onboard/stops/stops.ts';
import { feedFile, openJournalOf } from '../../src/onboard/vehicle/fit-out.ts';
import { nodeCrypto } from '../../src/wire/node-crypto.ts';
import { readRecord } from '../../src/wire/record/record.ts';
import { inTyumen } from '../onboard/position/tyumen.ts';
import { Walk } from '../onboard/position/walk.ts';
import { withFolder } from '../temporary.ts';

const START = inTyumen('2026-03-02T08:10:00');

test('a driver who chose line 25 and runs line 11 is told so, and chooses it by one word', () =>
  withFolder(async stateFolder => {
    const keeper = { stateFolder, firmware: 'test', crypto: nodeCrypto, random: randomBytes };
    const written = await prepare(DEMO_BUS, keeper);
    // A folder in memory may take no sockets.
    const terminal = join(mkdtempSync(join(tmpdir(), 'tura-offered-')), 'seat.sock');
    const device = {
      ...written.device,
      position: { source: 'gnss', routeId: undefined } as const,
      driver: { ...written.device.driver, terminal },
    };
    const journal = openJournalOf(device, keeper);
    const clock = new PlayedClock(START);
    const offers: Offer[] = [];
    let wire: LinesListener | undefined;
    const aboard = await putToWork({
      ...{ ...keeper, prepared: { ...written, device }, journal, clock, readers: [] },
      lines: {
        scanners: [],
        start: (listener: LinesListener) => {
          wire = listener;
        },
        stop: async () => undefined,
      },
      onSeen: () => undefined,
      onOffer: offer => offers.push(offer),
      onUplink: () => undefined,
      onFault: fault => assert.unreachable(String(fault)),
    });
    const stops = openStops(feedFile(device, stateFolder));
    const heard = {
      placeAt: () => NOWHERE,
      observe: (seen: Parameters<LinesListener['observed']>[0]) => wire?.observed(seen),
      instead: () => undefined,
    };
    const bus = new Walk(heard, stops, START).tells({ kind: 'driver', tripId: '25-we1-0812' });
    bus.stands('cherepan', 60).runs(['cherepan', 'agrarny', 'roschin']);
    clock.advanceTo(bus.waits(1).atMs);
    assert.equal(
      offers.map(({ kind, run }) => `${kind} ${run.line}`),
      ['made 11'],
    );

    while (!existsSync(terminal)) await new Promise(setImmediate);
    const display = connect(terminal).setEncoding('utf8');
    display.write('{"command":"instead"}\n');
    let text = '';
    for await (const piece of display) {
      text += piece;
      if (text.split('\n').length > 3) break;
    }
    const told = text
      .trim()
      .split('\n')
      .map(line => JSON.parse(line));
    const { tripId } = offers[0]?.run ?? {};
    assert.equal(
      told.map(({ offer, command, done }) => [offer, command, done]),
      [
        ['made', 'instead', undefined],
        ['over', undefined, undefined],
        [undefined, undefined, true],
      ],
    );
    const [chosen] = journal.outbox(9).map(({ bytes }) => readRecord(bytes));
    assert.equal([chosen?.kind, chosen?.line, chosen?.tripId], ['mode', '11', tripId]);
    stops.close();
    await aboard.close();
    journal.close();
  }));

test.run();
