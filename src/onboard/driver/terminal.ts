/**
 * A driver's display on a local socket: a command a line as NDJSON, and an answer a line, in the same order. Between them
 * what the driver may answer is a line of its own, which nobody asked for, with the command that does:
 * `{"offer":"made","run":…,"text":…,"command":"instead"}`, `{"asks":"front","text":…,"command":"yes"}`. Whoever may open the
 * socket sits in the driver's seat, so that it is this machine's alone.
 */
import type { Socket } from 'node:net';
import { whyOf } from '../../core/error.ts';
import { type Serving, serve } from '../socket-server.ts';
import { commandOfObject } from './commands.ts';
import type { Offer } from './offer.ts';
import type { DriverSeat } from './seat.ts';
import { askText, offerText } from './words.ts';

/** One display, one that is plugged in anew, and whoever looks into it. */
const MAX_TERMINALS = 4;
const MAX_LINE_CHARS = 4096;
const TOO_LONG = { done: false, text: `a line of more than ${MAX_LINE_CHARS} characters` };
/** Answers that nobody reads. */
const MAX_UNREAD_BYTES = 65_536;

export interface Terminal extends Serving {
  /** To every display. */
  tell(offer: Offer): void;
  /** A rider at this reader is asked whether the card's bank application pays. */
  asks(readerId: string): void;
}

type Seat = Pick<DriverSeat, 'obey' | 'offered'>;

/** Of a command that threw: it is answered, and the next one is obeyed. */
type OnFault = (fault: unknown) => void;

/** `address`: `127.0.0.1:7420`, or a path. Rejects as `serve` does. */
export async function openTerminal(address: string, seat: Seat, onFault: OnFault): Promise<Terminal> {
  const displays = new Set<Socket>();
  const serving = await serve(address, {
    maxConnections: MAX_TERMINALS,
    attend: socket => {
      displays.add(socket);
      socket.on('close', () => displays.delete(socket));
      attend(socket, seat, onFault);
    },
    failing: "the driver's terminal does not open",
  });
  const sayAll = (line: object) => {
    for (const socket of displays) say(socket, line);
  };
  return {
    ...serving,
    tell: offer => sayAll(offerLine(offer)),
    asks: readerId => sayAll({ asks: readerId, text: askText(readerId), command: 'yes' }),
  };
}

function attend(socket: Socket, seat: Seat, onFault: OnFault): void {
  // One that is plugged in meanwhile has missed it.
  const { offered } = seat;
  if (offered !== undefined) say(socket, offerLine({ kind: 'made', run: offered }));
  let rest = '';
  let answered = Promise.resolve();
  socket.setEncoding('utf8');
  // A display that is unplugged is no fault of the vehicle's.
  socket.on('error', () => socket.destroy());
  socket.on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line.trim() !== '')
        answered = answered.then(async () => say(socket, await answerTo(line, seat, onFault)));
    }
    if (rest.length <= MAX_LINE_CHARS) return;
    say(socket, TOO_LONG);
    socket.destroySoon();
  });
}

async function answerTo(line: string, seat: Seat, onFault: OnFault): Promise<object> {
  if (line.length > MAX_LINE_CHARS) return TOO_LONG;
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { done: false, text: 'not JSON (expected {"command":"help"})' };
  }
  const { id } = typeof value === 'object' && value !== null ? (value as { readonly id?: unknown }) : {};
  try {
    const { done, text } = await seat.obey(commandOfObject(value));
    return { id, done, text };
  } catch (fault) {
    onFault(fault);
    return { id, done: false, text: `nothing is done: ${whyOf(fault)}` };
  }
}

function offerLine(offer: Offer): object {
  const { kind, run } = offer;
  const line = { offer: kind, run, text: offerText(offer) };
  return kind === 'made' ? { ...line, command: 'instead' } : line;
}

function say(socket: Socket, answer: object): void {
  if (socket.destroyed) return;
  socket.write(`${JSON.stringify(answer)}\n`);
  if (socket.writableLength > MAX_UNREAD_BYTES) socket.destroy();
}
