import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { formatProblem, TuraError } from '../../../src/core/error.ts';
import { epoch, parseInstant } from '../../../src/core/time.ts';
import { momentOf, startOf } from '../../../src/onboard/reader/played-tap.ts';
import { readTaps, type TapsFile } from '../../../src/onboard/reader/taps-file.ts';

const TWO = {
  cards: ['anna', 'boris'],
  vehicles: new Map([
    ['bus', ['front', 'rear']],
    ['tram', ['first']],
  ]),
};
const ONE = { ...TWO, vehicles: new Map([['bus', ['front', 'rear']]]) };
const MONDAY = epoch(parseInstant('2026-03-02T07:30:00+05:00') ?? 0);

/** What refuses the file. */
const said = ({ problems }: TapsFile): string[] =>
  problems.filter(({ severity }) => severity !== 'warning').map(formatProblem);

test('a file in any dress people save it in gives the same taps', () => {
  const plain = 'at,vehicle,reader,card\n+0:30,bus,rear,anna\n+1:00:00,tram,first,boris\n';
  const dresses = [
    plain,
    `\uFEFF${plain}`,
    plain.replaceAll('\n', '\r\n'),
    plain.trimEnd(),
    plain.replaceAll('anna', '"anna"').replaceAll('+0:30,', ' +0:30 ,'),
    'card,reader,note,vehicle,at\nanna,rear,x,bus,+0:30\nboris,first,,tram,+1:00:00\n',
  ];
  const taps = (text: string) =>
    readTaps(text, 'taps.csv', TWO).taps.map(({ at, vehicle, reader, card }) => ({
      at,
      vehicle,
      reader,
      card,
    }));
  for (const dress of dresses) {
    assert.equal(said(readTaps(dress, 'taps.csv', TWO)), [], dress);
    assert.equal(taps(dress), [
      { at: { afterMs: 30_000 }, vehicle: 'bus', reader: 'rear', card: 'anna' },
      { at: { afterMs: 3_600_000 }, vehicle: 'tram', reader: 'first', card: 'boris' },
    ]);
  }
});

test('a column that is not known is a warning, with the one that may be meant', () => {
  const { problems } = readTaps('at,vehicel,reader,card\n+0:30,bus,front,anna\n', 'taps.csv', ONE);
  assert.equal(
    problems.map(({ at, severity }) => [at.line, at.column, severity]),
    [[1, 4, 'warning']],
  );
  assert.match(formatProblem(problems[0] ?? { at: { file: '' }, what: '' }), /'vehicel'.*'vehicle'/);
});

test('with one vehicle the file need not name it, but may', () => {
  const without = readTaps('at,reader,card\n+0:30,front,anna\n', 'taps.csv', ONE);
  assert.equal(said(without), []);
  assert.is(without.taps[0]?.vehicle, 'bus');
  assert.equal(said(readTaps('at,vehicle,reader,card\n+0:30,bus,front,anna\n', 'taps.csv', ONE)), []);
  const other = readTaps('at,vehicle,reader,card\n+0:30,tram,first,anna\n', 'taps.csv', ONE);
  assert.equal(said(other), ["taps.csv:2:7: no vehicle 'tram' (expected bus)"]);
});

test('with two vehicles each tap names its own', () => {
  const file = readTaps('at,reader,card\n+0:30,front,anna\n', 'taps.csv', TWO);
  assert.equal(said(file), ["taps.csv:2: no vehicle '' (expected bus | tram)"]);
});

const MOMENTS: readonly [text: string, afterMs: number | undefined][] = [
  ['+0:00', 0],
  ['+0:59', 59_000],
  ['+59:59', 3_599_000],
  ['+120:00', 7_200_000],
  ['+1:00:00', 3_600_000],
  ['+100:00:00', 360_000_000],
  ['0:30', undefined],
  ['+0:60', undefined],
  ['+30', undefined],
  ['-0:30', undefined],
  ['+0:30.5', undefined],
  ['2026-03-02', undefined],
  ['2026-02-30T07:30:00+05:00', undefined],
];

for (const [text, afterMs] of MOMENTS) {
  test(`'${text}' is ${afterMs === undefined ? 'no moment' : `${afterMs} ms after the beginning`}`, () => {
    const { taps, problems } = readTaps(`at,reader,card\n${text},front,anna\n`, 'taps.csv', ONE);
    assert.is(problems.length, afterMs === undefined ? 1 : 0);
    if (afterMs !== undefined) assert.equal(taps[0]?.at, { afterMs });
  });
}

