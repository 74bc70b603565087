/**
 * A card of ours in a slot of `vpcd`: a TCP client of the slot's port. Every message is a big-endian uint16 length and
 * bytes; one byte is an order of the slot, anything longer a command APDU. Closing the socket takes the card away.
 */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { type ChipContents, virtualChip } from '../../src/core/card/virtual/chip.ts';
import { bytesOfHex, hexOfBytes } from '../../src/core/hex.ts';

/** What the card answers to a command APDU, in hex with its status; or that it keeps silent, or leaves the field. */
type Answer = string | 'silence' | 'leave';

export interface VirtualFace {
  readonly atr: Uint8Array;
  answer(command: string): Answer;
}

export interface VirtualCard {
  /** Settles when the card has left the field, taken away or torn off. */
  readonly left: Promise<unknown>;
  takeAway(): Promise<void>;
}

const GET_UID = 'ffca000000';
const SEND_ATR = 0x04;

/** A MIFARE Classic, an Ultralight or their like: 4, 7 or 10 bytes of UID in hex. */
export function storageCard(uid: string): VirtualFace {
  return card(checked('3b8f8001804f0ca00000030603000100000000'), uid);
}

/** A card with applications; it has none that this one would answer for. */
export function applicationCard(uid: string): VirtualFace {
  return card(checked('3b8e8001804a434f507632343100'), uid);
}

/** A card of the product's own virtual chips, which answers here byte for byte as it does to the simulated reader. */
export function chipCard(uid: string, contents: ChipContents): VirtualFace {
  const chip = virtualChip(contents);
  const { atr, answer } = applicationCard(uid);
  return {
    atr,
    answer: command => (command === GET_UID ? answer(command) : hexOfBytes(chip(bytesOfHex(command)))),
  };
}

/** Leaves the field in the middle of its `count`th command after the UID: before it has the command, or with its answer. */
export function leavesAt(count: number, face: VirtualFace, isHeard = false): VirtualFace {
  let asked = 0;
  return {
    atr: face.atr,
    answer: command => {
      if (command !== GET_UID) asked += 1;
      if (asked !== count) return face.answer(command);
      if (isHeard) face.answer(command);
      return 'leave';
    },
  };
}

/** A phone or a bank card: its UID begins 08, and `drawn`, three bytes in hex, is another one at every tap. */
export function cardWithRandomUid(drawn: string): VirtualFace {
  return applicationCard(`08${drawn}`);
}

/** Leaves the field in the middle of the first APDU. */
export function tornOffCard(): VirtualFace {
  return { ...storageCard('00000000'), answer: () => 'leave' };
}

/** Stays in the field and never answers. */
export function muteCard(): VirtualFace {
  return { ...storageCard('00000000'), answer: () => 'silence' };
}

/** Answers everything with this status. */
export function refusingCard(status: string): VirtualFace {
  return { ...storageCard('00000000'), answer: () => status };
}

/** Lays a card into the slot at `port`; settles when the slot has it. The reader sees it up to 0.5 s later. */
export async function present(port: number, face: VirtualFace): Promise<VirtualCard> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await once(socket, 'connect');
  const left = new Promise(resolve => socket.once('close', resolve));
  // The slot may go away with its daemon: for a card that is the end of the field, and no fault.
  socket.on('error', () => socket.destroy());
  let pending = Buffer.alloc(0);
  socket.on('data', bytes => {
    pending = Buffer.concat([pending, bytes]);
    for (let message = first(pending); message !== undefined; message = first(pending)) {
      pending = pending.subarray(2 + message.length);
      obey(socket, face, message);
    }
  });
  return {
    left,
    takeAway: async () => {
      socket.destroy();
      await left;
    },
  };
}

function card(atr: Uint8Array, uid: string): VirtualFace {
  return { atr, answer: command => (command === GET_UID ? `${uid}9000` : '6d00') };
}

function first(pending: Buffer): Buffer | undefined {
  if (pending.length < 2) return undefined;
  const length = pending.readUInt16BE(0);
  return pending.length < 2 + length ? undefined : pending.subarray(2, 2 + length);
}

function obey(socket: Socket, face: VirtualFace, message: Buffer): void {
  if (message.length === 1) {
    if (message[0] === SEND_ATR) send(socket, face.atr);
    return;
  }
  const answer = face.answer(message.toString('hex'));
  if (answer === 'leave') socket.destroy();
  else if (answer !== 'silence') send(socket, bytesOfHex(answer));
}

function send(socket: Socket, bytes: Uint8Array): void {
  const framed = Buffer.alloc(2 + bytes.length);
  framed.writeUInt16BE(bytes.length);
  framed.set(bytes, 2);
  socket.write(framed);
}

/** ISO 7816-3, 8.2.5: TCK makes the exclusive or of all bytes after TS zero. */
function checked(hex: string): Uint8Array {
  const atr = bytesOfHex(hex);
  return Uint8Array.of(
    ...atr,
    atr.subarray(1).reduce((sum, byte) => sum ^ byte, 0),
  );
}
