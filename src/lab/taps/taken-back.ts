/**
 * Rides that their driver took back, known before the first of them is rated: whoever forgets a tap once it is rated
 * could not take it back when its void comes, and a file may hold a fleet's taps between the two.
 */
import { recordedVoid } from '../../core/fare/recorded.ts';
import { streamText } from '../../disk/read-text.ts';
import { Malformed } from '../../wire/malformed.ts';
import { parseRecordLine } from '../../wire/record/record.ts';
import { isRecords } from './fare-tap.ts';
import { LINE_CHARS } from './taps-lines.ts';

/**
 * Identity texts; none in a table, where a line that was not ridden is left out by whoever writes it. Throws `TuraError`
 * bad-input for a file that cannot be read; a line that is no record is told when the taps are read.
 */
export async function takenBackIn(file: string): Promise<ReadonlySet<string>> {
  const taken = new Set<string>();
  let rest: string | undefined;
  for await (const text of streamText(file, 'the taps', 'a file of CSV or NDJSON')) {
    if (rest === undefined && !isRecords(text)) return taken;
    const whole: string = (rest ?? '') + text;
    const end = whole.lastIndexOf('\n') + 1;
    // Few pieces hold one: the others are not cut into lines.
    if (whole.includes(VOID)) for (const line of whole.slice(0, end).split('\n')) take(line, taken);
    rest = whole.length - end > LINE_CHARS ? ENDLESS : whole.slice(end);
  }
  take(rest ?? '', taken);
  return taken;
}

const VOID = '"void"';

/** Stands for the beginning of a line that is too long to be a record, and makes what is left of it none. */
const ENDLESS = '-';

function take(line: string, taken: Set<string>): void {
  if (!line.includes(VOID)) return;
  try {
    const of = recordedVoid(parseRecordLine(line))?.of;
    if (of !== undefined) taken.add(of);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
  }
}
