import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { DEMO_BUS } from '../../../src/cli/shipped.ts';
import { tokenOf } from '../../../src/core/card/identity.ts';
import { TuraError } from '../../../src/core/error.ts';
import { bytesOfHex } from '../../../src/core/hex.ts';
import { type Asked, CLEAR } from '../../../src/core/list/verdict.ts';
import { readDevice } from '../../../src/onboard/device.ts';
import { readKeyFiles } from '../../../src/onboard/key-files.ts';
import type { ReaderEvent } from '../../../src/onboard/reader/reader.ts';
import { nodeCrypto } from '../../../src/wire/node-crypto.ts';
import { issued, moment, PLAIN, proven, scanned, WHOLE } from '../../wire/ticket/tickets.ts';
import { MemoryJournal } from '../uplink/memory-journal.ts';
import { type Bench, bench, CLEAR_LIST, opened } from './bench.ts';

const [key] = readKeyFiles(readDevice(DEMO_BUS).tokenKeys).keys;
const TOKEN = tokenOf('ticket', bytesOfHex(PLAIN.serial), key, nodeCrypto);

function show({ reader }: Bench, code: string, readerId = 'front'): void {
  const scan = scanned(code);
  const event: ReaderEvent =
    scan.kind === 'unreadable' ? { ...scan, readerId } : { kind: 'scanned', readerId, scan };
  reader.says(event);
  reader.says({ kind: 'removed', readerId });
}

test('a scanned ticket is a tap like any other: decided, journalled, shown', () => {
  const one = bench();
  show(one, issued(PLAIN));
  assert.equal(one.said(), ['front accepted pass']);
  const record = one.seen.at(-1)?.record;
  assert.equal(
    [record?.token, record?.mediumClass, record?.assurance],
    [TOKEN, 'qr-ticket', 'authenticated'],
  );
});

test("a ticket's serial stands in no record: its token does", () => {
  const one = bench();
  show(one, issued(PLAIN));
  const written = JSON.stringify(one.seen.map(({ record }) => record));
  assert.ok(written.includes(TOKEN.value));
  assert.not.ok(written.includes(PLAIN.serial));
});

test("the stop list is asked for the ticket, for its issuer's key and for its rider's category", () => {
  const asked: Asked[] = [];
  const list = {
    ...CLEAR_LIST,
    lookup: (question: Asked) => {
      asked.push(question);
      return CLEAR;
    },
  };
  const one = bench(() => ({ stopList: opened(list) }));
  show(one, proven(issued(WHOLE), moment('07:30:00')));
  assert.equal(
    asked.map(({ tokens, issuerKey, category }) => [tokens, issuerKey, category]),
    [[[TOKEN], 'tmn/1', 'pupil']],
  );
});

test("a ticket that is nobody's here is declined and journalled without a token", () => {
  const one = bench();
  show(one, '#UT011080000010');
  assert.equal(one.said(), ['front declined medium-not-accepted']);
  assert.is(one.seen.at(-1)?.record?.token, undefined);
});

test('a code that is no ticket is no tap: show it again', () => {
  const one = bench();
  show(one, '4006381333931');
  assert.equal(one.said(), ['front again no ticket, but a code of 13 bytes']);
  assert.is(one.seen.at(-1)?.record, undefined);
});

test('a vehicle that takes no taps says so to whoever asks', () => {
  const full = Object.assign(new MemoryJournal(), {
    append: () => {
      throw new TuraError('disk-full', 'the disk is full');
    },
  });
  const one = bench(() => ({ journal: full }));
  assert.not.ok(one.vehicle.isBroken);
  show(one, issued(PLAIN));
  assert.ok(one.vehicle.isBroken);
});

test.run();
