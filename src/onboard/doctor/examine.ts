/** Goes through the checks in their order. None can hang the examination, and none can end it. */
import { TuraError, whyOf } from '../../core/error.ts';
import type { Timers } from '../timers.ts';
import { type Answer, type Check, type Finding, type FindingState, notAsked, wrong } from './check.ts';
import type { Patient } from './patient.ts';

/** Longer than all that one check asks of the system may take. */
const CHECK_MS = 15_000;

/** What the kernel had to say, where nothing else is known. */
const MEND_UNKNOWN = 'sudo dmesg --ctime | tail -n 30';

export type Examined = { readonly check: string } & Finding;

export async function* examine(
  checks: readonly Check[],
  patient: Patient,
  timers: Timers,
): AsyncGenerator<Examined> {
  const states = new Map<string, FindingState>();
  for (const check of checks) {
    const asked = questionOf(check, patient);
    const before = check.after?.find(name => !isInOrder(states.get(name)));
    let finding: Finding;
    if (asked === undefined) finding = notAsked('no device file was given');
    else if (before !== undefined) finding = notAsked(`asked once ${before} is in order`);
    else finding = await answered(asked, timers);
    states.set(check.name, finding.state);
    yield { check: check.name, ...finding, found: finding.found.replaceAll('\n', '; ') };
  }
}

/** Undefined where there is nobody to ask. */
function questionOf(check: Check, { machine, vehicle }: Patient): (() => Answer) | undefined {
  if (check.of === 'machine') return () => check.ask(machine);
  return vehicle === undefined ? undefined : () => check.ask(vehicle);
}

function isInOrder(state: FindingState | undefined): boolean {
  return state === 'ok' || state === 'warning';
}

/** What a check throws is what it found. */
async function answered(ask: () => Answer, timers: Timers): Promise<Finding> {
  let cancel = () => {};
  const late = new Promise<Finding>(resolve => {
    cancel = timers.after(CHECK_MS, () => resolve(wrong(`no answer in ${CHECK_MS / 1000} s`, MEND_UNKNOWN)));
  });
  try {
    return await Promise.race([late, ask()]);
  } catch (error) {
    const found = whyOf(error);
    const expected = error instanceof TuraError ? error.expected : undefined;
    return wrong(found, expected === undefined ? MEND_UNKNOWN : `expected: ${expected}`);
  } finally {
    cancel();
  }
}
