/** Media that were asked for their applications: what is declined, what is recorded, and what is paid later. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Medium } from '../../../src/core/card/identity.ts';
import type { Listed } from '../../../src/core/list/verdict.ts';
import type { Token } from '../../../src/core/tap.ts';
import type { Tariff } from '../../../src/core/tariff/tariff.ts';
import { readEdited } from '../../tariffs.ts';
import { TYUMEN } from '../fare/rider.ts';
import { Bench, card, entitled, type Known, presented } from './bench.ts';

const token = (kind: Token['kind'], digit: string): Token => ({ kind, keyId: 1, value: digit.repeat(32) });
const PAYMENT = { ref: 'ab'.repeat(16), bytes: Uint8Array.of(1, 2, 3) };

/** A Mir card, with what it would be paid by. */
const MIR: Medium = {
  kind: 'identified',
  token: token('instrument', '1'),
  further: [token('pan', '2'), token('par', '3')],
  form: 'bank',
  assurance: 'uid',
  scheme: 'mir',
  bin: '22009980',
  payment: PAYMENT,
};
const UNSUPPORTED: Medium = { kind: 'unsupported', form: 'iso14443-4' };

/** Tyumen's tariff as if bank cards paid once a day. */
const ON_CREDIT = readEdited([
  'tariff.yaml',
  'passback:',
  "openLoop: { media: [bank-card], aggregate: day, firstRide: '100.00', floorLimit: '500.00', retryDays: [1], source: assumed }\npassback:",
]).tariff;

test('the record of a bank card holds its tokens and its scheme, and no digit of its number', () => {
  const bench = new Bench();
  assert.equal(bench.run(presented('front', MIR, 0)), ['front: 37.00 fare-paid #1']);
  const body = bench.commits[0]?.body;
  assert.is(body?.token?.kind, 'instrument');
  assert.equal(
    body?.furtherTokens?.map(({ kind }) => kind),
    ['pan', 'par'],
  );
  assert.equal([body?.scheme, body?.mediumClass, body?.assurance], ['mir', 'bank-card', 'uid']);
  assert.not.match(JSON.stringify(body), '22009980');
});

test('a chip of unknown applications is declined by name and recorded, and its answer stands while it lies', () => {
  const bench = new Bench();
  assert.equal(bench.run(presented('front', UNSUPPORTED, 0)), ['front: - medium-not-accepted #1']);
  assert.equal(bench.run(presented('front', UNSUPPORTED, 1)), ['front: - medium-not-accepted #1 again']);
  const body = bench.commits[0]?.body;
  assert.equal([body?.token, body?.mediumClass], [undefined, undefined]);
});

const ASSURED: readonly (readonly [
  asks: 'uid' | 'authenticated' | 'oda',
  gives: 'uid' | 'authenticated' | 'oda',
  taken: boolean,
])[] = [
  ['uid', 'uid', true],
  ['uid', 'oda', true],
  ['authenticated', 'uid', false],
  ['authenticated', 'authenticated', true],
  ['oda', 'authenticated', false],
  ['oda', 'oda', true],
];

for (const [asks, gives, taken] of ASSURED) {
  test(`a class that asks for '${asks}' ${taken ? 'takes' : 'does not take'} a medium at '${gives}'`, () => {
    const media = {
      ...TYUMEN.media,
      'bank-card': { index: TYUMEN.media['bank-card']?.index ?? 0, assurance: asks },
    };
    const tariff: Tariff = { ...TYUMEN, media };
    const said = new Bench(tariff).run(presented('front', { ...MIR, assurance: gives }, 0));
    assert.equal(said, [taken ? 'front: 37.00 fare-paid #1' : 'front: - medium-not-accepted #1']);
  });
}

test('a bank card that the open loop takes is paid later: its payment goes before the record that names it', () => {
  const bench = new Bench(ON_CREDIT);
  bench.run(presented('front', MIR, 0));
  assert.is(bench.commits[0]?.payment, PAYMENT);
  assert.is(bench.commits[0]?.body.paymentEnvelopeRef, PAYMENT.ref);
});

const blocked: Known = {
  verdict: { kind: 'listed', effect: 'decline', reason: 'debt', subject: token('pan', '2') } satisfies Listed,
};
const { payment: _none, ...WITHOUT } = MIR;

const UNPAID: readonly (readonly [what: string, tariff: Tariff, medium: Medium, known: Known])[] = [
  ['a card that is declined', ON_CREDIT, MIR, blocked],
  ['a card of a class that pays otherwise', ON_CREDIT, MIR, entitled('general')],
  ['a tariff without an open loop', TYUMEN, MIR, {}],
  ['a vehicle that seals nothing', ON_CREDIT, WITHOUT, {}],
  ['a transport card', ON_CREDIT, card(1), {}],
];

for (const [what, tariff, medium, known] of UNPAID) {
  test(`${what}: nothing is kept to be paid by`, () => {
    const bench = new Bench(tariff).knowing(known);
    bench.run(presented('front', medium, 0));
    assert.is(bench.commits.length, 1);
    assert.equal(
      [bench.commits[0]?.payment, bench.commits[0]?.body.paymentEnvelopeRef],
      [undefined, undefined],
    );
  });
}

test('a payment that cannot be kept: hold it there again, nothing is recorded, and whoever waits has their turn', () => {
  const bench = new Bench(ON_CREDIT);
  bench.step(presented('front', MIR, 0));
  bench.step(presented('rear', card(1), 0));
  bench.answer();
  bench.lose();
  while (bench.answer().length > 0);
  assert.equal(
    bench.shown.map(({ readerId, shown }) => `${readerId} ${shown.kind}`),
    ['front again', 'rear answer'],
  );
  assert.equal(
    bench.commits.map(({ body }) => body.mediumClass),
    ['transport-card'],
  );
  assert.equal(bench.run(presented('front', MIR, 1)), ['front: 37.00 fare-paid #2'], 'shown again, it pays');
});

const warned: Known = {
  verdict: {
    kind: 'listed',
    effect: 'warn',
    reason: 'administrative',
    subject: token('uid', '1'),
  } satisfies Listed,
};

const PLAIN: readonly (readonly [what: string, known: Known, plain: boolean])[] = [
  ['a general card', {}, true],
  ['a pupil', entitled('pupil'), false],
  ['a pensioner, who rides free', entitled('pensioner'), false],
  ['a general card that the stop list warns of', warned, false],
];

for (const [what, known, plain] of PLAIN) {
  test(`${what} is ${plain ? 'nothing' : 'something'} for a person to look at`, () => {
    const bench = new Bench().knowing(known);
    bench.run(presented('front', card(1), 0));
    const shown = bench.shown[0]?.shown;
    assert.is(shown?.kind === 'answer' && shown.answer.plain, plain);
  });
}

test.run();
