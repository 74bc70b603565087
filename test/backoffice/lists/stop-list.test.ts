import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { buildStopList } from '../../../src/backoffice/lists/stop-list.ts';
import { type TokenKey, tokenOf } from '../../../src/core/card/identity.ts';
import { TuraError } from '../../../src/core/error.ts';
import { bytesOfHex, hexOfBytes } from '../../../src/core/hex.ts';
import { MAX_BIN_RANGES, type StopEntry } from '../../../src/core/list/stop-entry.ts';
import { CborReader } from '../../../src/wire/cbor-reader.ts';
import { readBundle } from '../../../src/wire/list/read-bundle.ts';
import { stopEntry } from '../../../src/wire/list/stop-entry.ts';
import { nodeCrypto as crypto } from '../../../src/wire/node-crypto.ts';
import { NOON, sourceOf } from '../../wire/list/lists.ts';
import { TERMS } from './terms.ts';

const KEY: TokenKey = { keyId: 1, secret: new Uint8Array(32).fill(1) };
const NEXT: TokenKey = { keyId: 2, secret: new Uint8Array(32).fill(2) };
const HEADER =
  'subject_kind,subject,effect,treat_as,reason,application,carriers,modes,valid_from,valid_to,rider_text';
const UID = '04A1B2C3D4E5F6';
const HEX = '9f86d081884c7d659a2feaa0c55ad015';

function build(text: string, keys: readonly [TokenKey, TokenKey?] = [KEY]): Uint8Array {
  return buildStopList(text, 'stoplist.csv', { keys, crypto }, TERMS);
}

async function entriesOf(bytes: Uint8Array): Promise<StopEntry[]> {
  const entries: StopEntry[] = [];
  await readBundle(
    sourceOf(bytes),
    () =>
      ({ body }) =>
        entries.push(stopEntry.read(new CborReader(body))),
  );
  return entries;
}

function problems(text: string): string[] {
  try {
    build(text);
  } catch (error) {
    if (error instanceof TuraError && error.code === 'bad-input') return error.message.split('\n');
    throw error;
  }
  return [];
}

test('a row is an entry, cell by cell', async () => {
  const row = `uid,${UID},treat-as,general,administrative,transit,tmn-2 tmn-1,bus,2026-03-02T12:00+05:00,2026-03-03T12:00+05:00,"Renew, please"`;
  assert.equal(await entriesOf(build(`${HEADER}\n${row}\n`)), [
    {
      subject: tokenOf('uid', bytesOfHex(UID), KEY, crypto),
      effect: 'treat-as',
      reason: 'administrative',
      treatAs: 'general',
      scope: { application: 'transit', carriers: ['tmn-1', 'tmn-2'], modes: ['bus'] },
      validFrom: NOON,
      validTo: NOON + 86_400_000,
      riderText: 'Renew, please',
    },
  ]);
});

test('the columns that a list does not need may be left out', async () => {
  const [entry] = await entriesOf(
    build(`reason,effect,subject,subject_kind\ndebt,decline,pensioner,category\n`),
  );
  assert.equal(entry, {
    subject: { kind: 'category', name: 'pensioner' },
    effect: 'decline',
    reason: 'debt',
  });
});

test('the bundle never holds a UID, only its token under every key there is', async () => {
  const bytes = build(`${HEADER}\nuid,${UID},decline,,lost,,,,,,\n`, [NEXT, KEY]);
  assert.not.match(hexOfBytes(bytes), UID.toLowerCase());
  const entries = await entriesOf(bytes);
  assert.equal(
    entries.map(({ subject }) => subject),
    [KEY, NEXT].map(key => tokenOf('uid', bytesOfHex(UID), key, crypto)),
  );
  const envelope = await readBundle(sourceOf(bytes), () => () => undefined);
  assert.equal(envelope.tokenKeyIds, [1, 2]);
});

test('rows in another order, a byte order mark and CRLF are the same bundle', () => {
  const rows = [`uid,${UID},decline,,lost,,,,,,`, `pan,1:${HEX},decline,,debt,,,,,,Привет`];
  const plain = build(`${[HEADER, ...rows].join('\n')}\n`);
  assert.equal(build(`\uFEFF${[HEADER, ...rows.reverse()].join('\r\n')}\r\n`), plain);
});

