/** Colour only on a terminal, and not where NO_COLOR is set. picocolors alone would colour the log of every CI too. */
import { createColors } from 'picocolors';

const onTerminal = process.stdout.isTTY === true && process.stderr.isTTY === true;

export const colour = createColors(onTerminal && !process.env.NO_COLOR);
