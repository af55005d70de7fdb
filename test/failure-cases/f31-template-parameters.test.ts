import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { accountOf, ask, control, eventually, rows, testCloud } from '../support/cloud.ts';
import type { Organization, Row } from '../support/cloud.ts';
import { comesDue, later } from '../support/later.ts';
import { addPhone, customer, requestsOf } from '../support/phones.ts';
import { whenMessage } from '../support/sends.ts';

const cloud = await testCloud();
const [nile, gulf] = cloud.access.organizations as [Organization, Organization];
const account = accountOf(nile, 'whatsapp_cloud');
const page = accountOf(nile, 'messenger');
const to = '+201542000001';
const link = 'https://a.example/a.png';

suite('F31: a template that is filled in wrongly never reaches the provider', () => {
  after(() => cloud.close());

  test('before the templates were read, only the form is known', async () => {
    await addPhone(cloud, 'whatsapp_cloud', to);
    const answer = await send({ name: 'order_update', language: 'en_US', parameters: ['only one'] });
    assert.equal(answer.status, 200);
    const row = await whenMessage(cloud, nile, answer.body['message'] as Row, 'FAILED');
    assert.deepEqual(pick(row['error'] as Row), ['template_values', 'template_problem', '132000']);
    assert.equal((await send({ name: 'order_update', language: 'en_US', parameters: ['a\nb', 'c'] })).status, 422);
  });

  test('count, order, emptiness, line breaks, four spaces, header and buttons', async () => {
    for (const each of [account, page])
      await ask(cloud, nile, '/rest/v1/rpc/sync_templates', { channel_account_id: each.id });
    const before = (await sendsOf('whatsapp_cloud')).length;
    const order = { name: 'order_update', language: 'en_US' };
    const photo = { name: 'order_photo', language: 'en_US', parameters: ['Mona'] };
    const table = { name: 'reservation', language: 'en_US', header: { parameters: { first_name: 'Mona' } } };
    const header = { type: 'image', url: link };
    const wrong: [object, string, string | RegExp][] = [
      [{ name: 'nothing', language: 'en_US' }, 'template_missing', 'template'],
      [{ name: 'order_update', language: 'fr' }, 'template_missing', 'template'],
      [{ name: 'paused_offer', language: 'en_US' }, 'template_not_approved', 'template'],
      [{ name: 'new_offer', language: 'en_US' }, 'template_not_approved', 'template'],
      [order, 'template_values', 'template.parameters'],
      [{ ...order, parameters: ['a'] }, 'template_values', 'template.parameters'],
      [{ ...order, parameters: ['a', 'b', 'c'] }, 'template_values', 'template.parameters'],
      [{ ...order, parameters: { first: 'a', second: 'b' } }, 'template_values', 'template.parameters'],
      [{ ...order, parameters: ['a', ''] }, 'missing', 'template.parameters.1'],
      [{ ...order, parameters: ['a', 'b\nc'] }, 'invalid', 'template.parameters.1'],
      [{ ...order, parameters: ['a', 'b\tc'] }, 'invalid', 'template.parameters.1'],
      [{ ...order, parameters: ['a', 'b    c'] }, 'invalid', 'template.parameters.1'],
      [{ ...order, parameters: ['x'.repeat(1000), 'y'.repeat(100)] }, 'template_values', 'template.parameters'],
      [{ ...table, parameters: { first_name: 'Mona' } }, 'template_values', 'template.parameters.date'],
      [{ ...table, parameters: ['Mona', 'Friday'] }, 'template_values', 'template.parameters'],
      [{ ...photo, buttons: [{ index: 1, url: 'A1' }] }, 'template_values', 'template.header'],
      [
        { ...photo, header: { type: 'document', url: link }, buttons: [{ index: 1, url: 'A1' }] },
        'template_values',
        'template.header',
      ],
      [{ ...photo, header }, 'template_values', 'template.buttons'],
      [{ ...photo, header, buttons: [{ index: 1, payload: 'A1' }] }, 'template_values', 'template.buttons'],
      [{ name: 'login_code', language: 'en_US', parameters: ['123456'] }, 'template_values', 'template.buttons'],
      [{ name: 'spring_sale', language: 'en_US', parameters: ['5 %'] }, 'template_values', 'template.buttons'],
    ];
    for (const [template, code, details] of wrong) {
      const { status, body } = await send(template);
      assert.deepEqual(
        [status, body['code'], body['details'] ?? ''],
        [422, code, details],
        JSON.stringify([template, body]),
      );
    }
    await cloud.drain();
    assert.equal((await sendsOf('whatsapp_cloud')).length, before, 'the provider was not asked');
    const right = [
      { ...order, parameters: ['Mona', '12'] },
      { ...photo, header, buttons: [{ index: 1, url: 'A1' }] },
      { ...table, parameters: { date: 'Friday', first_name: 'Mona' } },
      { name: 'spring_sale', language: 'en_US', parameters: ['5 %'], buttons: [{ index: 0, code: '5OFF' }] },
    ];
    for (const template of right) {
      const answer = await send(template);
      assert.equal(answer.status, 200, JSON.stringify(answer.body));
      await whenMessage(cloud, nile, answer.body['message'] as Row, 'DELIVERED');
    }
  });

  test("Messenger's utility templates are looked at in the same way", async () => {
    const phone = await customer(cloud, page, '24820000031');
    const before = (await sendsOf('messenger')).length;
    for (const template of [
      { name: 'order_update', language: 'en', parameters: ['a'] },
      { name: 'order_update', language: 'fr', parameters: ['a', 'b'] },
    ]) {
      const answer = await ask(cloud, nile, '/functions/v1/messenger-send', { to: phone.address, template });
      assert.equal(answer.status, 422, JSON.stringify(answer.body));
    }
    assert.equal((await sendsOf('messenger')).length, before);
    const template = { name: 'order_update', language: 'en', parameters: ['a', 'b'] };
    const sent = await ask(cloud, nile, '/functions/v1/messenger-send', { to: phone.address, template });
    assert.equal((sent.body['message'] as Row)['message'], 'Order a: b');
    await whenMessage(cloud, nile, sent.body['message'] as Row, (row) => row['status'] !== 'PENDING');
    assert.equal((await sendsOf('messenger')).length, before + 1);
  });

  test('one that is paused before a message leaves fails the message, and the provider is not asked', async () => {
    const template = { name: 'order_update', language: 'ar', parameters: ['a', 'b'] };
    const answer = await send(template, { scheduled_at: later() });
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    const before = (await sendsOf('whatsapp_cloud')).length;
    await control(cloud, `whatsapp_cloud/accounts/${account.external_id}/template`, 'POST', {
      name: 'order_update',
      language: 'ar',
      event: 'PAUSED',
      reason: 'LOW_QUALITY',
    });
    await eventually('the pause', async () => {
      const path = `templates?channel_account_id=eq.${account.id}&name=eq.order_update&language=eq.ar`;
      return (await rows(cloud, nile, path))[0]?.['status'] === 'PAUSED';
    });
    const message = answer.body['message'] as Row;
    await comesDue(cloud, message);
    const row = await whenMessage(cloud, nile, message, 'FAILED');
    assert.deepEqual(pick(row['error'] as Row), ['template_not_approved', 'template_problem', null]);
    assert.match(String((row['error'] as Row)['message']), /PAUSED \(.*LOW_QUALITY\)/);
    assert.equal((await sendsOf('whatsapp_cloud')).length, before);
  });

  test('what one organization knows of its templates says nothing of the other', async () => {
    const template = { name: 'nothing', language: 'en_US' };
    const answer = await ask(cloud, gulf, '/functions/v1/whatsapp-cloud-send', { to, template });
    assert.equal(answer.status, 200, 'its templates were never read');
  });
});

function send(template: object, more: object = {}) {
  return ask(cloud, nile, '/functions/v1/whatsapp-cloud-send', { to, template, ...more });
}

async function sendsOf(channel: 'whatsapp_cloud' | 'messenger'): Promise<unknown[]> {
  return (await requestsOf(cloud, channel)).filter(
    ({ path, body }) => path.endsWith('/messages') && JSON.stringify(body).includes('"template"'),
  );
}

function pick(error: Row): unknown[] {
  return [error['code'], error['class'], error['provider_code']];
}
