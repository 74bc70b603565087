/**
 * Three computers of one vehicle in simulated time: connections break with bytes on their way, parts cannot reach each
 * other, one starts again. As soon as they can reach each other they know the same.
 */
import { setImmediate as turn } from 'node:timers/promises';
import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { TokenKeys } from '../../../src/core/card/identity.ts';
import { tokenKey } from '../../../src/core/tap.ts';
import type { ServiceDate } from '../../../src/core/time.ts';
import { askAbout } from '../../../src/onboard/share/inspector.ts';
import { Share, type ShareEvent, type ShareParts } from '../../../src/onboard/share/share.ts';
import { SharedTaps, type Standing } from '../../../src/onboard/share/shared-taps.ts';
import { nodeCrypto } from '../../../src/wire/node-crypto.ts';
import { type Clockwork, clockwork } from '../clockwork.ts';
import { Air } from './air.ts';
import { standing, tokenOf } from './standings.ts';

const key = (keyId: number, fill = keyId) => ({ keyId, secret: new Uint8Array(32).fill(fill) });
const NAMES = ['a', 'b', 'c'] as const;
type Name = (typeof NAMES)[number];

/** Each dials those after it: every pair is one connection, and news is told on. */
const DIALS: Readonly<Record<Name, readonly string[]>> = { a: ['b', 'c'], b: ['c'], c: [] };

interface Door {
  readonly taps: SharedTaps;
  readonly share: Share;
  readonly events: ShareEvent[];
}

class Vehicle {
  readonly timers: Clockwork = clockwork();
  readonly air: Air;
  readonly doors = new Map<string, Door>();
  #nonce = 0;

  constructor(draw: (most: number) => number) {
    this.air = new Air(this.timers, draw);
  }

  speaker(deviceId: string, keys: TokenKeys = [key(1)]) {
    const random = (length: number) => new Uint8Array(length).fill(this.#nonce++ % 251);
    return {
      deviceId,
      keys,
      crypto: nodeCrypto,
      random,
      network: this.air.for(deviceId),
      timers: this.timers,
    };
  }

  async start(name: string, more: Partial<ShareParts> & { keys?: TokenKeys } = {}): Promise<Door> {
    const [taps, events] = [more.taps ?? new SharedTaps(), [] as ShareEvent[]];
    const share = new Share({
      ...this.speaker(name, more.keys),
      ...{ taps, listen: name, peers: DIALS[name as Name] ?? [] },
      answer: tokens => ({ check: taps.newest(tokens) === undefined ? 'unknown' : 'paid' }),
      onShare: event => events.push(event),
      ...more,
    });
    await share.start();
    const door = { taps, share, events };
    this.doors.set(name, door);
    return door;
  }

  async pass(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= 100) {
      this.timers.pass(100);
      await turn();
    }
  }

  known(name: string): readonly Standing[] {
    const all = [...(this.doors.get(name)?.taps.all() ?? [])];
    return all.sort((a, b) => (tokenKey(a.token) < tokenKey(b.token) ? -1 : 1));
  }
}

const settling = 25_000;

test('a tap at one door is known at every other', async () => {
  const vehicle = new Vehicle(() => 0);
  for (const name of NAMES) await vehicle.start(name);
  await vehicle.pass(3_000);
  vehicle.doors.get('b')?.share.tell(standing(1, 10, 'b'));
  await vehicle.pass(1_000);
  for (const name of NAMES) assert.equal(vehicle.known(name), [standing(1, 10, 'b')]);
});

test('what is news is told on, to whoever cannot be reached from where it happened', async () => {
  const vehicle = new Vehicle(() => 0);
  await vehicle.start('a', { peers: ['b'] });
  await vehicle.start('b', { peers: ['c'] });
  await vehicle.start('c', { peers: [] });
  await vehicle.pass(3_000);
  vehicle.doors.get('a')?.share.tell(standing(1, 10, 'a'));
  await vehicle.pass(1_000);
  assert.equal(vehicle.known('c'), [standing(1, 10, 'a')]);
});

const anyStep = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('tap' as const), door: fc.nat(2), rider: fc.nat(7) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('cut' as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('part' as const), alone: fc.nat(2) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('join' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart' as const), door: fc.nat(2) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.nat(3_000) }) },
);

test('whatever breaks meanwhile, they know the same in the end, and every rider’s newest tap', async () => {
  let lost = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyStep, { minLength: 5, maxLength: 40 }),
      fc.infiniteStream(fc.nat()),
      async (steps, luck) => {
        const vehicle = new Vehicle(most => (luck.next().value ?? 0) % most);
        for (const name of NAMES) await vehicle.start(name);
        const newest = new Map<string, Standing>();
        let [nowMs, sequence] = [0, 0];
        for (const step of steps) {
          if (step.kind === 'tap') {
            const name = NAMES[step.door] ?? 'a';
            const tap = standing(step.rider, ++nowMs, name, ++sequence);
            vehicle.doors.get(name)?.share.tell(tap);
            newest.set(tokenKey(tap.token), tap);
          } else if (step.kind === 'cut') vehicle.air.cut();
          else if (step.kind === 'part')
            vehicle.air.part((a, b) => a !== b && [a, b].includes(NAMES[step.alone] ?? 'a'));
          else if (step.kind === 'join') vehicle.air.part(() => false);
          else if (step.kind === 'wait') await vehicle.pass(step.ms);
          else await restart(vehicle, NAMES[step.door] ?? 'a');
        }
        vehicle.air.part(() => false);
        await vehicle.pass(settling);
        const expected = [...newest.values()].sort((a, b) =>
          tokenKey(a.token) < tokenKey(b.token) ? -1 : 1,
        );
        for (const name of NAMES) assert.equal(vehicle.known(name), expected, name);
        for (const { share } of vehicle.doors.values()) await share.stop();
        lost += vehicle.air.lost;
      },
    ),
    { numRuns: 40 },
  );
  assert.ok(lost > 0, 'bytes were lost on their way');
});

