/** The synthetic cards of a bench: who can be tapped. */
import { readFileSync } from 'node:fs';
import { type CardFile, cardFileSchema } from '../core/card/card-file.ts';
import { assert, refuseIfWrong } from '../core/error.ts';
import { readYaml } from '../core/source/yaml.ts';
import { diskFault } from '../disk/sqlite.ts';

/** Throws `bad-input` with every problem of the file. */
export function readCardFile(file: string): CardFile {
  try {
    return parseCardFile(readFileSync(file, 'utf8'), file);
  } catch (error) {
    throw diskFault(error, file, 'card file');
  }
}

export function parseCardFile(text: string, file: string): CardFile {
  const { value, problems } = readYaml(text, file, cardFileSchema);
  refuseIfWrong(problems);
  assert(value !== undefined, 'a card file without problems has a value');
  return value;
}
