import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { conversationWith } from '../support/conversations.ts';
import { accountOf, ask, eventually, testCloud } from '../support/cloud.ts';
import type { Account, Organization, Row } from '../support/cloud.ts';
import { comesDue, later } from '../support/later.ts';
import { customer, requestsOf, write } from '../support/phones.ts';
import type { Phone } from '../support/phones.ts';
import { errorOf, isOut, whenMessage } from '../support/sends.ts';
import { dueOf, lastWrote } from '../support/table.ts';

const cloud = await testCloud();
const nile = cloud.access.organizations[0] as Organization;
const HOUR = 3_600_000;

type Channel = Account['channel'];

/** [how long its window is open (h), how an address on it begins, a template of the account] */
const channels: [channel: Channel, hours: number, address: string, template?: object][] = [
  ['whatsapp_cloud', 24, '+20154250100', { name: 'order_update', language: 'en_US', parameters: ['Mona', 'A1'] }],
  ['messenger', 24, '601234567890200', { name: 'order_update', language: 'en', parameters: ['Mona', 'A1'] }],
  ['instagram', 24, '810000000000200'],
  ['tiktok', 48, 'tt-window-'],
];

suite('F25: the window closes between accept and fire, on each channel that has one', () => {
  after(() => cloud.close());

  for (const [channel, hours, address, template] of channels) {
    test(`${channel}: refused, the provider is not asked`, async () => {
      const { row } = await closedOn(channel, { hours, address: `${address}1` }, 'Refused', {});
      const failed = await whenMessage(cloud, nile, row, 'FAILED');
      assert.deepEqual([errorOf(failed)['class'], errorOf(failed)['provider_code']], ['window_closed', null]);
      assert.match(String(errorOf(failed)['message']), new RegExp(`for ${hours} hours`));
      assert.equal(await asked(channel, 'Refused'), 0);
    });

    test(`${channel}: held, and sent once the customer writes`, async () => {
      const policy = { on_window_closed: 'hold' };
      const { row, phone } = await closedOn(channel, { hours, address: `${address}2` }, 'Held back', policy);
      await eventually('it is held', async () => (await dueOf(cloud, [row]))[0] === 'window');
      assert.equal(await asked(channel, 'Held back'), 0);
      await write(cloud, accountOf(nile, channel), phone, 'I am back');
      await whenMessage(cloud, nile, row, isOut);
      assert.equal(await asked(channel, 'Held back'), 1);
    });

    if (template)
      test(`${channel}: the template goes instead`, async () => {
        const policy = { on_window_closed: { template } };
        const { row } = await closedOn(channel, { hours, address: `${address}3` }, 'Replaced', policy);
        const sent = await whenMessage(cloud, nile, row, isOut);
        assert.deepEqual([sent['type'], await asked(channel, 'Replaced')], ['template', 0]);
      });
    else
      test(`${channel}: has no templates, and none can be named to go instead`, async () => {
        const phone = await customer(cloud, accountOf(nile, channel), `${address}3`);
        const instead = { template: { name: 'order_update', language: 'en' } };
        const body = { to: phone.address, message: 'Replaced', on_window_closed: instead };
        for (const more of [{}, { scheduled_at: later() }]) {
          const answer = await ask(cloud, nile, pathOf(channel), { ...body, ...more });
          assert.deepEqual([answer.status, answer.body['details']], [422, 'on_window_closed.template']);
        }
      });
  }
});

/** A message for later whose customer's window closes first, and whose time has then come. */
async function closedOn(
  channel: Channel,
  { hours, address }: { hours: number; address: string },
  message: string,
  policy: object,
): Promise<{ row: Row; phone: Phone }> {
  const account = accountOf(nile, channel);
  const phone = await customer(cloud, account, address);
  const conversation = await conversationWith(cloud, nile, phone, account);
  const body = { conversation_id: conversation.id, message, scheduled_at: later(), ...policy };
  const answer = await ask(cloud, nile, pathOf(channel), body);
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  const row = answer.body['message'] as Row;
  await cloud.drain();
  await lastWrote(cloud, conversation, Date.now() - (hours + 1) * HOUR);
  await comesDue(cloud, row);
  return { row, phone };
}

function pathOf(channel: Channel): string {
  return `/functions/v1/${channel.replace('_', '-')}-send`;
}

async function asked(channel: Channel, text: string): Promise<number> {
  const requests = await requestsOf(cloud, channel);
  return requests.filter(({ body }) => JSON.stringify(body).includes(text)).length;
}
