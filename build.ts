import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { dirname, join } from 'node:path';
import { build as bundle, type BuildOptions, type Metafile, type Plugin } from 'esbuild';
import { copyPackages } from './build-packages.ts';
import { type BuildRecord, functionSizes, layerFolder, layerMount } from './build-sizes.ts';

/** Where the sources are and where the bundles go. Absolute paths. */
export interface BuildPaths {
  /** holds one folder per function, each with an index.ts */
  lambdas: string;
  /** what '@parley/core/' stands for; its channels/ has one folder per channel, each with an index.ts */
  core: string;
  /** gets layer/, functions/ and meta.json */
  out: string;
}

const project: BuildPaths = {
  lambdas: join(import.meta.dirname, 'lambdas'),
  core: join(import.meta.dirname, 'layers/core/src'),
  out: join(import.meta.dirname, 'dist'),
};

/**
 * Bundles the channels into one layer, and every function with what it uses of the rest: a function loads a few files that hold nothing but its own.
 * Throws when anything does not resolve.
 */
export async function build(paths: BuildPaths = project): Promise<void> {
  await Promise.all(['layer', 'functions'].map((part) => rm(join(paths.out, part), { recursive: true, force: true })));
  const layer = await bundleLayer(paths);
  const functions = await bundleFunctions(paths);
  await addPackages(paths, functions);
  await writeFile(join(paths.out, 'meta.json'), JSON.stringify({ functions, layer } satisfies BuildRecord));
}

/**
 * Packages that find files of their own when they run, each with what it loads by name: they lie beside the function that imports them.
 * The WebAssembly build of sharp is one for every processor, so that what is tested here is what runs on arm64.
 */
const unbundled: Record<string, string[]> = { sharp: ['@img/sharp-wasm32'] };

type Outputs = Metafile['outputs'];

const common = {
  bundle: true,
  format: 'esm',
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
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

async function bundleFunctions(paths: BuildPaths): Promise<Outputs> {
  const built = await Promise.all((await foldersIn(paths.lambdas)).map((name) => bundleFunction(paths, name)));
  return Object.assign({}, ...built);
}

async function bundleFunction(paths: BuildPaths, name: string): Promise<Outputs> {
  const { metafile } = await bundle({
    ...common,
    absWorkingDir: paths.out,
    entryPoints: [join(paths.lambdas, name, 'index.ts')],
    outdir: await folder(paths.out, 'functions', name),
    plugins: [core(paths), channelsInLayer, builtinsForCommonJs],
  });
  return metafile.outputs;
}

async function bundleLayer(paths: BuildPaths): Promise<Outputs> {
  const channels = join(paths.core, 'channels');
  const names = (await foldersIn(channels)).filter((name) => existsSync(join(channels, name, 'index.ts')));
  const { metafile } = await bundle({
    ...common,
    absWorkingDir: paths.out,
    entryPoints: names.map((name) => join(channels, name, 'index.ts')),
    outbase: paths.core,
    outdir: await folder(paths.out, layerFolder),
    plugins: [builtinsForCommonJs],
  });
  return metafile.outputs;
}

async function foldersIn(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true });
  return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
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

/** What '@parley/core/a/b.ts' stands for, wherever the sources lie. */
function core(paths: BuildPaths): Plugin {
  return {
    name: 'core',
    setup: (esbuild) => {
      esbuild.onResolve({ filter: /^@parley\/core\// }, ({ path }) => ({
        path: join(paths.core, path.slice('@parley/core/'.length)),
      }));
    },
  };
}

/** How the registry names a channel's code: here, where it lies beside it, and on Lambda, where it lies in the layer. */
const here = '`./${name}/index.ts`';
const onLambda = `\`${layerMount}channels/\${name}/index.mjs\``;

const channelsInLayer: Plugin = {
  name: 'channels-in-layer',
  setup: (esbuild) => {
    esbuild.onLoad({ filter: /\/channels\/registry\.ts$/ }, async ({ path }) => {
      const contents = await readFile(path, 'utf8');
      if (!contents.includes(here)) return { errors: [{ text: `${path} does not import ${here}` }] };
      return { contents: contents.replace(here, onLambda), loader: 'ts' };
    });
  },
};

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

if (import.meta.main) {
  await build();
  const sizes = await functionSizes();
  console.table(sizes.map(({ name, start, lazy }) => ({ name, start, 'largest import()': largest(lazy) })));
}

function largest(bytes: Record<string, number>): number {
  return Math.max(0, ...Object.values(bytes));
}
