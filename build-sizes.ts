import { readFile } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import type { Metafile } from 'esbuild';

/** What one function loads, in minified bytes. The AWS SDK clients are the runtime's and not counted. */
export interface FunctionSize {
  name: string;
  /** what loads when it starts */
  start: number;
  /** what each `import()` adds when it runs, by file */
  lazy: Record<string, number>;
}

/** What the bundler says of a build: `meta.json` in its folder. */
export interface BuildRecord {
  functions: Outputs;
  layer: Outputs;
}

type Outputs = Metafile['outputs'];

/** A function finds the layer here. The path is absolute because a bare name would need a node_modules folder in the layer. */
export const layerMount = '/opt/nodejs/core/';
export const layerFolder = 'layer/nodejs/core';

const dist = join(import.meta.dirname, 'dist');

/** The sizes of the functions of a build, sorted by name. */
export async function functionSizes(out: string = dist): Promise<FunctionSize[]> {
  const { functions } = await recordOf(out);
  const files = Object.keys(functions).filter((file) => /^functions\/[^/]+\/index\.mjs$/.test(file));
  return files.sort().map((file) => sizeOf(file, functions));
}

/** What each channel adds to a function that serves it. */
export async function channelSizes(out: string = dist): Promise<Record<string, number>> {
  const { layer } = await recordOf(out);
  const files = Object.keys(layer).filter((file) => file.startsWith(`${layerFolder}/channels/`));
  return Object.fromEntries(
    files.sort().map((file) => [basename(join(file, '..')), bytesOf(reach(file, layer), layer)]),
  );
}

async function recordOf(out: string): Promise<BuildRecord> {
  return JSON.parse(await readFile(join(out, 'meta.json'), 'utf8')) as BuildRecord;
}

function sizeOf(file: string, graph: Outputs): FunctionSize {
  const folder = join(file, '..');
  const loaded = reach(file, graph);
  const dynamic = [...loaded].flatMap((from) => importsOf(from, 'dynamic-import', graph));
  const added = (entry: string): number => bytesOf(reach(entry, graph).difference(loaded), graph);
  return {
    name: basename(folder),
    start: bytesOf(loaded, graph),
    lazy: Object.fromEntries(dynamic.sort().map((entry) => [relative(folder, entry), added(entry)])),
  };
}

/** A file, and what loads with it. */
function reach(file: string, graph: Outputs): Set<string> {
  const seen = new Set([file]);
  for (const each of seen) for (const next of importsOf(each, 'import-statement', graph)) seen.add(next);
  return seen;
}

function importsOf(file: string, kind: string, graph: Outputs): string[] {
  const imports = graph[file]?.imports.filter((entry) => entry.kind === kind) ?? [];
  return imports.map(({ path }) => path).filter((path) => path in graph);
}

function bytesOf(files: Set<string>, graph: Outputs): number {
  return [...files].reduce((sum, file) => sum + (graph[file]?.bytes ?? 0), 0);
}
