/**
 * What a driver can say: one table of commands for every terminal. A command is a few words typed, or the same as an
 * object: `shift open 4711 waybill 12`, `{"command":"shift open","driver":"4711","waybill":"12"}`.
 */
import type { Mode } from '../../core/record.ts';
import { expectedOneOf } from '../../core/suggest.ts';

export type Command =
  | { readonly kind: 'open-shift'; readonly driver: string; readonly waybill?: string; readonly pin?: string }
  | { readonly kind: 'close-shift' }
  | { readonly kind: 'mode'; readonly mode: Mode }
  | { readonly kind: 'choose'; readonly what: 'line' | 'trip' | 'stop'; readonly name: string }
  /** The trip that was offered last. */
  | { readonly kind: 'instead' }
  /** Absent: rides end wherever their fare takes them to. */
  | { readonly kind: 'destination'; readonly stopId?: string }
  | { readonly kind: 'riders'; readonly more: number }
  | { readonly kind: 'yes' }
  | { readonly kind: 'void' }
  /** Said by whatever hears the doors; without a door's id, all of them. */
  | { readonly kind: 'doors'; readonly open: boolean; readonly doorId?: string }
  | { readonly kind: 'state' }
  | { readonly kind: 'help' };

/** Not understood, and what would have been. */
export interface Misspelt {
  readonly kind: 'misspelt';
  readonly what: string;
  readonly expected: string;
}

type Words = Readonly<Record<string, string>>;

interface Form {
  /** Words that must follow, in their order, each by its name. */
  readonly takes?: readonly string[];
  /** Words that may follow in any order, each behind its name. */
  readonly with?: readonly string[];
  readonly example: string;
  readonly does: string;
  /** Undefined where the words are none that it takes. */
  readonly means: (words: Words) => Command | undefined;
}

const choosing = (what: 'line' | 'trip' | 'stop') => (words: Words) =>
  ({ kind: 'choose', what, name: words[what] ?? '' }) as const;
const doorsGo =
  (open: boolean) =>
  ({ door }: Words) =>
    ({ kind: 'doors', open, ...(door === undefined ? {} : { doorId: door }) }) as const;
const going = (mode: Mode) => () => ({ kind: 'mode', mode }) as const;

const FORMS: ReadonlyMap<string, Form> = new Map(
  Object.entries<Form>({
    'shift open': {
      takes: ['driver'],
      with: ['waybill', 'pin'],
      example: 'shift open 4711 waybill 12 pin 1234',
      does: 'begin your shift',
      means: ({ driver = '', ...more }) => ({ kind: 'open-shift', driver, ...more }),
    },
    'shift close': { example: 'shift close', does: 'end it', means: () => ({ kind: 'close-shift' }) },
    'service on': { example: 'service on', does: 'take taps', means: going('in-service') },
    'service off': { example: 'service off', does: 'take none', means: going('out-of-service') },
    'inspect on': {
      example: 'inspect on',
      does: 'say of cards what is paid, and charge nothing',
      means: going('inspection'),
    },
    'inspect off': { example: 'inspect off', does: 'take taps again', means: going('in-service') },
    line: { takes: ['line'], example: 'line 25', does: 'choose the line', means: choosing('line') },
    trip: { takes: ['trip'], example: 'trip 25-0730', does: 'choose the trip', means: choosing('trip') },
    instead: {
      example: 'instead',
      does: 'choose the trip that the vehicle seems to run instead',
      means: () => ({ kind: 'instead' }),
    },
    stop: { takes: ['stop'], example: 'stop cvetnoy-a', does: 'say where we stand', means: choosing('stop') },
    to: {
      takes: ['stop'],
      example: 'to dom-oborony',
      does: "say where rides from here end; 'to off' leaves it open",
      means: ({ stop = '' }) =>
        stop === 'off' ? { kind: 'destination' } : { kind: 'destination', stopId: stop },
    },
    rider: {
      takes: ['more'],
      example: 'rider +1',
      does: 'let the next card pay for one more',
      means: ({ more = '' }) =>
        /^\+?[1-9]$/.test(more) ? { kind: 'riders', more: Number(more) } : undefined,
    },
    yes: {
      example: 'yes',
      does: 'say it for the rider whose card lies there and was asked to pay by its bank application',
      means: () => ({ kind: 'yes' }),
    },
    void: { example: 'void', does: 'take the last ride back', means: () => ({ kind: 'void' }) },
    'doors open': {
      with: ['door'],
      example: 'doors open door 2',
      does: 'say for the door control that they opened: riders get on here',
      means: doorsGo(true),
    },
    'doors close': {
      with: ['door'],
      example: 'doors close',
      does: 'the same, that all of them are closed',
      means: doorsGo(false),
    },
    state: { example: 'state', does: 'say how we stand', means: () => ({ kind: 'state' }) },
    help: { example: 'help', does: 'say all this', means: () => ({ kind: 'help' }) },
  }),
);

