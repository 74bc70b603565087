/** A server on an address of this machine, `127.0.0.1:7420` or a path: for other computers aboard and a driver's display. */
import { rmSync } from 'node:fs';
import { connect, createServer, type ListenOptions, type Server, type Socket } from 'node:net';
import { TuraError, whyOf } from '../core/error.ts';

export interface Serving {
  /** With the port that was chosen, where 0 was asked for. */
  readonly address: string;
  /** Whoever is connected is put out. */
  close(): Promise<void>;
}

export interface ServerOptions {
  /** Whoever comes beyond is turned away. */
  readonly maxConnections: number;
  readonly attend: (socket: Socket) => void;
  /** What does not work where it cannot listen: `the driver's terminal does not open`. */
  readonly failing: string;
}

/** Rejects with port-in-use, or bad-input for an address that is not this machine's. */
export async function serve(address: string, options: ServerOptions): Promise<Serving> {
  const open = new Set<Socket>();
  const server = createServer(socket => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    options.attend(socket);
  });
  server.maxConnections = options.maxConnections;
  await listening(server, address, options.failing);
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

export function hostAndPort(address: string): { readonly host: string; readonly port: number } {
  const at = address.lastIndexOf(':');
  return { host: address.slice(0, at), port: Number(address.slice(at + 1)) };
}

async function listening(server: Server, address: string, failing: string): Promise<void> {
  const failed = (cause: unknown) => refusal(address, failing, cause);
  try {
    await tryListening(server, address);
  } catch (error) {
    // What a killed program left behind is nobody's socket any more.
    if (!isPath(address) || !isInUse(error) || (await isAlive(address))) throw failed(error);
    rmSync(address);
    await tryListening(server, address).catch((again: unknown) => {
      throw failed(again);
    });
  }
}

function tryListening(server: Server, address: string): Promise<void> {
  const where: ListenOptions = isPath(address) ? { path: address } : hostAndPort(address);
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(where, () => {
      server.off('error', reject);
      resolve();
    });
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

function refusal(address: string, failing: string, cause: unknown): TuraError {
  const why = whyOf(cause);
  const code = isInUse(cause) ? 'port-in-use' : 'bad-input';
  return new TuraError(code, `${failing} at ${address}: ${why}`, { where: address, cause });
}
