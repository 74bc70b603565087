/** One process of several that run suite files: takes the next when it is done, and says what each came to. */
import { runFile } from './run-file.ts';
import { written } from './tally.ts';

process.on('message', async (file: string) => {
  process.stdout.write(written(await runFile(file)));
});

// So that what tests remove at the end of their process is removed.
process.on('disconnect', () => process.exit());
