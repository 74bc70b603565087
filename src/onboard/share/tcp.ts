/** The vehicle's network through Node's sockets. */
import { connect, createServer, type Socket } from 'node:net';
import { TuraError } from '../../core/error.ts';
import type { Channel, ChannelListener, Network } from './network.ts';

/** A vehicle has a computer a door, and an inspector or two. */
const MAX_CONNECTIONS = 32;
/** Everything that a validator holds to tell is less. */
const MAX_UNREAD_BYTES = 8_388_608;
const DIAL_MS = 3_000;
/** So often a silent end is asked whether it is there. */
const KEEP_ALIVE_MS = 10_000;

export const tcp: Network = {
  dial(address, listener) {
    return new Promise((resolve, reject) => {
      const socket = connect({ ...hostAndPort(address), timeout: DIAL_MS });
      const refused = (why: Error) => {
        socket.destroy();
        reject(why);
      };
      socket.once('error', refused);
      socket.once('timeout', () => refused(new Error(`no answer in ${DIAL_MS / 1000} s`)));
      socket.once('connect', () => {
        socket.off('error', refused);
        socket.setTimeout(0);
        resolve(attended(socket, () => listener));
      });
    });
  },
  listen(address, accept) {
    return new Promise((resolve, reject) => {
      const open = new Set<Socket>();
      const server = createServer(socket => {
        open.add(socket);
        socket.on('close', () => open.delete(socket));
        attended(socket, accept);
      });
      server.maxConnections = MAX_CONNECTIONS;
      server.once('error', cause => reject(refusal(address, cause)));
      server.listen(hostAndPort(address), () => {
        const bound = server.address();
        const at = typeof bound === 'object' && bound !== null ? `${bound.address}:${bound.port}` : address;
        resolve({ address: at, close: () => closing(server, open) });
      });
    });
  },
};

function attended(socket: Socket, accept: (channel: Channel) => ChannelListener): Channel {
  let isOpen = true;
  const channel: Channel = {
    write: bytes => {
      if (isOpen) socket.write(bytes);
      return isOpen && socket.writableLength <= MAX_UNREAD_BYTES;
    },
    close: () => {
      isOpen = false;
      socket.destroy();
    },
  };
  const listener = accept(channel);
  let why = 'closed';
  socket.setNoDelay(true);
  socket.setKeepAlive(true, KEEP_ALIVE_MS);
  socket.on('data', bytes => {
    if (isOpen) listener.heard(bytes);
  });
  socket.on('error', error => {
    why = error.message;
  });
  socket.on('close', () => {
    if (isOpen) listener.closed(why);
    isOpen = false;
  });
  return channel;
}

function hostAndPort(address: string): { host: string; port: number } {
  const at = address.lastIndexOf(':');
  return { host: address.slice(0, at), port: Number(address.slice(at + 1)) };
}

function refusal(address: string, cause: NodeJS.ErrnoException): TuraError {
  const code = cause.code === 'EADDRINUSE' ? 'port-in-use' : 'bad-input';
  return new TuraError(code, `the other doors cannot be heard at ${address}: ${cause.message}`, {
    where: address,
    cause,
  });
}

function closing(server: { close(then: () => void): unknown }, open: ReadonlySet<Socket>): Promise<void> {
  return new Promise(resolve => {
    for (const socket of open) socket.destroy();
    server.close(() => resolve());
  });
}
