import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { formatProblem } from '../../src/core/error.ts';
import { optional, required } from '../../src/gtfs/column.ts';
import { FARE_PRODUCTS } from '../../src/gtfs/fare-tables.ts';
import { ProblemList } from '../../src/gtfs/problems.ts';
import type { TableSpec } from '../../src/gtfs/spec.ts';
import { readTable, TableReader } from '../../src/gtfs/table.ts';

const PLACES = {
  file: 'places.txt',
  required: true,
  key: ['id'],
  columns: [
    required('id', 'id'),
    optional('name', 'text'),
    optional('lat', 'latitude'),
    optional('opens', 'time'),
    optional('since', 'date'),
    optional('kind', [0, 1]),
  ],
  alsoKnown: ['url'],
} as const satisfies TableSpec;

const read = (text: string) => readTable(text, 'places.txt', PLACES);
const said = (text: string) => read(text).problems.map(formatProblem);

test('a cell becomes a value of its type, and an empty or absent one is undefined', () => {
  const { rows, problems } = read('id,lat,opens,since,kind\na,57.15,25:30:00,20260302,1\nb,,,,\n');
  assert.equal(problems, []);
  assert.is(rows[0]?.name, undefined);
  assert.equal(rows, [
    { line: 2, id: 'a', lat: 57.15, opens: 91_800, since: 20260302, kind: 1 },
    {
      line: 3,
      id: 'b',
      lat: undefined,
      opens: undefined,
      since: undefined,
      kind: undefined,
    },
  ]);
});

test('an amount stays decimal text and a row knows its line', () => {
  const { rows } = readTable('fare_product_id,amount,currency\nsingle,2.50,CAD\n', 'fp.txt', FARE_PRODUCTS);
  assert.is(rows[0]?.amount, '2.50');
  assert.is(rows[0]?.line, 2);
});

const TOLERATED: readonly [what: string, text: string, names: readonly (string | undefined)[]][] = [
  ['CRLF', 'id,name\r\na,A\r\nb,B\r\n', ['A', 'B']],
  ['CRLF and LF mixed', 'id,name\r\na,A\nb,B\r\n', ['A', 'B']],
  ['no end of the last line', 'id,name\na,A\nb,B', ['A', 'B']],
  ['empty lines', '\nid,name\n\na,A\n  \nb,B\n\n', ['A', 'B']],
  ['quotes', 'id,name\na,"A, the ""first"""\r\n"b","B"\r\n', ['A, the "first"', 'B']],
  ['a quoted line end', 'id,name\na,"A\nA"\nb,B', ['A\nA', 'B']],
  ['a short row', 'id,name,lat\na\nb,B\n', [undefined, 'B']],
  ['empty cells beyond the last column', 'id,name\na,A,,\nb,B,\n', ['A', 'B']],
  ['blanks around cells', 'id, name\n a , A \nb,B\n', ['A', 'B']],
  ['a column of the reference that is not needed', 'id,url,name\na,u,A\nb,u,B\n', ['A', 'B']],
];
for (const [what, text, names] of TOLERATED) {
  test(`${what}: read without a word`, () => {
    const { rows, problems } = read(text);
    assert.equal(problems.map(formatProblem), []);
    assert.equal(
      rows.map(row => row.name),
      names,
    );
  });
}

const TOLD: readonly [what: string, text: string, said: readonly string[]][] = [
  ['byte order mark', '\uFEFFid\na\n', ['places.txt:1:1: begins with a byte order mark']],
  ['unknown column', 'id,colour\na,red\n', ["places.txt:1:4: unknown column 'colour'"]],
  ['misspelt column', 'id,names\na,A\n', ["places.txt:1:4: unknown column 'names' (expected 'name'?)"]],
  [
    'not UTF-8',
    'id,name\na,\uFFFD\n',
    ["places.txt:2:3: has bytes that are not UTF-8, read as '\uFFFD' (expected UTF-8)"],
  ],
];
for (const [what, text, expected] of TOLD) {
  test(`${what}: read with a warning that says where`, () => {
    const { rows, problems } = read(text);
    assert.equal(problems.map(formatProblem), expected);
    assert.ok(problems.every(problem => problem.severity === 'warning'));
    assert.is(rows.length, 1);
  });
}

test('in a table that may hold nothing else, an unknown column is refused', () => {
  const { rows, problems } = readTable('id,names\na,A\n', 'places.txt', { ...PLACES, strict: true });
  assert.equal(problems.map(formatProblem), ["places.txt:1:4: unknown column 'names' (expected 'name'?)"]);
  assert.equal([problems[0]?.severity, rows.length], ['error', 0]);
});

