/** Command lines about a file that is wrong, and what they must say: a row a test. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { objects, tura } from '../tura.ts';

/** The words of a command line and what it must say; `{}` stands for the file that the row is about. */
export interface Row {
  readonly when: string;
  /** Makes the file. */
  readonly file: () => string;
  readonly words: readonly string[];
  readonly says: readonly string[];
  /** 2 where nothing else is said. */
  readonly code?: number;
}

/** Each row a test: what, where and what was expected are said, as a fault of the input, with `--json` too. */
export function refuses(rows: readonly Row[]): void {
  for (const { when, file, words, says, code = 2 } of rows) {
    test(`${when} is said with its place and what was expected`, async () => {
      const name = file();
      const line = words.map(word => word.replaceAll('{}', name));
      const ran = await tura(...line);
      assert.is(ran.code, code, ran.err);
      assert.is(ran.out, '', 'nothing else is said');
      for (const part of says) {
        const said = part.replaceAll('{}', name);
        assert.ok(ran.err.includes(said), `'${said}' is not in:\n${ran.err}`);
      }
      assert.not.match(ran.err, /defect|\n {4}at /, 'it is told as a fault of the input');
      const json = await tura(...line, '--json');
      assert.is(json.code, code);
      const [{ error } = { error: undefined }, ...rest] = objects(json);
      assert.equal(rest, []);
      assert.match(String((error as { code?: string }).code), /^[a-z-]+$/);
    });
  }
}
