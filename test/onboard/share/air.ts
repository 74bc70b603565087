/** A vehicle's network in simulated time: bytes take a while, come in any pieces, connections break, parts cannot reach each other. */
import type { ChannelListener, Network } from '../../../src/onboard/share/network.ts';
import type { Timers } from '../../../src/onboard/timers.ts';

interface End {
  readonly at: string;
  readonly listener: ChannelListener;
  isOpen: boolean;
  /** What is on its way to this end. */
  coming: Uint8Array[];
}

/** `draw`: a whole number from 0, below `most`. */
export class Air {
  readonly #timers: Timers;
  readonly #draw: (most: number) => number;
  readonly #listeners = new Map<string, (from: string) => Promise<[End, (far: End) => void]>>();
  readonly #pairs = new Set<readonly [End, End]>();
  #apart: (a: string, b: string) => boolean = () => false;
  /** Bytes that were on their way when their connection broke. */
  lost = 0;

  constructor(timers: Timers, draw: (most: number) => number) {
    [this.#timers, this.#draw] = [timers, draw];
  }

  /** The network as `name` sees it. */
  for(name: string): Network {
    return {
      dial: async (address, listener) => {
        const accept = this.#listeners.get(address);
        if (accept === undefined || this.#apart(name, address)) throw new Error('unreachable');
        const near: End = { at: name, listener, isOpen: true, coming: [] };
        const [far, meet] = await accept(name);
        this.#pairs.add([near, far]);
        meet(near);
        return this.#channel(near, far);
      },
      listen: async (address, accept) => {
        this.#listeners.set(address, async () => {
          let far: End | undefined;
          const pending: Uint8Array[] = [];
          const end: { listener: ChannelListener | undefined } = { listener: undefined };
          const own: End = {
            at: address,
            listener: {
              heard: bytes => end.listener?.heard(bytes),
              closed: why => end.listener?.closed(why),
            },
            isOpen: true,
            coming: [],
          };
          end.listener = accept({
            write: bytes => {
              if (far === undefined) pending.push(bytes.slice());
              else this.#send(own, far, bytes);
              return true;
            },
            close: () => this.#close(own),
          });
          const meet = (near: End) => {
            far = near;
            for (const bytes of pending.splice(0)) this.#send(own, near, bytes);
          };
          return [own, meet];
        });
        return { address, close: async () => void this.#listeners.delete(address) };
      },
    };
  }

  /** From now on these cannot reach each other; what connects them breaks, whatever is on its way. */
  part(apart: (a: string, b: string) => boolean): void {
    this.#apart = apart;
    for (const [a, b] of this.#pairs) if (apart(a.at, b.at)) this.#break(a, b);
  }

  /** Breaks one connection somewhere. */
  cut(): void {
    const pairs = [...this.#pairs];
    const pair = pairs[this.#draw(Math.max(1, pairs.length))];
    if (pair !== undefined) this.#break(...pair);
  }

  #channel(near: End, far: End) {
    return {
      write: (bytes: Uint8Array) => {
        this.#send(near, far, bytes);
        return near.isOpen;
      },
      close: () => this.#close(near),
    };
  }

  #send(from: End, to: End, bytes: Uint8Array): void {
    if (!from.isOpen || !to.isOpen) return;
    const at = this.#draw(bytes.length + 1);
    for (const piece of [bytes.slice(0, at), bytes.slice(at)]) {
      if (piece.length === 0) continue;
      to.coming.push(piece);
      this.#timers.after(1 + this.#draw(400), () => this.#deliver(to));
    }
  }

  /** In order, however late each piece is. */
  #deliver(to: End): void {
    const piece = to.coming.shift();
    if (piece !== undefined && to.isOpen) to.listener.heard(piece);
  }

  #close(end: End): void {
    for (const pair of this.#pairs) if (pair.includes(end)) this.#break(...pair, end);
    end.isOpen = false;
  }

  #break(a: End, b: End, by?: End): void {
    for (const pair of this.#pairs) if (pair[0] === a && pair[1] === b) this.#pairs.delete(pair);
    for (const end of [a, b]) {
      for (const piece of end.coming.splice(0)) this.lost += piece.length;
      const wasOpen = end.isOpen;
      end.isOpen = false;
      if (wasOpen && end !== by) end.listener.closed('broken');
    }
  }
}
