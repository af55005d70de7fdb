import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { ask, rows, testCloud } from '../support/cloud.ts';
import type { Answer, Organization, Row } from '../support/cloud.ts';

const cloud = await testCloud();
const nile = cloud.access.organizations[0] as Organization;
const table = '/rest/v1/message_templates';

suite('the library of message templates', () => {
  after(() => cloud.close());

  test('a template is added, read, changed and deleted', async () => {
    const added = await add({
      name: 'ترحيب',
      content: { message: 'أهلا {{first_name|بك}}، من {{organization_name}}', format: 'markdown' },
      defaults: { order: 'قريبا' },
    });
    assert.equal(added.status, 201, JSON.stringify(added.body));
    assert.match(added.body.id, /^tpl_/);
    assert.deepEqual(added.body['variables'], ['first_name', 'organization_name']);
    assert.deepEqual([added.body['channels'], added.body['defaults']], [null, { order: 'قريبا' }]);
    assert.deepEqual(await rows(cloud, nile, `message_templates?name=eq.${encodeURIComponent('ترحيب')}`), [added.body]);
    const path = `${table}?id=eq.${added.body.id}`;
    const changed = await ask(cloud, nile, path, { name: 'Welcome', channels: ['sms', 'telegram'] }, representation);
    const [row] = changed.body as unknown as Row[];
    assert.deepEqual(
      [row?.['name'], row?.['channels'], row?.['content']],
      ['Welcome', ['sms', 'telegram'], added.body['content']],
    );
    assert.equal((await ask(cloud, nile, path, undefined, { method: 'DELETE' })).status, 204);
    assert.deepEqual(await rows(cloud, nile, 'message_templates'), []);
  });

  test('a name is had once, however it is written, and is free again when it is given up', async () => {
    const first = await add({ name: 'Reminder', content: { message: 'a' } });
    const other = await add({ name: 'Other', content: { message: 'b' } });
    const again = await add({ name: 'reminder', content: { message: 'c' } });
    assert.deepEqual([again.status, again.body['code'], again.body['details']], [409, '23505', 'name']);
    const at = ({ body }: Answer) => `${table}?id=eq.${body.id}`;
    const taken = await ask(cloud, nile, at(other), { name: 'REMINDER' }, { method: 'PATCH' });
    assert.equal(taken.status, 409);
    assert.equal((await ask(cloud, nile, at(first), { name: 'Former' }, { method: 'PATCH' })).status, 204);
    assert.equal((await ask(cloud, nile, at(other), { name: 'REMINDER' }, { method: 'PATCH' })).status, 204);
    await ask(cloud, nile, at(other), undefined, { method: 'DELETE' });
    assert.equal((await add({ name: 'Reminder', content: { message: 'd' } })).status, 201);
    await ask(cloud, nile, `${table}?name=in.(Former,Reminder)`, undefined, { method: 'DELETE' });
    assert.deepEqual(await rows(cloud, nile, 'message_templates'), []);
  });

  test('a change of several that one of them can’t have changes none', async () => {
    await add({ name: 'One', content: { message: 'a' } });
    await add({ name: 'Two', content: text(1601), channels: ['telegram'] });
    const both = `${table}?name=in.(One,Two)`;
    const taken = await ask(cloud, nile, both, { name: 'Three' }, { method: 'PATCH' });
    assert.deepEqual([taken.status, taken.body['code'], taken.body['details']], [409, '23505', 'name']);
    const long = await ask(cloud, nile, both, { channels: ['sms'] }, { method: 'PATCH' });
    assert.deepEqual([long.status, long.body['code']], [422, 'too_long']);
    const kept = await rows(cloud, nile, 'message_templates?order=name');
    assert.deepEqual(
      kept.map(({ name, channels }) => [name, channels]),
      [
        ['One', null],
        ['Two', ['telegram']],
      ],
    );
    assert.equal((await ask(cloud, nile, both, { defaults: { a: 'b' } }, { method: 'PATCH' })).status, 204);
    await ask(cloud, nile, both, undefined, { method: 'DELETE' });
  });

  test('of ten that want a name at once one gets it', async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) => add({ name: 'Race', content: { message: `${index}` } })),
    );
    assert.deepEqual(answers.map(({ status }) => String(status)).toSorted(), ['201', ...Array<string>(9).fill('409')]);
    assert.equal((await rows(cloud, nile, 'message_templates?name=eq.Race')).length, 1);
    await ask(cloud, nile, `${table}?name=eq.Race`, undefined, { method: 'DELETE' });
  });

  test('what a channel it is for would refuse is refused when it is written', async () => {
    const wrong: [object, number, RegExp][] = [
      [{ content: text(1) }, 400, /'name' is required/],
      [{ name: 'tpl_1', content: text(1) }, 400, /'name': must have letters/],
      [{ name: 'a' }, 400, /'content'/],
      [{ name: 'a', content: {} }, 400, /'content\.message' is required/],
      [{ name: 'a', content: { message: 'a', to: '+201000000001' } }, 400, /'content\.to' is no field/],
      [{ name: 'a', content: { upload_id: 'a' } }, 400, /'content\.upload_id'/],
      [{ name: 'a', content: { media_url: 'ftp://a' } }, 400, /'content\.media_url': must be an http/],
      [{ name: 'a', content: text(1), channels: ['fax'] }, 400, /'channels\.0': must be one of .*telegram/],
      [{ name: 'a', content: text(1), channels: [] }, 400, /'channels'/],
      [{ name: 'a', content: text(1), defaults: { a: 1 } }, 400, /'defaults': must be an object of strings/],
      [{ name: 'a', content: text(1601), channels: ['telegram', 'sms'] }, 422, /message has 1601 .* limit is 1600/],
      [{ name: 'a', content: text(70_000) }, 400, /at most 65536/],
      [{ name: 'a', content: { message: 'a', subject: 'b' }, channels: ['sms'] }, 422, /'subject': SMS has none/],
      [{ name: 'a', content: { template: { name: 'A B', language: 'en' } } }, 422, /content/],
      [{ name: 'a', content: text(1), color: 'red' }, 400, /has no field 'color'/],
    ];
    for (const [body, status, words] of wrong) {
      const answer = await add(body);
      assert.equal(answer.status, status, JSON.stringify([body, answer.body]).slice(0, 500));
      assert.match(String(answer.body['message']), words);
    }
    assert.equal((await ask(cloud, nile, table, { name: 'a' }, { method: 'PATCH' })).body['code'], '21000');
  });

  test('one that is for all channels needs one that takes it', async () => {
    const long = await add({ name: 'Long', content: { message: 'x'.repeat(4000) } });
    assert.equal(long.status, 201);
    const provider = await add({
      name: 'Order',
      content: { template: { name: 'order_update', language: 'en_US', parameters: ['{{first_name}}', '{{order}}'] } },
      channels: ['whatsapp_cloud'],
      defaults: { order: 'soon' },
    });
    assert.equal(provider.status, 201, JSON.stringify(provider.body));
    assert.deepEqual(provider.body['variables'], ['first_name', 'order']);
  });
});

const representation = { method: 'PATCH', headers: { Prefer: 'return=representation' } };

function text(length: number): object {
  return { message: 'x'.repeat(length) };
}

function add(body: object): Promise<Answer> {
  return ask(cloud, nile, table, body);
}
