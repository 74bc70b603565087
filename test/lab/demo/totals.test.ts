/** Both sides compared: what differs is counted where it is. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { DeviceTotals, LedgerTotals, Tally } from '../../../src/backoffice/collector/ledger/ledger.ts';
import { compareTotals } from '../../../src/lab/demo/totals.ts';
import { MemoryJournal } from '../../onboard/uplink/memory-journal.ts';
import { aBody } from '../../wire/records.ts';

const TALLY: Tally = { records: 3, accepted: 2, declined: 1, riderMinor: { RUB: 7400 } };

/** A journal of three records, of which the first two are acknowledged. */
function journal(acknowledged: readonly number[] = [1, 2, 3]): MemoryJournal {
  const own = new MemoryJournal();
  for (let tap = 0; tap < 3; tap++) own.append(aBody());
  own.acknowledge(acknowledged);
  return Object.assign(own, { totals: () => TALLY });
}

function ledger(...held: readonly Partial<DeviceTotals>[]): LedgerTotals {
  const { deviceId, epoch } = new MemoryJournal().next();
  const none = { quarantined: 0, conflicts: 0, brokenLinks: 0 };
  const devices = held.map(own => ({ deviceId, epoch, through: 3, highest: 3, ...none, ...TALLY, ...own }));
  const apart = held.reduce<number>((sum, { quarantined = 0 }) => sum + quarantined, 0);
  return { ...TALLY, ...none, quarantined: apart, missing: 0, devices };
}

const ROWS: readonly [
  what: string,
  acknowledged: readonly number[],
  held: LedgerTotals,
  said: { agree: boolean; waiting: number; missing: number },
][] = [
  ['all is there', [1, 2, 3], ledger({}), { agree: true, waiting: 0, missing: 0 }],
  ['one waits on board', [1, 2], ledger({ records: 2 }), { agree: false, waiting: 1, missing: 0 }],
  [
    'one was let go of and is nowhere',
    [1, 2, 3],
    ledger({ records: 2 }),
    { agree: false, waiting: 0, missing: 1 },
  ],
  [
    'one is kept apart',
    [1, 2, 3],
    ledger({ records: 2, quarantined: 1 }),
    { agree: false, waiting: 0, missing: 0 },
  ],
  ['the ledger is a new one', [1, 2, 3], ledger(), { agree: false, waiting: 0, missing: 3 }],
  ['nothing was sent yet', [], ledger(), { agree: false, waiting: 3, missing: 0 }],
  [
    'only another epoch is held',
    [1, 2, 3],
    ledger({ epoch: '00' }),
    { agree: false, waiting: 0, missing: 3 },
  ],
  [
    'another device is held as well',
    [1, 2, 3],
    ledger({}, { deviceId: 'x' }),
    { agree: true, waiting: 0, missing: 0 },
  ],
  [
    'as many records, another sum',
    [1, 2, 3],
    ledger({ riderMinor: { RUB: 1 } }),
    { agree: false, waiting: 0, missing: 0 },
  ],
];

for (const [what, acknowledged, held, said] of ROWS) {
  test(`${what}: the two sides ${said.agree ? 'agree' : 'differ'}`, () => {
    const { agree, waiting, missing } = compareTotals([journal(acknowledged)], held);
    assert.equal({ agree, waiting, missing }, said);
  });
}

test.run();
