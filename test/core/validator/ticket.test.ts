import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Medium } from '../../../src/core/card/identity.ts';
import type { PresentedTicket } from '../../../src/core/ticket/ticket.ts';
import { type Edit, readEdited } from '../../tariffs.ts';
import { local, TYUMEN } from '../fare/rider.ts';
import { Bench, CLOCK, PLACE, presented } from './bench.ts';

const QR_RIDE: PresentedTicket = {
  pass: 'qr-ride',
  validFrom: local('2026-03-02 07:00:00'),
  validTo: local('2026-03-02 12:00:00'),
  issuerKey: 'tmn/1',
};

function ticket(more: Partial<PresentedTicket> = {}, number = 1): Medium {
  const value = number.toString(16).padStart(32, '0');
  return {
    kind: 'identified',
    token: { kind: 'ticket', keyId: 1, value },
    further: [],
    form: 'barcode',
    assurance: 'authenticated',
    ticket: { ...QR_RIDE, ...more },
  };
}

/** Shows it, `atS` seconds after half past seven, and takes it away. */
function show(bench: Bench, medium: Medium, atS = 0): string[] {
  const said = bench.run(presented('front', medium, atS));
  bench.run({ kind: 'removed', readerId: 'front' });
  return said;
}

test('a ticket is paid for before: its holder boards for nothing, and the record says by what', () => {
  const bench = new Bench();
  assert.equal(show(bench, ticket()), ['front: 0.00 pass #1']);
  const { token, mediumClass, category, categorySource, assurance, lines, graced } =
    bench.commits[0]?.body ?? {};
  assert.equal([token?.kind, mediumClass, assurance], ['ticket', 'qr-ticket', 'authenticated']);
  assert.equal([category, categorySource, graced], ['general', 'card', undefined]);
  assert.equal(
    lines?.map(({ productId, ruleIds }) => [productId, ruleIds]),
    [[6, ['leg:ride::single', 'pass:qr-ride']]],
  );
});

test('it needs no entitlement on board: it carries its own', () => {
  const strict: Edit = ['tariff.yaml', 'noEntitlement: grace', 'noEntitlement: decline'];
  const bench = new Bench(readEdited(strict).tariff).knowing({ noEntitlements: true });
  assert.equal(show(bench, ticket()), ['front: 0.00 pass #1']);
  assert.is(bench.commits[0]?.body.graced, undefined);
});

const DECLINED: readonly (readonly [name: string, more: Partial<PresentedTicket>, reason: string])[] = [
  ['before its time', { validFrom: local('2026-03-02 07:30:01') }, 'ticket-early'],
  ['after its time', { validTo: local('2026-03-02 07:30:00') }, 'ticket-expired'],
  ['in another zone', { zones: ['far'] }, 'ticket-elsewhere'],
  [
    'as a picture of it',
    { holder: { publicKey: '00'.repeat(32), goodForS: 20 }, provenAt: local('2026-03-02 07:29:00') },
    'ticket-not-live',
  ],
  ['for a pass that the tariff does not know', { pass: 'moon' }, 'ticket-not-enough'],
];

for (const [name, more, reason] of DECLINED) {
  test(`a ticket shown ${name} is declined by name, recorded, and changes nothing`, () => {
    const bench = new Bench();
    bench.state = { ...bench.state, place: { ...PLACE, zoneIds: ['near'] } };
    assert.equal(show(bench, ticket(more)), [`front: - ${reason} #1`]);
    assert.is(bench.commits[0]?.rider, undefined);
    assert.is(bench.commits[0]?.body.lines, undefined);
  });
}

test('a category that the tariff does not know is none, and said to be none', () => {
  const bench = new Bench();
  assert.equal(show(bench, ticket({ category: 'astronaut' })), ['front: 0.00 pass #1']);
  assert.equal(bench.commits[0]?.body.graced, ['entitlement-unknown']);
});

test('a ticket of one ride is shown again on its trip: it is paid already, and no further rider', () => {
  const bench = new Bench();
  show(bench, ticket());
  assert.equal(show(bench, ticket(), 60), ['front: - passback #2']);
});

test('a ticket of one ride does not cover a second, and its holder owes nothing for trying', () => {
  const bench = new Bench();
  show(bench, ticket());
  bench.step({ kind: 'placed', place: { ...PLACE, tripId: 'another' } });
  assert.equal(show(bench, ticket(), 3600), ['front: - ticket-not-enough #2']);
  assert.is(bench.commits[1]?.body.lines, undefined);
  assert.equal(show(bench, ticket({}, 2), 3700), ['front: 0.00 pass #3'], 'another ticket is another ride');
});

test('a tariff that recognises no codes takes no tickets', () => {
  const noCodes: Edit = ['tariff.yaml', 'recognise: [barcode]', 'recognise: []'];
  const bench = new Bench(readEdited(noCodes).tariff);
  assert.equal(show(bench, ticket()), ['front: - medium-not-accepted #1']);
});

test('a ticket on the stop list is blocked like any medium', () => {
  const { token } = ticket() as Extract<Medium, { kind: 'identified' }>;
  const bench = new Bench().knowing({
    verdict: { kind: 'listed', effect: 'decline', reason: 'fraud', subject: token },
  });
  assert.equal(show(bench, ticket()), ['front: - blocked #1']);
});

test("a code that is nobody's ticket here is declined for what it is, and names nobody", () => {
  const bench = new Bench();
  assert.equal(show(bench, { kind: 'refused', reason: 'ticket-not-genuine' }), [
    'front: - ticket-not-genuine #1',
  ]);
  assert.is(bench.commits[0]?.body.token, undefined);
});

test('a clock that was never set lets a ticket pass as the tariff lets every tap pass, and still counts its rides', () => {
  const bench = new Bench();
  bench.step({ kind: 'clock', clock: { ...CLOCK, state: 'unset' } });
  const inThe70s = (atS: number) => presented('front', ticket(), atS, '1970-01-02 00:00:00');
  assert.equal(bench.run(inThe70s(0)), ['front: 0.00 pass #1']);
  assert.equal(bench.commits[0]?.body.graced, ['clock-unsynced']);
  bench.run({ kind: 'removed', readerId: 'front' });
  bench.step({ kind: 'placed', place: { ...PLACE, tripId: 'another' } });
  assert.equal(bench.run(inThe70s(7200)), ['front: - ticket-not-enough #2']);
});

test('the tariff of the tests knows the ticket that they show', () => {
  assert.ok(TYUMEN.passes.some(({ id }) => id === QR_RIDE.pass));
});

test.run();
