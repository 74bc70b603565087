/** Each door its own computer, on real sockets of this machine: a card is known at the other door, and to an inspector. */
import { randomBytes } from 'node:crypto';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { TokenKeys } from '../../../src/core/card/identity.ts';
import { identify } from '../../../src/core/card/identity.ts';
import { epoch } from '../../../src/core/time.ts';
import { readKeyFiles } from '../../../src/onboard/key-files.ts';
import { askAbout } from '../../../src/onboard/share/inspector.ts';
import { standingsIn } from '../../../src/onboard/share/seed.ts';
import { Share, type ShareEvent } from '../../../src/onboard/share/share.ts';
import { SharedTaps } from '../../../src/onboard/share/shared-taps.ts';
import { tcp } from '../../../src/onboard/share/tcp.ts';
import { systemTimers } from '../../../src/onboard/timers.ts';
import { nodeCrypto } from '../../../src/wire/node-crypto.ts';
import { readRecord } from '../../../src/wire/record/record.ts';
import { MemoryJournal } from '../uplink/memory-journal.ts';
import { ANNA, bench, DMITRY } from '../vehicle/bench.ts';

const root = new URL('../../../', import.meta.url).pathname;
const { keys } = readKeyFiles([`${root}fixtures/keys/token-key-test.yaml`]);

const speaker = (deviceId: string, own: TokenKeys = keys) => ({
  ...{ deviceId, keys: own, crypto: nodeCrypto, random: randomBytes },
  ...{ network: tcp, timers: systemTimers },
});

/** Waits for what the network brings, as long as a test may. */
async function until(is: () => boolean): Promise<void> {
  for (let tries = 0; !is(); tries++) {
    if (tries > 2_000) throw new Error('it never came');
    await new Promise(resolve => setTimeout(resolve, 1));
  }
}

/** A door with a computer of its own. */
async function door(deviceId: string, peers: readonly string[]) {
  const taps = new SharedTaps();
  const events: ShareEvent[] = [];
  const journal = new MemoryJournal(deviceId);
  const own = bench(() => ({
    journal,
    companions: { newest: tokens => taps.newest(tokens), tell: standing => share.tell(standing) },
  }));
  const share: Share = new Share({
    ...speaker(deviceId),
    ...{ taps, peers, listen: '127.0.0.1:0', onShare: event => events.push(event) },
    answer: tokens => own.vehicle.answerAbout(tokens),
  });
  await share.start();
  const listening = events.find(event => event.kind === 'listening');
  return {
    own,
    journal,
    taps,
    share,
    events,
    address: listening?.kind === 'listening' ? listening.address : '',
  };
}

const tokensOf = (uid: Uint8Array) => {
  const medium = identify({ uid, form: 'storage' }, keys, nodeCrypto);
  return medium.kind === 'identified' ? [medium.token] : [];
};

test('who paid at one door is a further rider at the other, and all of it is an estimate', async () => {
  const first = await door('tram-7-first', []);
  const second = await door('tram-7-second', [first.address]);
  await until(() => second.events.some(({ kind }) => kind === 'up'));
  first.own.reader.tap('front', ANNA);
  await until(() => second.taps.size === 1);
  second.own.clock.advanceTo(epoch(second.own.clock.now() + 30_000));
  second.own.reader.tap('front', ANNA);
  assert.equal(first.own.said(), ['front accepted fare-paid entitlement-unknown']);
  assert.equal(second.own.said(), ['front accepted further-rider entitlement-unknown']);
  await until(() => first.taps.newest(tokensOf(ANNA))?.state.lastRide?.riders === 2);
  await second.own.vehicle.ask({ kind: 'void' });
  await until(() => first.taps.newest(tokensOf(ANNA))?.state.lastRide?.riders === 1);
  const records = [first, second].flatMap(({ journal }) => journal.outbox(10));
  assert.equal(
    records.map(({ bytes }) => readRecord(bytes).finality),
    ['estimate', 'estimate', 'estimate'],
  );
  await Promise.all([first.share.stop(), second.share.stop()]);
});

test('an inspector is told what was paid, when and where, by whichever door knows it', async () => {
  const first = await door('tram-7-first', []);
  const second = await door('tram-7-second', []);
  second.own.reader.tap('front', ANNA);
  const parts = { ...speaker('inspector'), peers: [first.address, second.address] };
  assert.equal(await askAbout(tokensOf(ANNA), parts), {
    ...{ check: 'paid', paidAtMs: second.own.clock.now(), riders: 1, stopId: 'cvetnoy-a' },
    silent: [],
  });
  assert.is((await askAbout(tokensOf(DMITRY), parts)).check, 'unknown');
  assert.is((await askAbout([], parts)).check, 'unknown', 'a card that nobody can know again');
  await Promise.all([first.share.stop(), second.share.stop()]);
  const gone = await askAbout(tokensOf(ANNA), parts);
  assert.is(gone.check, 'unknown');
  assert.is(gone.silent.length, 2);
});

test('an inspector without the operator’s key is told nothing', async () => {
  const first = await door('tram-7-first', []);
  first.own.reader.tap('front', ANNA);
  const strange: TokenKeys = [{ keyId: keys[0].keyId, secret: new Uint8Array(32) }];
  const { check, silent } = await askAbout(tokensOf(ANNA), {
    ...speaker('thief', strange),
    peers: [first.address],
  });
  assert.equal([check, silent.length], ['unknown', 1]);
  await until(() => first.events.some(({ kind }) => kind === 'put-off'));
  await first.share.stop();
});

test('a validator that starts again tells what its journal holds', async () => {
  const before = await door('tram-7-first', []);
  before.own.reader.tap('front', ANNA);
  before.own.reader.tap('rear', DMITRY);
  await before.own.vehicle.ask({ kind: 'void' });
  const state = before.taps.newest(tokensOf(ANNA))?.state;
  const { journal } = before;
  const seeded = standingsIn(Object.assign(journal, { rider: () => state }));
  assert.equal(
    seeded.map(({ sequence, token }) => [sequence, token.value]),
    [
      [3, tokensOf(DMITRY)[0]?.value],
      [1, tokensOf(ANNA)[0]?.value],
    ],
    'of each rider the newest: the void is Dmitry’s',
  );
  await before.share.stop();
});

test.run();
