import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { startFunctions, type FunctionSettings, type Functions } from '@parley/local/functions/functions.ts';

test('an event and a result pass as JSON, and the context is that of Lambda', async (t) => {
  const { functions } = started(
    t,
    `export async function handler(event, context) {
    return { event, at: new Date(0), gone: undefined, left: context.getRemainingTimeInMillis(),
      name: context.functionName, memory: context.memoryLimitInMB, arn: context.invokedFunctionArn, id: context.awsRequestId };
  }`,
  );
  const result = await functions.invoke('f', { when: new Date(1), drop: undefined });
  assert.ok(result.ok);
  const { left, id, ...rest } = result.payload as Record<string, unknown>;
  assert.deepEqual(rest, {
    event: { when: '1970-01-01T00:00:00.001Z' },
    at: '1970-01-01T00:00:00.000Z',
    name: 'f',
    memory: '128',
    arn: 'arn:aws:lambda:us-east-1:000000000000:function:f',
  });
  assert.ok(Number(left) > 0 && Number(left) <= 2000);
  assert.match(String(id), /^[0-9a-f-]{36}$/);
});

test('a result without a JSON form is null', async (t) => {
  const { functions } = started(t, 'export const handler = async () => undefined');
  assert.deepEqual(await functions.invoke('f', {}), { ok: true, payload: null });
});

test('each environment has the variables of its function and none of this process', async (t) => {
  process.env['PARLEY_TEST_SECRET'] = 'leaked';
  t.after(() => delete process.env['PARLEY_TEST_SECRET']);
  const { functions } = started(t, 'export const handler = async () => process.env', {
    environment: { CHANNEL: 'sms' },
    logLevel: 'DEBUG',
  });
  const result = await functions.invoke('f', {});
  assert.ok(result.ok);
  const variables = result.payload as Record<string, string>;
  assert.equal(variables['CHANNEL'], 'sms');
  assert.equal(variables['AWS_ENDPOINT_URL_SQS'], 'http://127.0.0.1:1');
  assert.equal(variables['AWS_LAMBDA_FUNCTION_NAME'], 'f');
  assert.equal(variables['AWS_LAMBDA_LOG_GROUP_NAME'], '/aws/lambda/f');
  assert.equal(variables['AWS_LAMBDA_LOG_LEVEL'], 'DEBUG');
  assert.deepEqual(
    [variables['PARLEY_TEST_SECRET'], variables['NODE_OPTIONS'], variables['PATH']],
    [undefined, undefined, undefined],
  );
});

test('/opt/ is the layers, the AWS SDK is the runtime, another package must be in the bundle', async (t) => {
  const { functions } = started(
    t,
    `import { name } from '/opt/nodejs/core/name.mjs';
    import { SQSClient } from '@aws-sdk/client-sqs';
    export const handler = async ({ from }) => ({ name, sdk: SQSClient.name, other: from && (await import(from)) !== undefined })`,
  );
  assert.deepEqual(await functions.invoke('f', {}), { ok: true, payload: { name: 'second', sdk: 'SQSClient' } });
  const other = await functions.invoke('f', { from: 'zod/mini' });
  assert.ok(!other.ok);
  assert.match(other.errorMessage, /Cannot find package 'zod\/mini'/);
});

test('one environment takes one event at a time, and a third event waits for a free one', async (t) => {
  const { functions } = started(
    t,
    `let inside = 0, most = 0; const id = Math.random();
    export async function handler() { most = Math.max(most, ++inside); await new Promise((r) => setTimeout(r, 100)); inside--; return { id, most } }`,
  );
  const results = await Promise.all([1, 2, 3, 4].map((n) => functions.invoke('f', n)));
  const payloads = results.map((result) =>
    result.ok ? (result.payload as { id: number; most: number }) : assert.fail(),
  );
  assert.equal(new Set(payloads.map((payload) => payload.id)).size, 2);
  assert.deepEqual(new Set(payloads.map((payload) => payload.most)), new Set([1]));
});

test('an error of the handler is reported and the environment lives on', async (t) => {
  const { functions } = started(
    t,
    `let count = 0;
    export async function handler(event) { count++; if (event.fail) throw new TypeError('bad'); return count }`,
  );
  const failed = await functions.invoke('f', { fail: true });
  assert.ok(!failed.ok);
  assert.deepEqual([failed.errorType, failed.errorMessage], ['TypeError', 'bad']);
  assert.match(failed.trace?.join('\n') ?? '', /index\.mjs/);
  assert.deepEqual(await functions.invoke('f', {}), { ok: true, payload: 2 });
});

