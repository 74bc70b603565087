import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { TuraError } from '../../src/core/error.ts';
import { streamBytes, streamText } from '../../src/disk/read-text.ts';

const folder = mkdtempSync(join(tmpdir(), 'tura-read-text-'));
test.after(() => rmSync(folder, { recursive: true }));

async function streamed(bytes: Uint8Array): Promise<{ text: string; bytes: number; pieces: number }> {
  const file = join(folder, 'read.txt');
  writeFileSync(file, bytes);
  const all = { text: '', bytes: 0, pieces: 0 };
  for await (const text of streamText(file, 'the taps', 'a file of CSV')) all.text += text;
  for await (const piece of streamBytes(file, 'the taps', 'a file of CSV')) {
    all.bytes += piece.length;
    all.pieces += 1;
  }
  return all;
}

/** Of two, three and four bytes, and so many that every piece of a file ends somewhere among them. */
const LONG = 'дверь €5 𝄞 '.repeat(40_000);

for (let shift = 0; shift < 4; shift++)
  test(`a character that lies across two pieces is read whole, ${shift} bytes along`, async () => {
    const text = `${'x'.repeat(shift)}${LONG}`;
    const all = await streamed(Buffer.from(text));
    assert.ok(all.pieces > 3);
    assert.is(all.text, text);
    assert.is(all.bytes, Buffer.byteLength(text));
  });

const WRONG: readonly [what: string, bytes: Uint8Array][] = [
  ['a character that the end of the file cuts off', Buffer.from(LONG).subarray(0, -2)],
  ['a byte that begins no character', Buffer.from([0x61, 0xff])],
  ['bytes that go on with none', Buffer.from([0x80, 0x80, 0x80, 0x80, 0x80])],
  [
    'a character in more bytes than it takes',
    Buffer.concat([Buffer.alloc(262_143, 0x61), Buffer.from([0xc0, 0x80])]),
  ],
  [
    'a character cut off at a piece and never gone on with',
    Buffer.concat([Buffer.alloc(262_143, 0x61), Buffer.from([0xe2, 0x61])]),
  ],
];

for (const [what, bytes] of WRONG)
  test(`${what} is refused`, async () => {
    const error = await streamed(bytes).then(
      () => undefined,
      found => found,
    );
    assert.instance(error, TuraError);
    assert.match(error.message, /^the taps .*read\.txt: is not UTF-8 text$/);
  });

test('a file without anything is a text without anything', async () => {
  assert.equal(await streamed(new Uint8Array(0)), { text: '', bytes: 0, pieces: 1 });
});

test.run();
