/** What a resident card says of itself, and what lists and inspectors say of it: it is written only where it rides. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { CardState } from '../../../src/core/card/transit/state.ts';
import { putState } from '../../../src/core/card/virtual/transit.ts';
import type { Token } from '../../../src/core/tap.ts';
import type { ServiceDate } from '../../../src/core/time.ts';
import type { Cards } from '../../../src/onboard/cards/cards.ts';
import { standingsIn } from '../../../src/onboard/share/seed.ts';
import { SharedTaps, type Standing } from '../../../src/onboard/share/shared-taps.ts';
import type { StopList } from '../../../src/onboard/stoplist/stop-list.ts';
import { bytesOf, issued, plain } from '../../core/card/transit/cards.ts';
import { readEdited } from '../../tariffs.ts';
import { bench, CLEAR_LIST, DMITRY, MONDAY, opened } from './bench.ts';
import { WRITE } from './held-chips.ts';
import { at, chipOf, counterOn, kinds, onTrip, records, taps } from './resident-cards.ts';

test('a card that is not genuine is declined by name, and is neither its UID nor its bank card', async () => {
  const own = bench();
  const forged = { ...issued(), key: new Uint8Array(16) };
  assert.equal(await taps(own, chipOf(forged, undefined, true)), ['front declined card-not-genuine']);
  assert.is(records(own)[0]?.token, undefined);
});

test('a card whose state nobody can read is declined, and not written', async () => {
  const own = bench();
  const card = issued();
  putState(card, Uint8Array.of(...bytesOf(plain({ counter: 2 })), 0));
  assert.equal(await taps(own, chipOf(card)), ['front declined card-damaged']);
  assert.equal([kinds(own), counterOn(card)], [['tap declined'], 2]);
});

test('a card that has paid is told so to an inspector by its own state, at a door that never saw it', async () => {
  const trip = onTrip('25-1', '25');
  const [front, rear, other] = [bench(trip), bench(trip), bench(onTrip('25-2', '25'))];
  const card = issued();
  await taps(front, chipOf(card));
  for (const own of [rear, other]) {
    await own.vehicle.ask({ kind: 'mode', mode: 'inspection' });
    own.said();
  }
  assert.equal(await taps(rear, chipOf(card)), ['front accepted check-paid']);
  assert.is(records(rear).at(-1)?.passbackOf, 'card/2');
  assert.equal(await taps(other, chipOf(card)), ['front declined check-unknown']);
  assert.is(counterOn(card), 2, 'and it is not written');
});

for (const [how, torn] of [
  ['written', false],
  ['written and torn off, then held there again after the power failed', true],
] as const) {
  test(`a card that was ${how} is known to have paid while it is not here`, async () => {
    const shared = new SharedTaps();
    const companions = {
      newest: (tokens: readonly Token[]) => shared.newest(tokens),
      tell: (standing: Standing) => void shared.merge(standing),
    };
    const [first, card] = [bench(() => ({ companions })), issued()];
    await taps(
      first,
      chipOf(card, command => (torn && command[1] === WRITE ? 'after' : undefined)),
    );
    const own = torn ? bench(() => ({ companions, journal: first.journal })) : first;
    if (torn) assert.equal(await taps(own, chipOf(card)), ['front accepted fare-paid']);
    const token = records(own)[0]?.token;
    const { check, riders } = own.vehicle.answerAbout(token === undefined ? [] : [token]);
    assert.equal([check, riders], ['paid', 1]);
    const journal = Object.assign(own.journal, {
      rider: () => shared.newest([...shared.all()].map(({ token }) => token))?.state,
    });
    assert.is(standingsIn(journal).length, 1, 'and it is told again after a start');
  });
}

for (const side of ['before', 'after'] as const) {
  test(`a further rider's card torn off ${side} it was written is still waited for, once`, async () => {
    const { tariffs } = readEdited(['tariff.yaml', 'passback: {', 'passback: { group: trigger,']);
    const own = bench(() => ({ ...onTrip('25-1', '25')(), tariffs }));
    const card = issued();
    await taps(own, chipOf(card));
    at(own, 25);
    await own.vehicle.ask({ kind: 'riders', more: 1 });
    await taps(
      own,
      chipOf(card, command => (command[1] === WRITE ? side : undefined)),
    );
    at(own, 25.1);
    assert.equal(await taps(own, chipOf(card)), ['front accepted further-rider']);
    at(own, 26);
    assert.equal(await taps(own, chipOf(card)), ['front declined passback']);
  });

  test(`torn off ${side} it was written, a card's ride is the last one only when it is known`, async () => {
    const own = bench();
    const card = issued();
    own.reader.tap('front', DMITRY);
    await taps(
      own,
      chipOf(card, command => (command[1] === WRITE ? side : undefined)),
    );
    assert.is((await own.vehicle.ask({ kind: 'void' })).kind, 'voided', 'Dmitry’s');
    own.said();
    at(own, 0.2);
    assert.equal(await taps(own, chipOf(card)), ['front accepted fare-paid']);
    assert.equal(await own.vehicle.ask({ kind: 'void' }), { kind: 'refused', why: 'void-on-card' });
  });
}

const UNFIT: readonly (readonly [what: string, state: Partial<CardState>, reason: string])[] = [
  ['blocked on the card', { isBlocked: true }, 'card-blocked'],
  ['past its last day', { expiry: 20260301 as ServiceDate }, 'card-expired'],
];

for (const [what, state, reason] of UNFIT) {
  test(`an application ${what} is declined, and not written`, async () => {
    const own = bench();
    const card = issued(plain(state));
    assert.equal(await taps(own, chipOf(card)), [`front declined ${reason}`]);
    assert.equal([kinds(own), counterOn(card)], [['tap declined'], 1]);
  });
}

test('an application on the stop list is declined by its own token', async () => {
  const asked: unknown[] = [];
  const list = opened<StopList>({
    ...CLEAR_LIST,
    lookup: question => {
      asked.push(question.tokens.map(({ kind }) => kind));
      return {
        ...{ kind: 'listed', effect: 'decline', reason: 'disabled-application' },
        subject: { kind: 'application', keyId: 1, value: '' },
      } as const;
    },
  });
  const own = bench(() => ({ stopList: list }));
  assert.equal(await taps(own, chipOf(issued())), ['front declined blocked']);
  assert.equal(asked, [['application']]);
});

test('a category on the stop list is the card’s own, whatever the lists of accounts say', async () => {
  const list = opened<StopList>({
    ...CLEAR_LIST,
    lookup: ({ category }) =>
      category === 'pensioner'
        ? {
            ...{ kind: 'listed', effect: 'decline', reason: 'administrative' },
            subject: { kind: 'category', name: category },
          }
        : CLEAR_LIST.lookup(),
  });
  const cards = opened<Cards>({
    ...CLEAR_LIST,
    lookup: () => ({ mediumClass: 'transport-card', category: 'general', asOf: MONDAY }),
  });
  const own = bench(() => ({ stopList: list, cards }));
  assert.equal(await taps(own, chipOf(issued(plain({ category: 'pensioner' })))), ['front declined blocked']);
  const other = issued(plain(), { serial: new Uint8Array(8).fill(9) });
  assert.equal(await taps(own, chipOf(other)), ['front accepted fare-paid']);
});

test('the same card at once at the other door is answered as before, and not written again', async () => {
  const own = bench();
  const card = issued();
  await taps(own, chipOf(card));
  assert.equal(await taps(own, chipOf(card), 'rear'), ['rear accepted fare-paid repeated']);
  assert.is(counterOn(card), 2);
});

test.run();
