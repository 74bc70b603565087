#!/usr/bin/env node
/** `tura`: one file a command, each loaded only when it is asked for. */
import { Command, CommanderError } from 'commander';
import { createOutput, sayFault } from './output.ts';
import { VERSION } from './version.ts';

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
  tariff: { summary: 'check a tariff folder', load: () => import('./tariff.ts') },
  collect: { summary: 'the collector that vehicles upload to', load: () => import('./collect.ts') },
};

export interface CommandModule {
  /** Adds options, arguments, examples and the action to the empty command. */
  describe(command: Command): void;
}

const program = new Command('tura')
  .description(
    'Validator firmware for buses and trams that runs anywhere Node runs, and the bench for their fares.',
  )
  .version(VERSION)
  .configureHelp({ sortSubcommands: false })
  .showSuggestionAfterError()
  .exitOverride()
  .addHelpText(
    'after',
    `
Examples:
  tura demo --once                                   play the demo to its end
  tura run devices/rpi-acr122u.yaml --reader pcsc    be a validator with a USB reader
  tura stops import feed.zip --db stops.db           turn a GTFS feed into SQLite
  tura tariff check fixtures/tariffs/tyumen          find what is wrong with a tariff`,
  );

const [asked] = process.argv.slice(2).filter(word => !word.startsWith('-'));
for (const [name, { summary, load }] of Object.entries(COMMANDS)) {
  const command = program.command(name).description(summary).exitOverride().showSuggestionAfterError();
  if (name === asked) (await load()).describe(command);
}

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}

function exitCodeOf(error: unknown): number {
  // Help and version end here too, with code 0; commander has printed its own message already.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  return sayFault(error, createOutput(process.argv.includes('--json')));
}
