/** Lists that cannot be read: riders are not left standing, and the list is opened anew. */
import { setImmediate as turn } from 'node:timers/promises';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { TuraError } from '../../../src/core/error.ts';
import { epoch } from '../../../src/core/time.ts';
import type { Cards } from '../../../src/onboard/cards/cards.ts';
import type { StopList } from '../../../src/onboard/stoplist/stop-list.ts';
import type { OpenedList } from '../../../src/onboard/vehicle/mending-list.ts';
import type { VehicleParts } from '../../../src/onboard/vehicle/vehicle.ts';
import { readRecord } from '../../../src/wire/record/record.ts';
import { readEdited } from '../../tariffs.ts';
import { ANNA, type Bench, bench, CLEAR_LIST, DMITRY, MONDAY, opened } from './bench.ts';

/** What SQLite throws when a card's page cannot be read. */
const unreadable = Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR_READ' });

const cardList: Cards = {
  ...CLEAR_LIST,
  lookup: () => ({ mediumClass: 'transport-card', category: 'general', asOf: MONDAY }),
};

/** A list whose look-ups fail until it is opened anew; the first `failures` times that fails too. */
class SickList<List extends StopList | Cards> implements OpenedList<List> {
  readonly list: List;
  readonly what: string;
  readonly file: string;
  readonly #well: List;
  readonly #failures: number;
  opens = 0;
  /** In their order: the list it began with, and those that were opened anew. */
  readonly closed: ('old' | 'new')[] = [];

  constructor(well: List, what: string, failures = 0) {
    [this.what, this.file] = [what, `${what}.db`];
    [this.#well, this.#failures] = [well, failures];
    this.list = { ...well, lookup: fail, close: () => this.closed.push('old') };
  }

  readonly reopen = async (): Promise<List> => {
    this.opens += 1;
    if (this.opens <= this.#failures) fail();
    return { ...this.#well, version: 9, close: () => this.closed.push('new') };
  };
}

function fail(): never {
  throw unreadable;
}

const sickStopList = (failures?: number) => new SickList<StopList>(CLEAR_LIST, 'stop list', failures);
const sickCards = () => new SickList<Cards>(cardList, 'card list');

function withLists(lists: Partial<Pick<VehicleParts, 'stopList' | 'cards' | 'tariffs'>>): Bench {
  return bench(() => ({ cards: opened(cardList), ...lists }));
}

async function pass(own: Bench, seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second++) {
    own.timers.pass(1_000);
    await turn();
  }
}

const LISTS: [
  what: string,
  key: string,
  lists: () => Partial<Pick<VehicleParts, 'stopList' | 'cards'>>,
  grace: string,
][] = [
  ['stop list', 'staleStopList', () => ({ stopList: sickStopList() }), 'stop-list-stale'],
  ['card list', 'noEntitlement', () => ({ cards: sickCards() }), 'entitlement-unknown'],
];

for (const [what, key, lists, grace] of LISTS) {
  test(`while the ${what} cannot be read taps are graced, its fault is told once, and it is opened anew`, async () => {
    const own = withLists(lists());
    own.reader.tap('front', ANNA);
    own.reader.tap('rear', DMITRY);
    assert.equal(own.said(), [`front accepted fare-paid ${grace}`, `rear accepted fare-paid ${grace}`]);
    assert.equal(
      own.faults.map(fault => fault instanceof TuraError && [fault.code, fault.message]),
      [['disk-fault', `${what} ${what}.db: the disk answered with an error`]],
    );
    await pass(own, 1);
    own.reader.tap('front', Uint8Array.of(0x04, 1, 2, 3, 4, 5, 6));
    assert.equal(own.said(), ['front accepted fare-paid']);
    assert.is(own.faults.length, 1);
  });

  test(`while the ${what} cannot be read taps are declined where the tariff says so`, () => {
    const { tariffs } = readEdited(['tariff.yaml', `${key}: grace`, `${key}: decline`]);
    const own = withLists({ ...lists(), tariffs });
    own.reader.tap('front', ANNA);
    assert.equal(own.said(), [`front declined ${grace}`]);
  });
}

test('the record says which version was looked into: none, and then the one that was opened', async () => {
  const own = withLists({ stopList: sickStopList(), cards: sickCards() });
  own.reader.tap('front', ANNA);
  await pass(own, 1);
  own.reader.tap('front', DMITRY);
  const records = own.journal.outbox(9).map(({ bytes }) => readRecord(bytes));
  const said = records.map(({ kind, stopListVersion, entitlementVersion, partsDown }) =>
    kind === 'tap' ? [stopListVersion, entitlementVersion] : partsDown,
  );
  assert.equal(said, [[undefined, undefined], ['stop list', 'card list'], [9, 9], undefined]);
});

test('a list that stays unreadable is opened again and again, a second later and then ever more seldom', async () => {
  const stopList = sickStopList(4);
  const own = withLists({ stopList });
  own.reader.tap('front', ANNA);
  const opens: number[] = [];
  for (let second = 0; second < 40; second++) {
    await pass(own, 1);
    if (stopList.opens > opens.length) opens.push(second + 1);
  }
  assert.equal(opens, [1, 3, 7, 15, 31]);
  assert.is(own.faults.length, 1, 'that it stays is no news');
  assert.equal(stopList.closed, ['old'], 'and the old one is closed');
});

test('a list that fails when it goes over to a newer version is opened anew as well', async () => {
  const stopList = { ...sickStopList(), list: { ...CLEAR_LIST, refresh: fail } };
  const own = withLists({ stopList });
  own.clock.advanceTo(epoch(own.clock.now() + 30_000));
  own.reader.tap('front', ANNA);
  assert.equal(own.said(), ['front accepted fare-paid stop-list-stale']);
  await pass(own, 1);
  own.reader.tap('front', DMITRY);
  assert.equal(own.said(), ['front accepted fare-paid']);
});

test('what was opened anew is closed with the vehicle, also when it comes too late', async () => {
  const [early, late] = [sickStopList(), sickStopList()];
  const own = withLists({ stopList: early });
  own.reader.tap('front', ANNA);
  await pass(own, 1);
  await own.vehicle.stop();
  assert.equal(early.closed, ['old', 'new']);

  let open: () => void = assert.unreachable;
  const waiting = new Promise<void>(resolve => (open = resolve));
  const reopen = () => waiting.then(late.reopen);
  const other = withLists({ stopList: { ...late, reopen } });
  other.reader.tap('front', ANNA);
  await pass(other, 1);
  await other.vehicle.stop();
  assert.equal(late.closed, []);
  open();
  await turn();
  assert.equal(late.closed, ['new']);
});

test.run();