const NAMES = [...FORMS.keys()];

/** No command is longer, nor is any of its words. */
export const MAX_COMMAND_CHARS = 256;

/** JSON may escape half of a surrogate pair, which has no bytes to be written down by, and what rewrites a log's lines. */
const NO_PLAIN_TEXT = /[\p{Surrogate}\p{Cc}]/u;

/** A line as a driver types it, without a slash before it. */
export function commandOfLine(line: string): Command | Misspelt {
  if (line.length > MAX_COMMAND_CHARS) return tooLong(line);
  const [first = '', second, ...rest] = line.split(/\s+/).filter(Boolean);
  const name = `${first} ${second ?? ''}`.trim();
  if (FORMS.has(name)) return commandOf(name, following(name, rest));
  const words = second === undefined ? [] : [second, ...rest];
  return FORMS.has(first) ? commandOf(first, following(first, words)) : unknownCommand(name);
}

/** The same as an object: its words by name. */
export function commandOfObject(value: unknown): Command | Misspelt {
  const expected = '{"command":"shift open","driver":"4711"}';
  if (typeof value !== 'object' || value === null) return misspelt('no object', expected);
  const { command, id: _theirs, ...more } = value as Readonly<Record<string, unknown>>;
  if (typeof command !== 'string') return misspelt("no 'command'", expected);
  if (command.length > MAX_COMMAND_CHARS) return tooLong(command);
  const form = FORMS.get(command);
  if (form === undefined) return unknownCommand(command);
  const names = [...(form.takes ?? []), ...(form.with ?? [])];
  const words: Record<string, string> = {};
  for (const [name, word] of Object.entries(more)) {
    if (!names.includes(name)) return misspelt(`${command}: no '${name}'`, expectedOneOf(name, names));
    const text = typeof word === 'number' ? String(word) : word;
    if (typeof text !== 'string' || text === '' || text.length > MAX_COMMAND_CHARS) {
      return misspelt(`${command}: '${name}' is no short text`, form.example);
    }
    words[name] = text;
  }
  return commandOf(command, words);
}

/** One line a command. */
export function helpLines(): readonly string[] {
  return [...FORMS.values()].map(({ example, does }) => `${example.padEnd(36)} ${does}`);
}

function following(name: string, words: readonly string[]): Words | Misspelt {
  const { takes = [], with: more = [], example = '' } = FORMS.get(name) ?? {};
  const found: Record<string, string> = {};
  const [own, named] = [words.slice(0, takes.length), words.slice(takes.length)];
  for (const [index, word] of own.entries()) found[takes[index] ?? ''] = word;
  for (let at = 0; at < named.length; at += 2) {
    const [key = '', word] = [named[at], named[at + 1]];
    if (!more.includes(key))
      return misspelt(`${name}: '${key}'`, more.length === 0 ? 'nothing more' : expectedOneOf(key, more));
    if (word === undefined) return misspelt(`${name}: nothing behind '${key}'`, example);
    found[key] = word;
  }
  return found;
}

function commandOf(name: string, words: Words | Misspelt): Command | Misspelt {
  if (isMisspelt(words)) return words;
  const broken = Object.keys(words).find(key => NO_PLAIN_TEXT.test(words[key] ?? ''));
  if (broken !== undefined)
    return misspelt(`${name}: '${broken}' is no plain text`, FORMS.get(name)?.example ?? '');
  const form = FORMS.get(name);
  const missing = form?.takes?.find(word => words[word] === undefined);
  const command = missing === undefined ? form?.means(words) : undefined;
  const what =
    missing === undefined ? `${name}: ${Object.values(words).join(' ')}` : `${name}: no ${missing}`;
  return command ?? misspelt(what, form?.example ?? '');
}

function isMisspelt(words: Words | Misspelt): words is Misspelt {
  return words.kind === 'misspelt';
}

function tooLong(command: string): Misspelt {
  return misspelt(`a command of ${command.length} characters`, 'a short one');
}

function unknownCommand(name: string): Misspelt {
  return misspelt(name === '' ? 'no command' : `no command '${name}'`, expectedOneOf(name, NAMES));
}

function misspelt(what: string, expected: string): Misspelt {
  return { kind: 'misspelt', what, expected };
}
