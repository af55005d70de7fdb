import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { manifests } from '@parley/core/channels/manifests.ts';
import { build, functionSizes, type FunctionSize } from '../../build.ts';

/** A webhook's cold start is the customer's first message: what it loads beyond the runtime is kept this small. */
const MOST_BYTES = 60 * 1024;

const root = join(import.meta.dirname, '../..');
let out = '';
let webhook: FunctionSize | undefined;

before(async () => {
  out = await mkdtemp(join(tmpdir(), 'parley-sizes-'));
  await build({ lambdas: join(root, 'lambdas'), core: join(root, 'layers/core/src'), out });
  webhook = (await functionSizes(out)).find(({ name }) => name === 'webhook');
});

after(() => rm(out, { recursive: true, force: true }));

for (const { name } of manifests.filter(({ inbound }) => inbound)) {
  test(`the webhook function of ${name} loads at most ${MOST_BYTES} bytes`, (context) => {
    assert.ok(webhook);
    const { own, shared, lazy } = webhook;
    const parts = Object.entries(lazy).filter(([file]) => file.startsWith(`chunks/${name}-`));
    assert.equal(parts.length, 1, `the chunk of ${name} among ${Object.keys(lazy).join(', ')}`);
    const channel = parts[0]?.[1] ?? Number.NaN;
    const total = own + shared + channel;
    context.diagnostic(`${name}: ${total} bytes = own ${own} + shared ${shared} + channel ${channel}`);
    assert.ok(total <= MOST_BYTES, `${total} bytes: own ${own}, shared ${shared}, channel ${channel}`);
  });
}

/** Valibot is one file, and chunks are made of whole files: what one module uses of it, every function loads. */
const vocabulary = [
  'array',
  'boolean',
  'check',
  'custom',
  'fallback',
  'lazy',
  'literal',
  'looseObject',
  'nullable',
  'optional',
  'picklist',
  'pipe',
  'safeParse',
  'string',
  'transform',
  'union',
  'unknown',
];

test('the layer keeps to few functions of Valibot', () => {
  const used = globSync('layers/core/src/**/*.ts', { cwd: root }).flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8');
    assert.doesNotMatch(text, /^import \{[^}]*\} from 'valibot'/m, `${file}: import * as v from 'valibot'`);
    return text.includes(`from 'valibot'`) ? [...text.matchAll(/\bv\.([a-z]\w*)/g)].map(([, name]) => name) : [];
  });
  assert.deepEqual(new Set(used), new Set(vocabulary));
});
