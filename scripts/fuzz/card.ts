/** What a chip may answer, and what a card file may say: any bytes, and what is nearly right among them. */
import * as fc from 'fast-check';
import {
  commandBytes,
  MAX_RESPONSE_BYTES,
  readCommand,
  readResponse,
  responseBytes,
} from '../../src/core/card/apdu.ts';
import { cardFileSchema } from '../../src/core/card/card-file.ts';
import type { Dialogue } from '../../src/core/card/dialogue.ts';
import { decodePolicyForm, encodePolicyForm, POLICY_FORM_BYTES } from '../../src/core/card/policy/form.ts';
import { readDirectory } from '../../src/core/card/ppse.ts';
import { readChip } from '../../src/core/card/read-chip.ts';
import { SCHEMES } from '../../src/core/card/schemes.ts';
import { surveyChip } from '../../src/core/card/survey.ts';
import type { Terminal } from '../../src/core/card/terminal.ts';
import { MAX_TLV_BYTES, MAX_TLV_DEPTH, readTlv, writeTlv } from '../../src/core/card/tlv.ts';
import { decodeState, encodeState } from '../../src/core/card/transit/encoding.ts';
import { MAX_STATE_BYTES } from '../../src/core/card/transit/layout.ts';
import { cardKey } from '../../src/core/card/transit/session.ts';
import { openTransit, type TransitReader } from '../../src/core/card/transit/talk.ts';
import { virtualChip } from '../../src/core/card/virtual/chip.ts';
import { bytesOfHex } from '../../src/core/hex.ts';
import { readYaml } from '../../src/core/source/yaml.ts';
import type { ServiceDate } from '../../src/core/time.ts';
import { nodeAes } from '../../src/wire/node-aes.ts';
import type { Target } from './target.ts';

/** Of the card's own key, and of nobody's. */
const TRANSIT: TransitReader = {
  keys: [{ keyId: 1, secret: new Uint8Array(16) }],
  random: length => new Uint8Array(length),
  aes: nodeAes,
};
const TERMINAL: Terminal = { unpredictable: Uint8Array.of(1, 2, 3, 4), date: 20260302 as ServiceDate };

/** Every tag that is looked for, and some that are not. */
const TAGS = [
  ...[0x4f, 0x50, 0x57, 0x5a, 0x61, 0x6f, 0x70, 0x77, 0x80, 0x82, 0x83, 0x84, 0x87, 0x94, 0xa5],
  ...[0x5f24, 0x5f34, 0x9f24, 0x9f2a, 0x9f38, 0xbf0c, 0xdf8101],
];

/** TLV within TLV, of the tags that mean something, with a byte here and there that was changed. */
const nearlyTlv: fc.Arbitrary<Uint8Array> = fc
  .tuple(tree(4), fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 2 }))
  .map(([bytes, changes]) => {
    const changed = Uint8Array.from(bytes);
    for (const [at, byte] of changes) if (changed.length > 0) changed[at % changed.length] = byte;
    return changed;
  });

function tree(depth: number): fc.Arbitrary<Uint8Array> {
  const leaf = fc.oneof(
    fc.uint8Array({ maxLength: 12 }),
    fc
      .constantFrom('a0000006581010', 'f05455524101', '08010100', '9f66049f3704', '2200998000000129d2812201')
      .map(bytesOfHex),
  );
  const inner = depth === 0 ? leaf : fc.oneof(leaf, fc.array(tree(depth - 1), { maxLength: 3 }).map(joined));
  return fc
    .tuple(fc.constantFrom(...TAGS), inner)
    .map(([tag, value]) => writeTlv(tag, value.subarray(0, 200)));
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap(part => [...part])).subarray(0, 200);
}

/** What a chip answers: nearly TLV and a status, a status alone, or whatever. */
const answer = fc.oneof(
  nearlyTlv.map(data => Uint8Array.of(...data.subarray(0, 250), 0x90, 0x00)),
  fc.constantFrom('9000', '6a82', '6283', '6985').map(bytesOfHex),
  fc.uint8Array({ minLength: 2, maxLength: MAX_RESPONSE_BYTES }),
);

/** Plays the dialogue against these answers, over and over; it must end after so many commands. */
function play<Result>(dialogue: Dialogue<Result>, answers: readonly Uint8Array[], atMost: number): Result {
  let step = dialogue.next();
  for (let asked = 0; !step.done; asked++) {
    if (asked === atMost) throw new Error(`more than ${atMost} commands`);
    const response = readResponse(answers[asked % answers.length] ?? new Uint8Array());
    if (response === undefined) throw new Error('an answer that is none');
    commandBytes(step.value);
    step = dialogue.next(response);
  }
  return step.value;
}

