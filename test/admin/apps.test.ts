import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { admin, administer, refuses, type Wrong } from '../support/admin.ts';
import { accountOf, testCloud } from '../support/cloud.ts';
import type { Organization } from '../support/cloud.ts';
import { storedItems } from '../support/table.ts';
import { post, signedByMeta } from '../support/webhooks.ts';

const cloud = await testCloud();
const page = accountOf(cloud.access.organizations[0] as Organization, 'messenger');
const app = { channel: 'messenger', app_id: page.app_id };
const fresh = { app_secret: 'the-new-secret', verify_token: 'the-new-token' };

suite('applications at providers', () => {
  after(() => cloud.close());

  test('while its secret is being changed an application signs with either', async () => {
    const former_secrets = { app_secret: page.app_secret, verify_token: page.verify_token };
    const saved = await admin(cloud, 'save_app', { ...app, secrets: fresh, former_secrets });
    assert.deepEqual(saved, { ok: true, app });
    assert.equal(await signedWith(fresh.app_secret), 200);
    assert.equal(await signedWith(page.app_secret), 200);
    assert.equal(await signedWith('neither'), 401);
    assert.equal(await checkedWith(fresh.verify_token), 200);
    assert.equal(await checkedWith(page.verify_token), 200);
    assert.ok(!JSON.stringify(await storedItems(cloud)).includes(fresh.app_secret), 'a secret is stored');
    assert.ok(!cloud.logs.some((line) => line.includes(fresh.app_secret)), 'a secret is logged');
  });

  test('applications are listed without their secrets, and taken away', async () => {
    const other = { channel: 'tiktok', app_id: 'another' };
    await administer(cloud, 'app', 'save_app', { ...other, secrets: { client_secret: 'word' } });
    const listed = await administer<object[]>(cloud, 'apps', 'list_apps');
    for (const each of [app, other]) assert.ok(listed.some((one) => JSON.stringify(one) === JSON.stringify(each)));
    assert.deepEqual(await admin(cloud, 'remove_app', other), { ok: true, removed: 'another' });
    assert.equal((await admin(cloud, 'remove_app', other)).code, 'not_found');
    assert.equal((await administer<object[]>(cloud, 'apps', 'list_apps')).length, listed.length - 1);
  });

  test('what is wrong is told, with its field', async () => {
    const wrong: Wrong[] = [
      [{}, 'missing_field', /'channel'/],
      [{ channel: 'telegram', app_id: '1', secrets: {} }, 'invalid_field', /'channel'.*must be one of/],
      [{ ...app, secrets: { verify_token: 'x' } }, 'missing_field', /'secrets.app_secret'/],
      [{ ...app, secrets: { ...fresh, config_id: '1' } }, 'unknown_field', /'secrets'.*'config_id'/],
      [{ ...app, secrets: { ...fresh, app_secret: '' } }, 'invalid_field', /'secrets.app_secret'/],
      [{ ...app, secrets: fresh, former_secrets: {} }, 'missing_field', /'former_secrets.app_secret'/],
    ];
    await refuses(cloud, 'save_app', wrong);
  });
});

async function signedWith(secret: string): Promise<number> {
  const body = JSON.stringify({ object: 'page', entry: [] });
  return (await post(signedByMeta({ ...page, app_secret: secret }, body))).status;
}

async function checkedWith(token: string): Promise<number> {
  const query = new URLSearchParams({ 'hub.mode': 'subscribe', 'hub.verify_token': token, 'hub.challenge': '17' });
  return (await fetch(`${page.webhook_url}?${query.toString()}`)).status;
}
