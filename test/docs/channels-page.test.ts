import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { channelsPage } from '../../docs/generate-channels.ts';

test('docs/channels.md says what the channels say of themselves', async () => {
  const page = readFileSync(new URL('../../docs/channels.md', import.meta.url), 'utf8');
  assert.equal(page, await channelsPage(), 'make it anew: node docs/generate-channels.ts');
});
