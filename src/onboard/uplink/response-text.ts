/** The body of a response, as far as one of ours goes: whoever answers without end is no collector. */
import { nonsense } from './link-fault.ts';

/** Far more than 500 results with their reasons. */
const MAX_ANSWER_BYTES = 1_048_576;

/** Throws `TuraError` link-nonsense, and whatever ends the connection. */
export async function textOf(response: Response, address: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > MAX_ANSWER_BYTES) throw nonsense('an answer without end', address);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
