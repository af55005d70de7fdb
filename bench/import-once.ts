import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { useLambdaModules } from '@parley/local/functions/module-hooks.ts';
import type { WorkerSettings } from '@parley/local/functions/protocol.ts';

// A fresh process that imports one bundle and says how many milliseconds that took. Its argument names the folder, and the layers if there are any.
const { codeDir, layerDirs } = JSON.parse(process.argv[2] ?? '') as Pick<WorkerSettings, 'codeDir' | 'layerDirs'>;
useLambdaModules({ codeDir, layerDirs } as WorkerSettings);
const file = pathToFileURL(join(codeDir, 'index.mjs')).href;
const before = performance.now();
await import(file);
console.log(performance.now() - before);
process.exit();
