import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { z } from 'zod';
import { formatProblem } from '../../../src/core/error.ts';
import { readJson } from '../../../src/core/source/json.ts';

const any = z.unknown();
const said = (text: string) => readJson(text, 'f.json', any).problems.map(formatProblem);

const WRONG: [text: string, said: string][] = [
  ['', 'f.json:1:1: the JSON ends here (expected a JSON value)'],
  ['{"a": 1,\n "b": }', "f.json:2:7: no JSON from '}' on (expected a JSON value)"],
  ['{"a": 1\n "b": 2}', `f.json:2:2: no JSON from '"' on (expected ',' or '}')`],
  ['[1, 2', "f.json:1:6: the JSON ends here (expected ',' or ']')"],
  ['[1, 2,]', "f.json:1:7: no JSON from ']' on (expected a JSON value)"],
  ['{"a": 1,}', "f.json:1:9: no JSON from '}' on (expected a key in double quotes)"],
  ['{a: 1}', "f.json:1:2: no JSON from 'a' on (expected a key in double quotes)"],
  ["{'a': 1}", `f.json:1:2: no JSON from ''' on (expected a key in double quotes)`],
  ['{"a" 1}', "f.json:1:6: no JSON from '1' on (expected ':')"],
  ['{"a": 01}', "f.json:1:7: no JSON from '0' on (expected a JSON value)"],
  ['{"a": .5}', "f.json:1:7: no JSON from '.' on (expected a JSON value)"],
  ['{"a": truely}', "f.json:1:7: no JSON from 't' on (expected a JSON value)"],
  ['{"a": "b\nc"}', `f.json:1:7: no JSON from '"' on (expected a JSON value)`],
  ['{"a": "\\x"}', `f.json:1:7: no JSON from '"' on (expected a JSON value)`],
  ['{"a": 1} {"b": 2}', "f.json:1:10: no JSON from '{' on (expected the end of the JSON)"],
  ['a: 1', "f.json:1:1: no JSON from 'a' on (expected a JSON value)"],
  ['[1 # comment\n]', "f.json:1:4: no JSON from '#' on (expected ',' or ']')"],
  [`${'['.repeat(100)}`, "f.json:1:34: no JSON from '[' on (expected at most 32 values inside each other)"],
];
for (const [text, problem] of WRONG) {
  test(`${JSON.stringify(text).slice(0, 40)} is refused where it stops to be JSON`, () =>
    assert.equal(said(text), [problem]));
}

test('a key that stands twice is refused: the second would win silently', () => {
  assert.match(said('{"a": 1,\n "a": 2}')[0] ?? '', /^f\.json:2:2: Map keys must be unique/);
});

test('what JSON.parse takes is read as it takes it, however it is laid out', () => {
  const json = fc.jsonValue({ maxDepth: 5 }).filter(value => !JSON.stringify(value).includes('__proto__'));
  fc.assert(
    fc.property(json, fc.constantFrom(undefined, 1, '\t'), fc.boolean(), (value, indent, crlf) => {
      const written = JSON.stringify(value, null, indent);
      const text = crlf ? written.replaceAll('\n', '\r\n') : written;
      const { problems, value: read } = readJson(text, 'f.json', any);
      assert.equal(problems.map(formatProblem), []);
      assert.equal(read, JSON.parse(text));
    }),
    { numRuns: 300 },
  );
});

test('what JSON.parse refuses is refused, with a place', () => {
  const broken = fc
    .tuple(fc.json({ maxDepth: 3 }), fc.nat(), fc.constantFrom('', '}', ',', '"', 'x', '\\'))
    .map(([text, place, put]) => {
      const cut = place % (text.length + 1);
      return text.slice(0, cut) + put + text.slice(cut + 1);
    });
  fc.assert(
    fc.property(broken, text => {
      let sound = true;
      try {
        JSON.parse(text);
      } catch {
        sound = false;
      }
      const { problems } = readJson(text, 'f.json', any);
      if (!sound) assert.ok((problems[0]?.at.column ?? 0) > 0);
      else for (const { what } of problems) assert.match(what, /unique/);
    }),
    { numRuns: 500 },
  );
});

test('a string that never ends is refused as soon as it is read', () => {
  assert.match(said(`["${'a'.repeat(100_000)}`)[0] ?? '', /no JSON from '"' on/);
});

test('a byte order mark is no part of the JSON', () => {
  assert.is(readJson('\uFEFF[1]', 'f.json', any).problems.length, 0);
});

test.run();
