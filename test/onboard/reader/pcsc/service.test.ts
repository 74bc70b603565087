import { EventEmitter } from 'node:events';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { TuraError } from '../../../../src/core/error.ts';
import { bytesOfHex, hexOfBytes } from '../../../../src/core/hex.ts';
import { loadNfcPcsc, type NfcCard, type NfcReader } from '../../../../src/onboard/reader/pcsc/library.ts';
import type { Order, Report } from '../../../../src/onboard/reader/pcsc/protocol.ts';
import { ReaderService } from '../../../../src/onboard/reader/pcsc/service.ts';

const PICC = 'ACS ACR1252 1S CL Reader PICC 00 00';
const SAM = 'ACS ACR1252 1S CL Reader SAM 01 00';
const EMPTY = 0x10;
const PRESENT = 0x20;
const IN_USE = 0x100;
const ATR = '3b80800101';
const GET_UID: Order = { kind: 'transmit', id: 7, command: bytesOfHex('ffca000000'), maxLength: 34 };

/** Behaves as the library's reader does, tricks and all. */
class FakeReader extends EventEmitter {
  autoProcessing = true;
  card: NfcCard | null = null;
  connection: { protocol: number | undefined } | null = null;
  readonly reader = Object.assign(new EventEmitter(), { SCARD_STATE_PRESENT: PRESENT });
  readonly name: string;
  answer: () => Promise<Uint8Array> = () => Promise.resolve(bytesOfHex('010203049000'));
  /** The native reader still holds an earlier card's connection. */
  stale = false;

  constructor(name: string) {
    super();
    this.name = name;
  }

  status(state: number): void {
    this.reader.emit('status', { state });
  }

  /** What the library does by itself when a card comes. */
  insert(): void {
    this.card = { atr: bytesOfHex(ATR) };
    this.status(PRESENT);
    this.connection = { protocol: this.stale ? undefined : 2 };
    this.emit('card', { ...this.card });
  }

  connect(): Promise<void> {
    this.connection = { protocol: this.stale ? undefined : 2 };
    return Promise.resolve();
  }

  disconnect(): Promise<void> {
    if (this.connection === null) throw new Error('not connected');
    this.connection = null;
    this.stale = false;
    return Promise.resolve();
  }

  transmit(_command: Buffer, _maxLength: number): Promise<Uint8Array> {
    if (this.connection === null) throw new Error('No card or connection available.');
    return this.answer();
  }
}

/** A service with these readers plugged in, PICC attached, and what the validator was told so far forgotten. */
async function service(...names: string[]) {
  const nfc = new EventEmitter();
  const told: Report[] = [];
  const host = new ReaderService(nfc, report => told.push(report));
  const obey = (order: Order) => host.obey(order);
  const plug = (name: string) => {
    const reader = new FakeReader(name);
    nfc.emit('reader', reader);
    return reader;
  };
  const readers = names.map(plug);
  await settled();
  const first = told.splice(0);
  obey({ kind: 'attach', name: PICC });
  const [reader = new FakeReader('none')] = readers;
  return { nfc, told, obey, plug, reader, readers, first };
}

/** The service works in promises only: nothing is left to do after the queue of the moment. */
function settled(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve));
}

const kinds = (told: readonly Report[]) => told.map(report => report.kind);

test('the readers of one turn are told in one list, and none is told as none', async () => {
  assert.equal((await service(PICC, SAM)).first, [{ kind: 'readers', names: [PICC, SAM] }]);
  assert.equal((await service()).first, [{ kind: 'readers', names: [] }]);
});

test("cards are told of the attached reader only: a SAM in its slot is nobody's card", async () => {
  const { told, readers } = await service(PICC, SAM);
  readers[1]?.insert();
  readers[0]?.insert();
  await settled();
  assert.equal(kinds(told), ['seen', 'connected']);
});

test("the library's own reading of cards is off, or a card with applications would be an error", async () => {
  const { reader } = await service(PICC);
  assert.not(reader.autoProcessing);
});

test('a card is seen, connected with its ATR, answered for and gone', async () => {
  const { told, obey, reader } = await service(PICC);
  reader.insert();
  obey(GET_UID);
  await settled();
  reader.status(PRESENT | IN_USE);
  reader.status(EMPTY);
  assert.equal(kinds(told), ['seen', 'connected', 'answer', 'gone']);
  const [, connected, answer] = told;
  assert.is(connected?.kind === 'connected' && hexOfBytes(connected.atr), ATR);
  assert.is(answer?.kind === 'answer' && answer.id === 7 && hexOfBytes(answer.bytes), '010203049000');
});

