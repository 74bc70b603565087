/** Lines laid out in trays and taken up again. */
import { existsSync, lstatSync, mkdirSync, readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { TuraError } from '../../src/core/error.ts';
import { Trays } from '../../src/disk/trays.ts';
import { withFolder } from '../temporary.ts';

const COUNT = 3;

/** Where temporary files are made, while `use` runs. */
function withTemporary<T>(folder: string, use: () => T): T {
  const before = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  try {
    return use();
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}

const line = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 30 }).map(text => text.replaceAll(/[\r\n]/g, ' ')),
  fc.constantFrom('', 'x'.repeat(5_000), 'ж'.repeat(9_000), '€'.repeat(20_000)),
);
const isEnded = fc.boolean();
const laidOut = fc.array(fc.tuple(fc.nat(COUNT - 1), fc.integer({ min: 1, max: 2 ** 32 - 1 }), line), {
  maxLength: 80,
});

test('every tray holds its own lines with their numbers, in the order they were put there', () => {
  fc.assert(
    fc.property(laidOut, isEnded, (lines, ended) => {
      const trays = new Trays(COUNT);
      for (const [tray, number, text] of lines) trays.put(tray, number, Buffer.from(text));
      if (ended) trays.end();
      assert.is(trays.lines, lines.length);
      for (let tray = 0; tray < COUNT; tray++) {
        const own = lines.filter(([place]) => place === tray);
        const parts = [...trays.of(tray)];
        assert.is(parts.map(({ text }) => text).join(''), own.map(([, , text]) => `${text}\n`).join(''));
        assert.equal(
          parts.flatMap(({ numbers }) => [...numbers]),
          own.map(([, number]) => number),
        );
        for (const { text, numbers } of parts) assert.is(text.split('\n').length - 1, numbers.length);
      }
      trays.close();
    }),
    { numRuns: 100 },
  );
});

const DESCRIPTORS = '/proc/self/fd';

/** Whether a file is open that stood there and has no name any more. */
function isHeldOpen(folder: string): boolean {
  return readdirSync(DESCRIPTORS).some(descriptor => {
    const link = join(DESCRIPTORS, descriptor);
    // That of the list itself is closed by now.
    if (lstatSync(link, { throwIfNoEntry: false }) === undefined) return false;
    const target = readlinkSync(link);
    return target.startsWith(folder) && target.endsWith('(deleted)');
  });
}

const filled = () => {
  const trays = new Trays(1);
  for (let number = 1; number <= 1_000; number++) trays.put(0, number, Buffer.alloc(100, 'x'));
  return trays;
};

test('what is too much for memory is in a file without a name', () => {
  withFolder(folder => {
    const trays = withTemporary(folder, filled);
    assert.equal(readdirSync(folder), []);
    if (existsSync(DESCRIPTORS)) assert.ok(isHeldOpen(folder));
    assert.is(
      [...trays.of(0)].reduce((sum, { numbers }) => sum + numbers.length, 0),
      1_000,
    );
    trays.close();
    if (existsSync(DESCRIPTORS)) assert.not(isHeldOpen(folder));
  });
});

test('a place for temporary files that is none is named', () => {
  withFolder(folder => {
    const nowhere = join(folder, 'nowhere');
    assert.throws(
      () => withTemporary(nowhere, filled),
      (error: unknown) =>
        error instanceof TuraError &&
        error.message === `temporary files in ${nowhere}: no such file` &&
        error.where === nowhere &&
        /TMPDIR/.test(error.expected ?? ''),
    );
    mkdirSync(nowhere);
    withTemporary(nowhere, filled).close();
  });
});

test.run();