/** Its journal gives back what its own riders came to, and the others the rest. */
async function restart(vehicle: Vehicle, name: Name): Promise<void> {
  const before = vehicle.doors.get(name);
  await before?.share.stop();
  const taps = new SharedTaps();
  for (const own of before?.taps.all() ?? []) if (own.deviceId === name) taps.merge(own);
  await vehicle.start(name, { taps });
}

test('who holds another key under the same number is put off, and so is who holds none of ours', async () => {
  const vehicle = new Vehicle(() => 0);
  const { events } = await vehicle.start('c');
  const honest = standing(7, 1, 'c');
  vehicle.doors.get('c')?.share.tell(honest);
  const thief = await vehicle.start('a', { keys: [key(1, 99)], peers: ['c'], listen: undefined });
  const stranger = await vehicle.start('b', { keys: [key(5)], peers: ['c'], listen: undefined });
  thief.share.tell(standing(1, 10, 'a'));
  stranger.share.tell(standing(2, 10, 'b'));
  await vehicle.pass(2_000);
  assert.equal(vehicle.known('c'), [honest]);
  assert.equal(vehicle.known('a'), [standing(1, 10, 'a')], 'nor is it told anything');
  assert.equal(vehicle.known('b'), [standing(2, 10, 'b')]);
  const why = [events, thief.events, stranger.events]
    .flat()
    .flatMap(event => ('why' in event ? event.why : []));
  assert.ok(
    why.some(each => /^it holds key [15], which is none of ours$/.test(each)),
    String(why),
  );
  assert.ok(why.includes('it does not hold our key'), String(why));
});

test('while keys rotate, whoever holds one in common is understood', async () => {
  const vehicle = new Vehicle(() => 0);
  await vehicle.start('c', { keys: [key(2), key(1)] });
  const { share } = await vehicle.start('a', { keys: [key(1)], peers: ['c'] });
  await vehicle.pass(2_000);
  share.tell(standing(1, 10, 'a'));
  await vehicle.pass(1_000);
  assert.is(vehicle.known('c').length, 1);
});

test('a peer that stays away is told once, and looked for ever more seldom', async () => {
  const vehicle = new Vehicle(() => 0);
  let dialled = 0;
  const network = {
    listen: vehicle.air.for('a').listen,
    dial: async () => {
      dialled += 1;
      throw new Error('unreachable');
    },
  };
  const { events } = await vehicle.start('a', { peers: ['c'], network });
  await vehicle.pass(100_000);
  assert.equal(
    events.filter(({ kind }) => kind === 'down'),
    [{ kind: 'down', peer: 'c', why: 'unreachable' }],
  );
  assert.ok(dialled > 8 && dialled < 20, `${dialled} times`);
});

test('an inspector hears what any of them knows, and who was silent', async () => {
  const vehicle = new Vehicle(() => 0);
  for (const name of NAMES) await vehicle.start(name, { peers: [] });
  vehicle.doors.get('b')?.share.tell(standing(1, 10, 'b'));
  const ask = async (rider: number) => {
    const asked = askAbout([tokenOf(rider)], { ...vehicle.speaker('inspector'), peers: ['a', 'b', 'x'] });
    await vehicle.pass(3_000);
    return asked;
  };
  const silent = [{ peer: 'x', why: 'unreachable' }];
  assert.equal(known(await ask(1)), { check: 'paid', silent });
  assert.equal(known(await ask(2)), { check: 'unknown', silent });
});

function known(answer: object): object {
  return Object.fromEntries(Object.entries(answer).filter(([, value]) => value !== undefined));
}

test('whoever connects and says nothing is put off, whichever end dialled', async () => {
  const vehicle = new Vehicle(() => 0);
  const silent = { heard: () => undefined, closed: () => closed.push('closed') };
  const closed: string[] = [];
  const { events } = await vehicle.start('a', { peers: ['dumb'] });
  await vehicle.air.for('dumb').listen('dumb', () => silent);
  await vehicle.air.for('thief').dial('a', silent);
  await vehicle.pass(2_900);
  assert.equal(closed, []);
  await vehicle.pass(1_500);
  assert.ok(closed.length >= 1, 'the thief is closed');
  assert.ok(events.some(event => event.kind === 'put-off' && event.why === 'no proof in 3 s'));
  await vehicle.pass(4_000);
  assert.ok(closed.length >= 2, 'and so is whoever was dialled');
});

test('a state that no message has room for is known at its own door alone, and that is said', async () => {
  const vehicle = new Vehicle(() => 0);
  for (const name of NAMES) await vehicle.start(name);
  await vehicle.pass(3_000);
  const { state, ...tap } = standing(1, 10, 'a');
  const caps = Array.from({ length: 1_000 }, (_, cap) => ({
    cap: `cap-${cap}`,
    from: 20260302 as ServiceDate,
    counted: 1,
  }));
  vehicle.doors.get('a')?.share.tell({ ...tap, state: { ...state, caps } });
  vehicle.doors.get('a')?.share.tell(standing(2, 11, 'a'));
  await vehicle.pass(1_000);
  assert.equal(vehicle.known('b'), [standing(2, 11, 'a')]);
  assert.ok(vehicle.doors.get('a')?.events.some(({ kind }) => kind === 'untold'));
});

test.run();
