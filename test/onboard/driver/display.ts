import type { Socket } from 'node:net';

/** Sends it in pieces, and gives so many lines of what comes; `then` is done when the first has begun to come. */
export async function lines(
  socket: Socket,
  pieces: readonly string[],
  count: number,
  then: () => unknown = () => undefined,
): Promise<unknown[]> {
  socket.setEncoding('utf8');
  for (const piece of pieces) socket.write(piece);
  let text = '';
  for await (const piece of socket) {
    if (text === '') then();
    text += piece;
    if (text.split('\n').length > count) break;
  }
  return text
    .trim()
    .split('\n')
    .map(line => JSON.parse(line));
}
