import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import test, { after, before } from 'node:test';
import { pathToFileURL } from 'node:url';
import { build, type BuildPaths } from '../../build.ts';
import { channelSizes, functionSizes } from '../../build-sizes.ts';

const sources = {
  'lambdas/greet/index.ts': `
    import { greeting } from '@parley/core/domain/greeting.ts';
    import { loadChannel } from '@parley/core/channels/registry.ts';
    import type { Never } from '@parley/core/domain/types-only.ts';
    const farewell = async () => (await import('./farewell.ts')).farewell;
    export const handler = async (name: Never) => [greeting(name), await farewell(), await loadChannel('post')];`,
  'lambdas/greet/farewell.ts': `
    import { hello } from '@parley/core/domain/hello.ts';
    export const farewell = hello + ', and goodbye';`,
  'lambdas/sign/index.ts': `
    import { signed } from '@parley/core/sign.ts';
    import { greeting } from '@parley/core/domain/greeting.ts';
    export const handler = async () => signed(greeting('sign'));`,
  'core/domain/greeting.ts': `import { hello } from './hello.ts'; export const greeting = (name: string) => hello + ' ' + name;`,
  'core/domain/hello.ts': `export const hello = 'hello from the core';`,
  'core/domain/types-only.ts': `export type Never = string;`,
  'core/domain/unused.ts': `export const unused = 'nobody imports this';`,
  'core/channels/registry.ts':
    'export const loadChannel = async (name) => (await import(`./${name}/index.ts`)).channel;',
  'core/channels/post/index.ts': `
    import { stamp } from '../shared/stamp.ts';
    export const channel = 'a letter' + stamp;`,
  'core/channels/fax/index.ts': `
    import { stamp } from '../shared/stamp.ts';
    export const channel = 'a fax' + stamp;`,
  'core/channels/shared/stamp.ts': `export const stamp = ' with a stamp that channels share';`,
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

test('a function runs with its own part of the core, and loads the rest and its channel when it is asked for', async () => {
  const handler = await handlerOf('greet');
  assert.deepEqual(await handler('Ada'), [
    'hello from the core Ada',
    'hello from the core, and goodbye',
    'a letter with a stamp that channels share',
  ]);
});

test('CommonJS packages and SDK helpers are bundled, SDK clients are left to the runtime', async () => {
  const answer = Object(await (await handlerOf('sign'))(''));
  assert.match(answer.signature, /^AWS4-HMAC-SHA256 Credential=a/);
  assert.deepEqual(answer.item, { path: { S: 'hello from the core sign' } });
  assert.equal(answer.client, 'function');
  const text = readFileSync(join(paths.out, 'functions/sign/index.mjs'), 'utf8');
  assert.deepEqual(
    [...text.matchAll(/from"([^".]+)"/g)].map((match) => match[1]),
    ['@aws-sdk/client-s3'],
  );
  assert.doesNotMatch(text, /createRequire/);
});

test('the layer holds the channels and the chunks that they share, once', () => {
  const files = filesOf(join(paths.out, 'layer/nodejs/core'));
  const named = files.filter((file) => !file.startsWith('chunks/'));
  assert.deepEqual(named, ['channels/fax/index.mjs', 'channels/post/index.mjs']);
  const texts = files.map((file) => readFileSync(join(paths.out, 'layer/nodejs/core', file), 'utf8'));
  assert.equal(texts.filter((text) => text.includes('a stamp that channels share')).length, 1);
});

test('a function holds what it uses, once, and nothing of the channels', () => {
  for (const name of ['greet', 'sign'])
    assert.equal(textsOf(name).filter((text) => text.includes('hello from the core')).length, 1, name);
  assert.doesNotMatch(textsOf('greet').join('\n'), /nobody imports this|a letter|a stamp/);
});

test('the same sources give the same bytes', async () => {
  const snapshot = () => filesOf(paths.out).map((file) => [file, readFileSync(join(paths.out, file), 'utf8')]);
  const first = snapshot();
  await build(paths);
  assert.deepEqual(snapshot(), first);
});

test('a size is what loads at the start; what is imported later, and the channels, are told apart', async () => {
  const [greet, sign] = await functionSizes(paths.out);
  assert.equal(greet?.name, 'greet');
  const files = filesOf(join(paths.out, 'functions/greet'));
  const sizeOf = (file: string) => readFileSync(join(paths.out, 'functions/greet', file)).length;
  const [farewell = ''] = Object.keys(greet.lazy);
  assert.match(farewell, /^chunks\/farewell-/);
  assert.deepEqual(greet.lazy, { [farewell]: sizeOf(farewell) });
  const others = files.filter((file) => file !== farewell);
  assert.equal(
    greet.start,
    others.reduce((sum, file) => sum + sizeOf(file), 0),
  );
  assert.ok(sign && sign.start > 5_000 && sign.start < 60_000, String(sign?.start));
  const channels = await channelSizes(paths.out);
  assert.deepEqual(Object.keys(channels), ['fax', 'post']);
  assert.ok(Object.values(channels).every((bytes) => bytes > 100 && bytes < 500));
});

test('a registry that names its channels in another way fails the build', async () => {
  const odd: BuildPaths = {
    lambdas: join(folder, 'odd'),
    core: join(folder, 'odd-core'),
    out: join(folder, 'odd-dist'),
  };
  write(join(odd.core, 'channels/post/index.ts'), `export const channel = 1;`);
  write(join(odd.core, 'channels/registry.ts'), `export const load = () => import('./post/index.ts');`);
  write(join(odd.lambdas, 'only/index.ts'), `export { load } from '@parley/core/channels/registry.ts';`);
  await assert.rejects(build(odd), /registry\.ts does not import/);
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

function textsOf(name: string): string[] {
  const folder = join(paths.out, 'functions', name);
  return filesOf(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
}

function filesOf(path: string): string[] {
  const entries = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return entries.map((entry) => join(entry.parentPath, entry.name).slice(path.length + 1)).sort();
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