const conversation = fc.array(answer, { minLength: 1, maxLength: 6 });

/** What is read is written as it was. */
const apdu: Target = () =>
  fc.property(fc.uint8Array({ maxLength: 300 }), bytes => {
    const command = readCommand(bytes);
    const response = readResponse(bytes);
    const again = [
      ...(command.kind === 'command' ? [commandBytes(command.command)] : []),
      ...(response === undefined ? [] : [responseBytes(response)]),
    ];
    for (const written of again)
      if (Buffer.compare(written, bytes) !== 0) throw new Error('written otherwise');
  });

/** Elements never nest deeper than is said, and a fault is at a byte that is there. */
const tlv: Target = () =>
  fc.property(fc.oneof(nearlyTlv, fc.uint8Array({ maxLength: MAX_TLV_BYTES + 1 })), bytes => {
    const reading = readTlv(bytes);
    if (reading.kind === 'malformed') {
      if (reading.at > bytes.length) throw new Error(`a fault at byte ${reading.at} of ${bytes.length}`);
      return;
    }
    let level = reading.elements;
    for (let depth = 0; level.length > 0; depth++) {
      if (depth > MAX_TLV_DEPTH) throw new Error('nested too deep');
      level = level.flatMap(({ elements = [] }) => elements);
    }
  });

const ppse: Target = () =>
  fc.property(answer, bytes => {
    play(readDirectory(), [bytes], 1);
  });

/** Only what twice says 'not found' is left with its UID; no reason repeats a number. */
const chip: Target = () =>
  fc.property(conversation, fc.subarray([...SCHEMES]), (answers, preferred) => {
    const said = play(readChip({ transit: TRANSIT, terminal: TERMINAL, preferred }), answers, 20);
    const denies = (bytes: Uint8Array | undefined) =>
      bytes !== undefined && readResponse(bytes)?.status === 0x6a82;
    const isDenied = denies(answers[0]) && denies(answers[1 % answers.length]);
    if ((said.kind === 'no-application') !== isDenied) throw new Error(`${said.kind} for what it answered`);
    if (said.kind === 'unread' && /\d{6}/.test(said.why)) throw new Error(`digits in '${said.why}'`);
  });

/** As many applications as a directory has room for, each asked at most 18 things. */
const survey: Target = () =>
  fc.property(conversation, answers => {
    play(surveyChip(TERMINAL, TRANSIT), answers, 1 + 36 * 18 + 4 + 3);
  });

/** Whatever it is asked, a virtual card answers. */
const card: Target = () => {
  const bank = {
    scheme: 'mir',
    pan: '2200998000000129',
    expiry: '2812',
    psn: '01',
    coBadged: 'visa',
  } as const;
  const command = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc
      .tuple(fc.constantFrom('00a40400', '80a80000', '00b2'), fc.uint8Array({ maxLength: 40 }))
      .map(([head, rest]) => Uint8Array.of(...bytesOfHex(head), rest.length, ...rest, 0)),
    fc.constantFrom('00a404000e325041592e5359532e444446303100', '00a4040007a000000658101000').map(bytesOfHex),
  );
  return fc.property(fc.array(command, { maxLength: 6 }), commands => {
    const answers = virtualChip({ bank });
    for (const asked of commands)
      if (readResponse(answers(asked)) === undefined) throw new Error('no answer');
  });
};

/** A card file is a value or problems, each at a line. */
const cards: Target = () => {
  const word = fc.constantFrom(
    'id',
    'uid',
    'form',
    'bank',
    'pan',
    'storage',
    'iso14443-4',
    '"04A1B2C3D4E5F6"',
    '2028-12',
    '- {',
    '}',
    ':',
    ',',
    '&a',
    '*a',
  );
  const text = fc.oneof(
    fc
      .array(word, { maxLength: 12 })
      .map(words => `asOf: 2026-03-02T00:00:00+05:00\ncards:\n  ${words.join(' ')}\n`),
    fc.string({ unit: 'binary', maxLength: 80 }),
  );
  return fc.property(text, content => {
    const { value, problems } = readYaml(content, 'cards.yaml', cardFileSchema);
    if ((value === undefined) !== problems.length > 0) throw new Error('neither read nor refused');
    for (const { at } of problems) if (at.line === undefined) throw new Error('a problem without a line');
  });
};

