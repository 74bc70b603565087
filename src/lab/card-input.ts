/** The synthetic cards of a bench: who can be tapped. */
import { type CardFile, cardFileSchema, type SyntheticCard } from '../core/card/card-file.ts';
import { assert, refuseIfWrong, TuraError } from '../core/error.ts';
import { readYaml } from '../core/source/yaml.ts';
import { expectedOneOf } from '../core/suggest.ts';
import { readText } from '../disk/read-text.ts';

const EXPECTED = 'a card file: fixtures/cards.yaml shows one';

/** Throws `bad-input` with every problem of the file. */
export function readCardFile(file: string): CardFile {
  return parseCardFile(readCardText(file), file);
}

/** As it was written, to be added to. Throws `bad-input` for what cannot be read. */
export function readCardText(file: string): string {
  return readText(file, 'card file', EXPECTED);
}

export function parseCardFile(text: string, file: string): CardFile {
  const { value, problems } = readYaml(text, file, cardFileSchema);
  refuseIfWrong(problems);
  assert(value !== undefined, 'a card file without problems has a value');
  return value;
}

/** Throws `bad-input` for a name that is not among them, with the likely one. */
export function cardNamed(cards: readonly SyntheticCard[], name: string, file?: string): SyntheticCard {
  const card = cards.find(({ id }) => id === name);
  if (card !== undefined) return card;
  const ids = cards.map(({ id }) => id);
  const where = file === undefined ? '' : ` in ${file}`;
  throw new TuraError('bad-input', `no card '${name}'${where}`, { expected: expectedOneOf(name, ids) });
}