test('an instant names its moment by itself, and the play begins with it', () => {
  const text = 'at,reader,card\n2026-03-02T07:31:30+05:00,front,anna\n2026-03-02T02:32:00Z,rear,anna\n';
  const { taps } = readTaps(text, 'taps.csv', ONE);
  const start = startOf(taps, undefined);
  assert.is(start, parseInstant('2026-03-02T02:31:30Z'));
  assert.equal(
    taps.map(tap => momentOf(tap, MONDAY)),
    [parseInstant('2026-03-02T02:31:30Z'), parseInstant('2026-03-02T02:32:00Z')],
  );
});

test('offsets begin anywhere', () => {
  const { taps } = readTaps('at,reader,card\n+0:30,front,anna\n', 'taps.csv', ONE);
  assert.is(startOf(taps, MONDAY), undefined);
  const [first] = taps;
  assert.ok(first);
  assert.is(momentOf(first, MONDAY), MONDAY + 30_000);
  assert.is(startOf([], MONDAY), undefined);
});

test('a moment that the journal has passed is refused where it stands', () => {
  const { taps } = readTaps('at,reader,card\n2026-03-02T07:30:00+05:00,front,anna\n', 'taps.csv', ONE);
  assert.is(startOf(taps, epoch(MONDAY - 1)), MONDAY);
  try {
    startOf(taps, MONDAY);
    assert.unreachable();
  } catch (error) {
    assert.instance(error, TuraError);
    const { code, where } = error as TuraError;
    assert.equal({ code, where }, { code: 'bad-input', where: 'taps.csv:2' });
  }
});

const ORDERS: readonly [what: string, first: string, second: string, isRight: boolean][] = [
  ['two at one moment', '+0:30', '+0:30', true],
  ['one after the other', '+0:30', '+0:31', true],
  ['one before the other', '+0:30', '+0:29', false],
  ['instants in order, in two zones', '2026-03-02T07:30:00+05:00', '2026-03-02T02:30:00Z', true],
  [
    'instants out of order, whatever the wall clocks say',
    '2026-03-02T07:30:00+05:00',
    '2026-03-02T08:00:00+06:00',
    false,
  ],
  ['an instant after an offset', '+0:30', '2026-03-02T07:30:00+05:00', false],
  ['an offset after an instant', '2026-03-02T07:30:00+05:00', '+0:30', false],
];

for (const [what, first, second, isRight] of ORDERS) {
  test(`${what}: ${isRight ? 'played' : 'refused'}`, () => {
    const file = readTaps(`at,reader,card\n${first},front,anna\n${second},front,anna\n`, 'taps.csv', ONE);
    const problems = [`taps.csv:3:1: '${second}' after a tap that is later, or of the other form`];
    assert.equal(
      said(file).map(line => line.split(' (expected')[0]),
      isRight ? [] : problems,
    );
  });
}

test('whatever a file holds, it is taps or problems with their place, and never an error', () => {
  const cell = fc.oneof(
    fc.constantFrom(
      '+0:30',
      '+1:00:00',
      'bus',
      'tram',
      'front',
      'anna',
      'at',
      'reader',
      'card',
      '"',
      '',
      'é',
      '\0',
    ),
    fc.string(),
  );
  const line = fc.array(cell, { maxLength: 5 }).map(cells => cells.join(','));
  const text = fc
    .tuple(fc.constantFrom('at,vehicle,reader,card', 'at,reader,card', ''), fc.array(line, { maxLength: 6 }))
    .map(([head, rows]) => [head, ...rows].join('\n'));
  fc.assert(
    fc.property(text, content => {
      const { taps, problems } = readTaps(content, 'taps.csv', TWO);
      for (const { at } of problems) assert.is(at.file, 'taps.csv');
      if (problems.some(({ severity }) => severity !== 'warning')) return;
      for (const { vehicle, reader, card } of taps) {
        assert.ok(TWO.vehicles.get(vehicle)?.includes(reader));
        assert.ok(TWO.cards.includes(card));
      }
    }),
    { numRuns: 1000 },
  );
});

test.run();
