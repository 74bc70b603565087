/** Makes dist/tura.js, the program `tura`, and dist/fare.js, the library `tura/fare`. */
import { bundle } from './bundle.ts';
import { library } from './library.ts';

const { chunks, bytes } = await bundle('dist');
process.stdout.write(`dist/tura.js and ${chunks} chunks, ${Math.round(bytes / 1024)} kB\n`);
await library('dist');
process.stdout.write('dist/fare.js and its types\n');
