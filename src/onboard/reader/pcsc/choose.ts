/** Which of the plugged-in readers is meant. A combined reader shows its SAM slot as a second one, so names decide. */

export interface PcscReader {
  readonly readerId: string;
  /** Fits the PC/SC name of one reader and no other, e.g. `/ACR122U.* 00$/i`. */
  readonly name: RegExp;
}

export type Choice =
  | { readonly kind: 'found'; readonly name: string }
  | { readonly kind: 'not-found'; readonly why: string; readonly mend: string };

const MEND_PATTERN = 'give each reader in the device file a name pattern that fits it alone';
const MEND_PLUG = [
  'plug the reader in; where the kernel takes it first:',
  "echo 'install pn533_usb /bin/false' | sudo tee /etc/modprobe.d/tura-reader.conf && sudo rmmod pn533_usb",
].join(' ');

/**
 * `others` are the vehicle's further readers. A name that fits two patterns is nobody's, and two names that fit one
 * pattern are refused, both whatever the order things are plugged in: a tap at the wrong door is worse than none.
 * `current`, the reader in use, stays in use when another one that would fit is plugged in.
 */
export function chooseReader(
  {
    wanted,
    others,
    current,
  }: { wanted: PcscReader; others: readonly PcscReader[]; current?: string | undefined },
  names: readonly string[],
): Choice {
  if (current !== undefined && names.includes(current)) return { kind: 'found', name: current };
  const fitting = names.filter(name => fits(wanted, name));
  const own = fitting.filter(name => !others.some(other => fits(other, name)));
  const [first, second] = own;
  if (second !== undefined)
    return refused(`${wanted.name} fits several readers: ${quoted(own)}`, MEND_PATTERN);
  if (first !== undefined) return { kind: 'found', name: first };
  const [contested] = fitting;
  if (contested !== undefined) {
    const claimants = [wanted, ...others].filter(reader => fits(reader, contested));
    return refused(
      `'${contested}' fits ${claimants.map(reader => reader.readerId).join(' and ')}`,
      MEND_PATTERN,
    );
  }
  if (names.length === 0) return refused(`no reader fits ${wanted.name}: none is plugged in`, MEND_PLUG);
  return refused(`no reader fits ${wanted.name}; plugged in: ${quoted(names)}`, MEND_PATTERN);
}

/** `search` and not `test`, which a pattern with the g flag answers differently the second time. */
function fits(reader: PcscReader, name: string): boolean {
  return name.search(reader.name) !== -1;
}

function refused(why: string, mend: string): Choice {
  return { kind: 'not-found', why, mend };
}

function quoted(names: readonly string[]): string {
  return names.map(name => `'${name}'`).join(', ');
}