test('a card that lay there before its reader was attached is told then', async () => {
  const { told, obey, reader } = await service(SAM);
  reader.insert();
  await settled();
  assert.equal(told, []);
  obey({ kind: 'attach', name: SAM });
  assert.equal(kinds(told), ['seen', 'connected']);
});

test('a connect that fails is emitted under the name of its own error, and is heard', async () => {
  const { told, reader } = await service(PICC);
  const library: NfcReader = reader;
  reader.status(PRESENT);
  const inner = new Error('SCardConnect error: No smart card inserted.(0x8010000c)');
  library.emit(Object.assign(new Error('An error occurred while connecting.'), { previous: inner }));
  assert.equal(told.at(-1), { kind: 'failed', why: inner.message });
});

test('transmit that throws before it promises, rejects or answers nothing is an answer of its order', async () => {
  const { told, obey, reader } = await service(PICC);
  obey(GET_UID);
  reader.insert();
  reader.answer = () => Promise.reject(new Error('RPC transport error'));
  obey(GET_UID);
  await settled();
  reader.answer = () => Promise.resolve(new Uint8Array(0));
  obey(GET_UID);
  await settled();
  assert.equal(
    told.filter(report => 'id' in report),
    [
      { kind: 'failed', id: 7, why: 'No card or connection available.' },
      { kind: 'failed', id: 7, why: 'RPC transport error' },
      { kind: 'answer', id: 7, bytes: new Uint8Array(0) },
    ],
  );
});

test('an APDU for a reader that was unplugged meanwhile fails', async () => {
  const { told, obey, reader } = await service(PICC);
  reader.emit('end');
  obey(GET_UID);
  await settled();
  assert.equal(told, [
    { kind: 'failed', id: 7, why: 'the reader is gone' },
    { kind: 'readers', names: [] },
  ]);
});

test('a card that left while it was connected is let go, and its connection is not left to the next one', async () => {
  const { told, reader } = await service(PICC);
  reader.status(PRESENT);
  reader.status(EMPTY);
  reader.connection = { protocol: 2 };
  reader.emit('card', {});
  await settled();
  assert.equal(kinds(told), ['seen', 'gone']);
  assert.is(reader.connection, null);
});

test('a card that inherited the connection of the one before is connected anew', async () => {
  const { told, obey, reader } = await service(PICC);
  reader.stale = true;
  reader.insert();
  await settled();
  assert.is(reader.connection?.protocol, 2);
  obey(GET_UID);
  await settled();
  assert.equal(kinds(told), ['seen', 'connected', 'answer']);
});

test('a letting go that fails is the failure of that card', async () => {
  const { told, reader } = await service(PICC);
  reader.stale = true;
  reader.disconnect = () => Promise.reject(new Error('invalid handle'));
  reader.insert();
  await settled();
  assert.equal(told.at(-1), { kind: 'failed', why: 'invalid handle' });
});

test('the end of the watch on readers, and of the watch on the cards of ours, is the end of the service', async () => {
  const { nfc, told, readers } = await service(PICC, SAM);
  readers[1]?.emit('error', new Error('of the SAM'));
  readers[0]?.emit('error', new Error('of the PICC'));
  nfc.emit('error', new Error('of all'));
  assert.equal(told, [
    { kind: 'lost', why: 'of the PICC' },
    { kind: 'lost', why: 'of all' },
  ]);
});

test('a reader plugged in again is attached again, and not heard before', async () => {
  const { told, obey, plug, reader } = await service(PICC);
  reader.emit('end');
  await settled();
  const again = plug(PICC);
  again.insert();
  await settled();
  assert.equal(told, [
    { kind: 'readers', names: [] },
    { kind: 'readers', names: [PICC] },
  ]);
  obey({ kind: 'attach', name: PICC });
  assert.equal(kinds(told.slice(2)), ['seen', 'connected']);
});

test('without the library the fault names the line that installs it', async () => {
  const missing = Object.assign(new Error("Cannot find package 'nfc-pcsc'"), {
    code: 'ERR_MODULE_NOT_FOUND',
  });
  for (const load of [() => Promise.reject(missing), () => Promise.resolve({})]) {
    const fault = await loadNfcPcsc(load).catch((thrown: unknown) => thrown);
    assert.instance(fault, TuraError);
    assert.is((fault as TuraError).code, 'reader-missing');
    assert.match((fault as TuraError).message, /apt install .*libpcsclite-dev.* && npm ci/);
  }
});

test.run();
