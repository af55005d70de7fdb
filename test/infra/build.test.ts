import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import test, { after, before } from 'node:test';
import { pathToFileURL } from 'node:url';
import { build, type BuildPaths, functionSizes } from '../../build.ts';

const sources = {
  'lambdas/greet/index.ts': `
    import { greeting } from '@parley/core/domain/greeting.ts';
    import { load } from '@parley/core/registry.ts';
    import type { Never } from '@parley/core/domain/types-only.ts';
    export const handler = async (name: Never) => [greeting(name), await load()];`,
  'lambdas/sign/index.ts': `
    import { signed } from '@parley/core/sign.ts';
    import { greeting } from '@parley/core/domain/greeting.ts';
    export const handler = async () => signed(greeting('sign'));`,
  'core/domain/greeting.ts': `import { hello } from './hello.ts'; export const greeting = (name: string) => hello + ' ' + name;`,
  'core/domain/hello.ts': `export const hello = 'hello from the shared layer';`,
  'core/domain/types-only.ts': `export type Never = string;`,
  'core/domain/unused.ts': `export const unused = 'nobody imports this';`,
  'core/registry.ts': `export const load = async () => (await import('./lazy/index.ts')).lazy;`,
  'core/lazy/index.ts': `import { hello } from '../domain/hello.ts'; export const lazy = hello + ', later';`,
  'core/sign.ts': `
    import aws4 from 'aws4';
    import { marshall } from '@aws-sdk/util-dynamodb';
    import { S3Client } from '@aws-sdk/client-s3';
    export const signed = (path: string) => ({
      signature: aws4.sign({ service: 's3', path: '/' + path.length }, { accessKeyId: 'a', secretAccessKey: 'b' }).headers.Authorization,
      item: marshall({ path }),
      client: typeof S3Client,
    });`,
};

const folder = mkdtempSync(join(tmpdir(), 'parley-build-'));
const paths: BuildPaths = { lambdas: join(folder, 'lambdas'), core: join(folder, 'core'), out: join(folder, 'dist') };
// the layer is mounted at /opt on Lambda
const mount = registerHooks({
  resolve: (specifier, context, next) =>
    next(
      specifier.startsWith('/opt/') ? pathToFileURL(join(paths.out, 'layer', specifier.slice(5))).href : specifier,
      context,
    ),
});

before(async () => {
  for (const [path, text] of Object.entries(sources)) write(join(folder, path), text);
  symlinkSync(join(import.meta.dirname, '../../node_modules'), join(folder, 'node_modules'));
  await build(paths);
});

after(() => {
  mount.deregister();
  rmSync(folder, { recursive: true, force: true });
});

test('a function runs with shared code from the layer and loads the rest when it is asked for', async () => {
  const handler = await handlerOf('greet');
  assert.deepEqual(await handler('Ada'), ['hello from the shared layer Ada', 'hello from the shared layer, later']);
});

test('CommonJS packages and SDK helpers are bundled, SDK clients are left to the runtime', async () => {
  const answer = Object(await (await handlerOf('sign'))(''));
  assert.match(answer.signature, /^AWS4-HMAC-SHA256 Credential=a/);
  assert.deepEqual(answer.item, { path: { S: 'hello from the shared layer sign' } });
  assert.equal(answer.client, 'function');
  const text = readFileSync(join(paths.out, 'layer/nodejs/core/sign.mjs'), 'utf8');
  assert.deepEqual(
    [...text.matchAll(/from"([^".]+)"/g)].map((match) => match[1]),
    ['@aws-sdk/client-s3'],
  );
  assert.doesNotMatch(text, /createRequire/);
});

test('the layer holds what functions import by name, chunks, and nothing else', () => {
  const files = filesOf(join(paths.out, 'layer/nodejs/core')).filter((file) => !file.startsWith('chunks/'));
  assert.deepEqual(files, ['domain/greeting.mjs', 'registry.mjs', 'sign.mjs']);
  const all = filesOf(paths.out).map((file) => readFileSync(join(paths.out, file), 'utf8'));
  assert.equal(
    all.filter((text) => text.includes('hello from the shared layer') && !text.includes('"inputs"')).length,
    1,
  );
});

