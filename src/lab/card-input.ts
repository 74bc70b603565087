/** The synthetic cards of a bench: who can be tapped. */
import { type CardFile, cardFileSchema } from '../core/card/card-file.ts';
import { assert, refuseIfWrong } from '../core/error.ts';
import { readYaml } from '../core/source/yaml.ts';
import { readText } from '../disk/read-text.ts';

const EXPECTED = 'a card file: fixtures/cards.yaml shows one';

/** Throws `bad-input` with every problem of the file. */
export function readCardFile(file: string): CardFile {
  return parseCardFile(readText(file, 'card file', EXPECTED), file);
}

export function parseCardFile(text: string, file: string): CardFile {
  const { value, problems } = readYaml(text, file, cardFileSchema);
  refuseIfWrong(problems);
  assert(value !== undefined, 'a card file without problems has a value');
  return value;
}
