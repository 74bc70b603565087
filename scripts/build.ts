/** Makes dist/tura.js, the program `tura`. */
import { bundle } from './bundle.ts';

const { chunks, bytes } = await bundle('dist');
process.stdout.write(`dist/tura.js and ${chunks} chunks, ${Math.round(bytes / 1024)} kB\n`);
