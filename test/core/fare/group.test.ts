import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { readEdited } from '../../tariffs.ts';
import { BANK, type Card, GENERAL, local, PENSIONER, PUPIL, Rider, STUDENT, said } from './rider.ts';

const START = '2026-03-02 07:30:00';
const at = (afterS: number) => local(START, afterS);
const [PAID, FURTHER] = ['37.00 fare-paid', '37.00 further-rider'];

for (const [name, card] of [
  ['a bank card', BANK],
  ['the general transport card', GENERAL],
] as const) {
  test(`${name} pays for five on one trip, and the sixth is refused`, () => {
    const rider = new Rider(card);
    const rides = [0, 5, 10, 15, 20, 25].map(afterS => rider.tap('25', at(afterS)));
    assert.equal(rides.map(said), [PAID, FURTHER, FURTHER, FURTHER, FURTHER, '- group-limit']);
    assert.equal(
      rides.map(ride => ride.riderIndex),
      [1, 2, 3, 4, 5, 5],
    );
    assert.equal(
      rides.map(ride => ride.passbackOf),
      [undefined, 'tap-1', 'tap-1', 'tap-1', 'tap-1', 'tap-1'],
    );
  });
}

test('a group that was refused its sixth stays refused, and another trip takes it again', () => {
  const rider = new Rider(BANK);
  for (const afterS of [0, 5, 10, 15, 20]) rider.tap('25', at(afterS));
  const before = rider.state;
  assert.is(said(rider.tap('25', at(25))), '- group-limit');
  assert.equal(rider.state, before, 'a refusal is not remembered');
  assert.is(said(rider.tap('25', at(620))), '- group-limit');
  assert.is(said(rider.tap('30', at(630))), PAID);
});

/** On one trip: ten minutes for a further rider, fifty more in which the card has paid already, then a new ride. */
const AFTER: [afterS: number, group: string, concession: string][] = [
  [3, FURTHER, '- passback'],
  [599, FURTHER, '- passback'],
  [600, FURTHER, '- passback'],
  [601, '- passback', '- passback'],
  [3599, '- passback', '- passback'],
  [3600, '- passback', '- passback'],
  [3601, PAID, '8.40 concession'],
];

for (const [afterS, group, concession] of AFTER) {
  test(`${afterS} s later on the same trip: a bank card ${group}, a pupil ${concession}`, () => {
    const [bank, pupil] = [new Rider(BANK), new Rider(PUPIL)];
    bank.tap('25', at(0));
    pupil.tap('25', at(0));
    assert.is(said(bank.tap('25', at(afterS))), group);
    assert.is(said(pupil.tap('25', at(afterS))), concession);
  });
}

const TRIGGER = readEdited(['tariff.yaml', 'refuse: 50 min,', 'refuse: 50 min, group: trigger,']).tariff;

test("where a further rider needs the driver's word, the same card alone is refused", () => {
  const rider = new Rider(BANK, TRIGGER);
  const rides = [
    rider.tap('25', at(0)),
    rider.tap('25', at(5)),
    rider.tap('25', at(10), { riders: 2 }),
    rider.tap('25', at(15), { riders: 2 }),
    rider.tap('25', at(3000), { riders: 3 }),
  ];
  assert.equal(rides.map(said), [PAID, '- passback', FURTHER, '- passback', FURTHER]);
});

test('a button asks for a further rider after the window, too, and never beyond the limit', () => {
  const rider = new Rider(BANK);
  rider.tap('25', at(0));
  assert.is(said(rider.tap('25', at(1800), { riders: 2 })), FURTHER);
  const pupil = new Rider(PUPIL);
  pupil.tap('25', at(0));
  assert.is(said(pupil.tap('25', at(5), { riders: 2 })), '- passback');
});

test('a medium may carry fewer than the category of its holder', () => {
  const edit = ['tariff.yaml', 'recognise: [bank]', 'ridersPerTrip: 2\n    recognise: [bank]'] as const;
  const rider = new Rider(BANK, readEdited(edit).tariff);
  assert.equal(
    [0, 5, 10].map(afterS => said(rider.tap('25', at(afterS)))),
    [PAID, FURTHER, '- group-limit'],
  );
});

test('the ten minutes begin anew with each rider of the group', () => {
  const rider = new Rider(BANK);
  const rides = [0, 600, 1200, 1801].map(afterS => rider.tap('25', at(afterS)));
  assert.equal(rides.map(said), [PAID, FURTHER, FURTHER, '- passback']);
});

const CONCESSIONS: [name: string, card: Card, price: string][] = [
  ['a pupil', PUPIL, '8.40 concession'],
  ['a student', STUDENT, '21.00 concession'],
  ['a pensioner', PENSIONER, '0.00 free-ride'],
];

for (const [name, card, price] of CONCESSIONS) {
  test(`${name}'s card carries one rider a trip`, () => {
    const rider = new Rider(card);
    const rides = ['25', '25', '30'].map((trip, index) => rider.tap(trip, at(index * 5)));
    assert.equal(rides.map(said), [price, '- passback', price]);
    assert.is(rides[1]?.passbackOf, 'tap-1');
  });
}

test('a concession card carries one rider also when its quota is spent', () => {
  const rider = new Rider(PUPIL);
  const quotaUsed = { month: 202603, used: 44 };
  const rides = [0, 5].map(afterS => rider.tap('25', at(afterS), { quotaUsed }));
  assert.equal(rides.map(said), ['37.00 quota-spent', '- passback']);
});

test('a concession card carries one rider also out of its season', () => {
  const rider = new Rider(STUDENT);
  const rides = [0, 5].map(afterS => rider.tap('25', local('2026-07-15 07:30:00', afterS)));
  assert.equal(rides.map(said), ['37.00 out-of-season', '- passback']);
});

test('a category that nobody knows carries one rider', () => {
  const rider = new Rider({ mediumClass: 'transport-card', category: 'veteran' });
  assert.equal(
    [0, 5].map(afterS => said(rider.tap('25', at(afterS)))),
    [PAID, '- passback'],
  );
});

test('a clock that is set back a little makes nobody pay twice, and hours back it holds nobody up', () => {
  const concession = new Rider(PUPIL);
  concession.tap('25', at(0));
  assert.is(said(concession.tap('25', at(-30))), '- passback');
  assert.is(said(concession.tap('25', at(-3600))), '- passback');
  assert.is(said(concession.tap('25', at(-3601))), '8.40 concession');
});

test('only the first of a group changes for free: one card has one transfer', () => {
  const rider = new Rider(GENERAL);
  const rides = [
    rider.tap('25', at(0)),
    rider.tap('25', at(5)),
    rider.tap('30', at(900)),
    rider.tap('30', at(905)),
  ];
  assert.equal(rides.map(said), [PAID, FURTHER, '0.00 free-transfer', FURTHER]);
});

test('where the tariff covers the group, as many change for free as paid', () => {
  const { tariff } = readEdited(['tariff.yaml', 'groupCovered: false', 'groupCovered: true']);
  const rider = new Rider(GENERAL, tariff);
  const rides = [
    rider.tap('25', at(0)),
    rider.tap('25', at(5)),
    rider.tap('30', at(900)),
    rider.tap('30', at(905)),
    rider.tap('30', at(910)),
    rider.tap('17', at(1800)),
  ];
  const FREE = '0.00 free-transfer';
  assert.equal(rides.map(said), [PAID, FURTHER, FREE, FREE, FURTHER, FREE]);
  assert.equal(
    rides.map(ride => ride.riderIndex),
    [1, 2, 1, 2, 3, 1],
  );
});

test.run();
