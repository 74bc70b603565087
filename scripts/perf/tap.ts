/**
 * Tap to committed decision on the simulated reader, with 100,000 blocked and 1,000,000 entitled cards on board,
 * against a bare durable insert of the same row into a database of its own on the same disk, in turns.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { buildBundle } from '../../src/backoffice/lists/build.ts';
import { termsFrom } from '../../src/backoffice/lists/terms.ts';
import { identify, type Medium } from '../../src/core/card/identity.ts';
import type { Entitlement } from '../../src/core/entitlement.ts';
import { assert } from '../../src/core/error.ts';
import { writeRiderState } from '../../src/core/fare/rider.ts';
import type { StopEntry } from '../../src/core/list/stop-entry.ts';
import type { Token } from '../../src/core/tap.ts';
import { epoch } from '../../src/core/time.ts';
import { openDatabase } from '../../src/disk/sqlite.ts';
import { PlayedClock } from '../../src/onboard/clock.ts';
import { type Prepared, prepare } from '../../src/onboard/prepare.ts';
import { SimulatedReader } from '../../src/onboard/reader/simulated.ts';
import { fitOut, openJournalOf } from '../../src/onboard/vehicle/fit-out.ts';
import { Vehicle } from '../../src/onboard/vehicle/vehicle.ts';
import type { Seen } from '../../src/onboard/vehicle/voice.ts';
import { nodeCrypto } from '../../src/wire/node-crypto.ts';
import { recordBytes } from '../../src/wire/record/record.ts';
import type { Figure } from './figure.ts';
import { median, quantile } from './statistics.ts';

const BLOCKED = 100_000;
const ENTITLED = 1_000_000;
const WARM_UP = 5_000;
const TAPS = 5_000;
const START = epoch(Date.parse('2026-03-02T07:30:00+05:00'));

export async function figures(): Promise<readonly Figure[]> {
  const stateFolder = mkdtempSync(join(tmpdir(), 'tura-tap-'));
  try {
    const device = fileURLToPath(new URL('../../devices/demo-bus.yaml', import.meta.url));
    const keeper = { stateFolder, firmware: 'perf', crypto: nodeCrypto, random: randomBytes };
    const prepared = await prepare(device, keeper);
    const lists = writeLists(prepared, stateFolder);
    const journal = openJournalOf(prepared.device, keeper);
    const clock = new PlayedClock(START);
    const reader = new SimulatedReader('front');
    const outfit = await fitOut(prepared.device, {
      ...keeper,
      ...prepared,
      journal,
      clock,
      readers: [reader],
      lists,
    });
    const { bare, tap, accepted } = await measure(outfit.parts, reader, clock, stateFolder);
    outfit.close();
    journal.close();
    assert(accepted > TAPS / 2, 'most of the measured taps are accepted');
    return [
      compared('tap to committed decision, median', median(tap), median(bare), 1.5),
      compared('tap to committed decision, p99', quantile(tap, 0.99), quantile(bare, 0.99), 2),
    ];
  } finally {
    rmSync(stateFolder, { recursive: true, force: true });
  }
}

function compared(figure: string, value: number, peer: number, atMost: number): Figure {
  const ratio = value / peer;
  return {
    figure,
    value,
    unit: 'µs',
    goal: `at most ${atMost} x`,
    peer: `bare durable insert: ${peer.toFixed(1)} µs`,
    ratio,
    met: ratio <= atMost,
  };
}

async function measure(
  parts: ConstructorParameters<typeof Vehicle>[0],
  reader: SimulatedReader,
  clock: PlayedClock,
  folder: string,
): Promise<{ bare: number[]; tap: number[]; accepted: number }> {
  let shownMs = 0;
  let last: Seen | undefined;
  let accepted = 0;
  const answer = (seen: Seen) => {
    shownMs = performance.now();
    last = seen;
  };
  const vehicle = new Vehicle(parts, answer, fault => {
    throw fault;
  });
  vehicle.start();
  const insert = bareInsert(join(folder, 'bare.db'));
  const times = { bare: [] as number[], tap: [] as number[] };
  let row: unknown[] = [0, START, new Uint8Array(430), null, null];
  const bare = (turn: number) => {
    row[0] = turn;
    const began = performance.now();
    insert.run(row);
    if (turn >= WARM_UP) times.bare.push((performance.now() - began) * 1000);
  };
  const tap = (turn: number) => {
    clock.advanceTo(epoch(START + turn * 500));
    // Every seventh rider has tapped before, some seconds ago; every fiftieth card is on the stop list.
    const rider = turn % 7 === 6 && turn > 7 ? turn - 7 : turn;
    const number = turn % 50 === 49 ? ENTITLED + turn : rider * 90;
    const face = { uid: uidOf(number), form: 'storage' } as const;
    const began = performance.now();
    reader.tap(face);
    if (turn >= WARM_UP) times.tap.push((shownMs - began) * 1000);
    const record = last?.record;
    assert(record !== undefined, 'every measured tap was committed');
    if (turn >= WARM_UP && record.decision === 'accepted') accepted++;
    const state =
      record.decision === 'accepted' && record.token ? parts.journal.rider(record.token) : undefined;
    row = [0, record.eventTimeMs, recordBytes(record), state && TOKEN_ROOM, state && writeRiderState(state)];
  };
  for (let turn = 0; turn < WARM_UP + TAPS; turn++) {
    // Whoever comes second finds the disk awake: they take turns in that too.
    for (const step of turn % 2 === 0 ? [bare, tap] : [tap, bare]) step(turn);
    // Between two riders there is a pause.
    await pause();
  }
  return { ...times, accepted };
}

/** As large as a token in a row of the journal. */
const TOKEN_ROOM = new Uint8Array(21);