const REFUSED: readonly [what: string, text: string, said: readonly string[]][] = [
  ['an empty file', '', ['places.txt: is empty (expected a line of column names)']],
  ['a missing column', 'name\nA\n', ["places.txt:1:1: column 'id' is missing"]],
  ['a column that stands twice', 'id,name,id\na,A,b\n', ["places.txt:1:9: column 'id' stands twice"]],
  ['an empty id', 'name,id\nA,\n', ['places.txt:2:3: id is empty (expected an id)']],
  [
    'a bad coordinate',
    'id,lat\na,91\nb,5715\nc,57°\n',
    [2, 3, 4].map(
      (line, index) =>
        `places.txt:${line}:3: lat is '${['91', '5715', '57°'][index]}' (expected degrees from -90 to 90, such as 57.15303)`,
    ),
  ],
  [
    'a bad time',
    'id,opens\na,8:61:00\n',
    ["places.txt:2:3: opens is '8:61:00' (expected H:MM:SS, such as 25:35:00 for 01:35 the next day)"],
  ],
  [
    'a day that is none',
    'id,since\na,20260230\n',
    ["places.txt:2:3: since is '20260230' (expected a day as YYYYMMDD)"],
  ],
  ['a number outside its list', 'id,kind\na,2\n', ["places.txt:2:3: kind is '2' (expected one of 0, 1)"]],
  ['a repeated id', 'id\na\nb\na\n', ["places.txt:4:1: the same id 'a' as in line 2 (expected each once)"]],
  [
    'a comma outside quotes',
    'id,name\na,A, the first\n',
    ['places.txt:2:5: 3 cells under 2 columns (expected a cell with a comma to stand in quotes)'],
  ],
  [
    'a quote left open',
    'id,name\na,"A\nb,B\n',
    [
      'places.txt:2:3: a quote is left open (expected quotes around the whole cell, and those inside it doubled)',
    ],
  ],
  [
    'text after a closing quote',
    'id,name\na,"A"B\nb,B\n',
    [
      'places.txt:2:3: text follows a closing quote (expected quotes around the whole cell, and those inside it doubled)',
    ],
  ],
  [
    'a problem after a quoted line end',
    'id,name,kind\na,"A\r\nA",0\r\nb,"B\r\n",7\r\n',
    ["places.txt:5:3: kind is '7' (expected one of 0, 1)"],
  ],
];
for (const [what, text, expected] of REFUSED) {
  test(`${what}: an error that says where and what was expected`, () => {
    assert.equal(
      read(text)
        .problems.filter(problem => problem.severity !== 'warning')
        .map(formatProblem),
      expected,
    );
  });
}

test('after a hundred errors the rest is counted', () => {
  const lines = said(`id,kind\n${Array.from({ length: 1234 }, (_, index) => `${index},9\n`).join('')}`);
  assert.is(lines.length, 101);
  assert.is(lines.at(-1), 'places.txt: and 1,134 more errors');
});

test('a record longer than the limit ends the file and says on which line', () => {
  const problems = new ProblemList();
  let records = 0;
  const reader = new TableReader(PLACES, 'places.txt', problems.report, () => () => {
    records += 1;
  });
  for (let piece = 0; piece < 20; piece += 1) {
    reader.push(piece === 0 ? 'id,name\na,A\nb,"' : 'x,y\n'.repeat(32_768));
  }
  reader.end();
  assert.is(records, 1);
  assert.equal(problems.all.map(formatProblem), [
    'places.txt:3: a record of more than 1,048,576 characters: is a quote left open?',
  ]);
});

test('law: a text cut into pieces anywhere gives the same rows, lines and problems', () => {
  const cell = fc.oneof(
    fc.constantFrom('a', '', ' ', '7', '"q"', '"a,b"', '"a\nb"', '"a\r\nb"', '"""q"""', 'ж'),
    fc.string({ maxLength: 3 }).map(text => text.replace(/["\r\n]/g, '')),
  );
  const line = fc.array(cell, { minLength: 1, maxLength: 4 }).map(cells => cells.join(','));
  const ends = fc.constantFrom('\n', '\r\n');
  const body = fc.array(
    fc.tuple(line, ends).map(([text, end]) => text + end),
    { maxLength: 8 },
  );
  fc.assert(
    fc.property(body, fc.array(fc.nat(80), { maxLength: 6 }), fc.boolean(), (lines, cuts, marked) => {
      const text = `${marked ? '\uFEFF' : ''}id,kind,name\r\n${lines.join('')}`;
      assert.equal(readInPieces(text, cuts), readInPieces(text, []));
    }),
  );
});

function readInPieces(text: string, cuts: readonly number[]) {
  const problems = new ProblemList();
  const records: [number, readonly string[]][] = [];
  const reader = new TableReader(PLACES, 'places.txt', problems.report, header => (record, line) => {
    records.push([line, record]);
    if (record[1] !== '7') header.problem(line, 'kind', 'not seven');
  });
  const bounds = [0, ...[...cuts].sort((a, b) => a - b), text.length];
  for (const [index, end] of bounds.entries()) reader.push(text.slice(bounds[index - 1] ?? 0, end));
  reader.end();
  return { records, problems: problems.all };
}

test.run();