const NO_NAMES = {
  short: (number: number) => `#${number.toString(16).padStart(4, '0')}`,
  long: (number: number) => `#${number.toString(16).padStart(8, '0')}`,
};

/** What is read as a state is written as it was. */
const state: Target = () => {
  const begun = fc
    .tuple(fc.nat(0xffff), fc.nat(0xffff), fc.uint8Array({ maxLength: 64 }))
    .map(([bits, counts, rest]) =>
      Uint8Array.of(1, 0, 0, 9, bits >>> 8, bits & 0xff, counts >>> 8, counts & 0x92, ...rest),
    );
  return fc.property(fc.oneof(begun, fc.uint8Array({ maxLength: MAX_STATE_BYTES + 1 })), bytes => {
    const read = decodeState(bytes, NO_NAMES);
    if (read === undefined) return;
    const again = encodeState(read);
    if (again.kind !== 'bytes' || Buffer.compare(again.bytes, bytes) !== 0)
      throw new Error('written otherwise');
  });
};

/** What is read as a policy is written as it was; what is refused is at a byte that is there. */
const policy: Target = () => {
  const number = fc.constantFrom('0019c382c4b30dcd', '0016e959af0f3a6c').map(bytesOfHex);
  const name = fc.constantFrom('3d369d43f5d039cfde4e17dd417980', 'ffc0', '').map(bytesOfHex);
  const begun = fc
    .tuple(fc.integer({ min: 0, max: 3 }), number, name, fc.uint8Array({ minLength: 125, maxLength: 125 }))
    .map(([type, digits, parts, rest]) => {
      const bytes = Uint8Array.of(type, ...digits, ...parts, ...rest.map(byte => (byte < 240 ? 0 : byte)));
      const at = type === 1 ? 51 : 60;
      bytes[at] = (bytes[at] ?? 0) % 4;
      return bytes.slice(0, POLICY_FORM_BYTES);
    });
  return fc.property(fc.oneof(begun, fc.uint8Array({ maxLength: POLICY_FORM_BYTES + 1 })), bytes => {
    const reading = decodePolicyForm(bytes);
    if (reading.kind === 'malformed') {
      if (reading.at > 0 && reading.at >= bytes.length) throw new Error('a fault beyond the end');
      if (/\d{4}/.test(reading.what)) throw new Error(`digits in '${reading.what}'`);
    } else if (Buffer.compare(encodePolicyForm(reading.form), bytes) !== 0)
      throw new Error('written otherwise');
  });
};

/** Whatever a chip answers, none is taken for genuine that has no key. */
const transit: Target = () =>
  fc.property(conversation, answers => {
    if (play(openTransit(TRANSIT), answers, 4).kind === 'transit') throw new Error('a proof without a key');
  });

/** Whatever it is told, a transit card keeps the state it has. */
const transitCard: Target = () => {
  const key = cardKey({ keyId: 1, secret: new Uint8Array(16) }, new Uint8Array(8), nodeAes);
  const [head, tail] = ['00a4040006f0545552410100', '8082000010'].map(bytesOfHex);
  const command = fc.oneof(
    fc.constant(head ?? new Uint8Array(0)),
    fc.uint8Array({ minLength: 16, maxLength: 16 }).map(data => Uint8Array.of(...(tail ?? []), ...data, 0)),
    fc.uint8Array({ maxLength: 90 }).map(data => Uint8Array.of(0x80, 0xd6, 0, 0, data.length, ...data, 0)),
    fc.uint8Array({ maxLength: 40 }),
  );
  return fc.property(fc.array(command, { maxLength: 6 }), commands => {
    const write = () => {
      throw new Error('written without a key');
    };
    const memory = { read: () => new Uint8Array(0), write };
    const random = (length: number) => new Uint8Array(length);
    const application = { serial: new Uint8Array(8), keyId: 1, key, memory, random, aes: nodeAes };
    const answers = virtualChip({ transit: application });
    for (const asked of commands)
      if (readResponse(answers(asked)) === undefined) throw new Error('no answer');
  });
};

export const CARD_TARGETS: Readonly<Record<string, Target>> = {
  ...{ apdu, tlv, ppse, chip, survey, card, cards },
  ...{ policy, state, transit, 'transit-card': transitCard },
};
