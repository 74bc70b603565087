/** The vehicle's own network, as a port: TCP on board, simulated on the bench. */
import type { Serving } from '../socket-server.ts';

/** One connection. */
export interface Channel {
  /** False where so much is unread already that the other end must be taken for gone. */
  write(bytes: Uint8Array): boolean;
  /** Nothing is heard of it after. */
  close(): void;
}

export interface ChannelListener {
  /** Good until the call returns. */
  heard(bytes: Uint8Array): void;
  /** By the other end, or by the network. */
  closed(why: string): void;
}

export interface Network {
  /** Rejects where nobody answers. */
  dial(address: string, listener: ChannelListener): Promise<Channel>;
  /** Rejects with `TuraError` port-in-use, or bad-input for an address that is not this machine's. */
  listen(address: string, accept: (channel: Channel) => ChannelListener): Promise<Serving>;
}
