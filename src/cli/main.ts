#!/usr/bin/env node
import { outliveListeners } from './output.ts';
import { tura } from './program.ts';

outliveListeners();
process.exitCode = await tura(process.argv.slice(2));
