import assert from 'node:assert/strict';
import type { Cloud } from '@parley/local/cloud.ts';
import { invoke } from './functions.ts';

/** What the admin function answers. */
export type AdminAnswer = Record<string, unknown> & { ok: boolean; code?: string; message?: string };

/** Asks the admin function, as `aws lambda invoke` does. */
export async function admin(cloud: Cloud, action: unknown, fields: object = {}): Promise<AdminAnswer> {
  return (await invoke(cloud, 'Admin', { action, ...fields })) as AdminAnswer;
}

/** The same, where it has to go well: the part of the answer that has this name. */
export async function administer<T>(cloud: Cloud, name: string, action: string, fields: object = {}): Promise<T> {
  const answer = await admin(cloud, action, fields);
  assert.equal(answer.ok, true, JSON.stringify(answer));
  return answer[name] as T;
}

/** What is refused: the fields beside the action, the code, and what the words say. */
export type Wrong = [fields: object, code: string, words: RegExp];

export async function refuses(cloud: Cloud, action: string, wrong: readonly Wrong[]): Promise<void> {
  for (const [fields, code, words] of wrong) {
    const answer = await admin(cloud, action, fields);
    assert.deepEqual([answer.ok, answer.code], [false, code], JSON.stringify(answer));
    assert.match(String(answer.message), words);
  }
}

/** An organization that is there from now on, with a key. */
export async function newOrganization(cloud: Cloud, name: string): Promise<{ id: string; api_key: string }> {
  const { id } = await administer<{ id: string }>(cloud, 'organization', 'create_organization', { name });
  const { key } = await administer<{ key: string }>(cloud, 'api_key', 'create_api_key', {
    organization_id: id,
    name: 'Shop',
  });
  return { id, api_key: key };
}
