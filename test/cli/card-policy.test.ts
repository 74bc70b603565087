/** `tura card policy`: a policy's PDF417 written, drawn and read, and what is kept to itself. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { folder, write } from './input.ts';
import { objects, tura } from './tura.ts';

const PERSON = ['--number', '7251840831000013', '--holder', 'Белов Иван Петрович', '--sex', 'male'];
const BORN = ['--born', '1990-05-17'];
const OLDER = ['--insurer', '1027700000000', '--region', '71000'];

const SAID: readonly (readonly [what: string, options: readonly string[], says: RegExp])[] = [
  ['form 2', ['--expiry', '2030-12-31'], /male, to 2030-12-31, form 2/],
  ['form 1', OLDER, /male, no end, insurer 1027700000000 in 71000, form 1/],
];

for (const [what, options, says] of SAID) {
  test(`a policy of ${what} is drawn, scanned and read, masked`, async () => {
    const picture = join(folder, `policy-${what}.png`);
    const written = await tura('card', 'policy', 'write', ...PERSON, ...BORN, ...options, '--out', picture);
    assert.equal([written.code, written.err], [0, '']);
    const read = await tura('card', 'policy', 'read', write(await scanned(picture), 'policy.bin'));
    assert.is(read.out, written.out);
    assert.match(read.out, /^•••• •••• •••• 0013 {2}Б••• И••• П•••, /);
    assert.match(read.out, says);
  });
}

async function scanned(picture: string): Promise<Uint8Array> {
  const binary = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
  prepareZXingModule({ overrides: { wasmBinary: Uint8Array.from(readFileSync(binary)).buffer } });
  const [seen] = await readBarcodes(Uint8Array.from(readFileSync(picture)), { formats: ['PDF417'] });
  return Uint8Array.from(seen?.bytes ?? []);
}

test('with --json it is one object, in which no number, name or birthday stands', async () => {
  const file = join(folder, 'policy.bin');
  await tura('card', 'policy', 'write', ...PERSON, ...BORN, '--to', file);
  const ran = await tura('card', 'policy', 'read', file, '--json');
  assert.equal(objects(ran), [
    { form: 2, number: '•••• •••• •••• 0013', holder: 'Б••• И••• П•••', sex: 'male' },
  ]);
});

const WRITE = ['card', 'policy', 'write', ...PERSON, '--to', join(folder, 'refused.bin')];

const REFUSED: readonly (readonly [what: string, words: readonly string[], says: RegExp])[] = [
  ['a name in other letters', [...WRITE, ...BORN, '--holder', 'Belov Ivan'], /a name in other characters/],
  [
    'a wrong check digit',
    [...WRITE, ...BORN, '--number', '7251840831000014'],
    /a number that no policy has \(expected 16 digits/,
  ],
  ['a holder without a name', [...WRITE, ...BORN, '--holder', ' '], /a holder without a name/],
  ['half of the older form', [...WRITE, ...BORN, '--region', '71000'], /half of the older form .*--insurer/],
  ['a birthday that is none', [...WRITE, '--born', '1990-02-30'], /Expected a date/],
  ['no place to write to', ['card', 'policy', 'write', ...PERSON, ...BORN], /--to FILE or --out PICTURE/],
  ['what is no policy', ['card', 'policy', 'read', write('x', 'policy')], /byte 0: 1 bytes, where 130 are/],
];

for (const [what, words, says] of REFUSED) {
  test(`${what} is refused by name`, async () => {
    const { code, out, err } = await tura(...words);
    assert.equal([code, out], [2, '']);
    assert.match(err, says);
  });
}

test.run();