test('every problem of a file is told at once, with line and column', () => {
  const rows = [
    `uid,04A1B2,declin,,lst,,,,tomorrow,,`,
    `ui,${UID},decline,,lost,,,,,,`,
    `uid,08A1B2C3,decline,,lost,,,,,,`,
    `pan,2200111122223333,decline,,lost,,,,,,`,
    `uid,,decline,,lost,,,,,,`,
    `uid,${UID},treat-as,,lost,,,,,,`,
    `uid,${UID},decline,general,lost,,,,,,`,
    `uid,${UID},decline,,lost,,,,2026-03-02T00:00Z,2026-03-02T00:00Z,`,
  ];
  assert.equal(problems(`${HEADER}\n${rows.join('\n')}\n`), [
    "stoplist.csv:2:12: effect is 'declin' (expected 'decline')",
    "stoplist.csv:2:20: reason is 'lst' (expected 'lost')",
    "stoplist.csv:2:27: valid_from is 'tomorrow' (expected a moment with its offset: 2026-03-02T00:00+05:00)",
    'stoplist.csv:2:5: a UID of 3 bytes (expected 4, 7, 10 bytes in hex)',
    "stoplist.csv:3:1: subject_kind is 'ui' (expected 'uid')",
    'stoplist.csv:4:5: a random UID: it is drawn anew at every tap (expected a number that stays, or a token)',
    'stoplist.csv:5:5: no pan token (expected keyId:hex with 16 bytes of hex; raw numbers are tokenised before)',
    'stoplist.csv:6:5: subject is empty (expected text)',
    "stoplist.csv:7:29: treat_as with the effect treat-as (expected a category where the effect is 'treat-as', else nothing)",
    "stoplist.csv:8:28: treat_as with the effect decline (expected a category where the effect is 'treat-as', else nothing)",
    'stoplist.csv:9:55: valid_to is not after valid_from',
  ]);
});

test('what would be written on cards and stay there when the entry is over is refused', () => {
  const bounded = `uid,04B0515B10C4ED,block-on-card,,stolen,,,tram,,,`;
  const many = `category,pupil,block-on-card,,fraud,,,,,,`;
  const what = 'block-on-card writes on cards, and stays there when the entry is over';
  const expected = "(expected 'decline', or one medium without scope and valid_to)";
  assert.equal(problems(`${HEADER}\n${bounded}\n${many}\n`), [
    `stoplist.csv:2:20: ${what} ${expected}`,
    `stoplist.csv:3:16: ${what} ${expected}`,
  ]);
});

const FILES: readonly (readonly [what: string, text: string, problem: string])[] = [
  ['is empty', '', 'stoplist.csv: is empty (expected a line of column names)'],
  ['lacks a column', 'subject_kind,subject,reason\n', "stoplist.csv:1:1: column 'effect' is missing"],
  ['names a column twice', `${HEADER},reason\n`, "stoplist.csv:1:103: column 'reason' stands twice"],
  ['has a column too many', `${HEADER},x\n`, "stoplist.csv:1:103: unknown column 'x'"],
  [
    'misspells a column',
    HEADER.replace('valid_to', 'valid_too'),
    "stoplist.csv:1:83: unknown column 'valid_too' (expected 'valid_to'?)",
  ],
  [
    'leaves a quote open',
    `${HEADER}\n"uid,${UID},decline\n`,
    'stoplist.csv:2:1: a quote is left open (expected quotes around the whole cell, and those inside it doubled)',
  ],
];

for (const [what, text, problem] of FILES) {
  test(`a file that ${what} is refused`, () => assert.is(problems(text)[0], problem));
}

test('a card that stands twice is named with both lines, however it is written', () => {
  const token = tokenOf('uid', bytesOfHex(UID), KEY, crypto);
  const rows = [`uid,${UID},decline,,lost,,,,,,`, '', `uid,1:${token.value},warn,,debt,,,,,,`];
  assert.equal(problems(`${HEADER}\n${rows.join('\n')}\n`), [
    'stoplist.csv:4:5: names the same subject, side and scope as line 2 (expected each once)',
  ]);
});

test('a card may be blocked and allowed, and blocked in two scopes', async () => {
  const rows = [
    `uid,${UID},decline,,lost,,,,,,`,
    `uid,${UID},allow,,administrative,,,,,,`,
    `uid,${UID},warn,,debt,,tmn-1,,,,`,
  ];
  assert.is((await entriesOf(build(`${HEADER}\n${rows.join('\n')}\n`))).length, 3);
});

test('without a key a file of raw UIDs is refused, and one of tokens is not', async () => {
  const raw = `${HEADER}\nuid,${UID},decline,,lost,,,,,,\n`;
  assert.throws(
    () => buildStopList(raw, 'f', undefined, TERMS),
    /f:2:5: a raw UID and no key to make its token/,
  );
  const tokens = `${HEADER}\nuid,3:${HEX},decline,,lost,,,,,,\n`;
  const [entry] = await entriesOf(buildStopList(tokens, 'f', undefined, TERMS));
  assert.equal(entry?.subject, { kind: 'uid', keyId: 3, value: HEX });
});

test('more BIN ranges than a tap has time for are refused', () => {
  const rows = Array.from(
    { length: MAX_BIN_RANGES + 1 },
    (_, n) => `binRange,${22_000_000 + n},decline,,issuer,,,,,,`,
  );
  assert.equal(problems(`${HEADER}\n${rows.join('\n')}\n`), [
    'stoplist.csv: 1001 BIN ranges (expected at most 1000)',
  ]);
});

test.run();