test('the same sources give the same bytes', async () => {
  const snapshot = () => filesOf(paths.out).map((file) => [file, readFileSync(join(paths.out, file), 'utf8')]);
  const first = snapshot();
  await build(paths);
  assert.deepEqual(snapshot(), first);
});

test('a size is the own bundle plus the files of the layer that load with it', async () => {
  const [greet, sign] = await functionSizes(paths.out);
  assert.equal(greet?.name, 'greet');
  assert.equal(greet.own, readFileSync(join(paths.out, 'functions/greet/index.mjs')).length);
  assert.ok(greet.shared > 50 && greet.shared < 2_000, String(greet.shared));
  assert.deepEqual(
    Object.keys(greet.lazy).map((file) => file.replace(/-[A-Z0-9]+/, '')),
    ['chunks/lazy.mjs'],
  );
  assert.ok(Object.values(greet.lazy).every((bytes) => bytes > 20 && bytes < 500));
  assert.ok(sign && sign.shared > 5_000 && sign.shared < 60_000, String(sign?.shared));
});

test('a build without anything to share makes an empty layer', async () => {
  const lone: BuildPaths = { ...paths, lambdas: join(folder, 'lone'), out: join(folder, 'lone-dist') };
  write(join(lone.lambdas, 'only/index.ts'), `export const handler = async () => 1;`);
  await build(lone);
  assert.deepEqual(filesOf(lone.out), ['functions/only/index.mjs', 'meta.json']);
});

test('a package that finds files of its own lies beside the function that imports it, in its build for every machine', async () => {
  const own: BuildPaths = { ...paths, lambdas: join(folder, 'own'), out: join(folder, 'own-dist') };
  write(join(own.lambdas, 'draw/index.ts'), `export const handler = async () => (await import('sharp')).default;`);
  write(join(own.lambdas, 'other/index.ts'), `export const handler = async () => 1;`);
  await build(own);
  const packages = new Set(
    filesOf(join(own.out, 'functions/draw/node_modules')).map((file) => /^(@[^/]+\/)?[^/]+/.exec(file)?.[0]),
  );
  for (const needed of ['sharp', '@img/sharp-wasm32', '@emnapi/runtime', 'detect-libc', 'semver'])
    assert.ok(packages.has(needed), needed);
  assert.deepEqual(
    [...packages].filter((name) => /^@img\/sharp-(?!wasm32)/.test(String(name))),
    [],
  );
  assert.deepEqual(filesOf(join(own.out, 'functions/other')), ['index.mjs']);
  // out of reach of what is installed here, as on Lambda
  const alone = mkdtempSync(join(tmpdir(), 'parley-alone-'));
  cpSync(join(own.out, 'functions/draw'), alone, { recursive: true });
  const script = `(await import('${alone}/index.mjs')).handler().then((sharp) => console.log(sharp.versions.emscripten))`;
  const drawn = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  rmSync(alone, { recursive: true, force: true });
  assert.match(drawn.stdout, /^\d+\.\d+/, drawn.stderr);
});

test('an import that does not resolve fails the build', async () => {
  const broken: BuildPaths = { ...paths, lambdas: join(folder, 'broken'), out: join(folder, 'broken-dist') };
  write(join(broken.lambdas, 'wrong/index.ts'), `export { handler } from '@parley/core/not-there.ts';`);
  await assert.rejects(build(broken), /not-there/);
});

async function handlerOf(name: string): Promise<(event: unknown) => Promise<unknown>> {
  const module: { handler: (event: unknown) => Promise<unknown> } = await import(
    join(paths.out, 'functions', name, 'index.mjs')
  );
  return module.handler;
}

function filesOf(path: string): string[] {
  const entries = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return entries.map((entry) => join(entry.parentPath, entry.name).slice(path.length + 1)).sort();
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
