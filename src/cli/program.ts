/** The commands: one file each, loaded only when it is asked for. */
import { Command, CommanderError } from 'commander';
import { createOutput, sayFault } from './output.ts';
import { VERSION } from './version.ts';

export interface CommandModule {
  /** Adds options, arguments, examples and the action to the empty command. */
  describe(command: Command): void;
}

/** name -> what it does, and where it is. The order is that of `tura --help`. */
const COMMANDS: Readonly<
  Record<string, { readonly summary: string; readonly load: () => Promise<CommandModule> }>
> = {
  run: { summary: 'be a validator', load: () => import('./run.ts') },
  demo: {
    summary: 'a bus, a tram, cards and a collector, with no hardware',
    load: () => import('./demo.ts'),
  },
  stops: { summary: 'GTFS to SQLite; the nearest stops', load: () => import('./stops.ts') },
  stoplist: { summary: 'blocked cards: build, apply, verify, look up', load: () => import('./stoplist.ts') },
  actions: {
    summary: 'what is to be done to cards in the field: build, apply, verify, look up',
    load: () => import('./actions.ts'),
  },
  card: { summary: 'which applications a card shows', load: () => import('./card.ts') },
  fare: { summary: 'what a journey costs', load: () => import('./fare.ts') },
  tariff: { summary: 'check a tariff folder', load: () => import('./tariff.ts') },
  bench: { summary: 'run the scenarios of tariffs', load: () => import('./bench.ts') },
  compare: { summary: 'what a change of a tariff would have cost', load: () => import('./compare.ts') },
  ticket: { summary: 'barcode tickets: issue, read', load: () => import('./ticket.ts') },
  inspect: { summary: "ask a vehicle's validators about cards", load: () => import('./inspect.ts') },
  driver: { summary: 'who may open a shift', load: () => import('./driver.ts') },
  settle: { summary: 'what the collected records come to', load: () => import('./settle.ts') },
  collect: { summary: 'the collector that vehicles upload to', load: () => import('./collect.ts') },
  doctor: {
    summary: 'what of reader, serial, clock, disk and link works, and the line that mends it',
    load: () => import('./doctor.ts'),
  },
};

/** Runs one command line and gives its exit code: 0 done, 1 the answer is 'no' or a fault, 2 bad usage or bad input. */
export async function tura(words: readonly string[]): Promise<number> {
  process.exitCode = undefined;
  try {
    const program = await programFor(words);
    await program.parseAsync(words, { from: 'user' });
    return Number(process.exitCode ?? 0);
  } catch (error) {
    // Help and version end here too, with code 0; commander has printed its own message already.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    return sayFault(error, createOutput(words.includes('--json')));
  }
}

async function programFor(words: readonly string[]): Promise<Command> {
  const program = new Command('tura')
    .description(
      'Validator firmware for buses and trams that runs anywhere Node runs, and the bench for their fares.',
    )
    .version(VERSION)
    // Or `stoplist build --version 7` would be asking for ours.
    .enablePositionalOptions()
    .configureHelp({ sortSubcommands: false })
    .showSuggestionAfterError()
    .exitOverride()
    .addHelpText('after', EXAMPLES);
  const [first, second] = words.filter(word => !word.startsWith('-'));
  const asked = first === 'help' ? second : first;
  for (const [name, { summary, load }] of Object.entries(COMMANDS)) {
    const command = program.command(name).description(summary);
    if (name === asked) (await load()).describe(command);
  }
  return program;
}

const EXAMPLES = `
Examples:
  tura demo --once                                   play the demo to its end
  tura run devices/rpi-acr122u.yaml --reader pcsc    be a validator with a USB reader
  tura stops import feed.zip --db stops.db           turn a GTFS feed into SQLite
  tura tariff check fixtures/tariffs/tyumen          find what is wrong with a tariff`;
