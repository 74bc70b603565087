import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { hexOfBytes } from '../../src/core/hex.ts';
import { LIMITS } from '../../src/onboard/reader/pcsc/limits.ts';
import { openPcscReaders } from '../../src/onboard/reader/pcsc/open.ts';
import type { Reader } from '../../src/onboard/reader/reader.ts';
import { type Heard, heard } from './heard.ts';
import { hostPids } from './host-processes.ts';
import { needs } from './needs.ts';
import { PCSCD_PARTS, type PrivatePcscd, privatePcscd } from './private-pcscd.ts';
import {
  applicationCard,
  cardWithRandomUid,
  muteCard,
  present,
  refusingCard,
  storageCard,
  tornOffCard,
  type VirtualFace,
} from './virtual-card.ts';

const onPcscd = needs(...PCSCD_PARTS);

/** One daemon and one pair of readers for all: every test begins where the one before it left them, in service. */
interface Bench {
  readonly pcscd: PrivatePcscd;
  readonly readers: Reader;
  readonly heard: Heard;
}

const FRONT = 'door-front';
const REAR = 'door-rear';
let bench: Bench | undefined;

async function inService(): Promise<Bench> {
  if (bench !== undefined) return bench;
  const pcscd = await privatePcscd();
  Object.assign(process.env, pcscd.env);
  const readers = await openPcscReaders(
    [
      { readerId: FRONT, name: 'ACR122U PICC Interface 00 00' },
      { readerId: REAR, name: 'ACR122U PICC Interface 00 01' },
    ],
    // As in service, but quicker to call a library hung and a reader steady.
    { ...LIMITS, hangMs: 2_000, steadyMs: 100 },
  );
  bench = { pcscd, readers, heard: heard() };
  return bench;
}

test.after(async () => {
  await bench?.readers.stop();
  await bench?.pcscd.close();
});

async function tap(face: VirtualFace, slot: 0 | 1 = 0): Promise<string> {
  const { pcscd, heard } = await inService();
  const readerId = slot === 0 ? FRONT : REAR;
  const card = await present(pcscd.slots[slot].port, face);
  const event = await heard.next(readerId);
  await card.takeAway();
  assert.equal(await heard.next(readerId), { kind: 'removed', readerId });
  if (event.kind === 'presented') return `${event.face.form} ${hexOfBytes(event.face.uid)}`;
  return event.kind === 'unreadable' ? `unreadable: ${event.why}` : event.kind;
}

onPcscd(
  'readers asked for while pcscd is away are down with the line that starts it, and rise when it runs',
  async () => {
    const { pcscd, readers, heard } = await inService();
    readers.start(heard.listener);
    const down = await heard.until(FRONT, 'down');
    assert.match(down.why, /pcscd is not running/);
    assert.match(down.mend ?? '', /systemctl enable --now pcscd/);
    await pcscd.start();
    assert.is((await heard.until(FRONT, 'up')).name, pcscd.slots[0].readerName);
    assert.is((await heard.until(REAR, 'up')).name, pcscd.slots[1].readerName);
  },
);

onPcscd('a UID of 4 bytes is read', async () =>
  assert.is(await tap(storageCard('93e3fa0a')), 'storage 93e3fa0a'),
);
onPcscd('a UID of 7 bytes is read', async () =>
  assert.is(await tap(storageCard('04a1b2c3d4e5f6')), 'storage 04a1b2c3d4e5f6'),
);
onPcscd('a UID of 10 bytes is read', async () =>
  assert.is(await tap(storageCard('04a1b2c3d4e5f6070809')), 'storage 04a1b2c3d4e5f6070809'),
);
onPcscd('a card with applications says its UID, and that it has applications', async () =>
  assert.is(await tap(applicationCard('04112233445566')), 'iso14443-4 04112233445566'),
);

onPcscd(
  'a random UID is told as it is, another at every tap: what it is worth is not for the reader to say',
  async () => {
    assert.is(await tap(cardWithRandomUid('a1b2c3')), 'iso14443-4 08a1b2c3');
    assert.is(await tap(cardWithRandomUid('d4e5f6')), 'iso14443-4 08d4e5f6');
  },
);

