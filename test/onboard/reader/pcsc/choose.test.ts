import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { chooseReader } from '../../../../src/onboard/reader/pcsc/choose.ts';

const PICC = 'ACS ACR1252 1S CL Reader PICC 00 00';
const SAM = 'ACS ACR1252 1S CL Reader SAM 01 00';
const ACR_0 = 'ACS ACR122U PICC Interface 00 00';
const ACR_1 = 'ACS ACR122U PICC Interface 01 00';

/** What stands under `name` for the front door, and for the others. */
function choose(name: string, others: readonly string[], plugged: readonly string[], current?: string) {
  const further = others.map((other, index) => ({ readerId: `door-${index + 2}`, name: other }));
  return chooseReader({ wanted: { readerId: 'front', name }, others: further, current }, plugged);
}

const CHOICES = [
  ['the one that fits', 'ACR122U', [], [ACR_0, SAM], ACR_0],
  ['the same in another case', 'acr122u', [], [ACR_0, SAM], ACR_0],
  ['the only one, without a name', '', [], [ACR_0], ACR_0],
  ['the contactless half of a combined reader', 'PICC', [], [SAM, PICC], PICC],
  ['the one that fits no other door', 'ACR122U', ['Interface 01 00'], [ACR_0, ACR_1], ACR_0],
] as const;

for (const [what, name, others, plugged, chosen] of CHOICES) {
  test(`of those plugged in it is ${what}`, () => {
    assert.equal(choose(name, others, plugged), { kind: 'found', name: chosen });
  });
}

const REFUSALS = [
  [
    'a name that fits a SAM slot too',
    'ACR1252',
    [],
    [PICC, SAM],
    `'ACR1252' fits several readers: '${PICC}', '${SAM}'`,
  ],
  ['a reader that fits two doors', 'ACR122U', ['ACS'], [ACR_0], `'${ACR_0}' fits front and door-2`],
  ['a name that fits nothing', 'OMNIKEY', [], [ACR_0], `no reader fits 'OMNIKEY'; plugged in: '${ACR_0}'`],
  ['nothing plugged in', 'ACR122U', [], [], "no reader fits 'ACR122U': none is plugged in"],
] as const;

for (const [what, name, others, plugged, why] of REFUSALS) {
  test(`${what} is refused by name, with a line that mends it`, () => {
    const choice = choose(name, others, plugged);
    assert.is(choice.kind === 'not-found' && choice.why, why);
    assert.ok(choice.kind === 'not-found' && choice.mend);
  });
}

test('the reader in use stays in use beside another one that would fit', () => {
  assert.equal(choose('ACR122U', [], [ACR_0, ACR_1], ACR_1), { kind: 'found', name: ACR_1 });
});

test.run();
