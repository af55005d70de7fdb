import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import test, { after, before } from 'node:test';
import { gzipSync } from 'node:zlib';
import { manifests } from '@parley/core/channels/manifests.ts';
import { makeProduct, pages } from '@parley/local/product.ts';
import { build } from '../../build.ts';
import { channelSizes, functionSizes, type BuildRecord, type FunctionSize } from '../../build-sizes.ts';

/** A webhook's cold start is the customer's first message: what it loads beyond the runtime is kept this small, as `bench/sizes.ts` counts it. */
const MOST_OF_A_WEBHOOK = 60_000;

/** Minified bytes that each function may load when it starts: a little more than it does. What seldom is needed belongs behind an `import()`. */
const most: Record<string, number> = {
  admin: 6_000,
  api: 28_000,
  broadcast: 31_000,
  dispatch: 13_000,
  health: 22_000,
  mail: 45_000,
  media: 58_000,
  project: 48_000,
  redirect: 10_000,
  scheduler: 24_000,
  sender: 68_000,
  socket: 9_500,
  webhook: 32_000,
};

const root = join(import.meta.dirname, '../..');
let out = '';
let functions: Record<string, FunctionSize> = {};
let channels: Record<string, number> = {};

before(async () => {
  out = await mkdtemp(join(tmpdir(), 'parley-sizes-'));
  await build({ lambdas: join(root, 'lambdas'), core: join(root, 'layers/core/src'), out });
  functions = Object.fromEntries((await functionSizes(out)).map((size) => [size.name, size]));
  channels = await channelSizes(out);
});

after(() => rm(out, { recursive: true, force: true }));

test('every function has its bound', () => {
  assert.deepEqual(Object.keys(functions), Object.keys(most));
});

for (const [name, bytes] of Object.entries(most)) {
  test(`the ${name} function starts with at most ${bytes} bytes`, () => {
    const start = functions[name]?.start ?? Number.NaN;
    assert.ok(start <= bytes, `${start} bytes`);
  });
}

for (const { name } of manifests.filter(({ inbound }) => inbound)) {
  test(`the webhook function of ${name} loads at most ${MOST_OF_A_WEBHOOK} bytes`, () => {
    const common = functions['webhook']?.start ?? Number.NaN;
    const channel = channels[name] ?? Number.NaN;
    assert.ok(common + channel <= MOST_OF_A_WEBHOOK, `${common + channel} bytes: channel ${channel}`);
  });
}

/** Gzipped bytes of JavaScript before an agent who reads English sees the inbox. */
const MOST_OF_THE_INBOX = 120_000;

test(`the inbox loads at most ${MOST_OF_THE_INBOX} bytes of JavaScript for its first screen`, async () => {
  await makeProduct();
  const words = globSync('assets/en-*.js', { cwd: pages }).map((file) => basename(file));
  const files = withImports([...scriptsIn(readFileSync(join(pages, 'index.html'), 'utf8')), ...words]);
  const bytes = files.reduce((sum, file) => sum + gzipSync(readFileSync(join(pages, 'assets', file))).length, 0);
  assert.ok(bytes <= MOST_OF_THE_INBOX, `${bytes} bytes: ${files.join(', ')}`);
  assert.equal(words.length, 1);
});

/** With what each names at its beginning; what comes by an `import()` is asked for later. */
function withImports(files: string[]): string[] {
  const all = new Set(files);
  for (const file of all) {
    const code = readFileSync(join(pages, 'assets', file), 'utf8');
    for (const [, name = ''] of code.matchAll(/(?:from|import)\s*["']\.\/([\w-]+\.js)["']/g)) all.add(name);
  }
  return [...all];
}

function scriptsIn(html: string): string[] {
  return [...html.matchAll(/\/assets\/([\w-]+\.js)"/g)].flatMap(([, name]) => name ?? []);
}

/** Valibot is one file, and chunks are made of whole files: what one channel uses of it, every function that serves a channel loads. */
const vocabulary = [
  'array',
  'boolean',
  'check',
  'custom',
  'fallback',
  'literal',
  'looseObject',
  'optional',
  'picklist',
  'pipe',
  'safeParse',
  'string',
  'transform',
  'union',
  'unknown',
];

test('what is in the layer keeps to few functions of Valibot', () => {
  const { layer }: BuildRecord = JSON.parse(readFileSync(join(out, 'meta.json'), 'utf8'));
  const inputs = new Set(Object.values(layer).flatMap((output) => Object.keys(output.inputs)));
  const files = [...inputs]
    .map((input) => resolve(out, input))
    .filter((file) => file.startsWith(join(root, 'layers/')));
  const used = files.flatMap((file) => {
    const text = readFileSync(file, 'utf8');
    return text.includes(`from 'valibot'`) ? [...text.matchAll(/\bv\.([a-z]\w*)/g)].map(([, name]) => name) : [];
  });
  assert.deepEqual(new Set(used), new Set(vocabulary));
});

test('Valibot is imported under one name, so that what is used of it can be seen', () => {
  for (const file of globSync('{lambdas,layers/core/src}/**/*.ts', { cwd: root }))
    assert.doesNotMatch(readFileSync(join(root, file), 'utf8'), /^import \{[^}]*\} from 'valibot'/m, file);
});
