/** Which of the plugged-in readers is meant. A combined reader shows its SAM slot as a second one, so names decide. */

export interface PcscReader {
  readonly readerId: string;
  /** A part of the reader's PC/SC name, in any case, that is in no other's: `ACR122U`, `Interface 01 00`. */
  readonly name: string;
}

export type Choice =
  | { readonly kind: 'found'; readonly name: string }
  | { readonly kind: 'not-found'; readonly why: string; readonly mend: string };

interface Question {
  readonly wanted: PcscReader;
  /** The vehicle's further readers. */
  readonly others: readonly PcscReader[];
  /** The one in use: it stays in use when another one that would fit is plugged in. */
  readonly current: string | undefined;
}

const MEND_NAME = "write under 'name' in the device file what stands in that reader's name alone";
const MEND_PLUG = [
  'plug the reader in; where the kernel takes it first:',
  "echo 'install pn533_usb /bin/false' | sudo tee /etc/modprobe.d/tura-reader.conf && sudo rmmod pn533_usb",
].join(' ');

/**
 * A reader that fits two doors is nobody's, and a door that two readers fit has none, whatever the order things are
 * plugged in: a tap at the wrong door is worse than no tap.
 */
export function chooseReader({ wanted, others, current }: Question, names: readonly string[]): Choice {
  if (current !== undefined && names.includes(current)) return { kind: 'found', name: current };
  const fitting = names.filter(name => fits(wanted, name));
  const [first, ...more] = fitting.filter(name => !others.some(other => fits(other, name)));
  if (first === undefined) return refused(whyNone(wanted, others, names, fitting), names);
  if (more.length === 0) return { kind: 'found', name: first };
  return refused(`'${wanted.name}' fits several readers: ${quoted([first, ...more])}`, names);
}

function whyNone(
  wanted: PcscReader,
  others: readonly PcscReader[],
  names: readonly string[],
  fitting: readonly string[],
): string {
  const [contested] = fitting;
  if (contested !== undefined) {
    const claimants = [wanted, ...others].filter(reader => fits(reader, contested));
    return `'${contested}' fits ${claimants.map(reader => reader.readerId).join(' and ')}`;
  }
  const there = names.length === 0 ? ': none is plugged in' : `; plugged in: ${quoted(names)}`;
  return `no reader fits '${wanted.name}'${there}`;
}

function fits(reader: PcscReader, name: string): boolean {
  return name.toLowerCase().includes(reader.name.toLowerCase());
}

function refused(why: string, names: readonly string[]): Choice {
  return { kind: 'not-found', why, mend: names.length === 0 ? MEND_PLUG : MEND_NAME };
}

function quoted(names: readonly string[]): string {
  return names.map(name => `'${name}'`).join(', ');
}
