/** Tickets from the command line: issued, proven, drawn and read back, and whatever is wrong with what a person gives. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { FIXTURES, folder, write } from './input.ts';
import { objects, tura } from './tura.ts';

const SECRET = join(FIXTURES, 'keys/ticket-issuer-test-secret.yaml');
const PUBLIC = join(FIXTURES, 'keys/ticket-issuer-test.yaml');
const PHONE = join(FIXTURES, 'keys/ticket-holder-test-secret.yaml');
const TYUMEN = join(FIXTURES, 'tariffs/tyumen');

const MORNING = ['--from', '2026-03-02T07:00:00+05:00', '--to', '2 h'];

async function issued(...more: readonly string[]): Promise<string> {
  const { code, out, err } = await tura(
    'ticket',
    'issue',
    '--key',
    SECRET,
    '--pass',
    'qr-ride',
    ...MORNING,
    ...more,
  );
  assert.is(code, 0, err);
  return out.trimEnd();
}

const read = (code: string, at: string, ...more: readonly string[]) =>
  tura(
    'ticket',
    'read',
    write(`${code}\n`, 'ticket.txt'),
    '--key',
    PUBLIC,
    '--at',
    `2026-03-02T${at}+05:00`,
    ...more,
  );

test('a ticket is one line of text, and is good while it says so', async () => {
  const code = await issued('--category', 'pupil', '--zone', 'a', 'b');
  assert.match(code, /^TURA1:[0-9A-Z $%*+\-./:]+$/);
  const good = await read(code, '07:30:00');
  assert.is(good.code, 0, good.err);
  assert.match(good.out, /^good: qr-ride, signed by tmn\/1\n/);
  assert.match(good.out, / {2}good {6}from 2026-03-02T02:00:00Z until 2026-03-02T04:00:00Z\n/);
  assert.match(good.out, / {2}category {2}pupil\n {2}zones {5}a, b\n/);
});

const NOT_GOOD: readonly (readonly [at: string, zone: string, says: RegExp])[] = [
  ['06:59:59', 'a', /^ticket not valid yet: qr-ride/],
  ['09:00:00', 'a', /^ticket expired: qr-ride/],
  ['07:30:00', 'c', /^ticket not valid here: qr-ride/],
];

for (const [at, zone, says] of NOT_GOOD) {
  test(`shown at ${at} in zone ${zone}, a ticket for seven to nine in zone a is read, and the answer is no`, async () => {
    const { code, out } = await read(await issued('--zone', 'a'), at, '--zone', zone);
    assert.is(code, 1);
    assert.match(out, says);
  });
}

test('no two tickets are the same, also where all is the same', async () => {
  assert.is.not(await issued(), await issued());
});

test('a ticket that a phone must prove is no picture of it', async () => {
  const code = await issued('--holder', PHONE);
  const picture = await read(code, '07:30:00');
  assert.is(picture.code, 1);
  assert.match(picture.out, /^show the ticket in its own app/);
  const at = '2026-03-02T07:30:00+05:00';
  const proof = await tura('ticket', 'prove', write(`${code}\n`, 't.txt'), '--key', PHONE, '--at', at);
  assert.is(proof.code, 0, proof.err);
  const proven = proof.out.trimEnd();
  assert.is((await read(proven, '07:30:20')).code, 0);
  assert.is((await read(proven, '07:30:21')).code, 1);
});

test('with --json a ticket is read as fields, and the verdict beside them', async () => {
  const [object] = objects(await read(await issued(), '09:00:00', '--json'));
  assert.equal([object?.holds, object?.reason, object?.issuerKey], [false, 'ticket-expired', 'tmn/1']);
  const [forged] = objects(await read('#UT011080000010', '07:30:00', '--json'));
  assert.equal([forged?.holds, forged?.reason], [false, 'medium-not-accepted']);
  const [none] = objects(await read('4006381333931', '07:30:00', '--json'));
  assert.equal(none, { holds: false, why: 'no ticket, but a code of 13 bytes' });
});

test('an issuer gives validators the public half of its key', async () => {
  const { out } = await tura('ticket', 'public', SECRET);
  const key = write(out, 'public.yaml');
  assert.is(
    (
      await tura(
        'ticket',
        'read',
        write(await issued(), 't'),
        '--key',
        key,
        '--at',
        '2026-03-02T07:30:00+05:00',
      )
    ).code,
    0,
  );
  assert.match(readFileSync(PUBLIC, 'utf8'), new RegExp(out.match(/publicKey: .*/)?.[0] ?? 'nothing'));
});

