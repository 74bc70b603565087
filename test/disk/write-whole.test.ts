/** A file is there whole or not at all; what is no file is written to, and stays what it is. */
import { execFileSync } from 'node:child_process';
import {
  constants,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { writeWhole } from '../../src/disk/write-whole.ts';

const folder = () => mkdtempSync(join(tmpdir(), 'tura-whole-'));

test('the old file is replaced, its folder is made, and nothing is left beside it', () => {
  const file = join(folder(), 'deep/report.xml');
  writeWhole(file, 'old', 'report');
  writeWhole(file, 'new', 'report');
  assert.is(readFileSync(file, 'utf8'), 'new');
  assert.equal(readdirSync(join(file, '..')), ['report.xml']);
});

test('a pipe is written to, and is a pipe afterwards', () => {
  const pipe = join(folder(), 'pipe');
  execFileSync('mkfifo', [pipe]);
  const reading = openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK);
  writeWhole(pipe, 'taps', 'report');
  const bytes = Buffer.alloc(8);
  assert.is(bytes.toString('utf8', 0, readSync(reading, bytes)), 'taps');
  assert.ok(lstatSync(pipe).isFIFO());
});

test('a folder in its place is said, and what stood there before is left alone', () => {
  const place = folder();
  mkdirSync(join(place, 'report'));
  writeFileSync(join(place, 'report/kept'), 'kept');
  assert.throws(
    () => writeWhole(join(place, 'report'), 'new', 'report'),
    /a folder stands where a file belongs/,
  );
  assert.equal(readdirSync(place), ['report']);
});

test.run();
