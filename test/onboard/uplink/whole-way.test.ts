/** From a journal on disk, over HTTP, to a ledger on disk. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Collector, createCollector } from '../../../src/backoffice/collector/collector.ts';
import { openLedger } from '../../../src/backoffice/collector/ledger/file-ledger.ts';
import type { Ledger } from '../../../src/backoffice/collector/ledger/ledger.ts';
import { epoch } from '../../../src/core/time.ts';
import { openJournal } from '../../../src/onboard/journal/file-journal.ts';
import type { Journal } from '../../../src/onboard/journal/journal.ts';
import { createHttpSink } from '../../../src/onboard/uplink/http-sink.ts';
import { createUplink, type Uplink, type UplinkEvent } from '../../../src/onboard/uplink/uplink.ts';
import { nodeCrypto } from '../../../src/wire/node-crypto.ts';
import { aBody } from '../../wire/records.ts';
import { MemoryJournal } from './memory-journal.ts';
import { jumpingTimers, StandingTimers } from './timers.ts';

const folder = mkdtempSync(join(tmpdir(), 'tura-whole-way-'));
let files = 0;

interface Context {
  ledger: Ledger;
  collector: Collector;
  url: string;
}

const test = suite<Context>('the whole way');
test.before.each(async context => {
  context.ledger = openLedger(join(folder, `${++files}.ledger`));
  context.collector = createCollector({ ledger: context.ledger, realm: 'test', now: () => epoch(1) });
  context.url = await context.collector.listen('127.0.0.1', 0);
});
test.after.each(async ({ collector, ledger }) => {
  await collector.close();
  await ledger.close();
});
test.after(() => rmSync(folder, { recursive: true }));

function uplinkOf(journal: Journal, url: string, events: UplinkEvent[] = []): Uplink {
  return createUplink({
    journal,
    sink: createHttpSink({ url, timers: new StandingTimers() }),
    timers: jumpingTimers,
    random: () => 0,
    onProgress: event => events.push(event),
  });
}

function newJournal(deviceId: string): Journal {
  return openJournal(join(folder, `${++files}.journal`), {
    deviceId,
    realm: 'test',
    firmware: '0.1.0',
    crypto: nodeCrypto,
    random: length => Uint8Array.from({ length }, (_, index) => (files * 31 + index) % 256),
  });
}

test('two vehicles, and both sides count the same', async ({ ledger, url }) => {
  const journals = ['tmn-bus-101', 'tmn-tram-7'].map(newJournal);
  const uplinks = journals.map(journal => uplinkOf(journal, url));
  for (const journal of journals) for (let tap = 0; tap < 700; tap++) journal.append(aBody());
  for (const uplink of uplinks) assert.equal(await uplink.drain(1), { kind: 'empty' });
  const totals = await ledger.totals();
  assert.equal([totals.records, totals.missing, totals.brokenLinks], [1_400, 0, 0]);
  for (const journal of journals) {
    const device = totals.devices.find(({ deviceId }) => deviceId === journal.next().deviceId);
    const { records, accepted, declined, riderMinor } = journal.totals();
    assert.equal(
      [device?.records, device?.accepted, device?.declined, device?.riderMinor, device?.through],
      [records, accepted, declined, riderMinor, 700],
    );
    journal.close();
  }
  await Promise.all(uplinks.map(uplink => uplink.stop()));
});

test('a collector that was down gets everything when it is back', async ({ ledger, collector, url }) => {
  const journal = newJournal('tmn-bus-101');
  const uplink = uplinkOf(journal, url);
  for (let tap = 0; tap < 10; tap++) journal.append(aBody());
  await collector.close();
  const drained = await uplink.drain(3);
  assert.equal(drained.kind === 'gave-up' && [drained.left, drained.fault.code], [10, 'link-down']);
  const again = createCollector({ ledger, realm: 'test', now: () => epoch(2) });
  await again.listen('127.0.0.1', Number(new URL(url).port));
  assert.equal(await uplink.drain(20), { kind: 'empty' });
  assert.is((await ledger.totals()).records, 10);
  await uplink.stop();
  await again.close();
  journal.close();
});

test('one record that a disk spoilt is quarantined, and all others of the queue arrive', async ({
  ledger,
  url,
}) => {
  const journal = new MemoryJournal();
  for (let tap = 0; tap < 1_200; tap++) journal.append(aBody());
  journal.spoil(250, Uint8Array.of(0xbf, 0xff, 0x00));
  const events: UplinkEvent[] = [];
  const uplink = uplinkOf(journal, url, events);
  assert.equal(await uplink.drain(1), { kind: 'empty' });
  assert.equal(
    events.flatMap(event => (event.kind === 'kept-apart' ? [[event.sequence, event.result]] : [])),
    [[250, 'quarantined']],
  );
  const totals = await ledger.totals();
  assert.equal([totals.records, totals.quarantined, totals.missing], [1_199, 1, 1]);
  const { deviceId, epoch: ours } = journal.next();
  assert.equal(await ledger.gaps(9), [{ deviceId, epoch: ours, first: 250, last: 250 }]);
  await uplink.stop();
});

test.run();