test('a picture of a ticket says its text, as a QR code and as an Aztec code', async () => {
  const binary = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
  prepareZXingModule({ overrides: { wasmBinary: Uint8Array.from(readFileSync(binary)).buffer } });
  for (const [format, name] of [
    ['qr', 'QRCode'],
    ['aztec', 'Aztec'],
  ] as const) {
    const picture = join(folder, `${format}.png`);
    const code = await issued('--out', picture, '--format', format);
    const [seen] = await readBarcodes(Uint8Array.from(readFileSync(picture)), { formats: [name] });
    assert.is(seen?.text, code, format);
  }
});

test('a picture is drawn as SVG, too', async () => {
  const picture = join(folder, 'ticket.svg');
  await issued('--out', picture);
  assert.match(readFileSync(picture, 'utf8'), /<svg /);
});

const issue = ['ticket', 'issue', '--key', SECRET, '--pass', 'qr-ride'];

const REFUSED: readonly (readonly [name: string, words: readonly string[], says: RegExp])[] = [
  [
    'a pass that the tariff does not know',
    [...issue, '--to', '1 h', '--tariff', TYUMEN, '--pass', 'qr-rid'],
    /no pass 'qr-rid' in .*\n.*'qr-ride'/,
  ],
  [
    'a category that the tariff does not know',
    [...issue, '--to', '1 h', '--tariff', TYUMEN, '--category', 'pupl'],
    /no category 'pupl' in .*\n.*'pupil'/,
  ],
  [
    'an end that is no moment',
    [...issue, '--to', 'tomorrow'],
    /--to tomorrow: is no moment\n.*'90 min', '24 h'/,
  ],
  [
    'an end before its beginning',
    [...issue, '--from', '2026-03-02T07:00:00+05:00', '--to', '2026-03-02T06:00:00+05:00'],
    /is not after --from/,
  ],
  [
    'a beginning that is no moment',
    [...issue, '--to', '1 h', '--from', 'now'],
    /Expected a moment with its offset/,
  ],
  [
    'a public key to sign with',
    ['ticket', 'issue', '--key', PUBLIC, '--pass', 'x', '--to', '1 h'],
    /a public key signs nothing/,
  ],
  [
    'a picture of another kind',
    [...issue, '--to', '1 h', '--out', join(folder, 'a.gif')],
    /no kind of picture\n.*\.svg or /,
  ],
  [
    'a picture where nothing can be written',
    [...issue, '--to', '1 h', '--out', join(SECRET, 'where.png')],
    /where\.png/,
  ],
  [
    'a proof that is good for hours',
    [...issue, '--to', '1 h', '--holder', PHONE, '--good-for', '7200'],
    /a proof good for 7200 s where 1 to 3600/,
  ],
  [
    'a pass without a name',
    ['ticket', 'issue', '--key', SECRET, '--to', '1 h', '--pass', ''],
    /a ticket without a pass/,
  ],
  [
    'a ticket that is not there',
    ['ticket', 'read', join(folder, 'nothing'), '--key', PUBLIC],
    /ticket .*nothing: no such file/,
  ],
  [
    'a key that is not there',
    ['ticket', 'read', SECRET, '--key', join(folder, 'nothing')],
    /ticket key .*nothing: no such file/,
  ],
  ['a proof of what is no ticket', ['ticket', 'prove', SECRET, '--key', PHONE], /no ticket, but a code of/],
];

for (const [name, words, says] of REFUSED) {
  test(`${name} is refused with exit code 2, and says what was expected`, async () => {
    const { code, out, err } = await tura(...words);
    assert.is(code, 2, err);
    assert.is(out, '');
    assert.match(err, says);
  });
}

test.run();
