import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { accountOf, ask, eventually, rows, someRows, testCloud } from '../support/cloud.ts';
import type { Organization, Row } from '../support/cloud.ts';
import { bring } from '../support/media.ts';
import { addPhone, customer, requestsOf, thread, write, act } from '../support/phones.ts';
import { sendText, whenMessage, isOut } from '../support/sends.ts';

const cloud = await testCloud();
const [nile, gulf] = cloud.access.organizations as [Organization, Organization];

/** A page; an Instagram account that is connected by itself; one that is connected through its page. */
const connections = [
  { what: 'Messenger', organization: nile, account: accountOf(nile, 'messenger'), start: '71900000000000' },
  { what: 'Instagram', organization: nile, account: accountOf(nile, 'instagram'), start: '81900000000000' },
  { what: 'Instagram, by a page', organization: gulf, account: accountOf(gulf, 'instagram'), start: '81900000000001' },
] as const;

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

describe("Meta's products alike", () => {
  after(() => cloud.close());

  for (const { what, organization, account, start } of connections) {
    const { channel } = account;

    test(`${what}: a new customer gets a name`, async () => {
      const phone = await addPhone(cloud, channel, `${start}01`);
      await write(cloud, account, phone, 'Who am I?');
      await eventually('the name', async () => {
        const contacts = await rows(cloud, organization, 'contacts?limit=100');
        return contacts.some(({ name }) => name === `Customer ${phone.address}`);
      });
    });

    test(`${what}: an edit changes what the message says`, async () => {
      const phone = await addPhone(cloud, channel, `${start}02`);
      const { id } = await act(cloud, account, phone, { type: 'text', text: 'At four' });
      await eventually('the message', () => messageOf(organization, id));
      await act(cloud, account, phone, { type: 'edit', message_id: id, text: 'At five' });
      await eventually('the edit', async () => (await messageOf(organization, id))?.['message'] === 'At five');
      assert.ok((await messageOf(organization, id))?.['edited_at']);
    });

    test(`${what}: an answer may go under the tag for people`, async () => {
      const phone = await customer(cloud, account, `${start}03`);
      const message = `Tagged ${start}`;
      const options = { tag: 'HUMAN_AGENT' };
      const sent = await sendText(cloud, organization, { channel, to: phone.address, message, options });
      await whenMessage(cloud, organization, sent, isOut);
      const [request] = (await requestsOf(cloud, channel)).filter(({ body }) => JSON.stringify(body).includes(message));
      assert.deepEqual([request?.body['messaging_type'], request?.body['tag']], ['MESSAGE_TAG', 'HUMAN_AGENT']);
    });

    test(`${what}: an option that Meta no longer has is refused at once`, async () => {
      const path = `/functions/v1/${channel}-send`;
      const body = { to: `${start}03`, message: 'Hi', options: { tag: 'ACCOUNT_UPDATE' } };
      const refused = await ask(cloud, organization, path, body);
      assert.ok([400, 422].includes(refused.status));
      assert.match(String(refused.body['message']), /tag/);
    });

    test(`${what}: a picture that lies in our bucket reaches the phone`, async () => {
      const phone = await customer(cloud, account, `${start}04`);
      const upload_id = await bring(cloud, organization, 'صورة.png', png);
      const sent = await sendText(cloud, organization, { channel, to: phone.address, message: '', upload_id });
      await whenMessage(cloud, organization, sent, isOut);
      await eventually('the picture', async () => (await thread(cloud, account, phone)).length === 2);
      const all = await rows(cloud, organization, `messages?conversation_id=eq.${String(sent['conversation_id'])}`);
      assert.equal(all.length, 2, 'its echo is no second message');
    });

    test(`${what}: typing, and that it was read, reach the customer`, async () => {
      const phone = await customer(cloud, account, `${start}05`);
      const { conversation_id } = await sendText(cloud, organization, { channel, to: phone.address, message: 'Hi' });
      const asked = { conversation_id };
      await someRows(cloud, organization, `conversations?id=eq.${String(conversation_id)}`);
      for (const rpc of ['typing', 'mark_read']) {
        const { status } = await ask(cloud, organization, `/rest/v1/rpc/${rpc}`, asked);
        assert.ok(status < 300, `${rpc}: ${status}`);
      }
      const actions = await eventually('the actions', async () => {
        const requests = (await requestsOf(cloud, channel)).filter(
          ({ body }) => JSON.stringify(body).includes(phone.address) && body['sender_action'] !== undefined,
        );
        return requests.length >= 2 && requests.map(({ body, status }) => [body['sender_action'], status]);
      });
      assert.deepEqual(actions, [
        ['typing_on', 200],
        ['mark_seen', 200],
      ]);
    });
  }

  for (const { what, organization, account } of connections.slice(0, 2)) {
    test(`${what}: an account is connected anew by its owner's consent`, async () => {
      const redirect_url = 'https://app.example/back';
      const asked = await ask(cloud, organization, '/rest/v1/rpc/connect_channel', {
        channel: account.channel,
        redirect_url,
      });
      assert.equal(asked.status, 200, JSON.stringify(asked.body));
      const page = `${String(asked.body['url'])}&as=${encodeURIComponent(organization.name)}`;
      const back = new URL((await fetch(page, { redirect: 'manual' })).headers.get('location') ?? '');
      assert.equal(back.origin + back.pathname, redirect_url);
      const { code, state } = Object.fromEntries(back.searchParams);
      const finished = await ask(cloud, organization, '/rest/v1/rpc/finish_connection', { code, state });
      assert.equal(finished.status, 200, JSON.stringify(finished.body));
      assert.ok(JSON.stringify(finished.body).includes(account.external_id));
      const phone = await customer(cloud, account, `${account.external_id.slice(0, 12)}0099`);
      const sent = await sendText(cloud, organization, {
        channel: account.channel,
        to: phone.address,
        message: 'With the new token',
      });
      await whenMessage(cloud, organization, sent, isOut);
    });
  }
});

async function messageOf(organization: Organization, id: string): Promise<Row | undefined> {
  return (await rows(cloud, organization, `messages?provider_message_id=eq.${id}`))[0];
}
