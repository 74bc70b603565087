import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Clock } from '../../../src/core/tap.ts';
import type { PresentedTicket } from '../../../src/core/ticket/ticket.ts';
import { type Presentation, ticketRefusal } from '../../../src/core/ticket/validity.ts';
import { local } from '../fare/rider.ts';

const CLOCK: Clock = { state: 'ntp', offsetMs: 0, uncertaintyMs: 0 };
const at = (time: string) => local(`2026-03-02 ${time}`);

const TICKET: PresentedTicket = {
  pass: 'day',
  validFrom: at('07:00:00'),
  validTo: at('09:00:00'),
  issuerKey: 'tmn/1',
};
const LIVE: PresentedTicket = {
  ...TICKET,
  holder: { publicKey: '00'.repeat(32), goodForS: 20 },
  provenAt: at('08:00:00'),
};

function refusal(ticket: PresentedTicket, time: string, more: Partial<Presentation> = {}): string {
  return (
    ticketRefusal(ticket, { atMs: at(time), clock: CLOCK, place: {}, action: 'entry', ...more }) ?? 'good'
  );
}

const MOMENTS: readonly (readonly [time: string, verdict: string])[] = [
  ['06:59:59.999', 'ticket-early'],
  ['07:00:00', 'good'],
  ['08:59:59.999', 'good'],
  ['09:00:00', 'ticket-expired'],
];

for (const [time, verdict] of MOMENTS) {
  test(`a ticket for seven to nine is ${verdict} at ${time}`, () => {
    assert.is(refusal(TICKET, time), verdict);
  });
}

test('the moment that counts is the corrected one', () => {
  assert.is(refusal(TICKET, '06:59:30', { clock: { ...CLOCK, offsetMs: 30_000 } }), 'good');
});

test('whoever boarded in time may leave, whenever the ride ends', () => {
  assert.is(refusal(TICKET, '09:30:00', { action: 'exit' }), 'good');
});

test('a clock that was never set is asked for no moment', () => {
  assert.is(refusal(TICKET, '12:00:00', { clock: { ...CLOCK, state: 'unset' } }), 'good');
  assert.is(refusal(LIVE, '12:00:00', { clock: { ...CLOCK, state: 'unset' } }), 'good');
});

const PROOFS: readonly (readonly [time: string, uncertaintyMs: number, verdict: string])[] = [
  ['07:59:39.999', 0, 'ticket-not-live'],
  ['07:59:40', 0, 'good'],
  ['08:00:20', 0, 'good'],
  ['08:00:20.001', 0, 'ticket-not-live'],
  ['08:00:21', 1000, 'good'],
  ['08:00:21.001', 1000, 'ticket-not-live'],
];

for (const [time, uncertaintyMs, verdict] of PROOFS) {
  test(`a proof of eight that is good for 20 s is ${verdict} at ${time} by a clock off by ${uncertaintyMs} ms`, () => {
    assert.is(refusal(LIVE, time, { clock: { ...CLOCK, uncertaintyMs } }), verdict);
  });
}

test('a ticket whose phone must prove itself is worth nothing without a proof, also where no clock was set', () => {
  const { provenAt: _proof, ...picture } = LIVE;
  assert.is(refusal(picture, '08:00:00'), 'ticket-not-live');
  assert.is(refusal(picture, '08:00:00', { clock: { ...CLOCK, state: 'unset' } }), 'ticket-not-live');
});

const ZONES: readonly (readonly [
  zones: readonly string[] | undefined,
  here: readonly string[] | undefined,
  verdict: string,
])[] = [
  [undefined, ['a'], 'good'],
  [['a'], ['a'], 'good'],
  [['a', 'b'], ['b'], 'good'],
  [['a'], ['b', 'a'], 'good'],
  [['a'], ['b'], 'ticket-elsewhere'],
  [['a'], undefined, 'good'],
];

for (const [zones, zoneIds, verdict] of ZONES) {
  test(`a ticket for ${zones ?? 'any zone'} is ${verdict} at a stop in ${zoneIds ?? 'an unknown one'}`, () => {
    const ticket = zones === undefined ? TICKET : { ...TICKET, zones };
    assert.is(refusal(ticket, '08:00:00', { place: zoneIds === undefined ? {} : { zoneIds } }), verdict);
  });
}

test.run();
