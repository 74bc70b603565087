/** A scenario that failed, as a person reads it: each step that missed, expected beside actual, and why it came so. */
import { formatPosition } from '../../core/error.ts';
import { formatLocal, type Zone } from '../../core/time.ts';
import type { Step } from '../scenario/scenario.ts';
import type { ScenarioResult, StepFailure } from './result.ts';

/** How a terminal shows parts of a text; elsewhere they stay as they are. */
export interface Paint {
  readonly expected: (text: string) => string;
  readonly actual: (text: string) => string;
  readonly aside: (text: string) => string;
}

const PLAIN: Paint = { expected: text => text, actual: text => text, aside: text => text };

/** What goes wrong after three steps is nearly always what went wrong in them. */
const STEPS_SHOWN = 3;

export function failureLines({ scenario, failures }: ScenarioResult, zone: Zone, paint = PLAIN): string[] {
  const lines = failures
    .slice(0, STEPS_SHOWN)
    .flatMap(failure => [
      `${formatPosition(failure.step.where)}: step ${failure.number} of ${scenario.steps.length}, ${stepText(failure.step, zone)}`,
      ...tableOf(failure, paint),
      ...failure.told.map(sentence => paint.aside(`    ${sentence}`)),
    ]);
  const more = failures.length - STEPS_SHOWN;
  return more > 0 ? [...lines, `and ${more} more ${more === 1 ? 'step' : 'steps'}`] : lines;
}

/** `pay is 37.00, not 0.00; reason is fare-paid, not free-transfer`. */
export function missText({ misses }: StepFailure): string {
  return misses.map(({ key, expected, actual }) => `${key} is ${actual}, not ${expected}`).join('; ');
}

function tableOf({ misses }: StepFailure, paint: Paint): string[] {
  const rows = [{ key: '', expected: 'expected', actual: 'actual' }, ...misses];
  const width = (column: 'key' | 'expected') => Math.max(...rows.map(row => row[column].length));
  const [keys, expecteds] = [width('key'), width('expected')];
  return rows.map(({ key, expected, actual }) => {
    const said = [paint.expected(expected.padEnd(expecteds)), paint.actual(actual)].join('  ');
    return `    ${key.padEnd(keys)}  ${said}`;
  });
}

/** `2026-03-02 08:29:59, anna enters, line b1, stop mill`. */
function stepText({ atMs, card, does = 'enter', line, network, stop, to, trip }: Step, zone: Zone): string {
  const where = Object.entries({ line, network, stop, to, trip }).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name} ${value}`],
  );
  const at = formatLocal(zone, atMs).slice(0, 19).replace('T', ' ');
  return [at, [card, DOES[does]].filter(Boolean).join(' '), ...where].join(', ');
}

const DOES = {
  enter: 'enters',
  leave: 'leaves',
  load: 'loads money',
  nothing: 'does nothing',
  paid: 'has paid',
  refused: 'is refused',
} as const satisfies Record<NonNullable<Step['does']>, string>;
