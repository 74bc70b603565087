import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { z } from 'zod';
import { formatProblem } from '../../../src/core/error.ts';
import { readYaml } from '../../../src/core/source/yaml.ts';
import { expectedOneOf, suggest } from '../../../src/core/suggest.ts';

const schema = z.strictObject({
  name: z.string(),
  secret: z.string().regex(/^[0-9a-f]{8}$/, 'expected 4 bytes in hex'),
  colour: z.enum(['red', 'green']).optional(),
  doors: z.array(z.strictObject({ width: z.int().min(1) })).min(1),
  open: z.boolean().optional(),
});

const SOUND = 'name: bus\nsecret: 0a0b0c0d\ndoors:\n  - width: 2\n';
const problemsOf = (text: string) => readYaml(text, 'bus.yaml', schema).problems.map(formatProblem);

test('a sound file gives its value and where each part of it stands', () => {
  const { value, problems, positionOf } = readYaml(SOUND, 'bus.yaml', schema);
  assert.equal(problems, []);
  assert.equal(value, { name: 'bus', secret: '0a0b0c0d', doors: [{ width: 2 }] });
  assert.equal(positionOf(['doors', 0, 'width']), { file: 'bus.yaml', line: 4, column: 12 });
  assert.equal(
    positionOf(['doors', 7, 'width']),
    { file: 'bus.yaml', line: 4, column: 3 },
    'its nearest ancestor',
  );
  assert.equal(positionOf([]), { file: 'bus.yaml', line: 1, column: 1 });
});

const WRONG: [name: string, text: string, ...problems: string[]][] = [
  ['nothing at all', '', 'bus.yaml:1:1: the file: empty (expected keys with values)'],
  ['a list', '- bus\n', 'bus.yaml:1:1: the file: a list (expected keys with values)'],
  ['a word', 'bus\n', 'bus.yaml:1:1: the file: text (expected keys with values)'],
  [
    'text that may be secret: it is not repeated',
    SOUND.replace('0a0b0c0d', 'a0b0c0dx'),
    'bus.yaml:2:9: secret: of another form (expected 4 bytes in hex)',
  ],
  [
    'a word that is nearly right',
    `${SOUND}colour: gren\n`,
    "bus.yaml:5:9: colour: 'gren' (expected 'green')",
  ],
  ['a word that is not', `${SOUND}colour: blue\n`, "bus.yaml:5:9: colour: 'blue' (expected red | green)"],
  ['yes for true', `${SOUND}open: yes\n`, 'bus.yaml:5:7: open: text (expected true or false)'],
  [
    'a secret that YAML reads as a number: it is not repeated either',
    SOUND.replace('0a0b0c0d', '12345678'),
    'bus.yaml:2:9: secret: not text (expected text)',
  ],
  ['a number for a name', SOUND.replace('bus', '25'), 'bus.yaml:1:7: name: not text (expected text)'],
  ['a key with nothing', SOUND.replace('bus', ''), 'bus.yaml:1:7: name: empty (expected text)'],
  [
    'several things, in the order of the file',
    'nam: bus\nsecret: 0a0b0c0d\ndoors:\n  - width: 0\n  - widthe: 2\n    width: 1\n',
    'bus.yaml:1:1: name: missing (expected text)',
    "bus.yaml:1:1: unknown key 'nam' (expected 'name')",
    'bus.yaml:4:12: doors.0.width: 0 (expected at least 1)',
    "bus.yaml:5:5: unknown key 'widthe' (expected 'width')",
  ],
  ['a key like no other', `${SOUND}quay: 1\n`, "bus.yaml:5:1: unknown key 'quay'"],
  [
    'an alias that names nothing',
    SOUND.replace('bus', '*coach'),
    'bus.yaml:1:7: Unresolved alias (the anchor must be set before the alias): coach (expected YAML 1.2)',
  ],
  [
    'aliases that would unfold without end',
    'a: &a [x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c]\n',
    'bus.yaml:1:1: Excessive alias count indicates a resource exhaustion attack (expected YAML 1.2)',
  ],
  [
    'a tag that nobody knows',
    SOUND.replace('bus', '!coach bus'),
    'bus.yaml:1:7: Unresolved tag: !coach (expected YAML 1.2)',
  ],
];

for (const [name, text, ...problems] of WRONG) {
  test(`YAML is refused for ${name}`, () => {
    assert.equal(problemsOf(text), problems);
  });
}

test('a second document is refused: it would be ignored', () => {
  assert.match(problemsOf(`${SOUND}---\nname: tram\n`)[0] ?? '', /^bus\.yaml:5:1: /);
});

test('a byte order mark moves nothing', () => {
  assert.equal(problemsOf(`\uFEFF${SOUND}colour: gren\n`), problemsOf(`${SOUND}colour: gren\n`));
});

test('where all is text, a scalar is what stands there', () => {
  const text = 'price: 8.40\nline: 025\nopen: yes\nempty:\n';
  const all = z.record(z.string(), z.string());
  assert.equal(readYaml(text, 'x.yaml', all, 'text').value, {
    price: '8.40',
    line: '025',
    open: 'yes',
    empty: '',
  });
});

test('a slip of one letter in three is understood, another word is not', () => {
  const right = ['quota', 'season', 'source'];
  assert.is(suggest('quotta', right), 'quota');
  assert.is(suggest('Sorce', right), 'source');
  assert.is(suggest('pya', ['pay', 'purse']), 'pay', "two letters in each other's place are one slip");
  assert.is(suggest('fallback', right), undefined);
  assert.is(suggest('', right), undefined);
});

test('where there are many right words, the first few stand for all', () => {
  const words = Array.from({ length: 40 }, (_, index) => `stop-${index}`);
  assert.is(expectedOneOf('quay', words).split(' | ').length, 13);
  assert.match(expectedOneOf('quay', words), / \| \.\.\. \(40\)$/);
});

test.run();