onPcscd('two doors at once each tell their own card', async () => {
  assert.equal(await Promise.all([tap(storageCard('0a0a0a0a'), 0), tap(storageCard('0b0b0b0b'), 1)]), [
    'storage 0a0a0a0a',
    'storage 0b0b0b0b',
  ]);
});

onPcscd('a card torn off while it is read is unreadable and gone, and the next one is read', async () => {
  assert.match(await tap(tornOffCard()), 'unreadable: the card was torn off');
  assert.is(await tap(storageCard('01020304')), 'storage 01020304');
});

onPcscd('a card that refuses its UID is unreadable by its status', async () => {
  assert.match(await tap(refusingCard('6a81')), 'status 6a81');
});

onPcscd('a card that never answers is unreadable at the deadline', async () => {
  assert.match(await tap(muteCard()), 'unreadable: the card did not answer within 500 ms');
});

onPcscd('a mute card at one door keeps nobody waiting at the other', async () => {
  const { pcscd, heard } = await inService();
  const mute = await present(pcscd.slots[0].port, muteCard());
  await heard.until(FRONT, 'unreadable');
  assert.is(await tap(storageCard('0b0b0b0b'), 1), 'storage 0b0b0b0b');
  await mute.takeAway();
  await heard.until(FRONT, 'removed');
});

onPcscd(
  'pcscd killed and started again in mid-service: the card has left, both doors fall and rise',
  async () => {
    const { pcscd, heard } = await inService();
    await present(pcscd.slots[0].port, storageCard('01020304'));
    await heard.until(FRONT, 'presented');
    await pcscd.kill();
    assert.is((await heard.next(FRONT)).kind, 'removed');
    assert.is((await heard.next(FRONT)).kind, 'down');
    assert.is((await heard.next(REAR)).kind, 'down');
    await pcscd.start();
    await Promise.all([heard.until(FRONT, 'up'), heard.until(REAR, 'up')]);
    assert.is(await tap(storageCard('01020304')), 'storage 01020304');
  },
);

onPcscd('pcscd killed in the middle of an APDU: the card is unreadable and has left', async () => {
  const { pcscd, heard } = await inService();
  let killed: Promise<void> | undefined;
  await present(pcscd.slots[0].port, {
    ...storageCard('01020304'),
    answer: () => {
      killed = pcscd.kill();
      return 'silence';
    },
  });
  assert.is((await heard.next(FRONT)).kind, 'unreadable');
  assert.is((await heard.next(FRONT)).kind, 'removed');
  assert.is((await heard.next(FRONT)).kind, 'down');
  await killed;
  await pcscd.start();
  await Promise.all([heard.until(FRONT, 'up'), heard.until(REAR, 'up')]);
  assert.is(await tap(storageCard('01020304')), 'storage 01020304');
});

onPcscd('a pcscd that lives and answers nobody is left and found again', async () => {
  const { pcscd, heard } = await inService();
  await present(pcscd.slots[0].port, {
    ...storageCard('01020304'),
    answer: () => {
      pcscd.freeze();
      return 'silence';
    },
  });
  assert.match((await heard.until(FRONT, 'unreadable')).why, 'did not answer within 500 ms');
  assert.is((await heard.next(FRONT)).kind, 'removed');
  assert.match((await heard.until(FRONT, 'down')).why, 'the reader hangs on a card');
  await pcscd.kill();
  await pcscd.start();
  await Promise.all([heard.until(FRONT, 'up'), heard.until(REAR, 'up')]);
  assert.is(await tap(storageCard('01020304')), 'storage 01020304');
});

onPcscd('a crash of the library is one more way to fall and rise', async () => {
  const { heard } = await inService();
  for (const pid of hostPids()) process.kill(pid, 'SIGSEGV');
  assert.match((await heard.until(FRONT, 'down')).why, 'SIGSEGV');
  await Promise.all([heard.until(FRONT, 'up'), heard.until(REAR, 'up')]);
  assert.is(await tap(storageCard('01020304')), 'storage 01020304');
});

onPcscd('stopped readers leave no process behind', async () => {
  const { readers } = await inService();
  assert.is(hostPids().length, 2);
  await readers.stop();
  assert.equal(hostPids(), []);
});

test.run();
