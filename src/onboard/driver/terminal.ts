/**
 * A driver's display on a local socket: a command a line as NDJSON, and an answer a line, in the same order. Whoever may
 * open the socket sits in the driver's seat, so that it is this machine's alone.
 */
import { rmSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { TuraError } from '../../core/error.ts';
import { commandOfObject } from './commands.ts';
import type { DriverSeat } from './seat.ts';

/** One display, one that is plugged in anew, and whoever looks into it. */
const MAX_TERMINALS = 4;
const MAX_LINE_CHARS = 4096;
/** Answers that nobody reads. */
const MAX_UNREAD_BYTES = 65_536;

export interface Terminal {
  /** `127.0.0.1:40123`, or the path. */
  readonly address: string;
  close(): Promise<void>;
}

/** `address`: `127.0.0.1:7420`, or a path. Rejects with port-in-use, or bad-input where it cannot be opened. */
export async function openTerminal(address: string, seat: Pick<DriverSeat, 'obey'>): Promise<Terminal> {
  const open = new Set<Socket>();
  const server = createServer(socket => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    attend(socket, seat);
  });
  server.maxConnections = MAX_TERMINALS;
  await listening(server, address);
  const bound = server.address();
  return {
    address: typeof bound === 'object' && bound !== null ? `${bound.address}:${bound.port}` : address,
    close: () =>
      new Promise(resolve => {
        for (const socket of open) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

function attend(socket: Socket, seat: Pick<DriverSeat, 'obey'>): void {
  let rest = '';
  let answered = Promise.resolve();
  socket.setEncoding('utf8');
  // A display that is unplugged is no fault of the vehicle's.
  socket.on('error', () => socket.destroy());
  socket.on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line.trim() !== '') answered = answered.then(async () => say(socket, await answerTo(line, seat)));
    }
    if (rest.length <= MAX_LINE_CHARS) return;
    say(socket, { done: false, text: `a line of more than ${MAX_LINE_CHARS} characters` });
    socket.destroySoon();
  });
}

async function answerTo(line: string, seat: Pick<DriverSeat, 'obey'>): Promise<object> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { done: false, text: 'not JSON (expected {"command":"help"})' };
  }
  const { id } = typeof value === 'object' && value !== null ? (value as { readonly id?: unknown }) : {};
  const { done, text } = await seat.obey(commandOfObject(value));
  return { id, done, text };
}

function say(socket: Socket, answer: object): void {
  if (socket.destroyed) return;
  socket.write(`${JSON.stringify(answer)}\n`);
  if (socket.writableLength > MAX_UNREAD_BYTES) socket.destroy();
}

async function listening(server: Server, address: string): Promise<void> {
  try {
    await tryListening(server, address);
  } catch (error) {
    // What a killed program left behind is nobody's socket any more.
    if (!isPath(address) || !isInUse(error) || (await isAlive(address))) throw failed(address, error);
    rmSync(address);
    await tryListening(server, address).catch((again: unknown) => {
      throw failed(address, again);
    });
  }
}

function tryListening(server: Server, address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    const listen = () => {
      server.off('error', reject);
      resolve();
    };
    if (isPath(address)) return server.listen(address, listen);
    const at = address.lastIndexOf(':');
    return server.listen({ host: address.slice(0, at), port: Number(address.slice(at + 1)) }, listen);
  });
}

function isPath(address: string): boolean {
  return address.startsWith('/');
}

function isInUse(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}

function isAlive(path: string): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect(path, () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}

function failed(address: string, cause: unknown): TuraError {
  const why = cause instanceof Error ? cause.message : String(cause);
  const code = isInUse(cause) ? 'port-in-use' : 'bad-input';
  return new TuraError(code, `the driver's terminal does not open at ${address}: ${why}`, {
    where: address,
    cause,
  });
}
