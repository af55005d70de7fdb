import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { build as bundle, type BuildOptions, type Metafile, type Plugin } from 'esbuild';
import { copyPackages } from './build-packages.ts';

/** Where the sources are and where the bundles go. Absolute paths. */
export interface BuildPaths {
  /** holds one folder per function, each with an index.ts */
  lambdas: string;
  /** what '@parley/core/' stands for */
  core: string;
  /** gets layer/, functions/ and meta.json */
  out: string;
}

/** What one function loads, in minified bytes. The AWS SDK clients are the runtime's and not counted. */
export interface FunctionSize {
  name: string;
  /** its own bundle */
  own: number;
  /** files of the layer that load with it */
  shared: number;
  /** what each `import()` adds when it runs, by file of the layer */
  lazy: Record<string, number>;
}

/** A function finds the layer here. The path is absolute because a bare name would need a node_modules folder in the layer. */
const layerMount = '/opt/nodejs/core/';

const project: BuildPaths = {
  lambdas: join(import.meta.dirname, 'lambdas'),
  core: join(import.meta.dirname, 'layers/core/src'),
  out: join(import.meta.dirname, 'dist'),
};

/** Bundles every function, and the shared modules they import into one layer. Throws when anything does not resolve. */
export async function build(paths: BuildPaths = project): Promise<void> {
  await Promise.all(['layer', 'functions'].map((part) => rm(join(paths.out, part), { recursive: true, force: true })));
  const shared = new Set<string>();
  const functions = await bundleFunctions(paths, shared);
  await addPackages(paths, functions.outputs);
  const layer = await bundleLayer(paths, [...shared].sort());
  await writeFile(join(paths.out, 'meta.json'), JSON.stringify({ functions, layer } satisfies BuildRecord));
}

/** The sizes of the last build, sorted by function. Reads what `build` wrote. */
export async function functionSizes(out: string = project.out): Promise<FunctionSize[]> {
  const { functions, layer }: BuildRecord = JSON.parse(await readFile(join(out, 'meta.json'), 'utf8'));
  const graph = { ...functions.outputs, ...layer.outputs };
  return Object.keys(functions.outputs).map((file) => sizeOf(file, graph));
}

type Outputs = Metafile['outputs'];

interface BuildRecord {
  functions: Metafile;
  layer: Metafile;
}

/**
 * Packages that find files of their own when they run, each with what it loads by name: they lie beside the function that imports them.
 * The WebAssembly build of sharp is one for every processor, so that what is tested here is what runs on arm64.
 */
const unbundled: Record<string, string[]> = { sharp: ['@img/sharp-wasm32'] };

const common = {
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  // the bundler does not know that Node has them, and what it writes instead can't be shaken out
  supported: { 'regexp-unicode-property-escapes': true },
  minify: true,
  charset: 'utf8',
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
  // the ESM build of a package can be tree-shaken, its CommonJS build cannot
  mainFields: ['module', 'main'],
  // clients come with the Lambda runtime; helpers such as @aws-sdk/util-dynamodb are bundled
  external: ['@aws-sdk/client-*', ...Object.keys(unbundled)],
  outExtension: { '.js': '.mjs' },
} satisfies BuildOptions;

async function bundleFunctions(paths: BuildPaths, shared: Set<string>): Promise<Metafile> {
  const folders = await readdir(paths.lambdas, { withFileTypes: true });
  const names = folders.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const { metafile } = await bundle({
    ...common,
    absWorkingDir: paths.out,
    entryPoints: names.sort().map((name) => join(paths.lambdas, name, 'index.ts')),
    outbase: paths.lambdas,
    outdir: await folder(paths.out, 'functions'),
    plugins: [coreFromLayer(shared), builtinsForCommonJs],
  });
  return metafile;
}

async function bundleLayer(paths: BuildPaths, modules: string[]): Promise<Metafile> {
  const { metafile } = await bundle({
    ...common,
    absWorkingDir: paths.out,
    entryPoints: modules.map((module) => join(paths.core, module)),
    outbase: paths.core,
    outdir: await folder(paths.out, 'layer/nodejs/core'),
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    plugins: [builtinsForCommonJs],
  });
  return metafile;
}

async function addPackages(paths: BuildPaths, outputs: Outputs): Promise<void> {
  for (const [file, { imports }] of Object.entries(outputs)) {
    const packages = imports.flatMap(({ path }) => (path in unbundled ? [path, ...(unbundled[path] ?? [])] : []));
    if (packages.length > 0) await copyPackages(packages, paths.core, join(paths.out, dirname(file), 'node_modules'));
  }
}

async function folder(...path: string[]): Promise<string> {
  const whole = join(...path);
  await mkdir(whole, { recursive: true });
  return whole;
}

/** Points '@parley/core/a/b.ts' at the layer and notes which modules the layer has to hold. */
function coreFromLayer(shared: Set<string>): Plugin {
  return {
    name: 'core-from-layer',
    setup: (esbuild) => {
      esbuild.onResolve({ filter: /^@parley\/core\// }, ({ path }) => {
        const module = path.slice('@parley/core/'.length);
        shared.add(module);
        return { path: layerMount + module.replace(/\.ts$/, '.mjs'), external: true };
      });
    },
  };
}

/** `require('crypto')` inside a bundled CommonJS package, without a createRequire banner that every other file would pay for. */
const builtinsForCommonJs: Plugin = {
  name: 'builtins-for-commonjs',
  setup: (esbuild) => {
    esbuild.onResolve({ filter: /^[a-z:_/]+$/ }, ({ path, kind }) =>
      kind === 'require-call' && isBuiltin(path) ? { path, namespace: 'builtin' } : undefined,
    );
    esbuild.onLoad({ filter: /./, namespace: 'builtin' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule(${JSON.stringify(path)})`,
    }));
  },
};

function sizeOf(file: string, graph: Outputs): FunctionSize {
  const loaded = reach([file], 'import-statement', graph);
  const own = bytesOf(new Set([file]), graph);
  const dynamic = [...loaded].flatMap((from) => importsOf(from, 'dynamic-import', graph));
  const added = (entry: string): number => bytesOf(reach([entry], 'import-statement', graph).difference(loaded), graph);
  return {
    name: file.split('/').at(-2) ?? file,
    own,
    shared: bytesOf(loaded, graph) - own,
    lazy: Object.fromEntries(dynamic.sort().map((entry) => [relative('layer/nodejs/core', entry), added(entry)])),
  };
}

function reach(start: string[], kind: string, graph: Outputs): Set<string> {
  const seen = new Set(start);
  for (const file of seen) for (const next of importsOf(file, kind, graph)) seen.add(next);
  return seen;
}

function importsOf(file: string, kind: string, graph: Outputs): string[] {
  const imports = graph[file]?.imports.filter((entry) => entry.kind === kind) ?? [];
  return imports.map(({ path }) => path.replace(layerMount, 'layer/nodejs/core/')).filter((path) => path in graph);
}

function bytesOf(files: Set<string>, graph: Outputs): number {
  return [...files].reduce((sum, file) => sum + (graph[file]?.bytes ?? 0), 0);
}

function largest(bytes: Record<string, number>): number {
  return Math.max(0, ...Object.values(bytes));
}

if (import.meta.main) {
  await build();
  const sizes = await functionSizes();
  console.table(sizes.map(({ name, own, shared, lazy }) => ({ name, own, shared, 'largest import()': largest(lazy) })));
}