function bareInsert(file: string) {
  const database = openDatabase(file, { what: 'floor', mode: 'write' });
  database.exec(
    'CREATE TABLE record(sequence INTEGER PRIMARY KEY, atMs INTEGER NOT NULL, bytes BLOB NOT NULL, token BLOB, state TEXT)',
  );
  return database.prepare('INSERT INTO record(sequence, atMs, bytes, token, state) VALUES (?, ?, ?, ?, ?)');
}

function writeLists({ device, keys }: Prepared, folder: string): { stopList: string; cards: string } {
  const token = (number: number): Token => {
    const medium: Medium = identify({ uid: uidOf(number), form: 'storage' }, keys, nodeCrypto);
    assert(medium.kind === 'identified', 'a seven-byte UID is never random');
    return medium.token;
  };
  const terms = (listId: string) =>
    termsFrom(START, { listId, issuer: 'perf', realm: device.realm, version: 1 });
  const blocked = Array.from(
    { length: BLOCKED },
    (_, index): StopEntry => ({ subject: token(ENTITLED + index), effect: 'decline', reason: 'lost' }),
  );
  const entitled = Array.from(
    { length: ENTITLED },
    (_, index): Entitlement => ({
      token: token(index),
      mediumClass: 'transport-card',
      category: ['general', 'pupil', 'student', 'pensioner'][index % 4] ?? 'general',
      asOf: START,
    }),
  );
  const files = { stopList: join(folder, 'stop-list.cbor'), cards: join(folder, 'cards.cbor') };
  const keyIds = keys.flatMap(key => (key === undefined ? [] : [key.keyId]));
  writeFileSync(files.stopList, buildBundle('stop-list', blocked, keyIds, terms('stop-list')));
  writeFileSync(files.cards, buildBundle('entitlements', entitled, keyIds, terms('cards')));
  return files;
}

function uidOf(number: number): Uint8Array {
  return Uint8Array.of(4, 0x51, 0x37, number >>> 24, number >>> 16, number >>> 8, number);
}
