import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { formOfAtr } from '../../../src/core/card/atr.ts';
import { bytesOfHex } from '../../../src/core/hex.ts';

const ATRS = [
  ['a MIFARE Classic 1K', '3B8F8001804F0CA000000306030001000000006A', 'storage'],
  ['a MIFARE Classic 4K', '3B8F8001804F0CA0000003060300020000000069', 'storage'],
  ['a MIFARE Ultralight', '3B8F8001804F0CA0000003060300030000000068', 'storage'],
  [
    'a storage card whose reader has the check byte wrong',
    '3B8F8001804F0CA0000003060300010000000000',
    'storage',
  ],
  [
    'a storage card with interface bytes TA1, TB1, TC1',
    '3BFF1100008001804F0CA000000306030001000000006A',
    'storage',
  ],
  ['a DESFire', '3B8180018080', 'iso14443-4'],
  ['a bank card', '3B8E8001804A434F5076323431B2', 'iso14443-4'],
  ['a phone without historical bytes', '3B80800101', 'iso14443-4'],
  ['the same tag under another RID', '3B8F8001804F0CA0000003080300010000000064', 'iso14443-4'],
  ['a contact card of T=0', '3B650000200000000000', 'iso14443-4'],
  ['an ATR cut short', '3B8F8001804F0CA0', 'iso14443-4'],
  ['no ATR at all', '', 'iso14443-4'],
] as const;

for (const [card, atr, form] of ATRS) {
  test(`${card} is ${form}`, () => assert.is(formOfAtr(bytesOfHex(atr)), form));
}

test('any bytes are judged, and judging ends', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 40 }), atr => typeof formOfAtr(atr) === 'string'));
});

test.run();
