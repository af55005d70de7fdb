import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { useLambdaModules } from '@parley/local/functions/module-hooks.ts';
import type { WorkerSettings } from '@parley/local/functions/protocol.ts';

// A fresh process that imports one bundle and says how many milliseconds that took, on the clock and of the processor (user time, all threads). Its argument names the folder, and the layers if there are any.
const { codeDir, layerDirs } = JSON.parse(process.argv[2] ?? '') as Pick<WorkerSettings, 'codeDir' | 'layerDirs'>;
useLambdaModules({ codeDir, layerDirs } as WorkerSettings);
const file = pathToFileURL(join(codeDir, 'index.mjs')).href;
const before = { clock: performance.now(), cpu: process.cpuUsage() };
await import(file);
const [clock, cpu] = [performance.now() - before.clock, process.cpuUsage(before.cpu).user / 1000];
console.log(JSON.stringify({ clock, cpu }));
process.exit();
