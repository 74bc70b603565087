import { join } from 'node:path';
import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { judgeSequence } from '../../../src/backoffice/collector/judge.ts';
import { openLedger } from '../../../src/backoffice/collector/ledger/file-ledger.ts';
import type { Ledger } from '../../../src/backoffice/collector/ledger/ledger.ts';
import { TuraError } from '../../../src/core/error.ts';
import { hexOfBytes } from '../../../src/core/hex.ts';
import { epoch } from '../../../src/core/time.ts';
import type { Sink } from '../../../src/onboard/uplink/sink.ts';
import { createUplink } from '../../../src/onboard/uplink/uplink.ts';
import type { Answer } from '../../../src/wire/answer.ts';
import { joinRecords } from '../../../src/wire/batch.ts';
import { withFolder } from '../../temporary.ts';
import { aBody, aLine } from '../../wire/records.ts';
import { MemoryJournal } from './memory-journal.ts';
import { jumpingTimers } from './timers.ts';

/** What a link does to one batch. */
const MISHAPS = [
  'passes',
  'loses the batch',
  'loses the answer',
  'delivers twice',
  'delivers later',
  'is too small',
] as const;
type Mishap = (typeof MISHAPS)[number];

/** A link between two devices and one ledger on which everything can go wrong that does. */
class BadLink implements Sink {
  readonly #ledger: Ledger;
  readonly #mishaps: Mishap[];
  readonly #late: Uint8Array[];

  /** `late` is shared by all links of a fleet: an old batch may arrive among another device's. */
  constructor(ledger: Ledger, mishaps: readonly Mishap[], late: Uint8Array[]) {
    this.#ledger = ledger;
    this.#mishaps = [...mishaps];
    this.#late = late;
  }

  async send(records: readonly Uint8Array[]): Promise<Answer> {
    const batch = joinRecords(records);
    const mishap = this.#mishaps.shift() ?? 'passes';
    switch (mishap) {
      case 'passes':
        return this.#deliver(batch);
      case 'loses the batch':
        throw new TuraError('link-down', mishap);
      case 'loses the answer':
        await this.#deliver(batch);
        throw new TuraError('link-slow', mishap);
      case 'delivers twice':
        await this.#deliver(batch);
        return this.#deliver(batch);
      case 'delivers later':
        this.#late.push(batch);
        throw new TuraError('link-slow', mishap);
      case 'is too small':
        throw new TuraError('batch-too-large', mishap);
      default:
        return mishap satisfies never;
    }
  }

  async #deliver(batch: Uint8Array): Promise<Answer> {
    const kept = await this.#ledger.keep(judgeSequence(batch, 'test'), epoch(0));
    for (const late of this.#late.splice(0)) await this.#ledger.keep(judgeSequence(late, 'test'), epoch(0));
    return { schema: 1, ...kept };
  }

  async close(): Promise<void> {}
}

interface Plan {
  readonly taps: readonly number[];
  readonly mishaps: readonly Mishap[];
}

const device: fc.Arbitrary<Plan> = fc.record({
  /** Taps before each draining. */
  taps: fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 4 }),
  mishaps: fc.array(fc.constantFrom(...MISHAPS), { maxLength: 8 }),
});

test('whatever the link does, the ledger ends with each record exactly once and the outboxes empty', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(device, { minLength: 1, maxLength: 3 }), fleet =>
      withFolder(folder => served(fleet, openLedger(join(folder, 'ledger.db')))),
    ),
    { numRuns: 150 },
  );
});

async function served(fleet: readonly Plan[], ledger: Ledger): Promise<void> {
  const late: Uint8Array[] = [];
  const vehicles = fleet.map((plan, index) => ({ ...plan, journal: new MemoryJournal(`device-${index}`) }));
  await Promise.all(
    vehicles.map(({ journal, taps, mishaps }) => drive(journal, taps, new BadLink(ledger, mishaps, late))),
  );
  for (const { journal } of vehicles) await agrees(journal, ledger);
  const totals = await ledger.totals();
  assert.equal([totals.conflicts, totals.quarantined, totals.brokenLinks, totals.missing], [0, 0, 0, 0]);
  await ledger.close();
}

async function drive(journal: MemoryJournal, taps: readonly number[], sink: Sink): Promise<void> {
  const uplink = createUplink({ journal, sink, timers: jumpingTimers, random: () => 0.5 });
  uplink.start();
  for (const count of taps) {
    for (let tap = 0; tap < count; tap++) journal.append(aBody({ lines: [aLine(tap * 100)] }));
    uplink.kick();
    await uplink.drain(2);
  }
  // A record that was refused alone is tried again when somebody asks for it.
  for (let asked = 0; asked < 9 && journal.outboxSize() > 0; asked++) await uplink.drain(20);
  assert.equal(await uplink.drain(1), { kind: 'empty' });
  await uplink.stop();
}

async function agrees(journal: MemoryJournal, ledger: Ledger): Promise<void> {
  assert.is(journal.outboxSize(), 0);
  const { deviceId, epoch: ours, sequence } = journal.next();
  const held = await ledger.records({ deviceId, epoch: ours, from: 1, limit: 1_000 });
  assert.equal(
    (held ?? []).map(({ bytes }) => hexOfBytes(bytes)),
    journal.range(1, sequence).map(({ bytes }) => hexOfBytes(bytes)),
  );
}

test.run();
