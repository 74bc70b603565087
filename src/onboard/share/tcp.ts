/** The vehicle's network through Node's sockets. */
import { connect, type Socket } from 'node:net';
import { hostAndPort, serve } from '../socket-server.ts';
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
    return serve(address, {
      maxConnections: MAX_CONNECTIONS,
      attend: socket => attended(socket, accept),
      failing: 'the other doors cannot be heard',
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
