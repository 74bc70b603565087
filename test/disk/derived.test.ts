/** What was derived is derived again whenever its sources, or what made it, are others. */
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { derivedFrom, lookAt, noteDerived } from '../../src/disk/derived.ts';
import { withFolder } from '../temporary.ts';

const MAKER = 'maker 1';
const THEN = new Date('2026-03-02T00:00:00Z');

/** A file and a folder of two files, and a note made of them. */
function withNote(use: (at: { note: string; file: string; folder: string }) => void): void {
  withFolder(root => {
    const [note, file, folder] = [join(root, 'state/value.json'), join(root, 'plain'), join(root, 'tables')];
    mkdirSync(folder);
    for (const path of [file, join(folder, 'a'), join(folder, 'b')]) {
      writeFileSync(path, 'as it was');
      utimesSync(path, THEN, THEN);
    }
    noteDerived(note, MAKER, lookAt(file, folder), { price: 3700 });
    use({ note, file, folder });
  });
}

test('a note stands as long as nothing changed, and gives its value', () => {
  withNote(({ note }) => {
    assert.equal(derivedFrom(note, MAKER), { value: { price: 3700 }, current: true });
  });
});

type At = Parameters<Parameters<typeof withNote>[0]>[0];

const CHANGES: readonly [what: string, change: (at: At) => void][] = [
  ['a longer text', ({ file }) => writeFileSync(file, 'as it is now')],
  ['another text of the same size', ({ file }) => writeFileSync(file, 'as it wos')],
  [
    'another text of the same size and time, as a copy that keeps times makes it',
    ({ file }) => {
      writeFileSync(file, 'as it wos');
      utimesSync(file, THEN, THEN);
    },
  ],
  [
    'another file moved into its place with its own old time',
    ({ file }) => {
      writeFileSync(`${file}.new`, 'as it wos');
      utimesSync(`${file}.new`, THEN, THEN);
      renameSync(`${file}.new`, file);
    },
  ],
  ['no file any more', ({ file }) => rmSync(file)],
  [
    'a folder in its place',
    ({ file }) => {
      rmSync(file);
      mkdirSync(file);
    },
  ],
  ['a changed file of the folder', ({ folder }) => writeFileSync(join(folder, 'b'), 'new')],
  ['a further file in the folder', ({ folder }) => writeFileSync(join(folder, 'c'), '')],
  ['a file less in the folder', ({ folder }) => rmSync(join(folder, 'a'))],
  ['another name in the folder', ({ folder }) => renameSync(join(folder, 'a'), join(folder, 'z'))],
  ['no folder any more', ({ folder }) => rmSync(folder, { recursive: true })],
];

for (const [what, change] of CHANGES) {
  test(`${what} is a change: the value is kept, and not current`, () => {
    withNote(at => {
      change(at);
      assert.equal(derivedFrom(at.note, MAKER), { value: { price: 3700 }, current: false });
    });
  });
}

test('another maker may make another value', () => {
  withNote(({ note }) => assert.is(derivedFrom(note, 'maker 2')?.current, false));
});

test('a source that changes while it is read is a change', () => {
  withNote(({ note, file }) => {
    const looks = lookAt(file);
    writeFileSync(file, 'changed meanwhile');
    noteDerived(note, MAKER, looks, 'made of the old text');
    assert.is(derivedFrom(note, MAKER)?.current, false);
  });
});

test('a source that was not there is a change when it comes', () => {
  withFolder(root => {
    const [note, file] = [join(root, 'note'), join(root, 'file', 'below')];
    noteDerived(note, MAKER, lookAt(file));
    assert.is(derivedFrom(note, MAKER)?.current, true);
    mkdirSync(join(root, 'file'));
    writeFileSync(file, '');
    assert.is(derivedFrom(note, MAKER)?.current, false);
  });
});

for (const torn of ['', '{', '{}', 'null', '[]', '7', '{"maker":"maker 1"}', '{"looks":[]}', '\0\0\0']) {
  test(`a note that says ${JSON.stringify(torn)} is none`, () => {
    withNote(({ note }) => {
      writeFileSync(note, torn);
      assert.is(derivedFrom(note, MAKER), undefined);
    });
  });
}

test('a note may hold a key: it is for its owner only, also where an older one stood open', () => {
  withNote(({ note, file }) => {
    assert.is(statSync(note).mode & 0o777, 0o600);
    noteDerived(note, MAKER, lookAt(file), 'again');
    assert.is(statSync(note).mode & 0o777, 0o600);
    assert.ok(JSON.parse(readFileSync(note, 'utf8')));
  });
});

test.run();
