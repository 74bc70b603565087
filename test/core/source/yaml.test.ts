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
  ['a key that belongs elsewhere', `${SOUND}width: 1\n`, "bus.yaml:5:1: the key 'width' has no meaning here"],
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
    "bus.yaml:1:7: Unresolved tag: !coach (expected no tag, or quotes around a text that begins with '!')",
  ],
];

for (const [name, text, ...problems] of WRONG) {
  test(`YAML is refused for ${name}`, () => {
    assert.equal(problemsOf(text), problems);
  });
}

/** What stands in the file's place, where, and what was wanted there. */
const SYNTAX: [name: string, text: string, at: string, expected: string][] = [
  ['a key that stands twice', 'name: bus\nname: tram\n', '2:1', 'each key once'],
  ['a tab for indentation', 'doors:\n\t- width: 1\n', '2:1', 'spaces'],
  ['a list that is left open', 'doors: [1, 2\nname: bus\n', '2:1', "']' before it"],
  ['keys in braces that are left open', 'doors: { width: 1\nname: bus\n', '2:1', "'}' before it"],
  [
    'keys that begin in different columns',
    'doors:\n  a: 1\n b: 2\n',
    '3:1',
    'the indentation of the line above it',
  ],
  ['a quote that is left open', 'name: "bus\ncolour: red', '2:12', 'a " that closes the text'],
  [
    'a text that holds a colon',
    'name: bus: 5\n',
    '1:7',
    "one key a line, and quotes around a text that holds ': '",
  ],
  ['a key without a space after its colon', 'name:bus\nopen: true\n', '1:1', "a key, ':' and a space"],
  ['a text that begins with a mark of its own', 'name: @bus\n', '1:7', 'quotes around a text that begins so'],
  ['a quote too many', "name: 'it's'\n", '1:11', 'the end of the value, or quotes around the whole text'],
  ['a bracket too many', 'doors: [1, 2]]\n', '1:14', 'the end of the value, or quotes around the whole text'],
  ['a backslash in double quotes', 'name: "C:\\q"\n', '1:10', 'two backslashes for one, or single quotes'],
];

for (const [name, text, at, expected] of SYNTAX) {
  test(`${name} is no YAML, and what was wanted there is said`, () => {
    const said = problemsOf(text)[0] ?? '';
    assert.ok(said.startsWith(`bus.yaml:${at}: `) && said.endsWith(` (expected ${expected})`), said);
  });
}

const forms = z.strictObject({
  limit: z
    .strictObject({ amount: z.string('expected an amount in quotes') })
    .or(z.strictObject({ rides: z.int() })),
  count: z.int().min(1).or(z.literal('unlimited')).optional(),
});
const FORMS: [name: string, text: string, ...problems: string[]][] = [
  [
    'a slip inside one of its forms',
    'limit: { amount: 8.90 }',
    'bus.yaml:1:18: limit.amount: not text (expected an amount in quotes)',
  ],
  [
    'a key that is misspelt',
    'limit: { ridse: 3 }',
    'bus.yaml:1:8: limit.amount: missing (expected an amount in quotes)',
    "bus.yaml:1:10: unknown key 'ridse' (expected 'rides')",
  ],
  ['another value altogether', 'limit: 8', 'bus.yaml:1:8: limit: 8 (expected keys with values)'],
  [
    'a word that is nearly right',
    'limit: { rides: 1 }\ncount: unlimted',
    "bus.yaml:2:8: count: 'unlimted' (expected 'unlimited')",
  ],
  [
    'a word that is not',
    'limit: { rides: 1 }\ncount: many',
    "bus.yaml:2:8: count: 'many' (expected a number | unlimited)",
  ],
];

for (const [name, text, ...problems] of FORMS) {
  test(`a value of several forms is refused for ${name}, by the nearest`, () => {
    assert.equal(readYaml(text, 'bus.yaml', forms).problems.map(formatProblem), problems);
  });
}

test('a key has a place of its own, and one that is not there that of what it would stand in', () => {
  const { positionOfKey } = readYaml(SOUND, 'bus.yaml', schema);
  assert.equal(positionOfKey(['doors']), { file: 'bus.yaml', line: 3, column: 1 });
  assert.equal(positionOfKey(['doors', 0, 'width']), { file: 'bus.yaml', line: 4, column: 5 });
  assert.equal(positionOfKey(['doors', 0, 'height']), { file: 'bus.yaml', line: 4, column: 5 });
});

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

test('two letters that have changed places are one slip', () => {
  assert.is(suggest('rial', ['rail', 'bus']), 'rail');
  assert.is(suggest('chlid', ['adult', 'child']), 'child');
  assert.is(suggest('lair', ['rail', 'bus']), undefined);
});

test('where none is near, the nearest stand first', () => {
  assert.is(expectedOneOf('bank', ['transport-card', 'bank-card']), 'bank-card | transport-card');
});

test('where there are many right words, the first few stand for all', () => {
  const words = Array.from({ length: 40 }, (_, index) => `stop-${index}`);
  assert.is(expectedOneOf('quay', words).split(' | ').length, 13);
  assert.match(expectedOneOf('quay', words), / \| \.\.\. \(40\)$/);
});

test.run();
