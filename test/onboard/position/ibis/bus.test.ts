import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { epoch } from '../../../../src/core/time.ts';
import { Bus, type BusState } from '../../../../src/onboard/position/ibis/bus.ts';
import { frameOf } from '../../../../src/onboard/position/ibis/frames.ts';
import type { Observation } from '../../../../src/onboard/position/observation.ts';

const NOW = epoch(1_772_416_800_000);

class Ear {
  readonly seen: Observation[] = [];
  readonly misheard: string[] = [];
  readonly sent: string[] = [];
  state: BusState = 'in-order';
  readonly bus: Bus;

  constructor(address?: number) {
    this.bus = new Bus(address, {
      observed: seen => this.seen.push(seen),
      misheard: ({ what }) => this.misheard.push(what),
      state: () => this.state,
      send: frame => this.sent.push(Buffer.from(frame).toString('latin1')),
    });
  }

  hear(text: string, afterMs = 0): this {
    this.bus.push(frameOf(text), { atMs: epoch(NOW + afterMs), monotonicMs: afterMs });
    return this;
  }
}

test('what the bus says of where the vehicle is becomes observations, in its order', () => {
  const ear = new Ear();
  for (const text of ['l025', 'k07', 'z003', 'eH0001234', 'x0042', `v${'MARKT'.padEnd(16)}`]) ear.hear(text);
  assert.equal(ear.seen, [
    { kind: 'line', atMs: NOW, line: '25' },
    { kind: 'course', atMs: NOW, course: 7 },
    { kind: 'destination', atMs: NOW, destination: 3 },
    { kind: 'stop', atMs: NOW, stop: '1234' },
    { kind: 'stop', atMs: NOW, stop: '42' },
    { kind: 'next-stop', atMs: NOW, text: 'MARKT' },
  ]);
});

test('what says nothing of where the vehicle is, is understood and passed over', () => {
  const ear = new Ear();
  for (const text of ['u2249', 'd02036', 'e010203', 'eT1MARK', 'xI07']) ear.hear(text);
  assert.equal([ear.seen, ear.misheard], [[], []]);
});

test('a telegram that nobody knows is told and not interpreted', () => {
  assert.equal(new Ear().hear('lE01').misheard, ['telegram lE…']);
});

test('a poll of our own address is answered, and no other', () => {
  const ear = new Ear(5).hear('a4').hear('a5', 1000).hear('a6', 2000);
  assert.equal(ear.sent, ['a0\r#']);
});

test('a vehicle that takes no taps answers that it has a fault', () => {
  const ear = new Ear(5);
  ear.state = 'fault';
  assert.equal(ear.hear('a5').sent, ['a3\r ']);
});

test('without an address of its own it only listens', () => {
  for (let address = 0; address < 16; address++) {
    const digit = '0123456789:;<=>?'.charAt(address);
    assert.equal(new Ear().hear(`a${digit}`).sent, []);
  }
});

test('its own answer, heard back, is no poll of address 0', () => {
  const ear = new Ear(0).hear('a0').hear('a0', 40);
  assert.is(ear.sent.length, 1);
  assert.is(ear.hear('a0', 499).sent.length, 1);
  assert.is(ear.hear('a0', 500).sent.length, 2);
});

test('any bytes at all are taken, and nothing is sent but answers', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.string(), fc.constantFrom('a5', 'l025', 'zA?')), { maxLength: 8 }),
      texts => {
        const ear = new Ear(5);
        for (const [index, text] of texts.entries()) ear.hear(text, index * 1000);
        assert.ok(ear.sent.every(frame => frame === 'a0\r#'));
      },
    ),
  );
});

test.run();
