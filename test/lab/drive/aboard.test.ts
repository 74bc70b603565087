/** A bus whose place is followed by its wires: what its serial lines and its doors say stands on the taps. */
import { randomBytes } from 'node:crypto';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { DEMO_BUS } from '../../../src/cli/shipped.ts';
import { compileZone } from '../../../src/core/tariff/zone.ts';
import { epoch, parseInstant, type ServiceDate } from '../../../src/core/time.ts';
import { putToWork } from '../../../src/lab/aboard.ts';
import { drive } from '../../../src/lab/drive/drive.ts';
import { Random } from '../../../src/lab/random.ts';
import { PlayedClock } from '../../../src/onboard/clock.ts';
import { runsOf } from '../../../src/onboard/position/track/runs.ts';
import { prepare } from '../../../src/onboard/prepare.ts';
import { SimulatedReader } from '../../../src/onboard/reader/simulated.ts';
import type { LinesListener } from '../../../src/onboard/serial/lines.ts';
import { openStops } from '../../../src/onboard/stops/stops.ts';
import { feedFile, openJournalOf } from '../../../src/onboard/vehicle/fit-out.ts';
import type { Seen } from '../../../src/onboard/vehicle/voice.ts';
import { nodeCrypto } from '../../../src/wire/node-crypto.ts';
import { withFolder } from '../../temporary.ts';

const START = epoch(parseInstant('2026-03-02T07:50:00+05:00') ?? 0);
const TRIP = '25-we0-0800';

test('riders of a driven bus tap at the stops where its doors opened', () =>
  withFolder(async stateFolder => {
    const keeper = { stateFolder, firmware: 'test', crypto: nodeCrypto, random: randomBytes };
    const written = await prepare(DEMO_BUS, keeper);
    const position = { source: 'gnss', routeId: 'bus-25' } as const;
    const prepared = { ...written, device: { ...written.device, position } };
    const journal = openJournalOf(prepared.device, keeper);
    const clock = new PlayedClock(START);
    const reader = new SimulatedReader('front');
    const seen: Seen[] = [];
    let wire: LinesListener | undefined;
    const lines = {
      scanners: [],
      start: (listener: LinesListener) => {
        wire = listener;
      },
      stop: async () => undefined,
    };
    const aboard = await putToWork({
      ...{ ...keeper, prepared, journal, clock, lines, readers: [reader] },
      onSeen: one => seen.push(one),
      onUplink: () => undefined,
      onFault: fault => assert.unreachable(String(fault)),
    });

    const stops = openStops(feedFile(prepared.device, stateFolder));
    const [zone, trip] = [compileZone(stops.timezone), stops.trip(TRIP)];
    if (zone === undefined || trip === undefined) throw new Error(TRIP);
    const roads = { stops, zone, plane: runsOf(stops, zone).plane };
    const receiver = { errorM: 10, outlierShare: 0.05, gapS: 60, gapEveryS: 1e6, speed: true };
    const random = new Random(25);
    const events = drive(roads, [trip], 20260302 as ServiceDate, { receiver, doorIds: ['1', '2'] }, random);
    wire?.observed({ kind: 'driver', atMs: START, tripId: TRIP });
    const truth: (string | undefined)[] = [];
    const said: (string | undefined)[] = [];
    let uid = 0;
    for (const event of events) {
      clock.advanceTo(event.atMs);
      if (event.kind === 'tap') {
        uid += 1;
        reader.tap({ uid: Uint8Array.of(0x1c, 0x5a, uid >> 8, uid), form: 'storage' });
        truth.push(event.truth.stopId);
        said.push(seen.at(-1)?.place.stopId);
      } else if (event.seen.kind === 'doors') aboard.observe(event.seen);
      else wire?.observed(event.seen);
    }
    assert.ok(truth.length > 15);
    assert.equal(said, truth);
    const taken = seen.flatMap(({ record }) => (record?.kind === 'tap' ? [record] : []));
    assert.is(taken.length, truth.length);
    stops.close();
    await aboard.close();
    journal.close();
  }));

test.run();
