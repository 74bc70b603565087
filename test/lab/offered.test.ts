/** What a driver may answer is told at the display unasked: a trip that the vehicle seems to run, a rider who is asked to pay. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { DEMO_BUS } from '../../src/cli/shipped.ts';
import { virtualChip } from '../../src/core/card/virtual/chip.ts';
import { NOWHERE } from '../../src/core/tap.ts';
import { putToWork } from '../../src/lab/aboard.ts';
import { PlayedClock } from '../../src/onboard/clock.ts';
import type { Offer } from '../../src/onboard/driver/offer.ts';
import { type Prepared, prepare } from '../../src/onboard/prepare.ts';
import { SimulatedReader } from '../../src/onboard/reader/simulated.ts';
import type { LinesListener } from '../../src/onboard/serial/lines.ts';
import { openStops } from '../../src/onboard/stops/stops.ts';
import { feedFile, openJournalOf } from '../../src/onboard/vehicle/fit-out.ts';
import { nodeCrypto } from '../../src/wire/node-crypto.ts';
import { readRecord } from '../../src/wire/record/record.ts';
import { MIR } from '../core/card/bank-cards.ts';
import { issued, plain, TRANSIT_KEY } from '../core/card/transit/cards.ts';
import { lines } from '../onboard/driver/display.ts';
import { inTyumen } from '../onboard/position/tyumen.ts';
import { Walk } from '../onboard/position/walk.ts';
import { readEdited } from '../tariffs.ts';
import { withFolder } from '../temporary.ts';

const START = inTyumen('2026-03-02T08:10:00');

/** A bus with a receiver, a reader and a driver's display. */
async function onTheRoad(stateFolder: string, more: Partial<Prepared> = {}) {
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
  const reader = new SimulatedReader('front');
  const wires: LinesListener[] = [];
  const aboard = await putToWork({
    ...{ ...keeper, prepared: { ...written, ...more, device }, journal, clock, readers: [reader] },
    lines: {
      scanners: [],
      start: (listener: LinesListener) => wires.push(listener),
      stop: async () => undefined,
    },
    onSeen: () => undefined,
    onOffer: offer => offers.push(offer),
    onUplink: () => undefined,
    onFault: fault => assert.unreachable(String(fault)),
  });
  while (!existsSync(terminal)) await new Promise(setImmediate);
  return {
    ...{ reader, clock, offers, feed: feedFile(device, stateFolder) },
    observe: (seen: Parameters<LinesListener['observed']>[0]) => wires[0]?.observed(seen),
    told: async (command: string, count: number, then?: () => unknown) =>
      (await lines(connect(terminal), [`{"command":"${command}"}\n`], count, then)) as Told[],
    records: () => journal.outbox(9).map(({ bytes }) => readRecord(bytes)),
    async close() {
      await aboard.close();
      journal.close();
    },
  };
}

interface Told {
  readonly offer?: string;
  readonly asks?: string;
  readonly command?: string;
  readonly done?: boolean;
}

test('a driver who chose line 25 and runs line 11 is told so, and chooses it by one word', () =>
  withFolder(async stateFolder => {
    const own = await onTheRoad(stateFolder);
    const stops = openStops(own.feed);
    const position = { placeAt: () => NOWHERE, observe: own.observe, instead: () => undefined };
    const bus = new Walk(position, stops, START).tells({ kind: 'driver', tripId: '25-we1-0812' });
    bus.stands('cherepan', 60).runs(['cherepan', 'agrarny', 'roschin']);
    stops.close();
    own.clock.advanceTo(bus.waits(1).atMs);
    assert.equal(
      own.offers.map(({ kind, run }) => `${kind} ${run.line}`),
      ['made 11'],
    );
    assert.equal(
      (await own.told('instead', 3)).map(({ offer, command, done }) => [offer, command, done]),
      [
        ['made', 'instead', undefined],
        ['over', undefined, undefined],
        [undefined, undefined, true],
      ],
    );
    const [chosen] = own.records();
    const { tripId } = own.offers[0]?.run ?? {};
    assert.equal([chosen?.kind, chosen?.line, chosen?.tripId], ['mode', '11', tripId]);
    await own.close();
  }));

test('a driver is told that a rider is asked whether the bank application of a blocked card pays', () =>
  withFolder(async stateFolder => {
    const { tariffs } = readEdited(['tariff.yaml', 'passback:', 'fallbackToPayment: ask\npassback:']);
    const own = await onTheRoad(stateFolder, { tariffs, transitKeys: [TRANSIT_KEY] });
    const card = { transit: issued(plain({ isBlocked: true })), bank: MIR };
    const face = { uid: Uint8Array.of(0x08, 1, 2, 3), form: 'iso14443-4' } as const;
    const [, asks] = await own.told('state', 2, () => own.reader.tap(face, virtualChip(card)));
    assert.equal([asks?.asks, asks?.command], ['front', 'yes']);
    await own.close();
  }));

test.run();