for (const [death, code, type, message] of [
  [
    'an uncaught exception',
    "setTimeout(() => { throw new RangeError('later') }); await new Promise(() => {})",
    'RangeError',
    /later/,
  ],
  [
    'an unhandled rejection',
    "void Promise.reject(new Error('lost')); await new Promise(() => {})",
    'Runtime.UnhandledPromiseRejection',
    /lost/,
  ],
  ['process.exit', 'process.exit(3)', 'Runtime.ExitError', /exit status 3/],
  ['time over in an endless loop', 'for (;;);', 'Sandbox.Timedout', /Task timed out after 2\.00 seconds/],
  [
    'no more memory',
    'const all = []; for (;;) { all.push(Array.from({ length: 1000 }, () => ({}))); await new Promise(setImmediate) }',
    'Runtime.OutOfMemory',
    /memory/,
  ],
] as const) {
  test(`${death} ends the environment, and the next event gets a new one`, async (t) => {
    const { functions } = started(
      t,
      `let count = 0;
      export async function handler(event) { count++; if (event.die) { ${code} } return count }`,
      { timeoutSeconds: type === 'Sandbox.Timedout' ? 2 : 60 },
    );
    assert.deepEqual(await functions.invoke('f', {}), { ok: true, payload: 1 });
    const died = await functions.invoke('f', { die: true });
    assert.ok(!died.ok);
    assert.equal(died.errorType, type);
    assert.match(died.errorMessage, message);
    assert.deepEqual(await functions.invoke('f', {}), { ok: true, payload: 1 });
  });
}

for (const [what, source, type] of [
  ['has a syntax error', 'export const handler = async ( => {}', 'Runtime.UserCodeSyntaxError'],
  ['exports no handler', 'export const other = 1', 'Runtime.HandlerNotFound'],
  [
    'takes a callback',
    'export const handler = (event, context, callback) => callback()',
    'Runtime.CallbackHandlerDeprecated',
  ],
  [
    'imports what the layers do not have',
    "import '/opt/nodejs/nothing.mjs'; export const handler = async () => 1",
    'Runtime.ImportModuleError',
  ],
  ['throws while it is imported', "throw new RangeError('no CHANNEL')", 'RangeError'],
] as const) {
  test(`a function that ${what} fails with ${type}`, async (t) => {
    const { functions } = started(t, source);
    await functions.warm(['f']);
    const result = await functions.invoke('f', {});
    assert.equal(!result.ok && result.errorType, type);
  });
}

test('what a function writes goes to the log with its name in front', async (t) => {
  const { functions, lines } = started(
    t,
    "export const handler = async () => { console.log('one\\ntwo'); console.error('three') }",
  );
  await functions.invoke('f', {});
  await functions.close();
  assert.deepEqual(lines.toSorted(), ['[f] one', '[f] three', '[f] two']);
});

test('closing ends what runs and what waits', async (t) => {
  const { functions } = started(t, 'export const handler = () => new Promise(() => {})');
  const pending = [1, 2, 3].map((n) => functions.invoke('f', n));
  await functions.warm(['f']);
  await functions.close();
  for (const result of await Promise.all(pending)) assert.equal(!result.ok && result.errorType, 'Runtime.ShutDown');
  await assert.rejects(functions.invoke('unknown', {}), /No function is named unknown/);
});

function started(
  t: TestContext,
  source: string,
  settings: Partial<FunctionSettings> = {},
): { functions: Functions; lines: string[] } {
  const folder = mkdtempSync(join(import.meta.dirname, '../../../node_modules/.parley-functions-'));
  for (const layer of ['first', 'second']) {
    mkdirSync(join(folder, layer, 'nodejs/core'), { recursive: true });
    writeFileSync(join(folder, layer, 'nodejs/core/name.mjs'), `export const name = '${layer}'`);
  }
  mkdirSync(join(folder, 'code'));
  writeFileSync(join(folder, 'code/index.mjs'), source);
  const lines: string[] = [];
  const layerDirs = ['first', 'second'].map((layer) => join(folder, layer));
  const all = { name: 'f', codeDir: join(folder, 'code'), layerDirs, handler: 'index.handler', environment: {} };
  const environment = { AWS_ENDPOINT_URL_SQS: 'http://127.0.0.1:1' };
  const functions = startFunctions([{ timeoutSeconds: 2, memoryMb: 128, ...all, ...settings }], {
    environment,
    log: (line) => lines.push(line),
  });
  t.after(async () => {
    await functions.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return { functions, lines };
}
