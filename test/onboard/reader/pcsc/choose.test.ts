import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { chooseReader } from '../../../../src/onboard/reader/pcsc/choose.ts';

const PICC = 'ACS ACR1252 1S CL Reader PICC 00 00';
const SAM = 'ACS ACR1252 1S CL Reader SAM 01 00';
const ACR_0 = 'ACS ACR122U PICC Interface 00 00';
const ACR_1 = 'ACS ACR122U PICC Interface 01 00';

const front = (name: RegExp) => ({ readerId: 'front', name });
const rear = (name: RegExp) => ({ readerId: 'rear', name });

const CHOICES = [
  ['the one that fits', /ACR122U/, [], [ACR_0, SAM], ACR_0],
  ['the contactless half of a combined reader', /ACR1252.*PICC/, [], [SAM, PICC], PICC],
  ['the one that fits no other door', /ACR122U/, [rear(/ACR122U.* 01 00/)], [ACR_0, ACR_1], ACR_0],
  ['the same by a pattern that remembers', /ACR122U/g, [], [ACR_0], ACR_0],
] as const;

for (const [what, pattern, others, names, chosen] of CHOICES) {
  test(`of those plugged in it is ${what}`, () => {
    for (const _ of ['once', 'again']) {
      assert.equal(chooseReader({ wanted: front(pattern), others }, names), { kind: 'found', name: chosen });
    }
  });
}

const REFUSALS = [
  [
    'a pattern that fits a SAM slot too',
    /ACR1252/,
    [],
    [PICC, SAM],
    `fits several readers: '${PICC}', '${SAM}'`,
  ],
  ['a reader that fits two doors', /ACR122U/, [rear(/ACS/)], [ACR_0], `'${ACR_0}' fits front and rear`],
  ['a pattern that fits nothing', /OMNIKEY/, [], [ACR_0], `no reader fits /OMNIKEY/; plugged in: '${ACR_0}'`],
  ['nothing plugged in', /ACR122U/, [], [], 'no reader fits /ACR122U/: none is plugged in'],
] as const;

for (const [what, pattern, others, names, why] of REFUSALS) {
  test(`${what} is refused by name, with a line that mends it`, () => {
    const choice = chooseReader({ wanted: front(pattern), others }, names);
    assert.is(choice.kind === 'not-found' && choice.why.includes(why), true, JSON.stringify(choice));
    assert.ok(choice.kind === 'not-found' && choice.mend);
  });
}

test('the reader in use stays in use beside another one that would fit', () => {
  const choice = chooseReader({ wanted: front(/ACR122U/), others: [], current: ACR_1 }, [ACR_0, ACR_1]);
  assert.equal(choice, { kind: 'found', name: ACR_1 });
});

test.run();
