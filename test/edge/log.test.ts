import assert from 'node:assert/strict';
import { test } from 'node:test';
import { logDetail } from '@parley/core/edge/log.ts';

test('a line of what goes as it should is written at the level DEBUG alone', (t) => {
  const lines: string[] = [];
  t.mock.method(process.stdout, 'write', (line: string) => lines.push(line) > 0);
  t.after(() => delete process.env['AWS_LAMBDA_LOG_LEVEL']);
  for (const level of [undefined, 'INFO', 'DEBUG']) {
    if (level) process.env['AWS_LAMBDA_LOG_LEVEL'] = level;
    logDetail('webhook received', { applied: 1 });
  }
  const written = lines.filter((line) => line.includes('webhook received'));
  assert.deepEqual(written, ['{"level":"DEBUG","message":"webhook received","applied":1}\n']);
});
