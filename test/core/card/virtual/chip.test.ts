import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { readCommand, readResponse } from '../../../../src/core/card/apdu.ts';
import { readTlv } from '../../../../src/core/card/tlv.ts';
import { virtualChip } from '../../../../src/core/card/virtual/chip.ts';
import { bytesOfHex, hexOfBytes } from '../../../../src/core/hex.ts';
import { CO_BADGED, MIR, VISA } from '../bank-cards.ts';

const SELECT_PPSE = '00a404000e325041592e5359532e444446303100';
const SELECT_MIR = '00a4040007a000000658101000';
const OPTIONS_OF_MIR = `80a8000010830e${'00'.repeat(14)}00`;
const RECORD = '00b2010c00';

/** What the card answers to each of these, in hex. */
function answers(bank: typeof MIR | undefined, ...commands: readonly string[]): string[] {
  const chip = virtualChip({ bank });
  return commands.map(command => hexOfBytes(chip(bytesOfHex(command))));
}

test('a Mir card answers as it is written, byte for byte', () => {
  assert.equal(answers(MIR, SELECT_PPSE, SELECT_MIR, OPTIONS_OF_MIR, RECORD, '00b2011400'), [
    '6f2c840e325041592e5359532e4444463031a51abf0c1761154f07a000000658101050034d49528701019f2a010a9000',
    '6f1c8407a0000006581010a51150034d49529f38099f66049f02069f37049000',
    '770e82020000940808010100100101009000',
    '7011570f2200998000000012d281220100000f9000',
    '70145a0822009980000000125f24032812315f3401019000',
  ]);
});

test('a card of two schemes lists both, its own first', () => {
  const [directory = ''] = answers(CO_BADGED, SELECT_PPSE);
  assert.match(directory, /4f07a00000065810105.*870101.*4f08a0000003330101015.*870102/);
});

const REFUSALS: readonly (readonly [what: string, commands: readonly string[], status: string])[] = [
  ['an application that is not on it', ['00a4040007a000000004101000'], '6a82'],
  ['half an identifier', ['00a4040005a00000065800'], '6a82'],
  ['a selection by another way than its name', ['00a4000c023f00'], '6a86'],
  ['a class of somebody else', ['ffca000000'], '6e00'],
  ['an instruction before anything is selected', [RECORD], '6d00'],
  ['an instruction of the directory', [SELECT_PPSE, RECORD], '6d00'],
  ['an instruction that it does not have', [SELECT_MIR, '80ae8000020000'], '6d00'],
  ['a record before its options', [SELECT_MIR, RECORD], '6985'],
  ['a record after it was selected anew', [SELECT_MIR, OPTIONS_OF_MIR, SELECT_MIR, RECORD], '6985'],
  ['options without the data it asked for', [SELECT_MIR, '80a8000002830000'], '6a80'],
  ['options without their template', [SELECT_MIR, '80a80000'], '6a80'],
  ['a record that it does not have', [SELECT_MIR, OPTIONS_OF_MIR, '00b2020c00'], '6a83'],
  ['a file that it does not have', [SELECT_MIR, OPTIONS_OF_MIR, '00b2012400'], '6a83'],
  ['what is no command', ['00a404'], '6700'],
];

for (const [what, commands, status] of REFUSALS) {
  test(`${what} is refused with ${status}`, () => assert.is(answers(MIR, ...commands).at(-1), status));
}

test('a refused selection leaves the application that was selected before', () => {
  const all = answers(MIR, SELECT_MIR, '00a4040007a000000004101000', OPTIONS_OF_MIR);
  assert.match(all.at(-1) ?? '', /9000$/);
});

test('a chip with nothing on it has no directory', () => {
  assert.equal(answers(undefined, SELECT_PPSE, SELECT_MIR), ['6a82', '6a82']);
});

test('whatever it is asked, a card answers with a status, and what it gives is TLV', () => {
  const command = fc.oneof(
    fc.constantFrom(SELECT_PPSE, SELECT_MIR, OPTIONS_OF_MIR, RECORD).map(bytesOfHex),
    fc.uint8Array({ maxLength: 20 }),
    fc
      .tuple(fc.constantFrom(0x00, 0x80), fc.constantFrom(0xa4, 0xa8, 0xb2), fc.nat(255), fc.nat(255))
      .map(header => Uint8Array.from(header)),
  );
  fc.assert(
    fc.property(fc.constantFrom(MIR, VISA, CO_BADGED), fc.array(command), (bank, commands) => {
      const chip = virtualChip({ bank });
      for (const asked of commands) {
        const response = readResponse(chip(asked));
        assert.ok(response !== undefined);
        assert.is(readTlv(response.data).kind, 'elements');
        if (readCommand(asked).kind === 'malformed') assert.is(response.status, 0x6700);
      }
    }),
  );
});

test.run();
