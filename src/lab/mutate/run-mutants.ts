/** Which changes of a tariff its scenarios notice: every mutant is compiled and played until one scenario fails. */
import type { Crypto } from '../../core/crypto.ts';
import { TuraError } from '../../core/error.ts';
import type { Tariffs } from '../../core/tariff/versions.ts';
import { Readings } from '../../gtfs/readings.ts';
import { readTariffFiles } from '../../gtfs/tariff-files.ts';
import { type Mutant, type TariffTexts, withMutant } from './mutant.ts';
import { whatDecides } from './what-decides.ts';

/** Does everything come out as this scenario expects it? */
export type Passes = (tariffs: Tariffs) => boolean;

/**
 * `stillborn`: no tariff any more. `same`: decides every fare as what it was made from does, so that nobody could notice.
 * `killed`: a scenario fails. `survived`: all of them pass.
 */
export type Fate = 'stillborn' | 'same' | 'killed' | 'survived';

export interface Judged {
  readonly mutant: Mutant;
  readonly fate: Fate;
}

/**
 * One after another, so that whoever asks may stop in between. `files` compile, and their scenarios pass; what throws
 * beside a `TuraError` is a defect.
 */
export function* judgeMutants(
  files: TariffTexts,
  mutants: readonly Mutant[],
  scenarios: readonly Passes[],
  crypto: Crypto,
): Generator<Judged> {
  const readings = new Readings();
  const compile = (texts: TariffTexts) => readTariffFiles(texts, 'tariff', crypto, readings).tariffs;
  const own = whatDecides(compile(files));
  // Who noticed the last change is likely to notice the next one, beside it.
  const eager = [...scenarios];
  for (const mutant of mutants) {
    const tariffs = compiled(() => compile(withMutant(files, mutant)));
    yield { mutant, fate: tariffs === undefined ? 'stillborn' : fateOf(tariffs, eager, own) };
  }
}

function compiled(compile: () => Tariffs): Tariffs | undefined {
  try {
    return compile();
  } catch (error) {
    if (error instanceof TuraError) return undefined;
    throw error;
  }
}

function fateOf(tariffs: Tariffs, eager: Passes[], own: string): Fate {
  const place = eager.findIndex(passes => !passes(tariffs));
  if (place === -1) return whatDecides(tariffs) === own ? 'same' : 'survived';
  eager.unshift(...eager.splice(place, 1));
  return 'killed';
}
