/** One thing wrong with a machine, and what the doctor must say of it. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { FindingState } from '../../../src/onboard/doctor/check.ts';
import { healthyPi, type Pi } from './pi.ts';

export interface Sickness {
  readonly check: string;
  readonly spoil: (pi: Pi) => unknown;
  readonly is: Exclude<FindingState, 'not asked'>;
  readonly found: RegExp;
  /** Absent only where nothing is to be mended. */
  readonly mend?: RegExp;
}

/** A test a row, named by what is wrong. */
export function testEach(sicknesses: Readonly<Record<string, Sickness>>): void {
  for (const [what, { check, spoil, is, found, mend }] of Object.entries(sicknesses)) {
    test(`${check}: ${what} is ${is}`, async () => {
      const pi = await healthyPi();
      await spoil(pi);
      const examined = await pi.finding(check);
      const said = JSON.stringify(examined);
      assert.is(examined.state, is, said);
      assert.match(examined.found, found);
      if (mend === undefined) assert.not.ok('mend' in examined, said);
      else assert.match('mend' in examined ? examined.mend : '', mend);
    });
  }
}
