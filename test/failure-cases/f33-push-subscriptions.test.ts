import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { newKeyPair } from '@parley/local/providers/web_push/key-pair.ts';
import { accountOf, ask, control, eventually, rows, testCloud } from '../support/cloud.ts';
import type { Answer, Organization, Row } from '../support/cloud.ts';
import { clearFaults, fault, requestsOf } from '../support/phones.ts';
import { historyOf, whenMessage } from '../support/sends.ts';

const channel = 'web_push';
const cloud = await testCloud();
const [nile, gulf] = cloud.access.organizations as [Organization, Organization];
const account = accountOf(nile, channel);
const renewing = accountOf(gulf, channel);

suite('F33: push subscriptions that end, and those that only seem to', () => {
  after(() => cloud.close());

  for (const status of [404, 410]) {
    test(`after ${status} nothing more is sent to a subscription, until there is another`, async () => {
      const conversation = await subscriber();
      await fault(cloud, channel, { status });
      const lost = await whenMessage(cloud, nile, await pushed(conversation, 'lost'), 'FAILED');
      assert.deepEqual(reasonOf(lost), ['recipient_unavailable', 'gone']);
      const asked = await askedSoFar();
      const refused = await push(conversation, 'to nobody');
      assert.deepEqual([refused.status, refused.body['code']], [422, 'gone']);
      assert.equal(await askedSoFar(), asked, 'the push service is not asked again');
      await act({ type: 'block' });
      await act({ type: 'unblock' });
      await cloud.drain();
      await whenMessage(cloud, nile, await pushed(conversation, 'back again'), 'DELIVERED');
    });
  }

  for (const status of [400, 401, 403, 413]) {
    test(`after ${status} a subscription stays`, async () => {
      const conversation = await subscriber();
      // a message that is too large goes once more, shortened
      await fault(cloud, channel, { status, times: status === 413 ? 2 : 1 });
      await whenMessage(cloud, nile, await pushed(conversation, 'refused'), 'FAILED');
      await whenMessage(cloud, nile, await pushed(conversation, 'taken'), 'DELIVERED');
      const [row] = await rows(cloud, nile, `channel_accounts?id=eq.${account.id}`);
      assert.notEqual(Object(row?.['health'])['state'], 'needs_reauth', 'one subscription is not the account');
      await clearFaults(cloud, channel);
    });
  }

  test('what is too large for the push service goes once more with the words alone', async () => {
    const conversation = await subscriber();
    await fault(cloud, channel, { status: 413 });
    const image = { media_url: 'https://nile.example/offer.png', media_type: 'image' };
    // what the customer's device reports may be quicker than the push service's own answer
    const sent = await whenMessage(
      cloud,
      nile,
      await pushed(conversation, 'An offer', image),
      (row) => row['status'] === 'DELIVERED' && historyOf(row).includes('SENT'),
    );
    const marks = sent['status_history'] as Row[];
    assert.ok(marks.some(({ detail }) => String(detail).startsWith('Sent shortened')));
  });

  test('with a new pair of keys nobody is lost: former subscriptions keep theirs until the next visit', async () => {
    const fresh = newKeyPair();
    const { public_key, private_key, subject, webhook_secret, origin: origins } = renewing;
    const site = { subject, webhook_secret, origins };
    const refused = await change({ credentials: { ...site, ...newKeyPair(), public_key } });
    assert.deepEqual([refused.status, refused.body['code']], [422, 'credentials_refused']);
    const taken = await change({ credentials: { ...site, ...fresh, former_keys: `${public_key}.${private_key}` } });
    assert.equal(taken.status, 204, JSON.stringify(taken.body));

    const conversation = await subscriber(gulf, renewing);
    const answersTo = async (text: string): Promise<number[]> => {
      const before = await askedSoFar();
      await whenMessage(cloud, gulf, await pushed(conversation, text), 'DELIVERED');
      return (await requestsOf(cloud, channel)).slice(before).map(({ status }) => status);
    };
    assert.deepEqual(await answersTo('to a page that has the former key still'), [403, 201]);
    await control(cloud, `${channel}/accounts/${renewing.external_id}/key`, 'POST', { public_key: fresh.public_key });
    assert.deepEqual(await answersTo('to who has not been back yet'), [403, 201]);
    assert.equal((await subscriber(gulf, renewing)).id, conversation.id, 'the same customer');
    assert.deepEqual(await answersTo('to a subscription for the new key'), [201]);
  });
});

async function subscriber(organization = nile, site = account): Promise<Row> {
  await act({ type: 'unblock' }, site);
  await cloud.drain();
  return eventually('the conversation', async () => {
    const [found] = await rows(cloud, organization, `conversations?channel_account_id=eq.${site.id}`);
    return found;
  });
}

async function act(body: object, site = account): Promise<void> {
  const done = (await control(cloud, `${channel}/phones/mona/messages`, 'POST', {
    account: site.external_id,
    body,
  })) as Row;
  assert.equal(done['webhook_status'], 200, JSON.stringify(done));
}

function push({ id, organization_id }: Row, message: string, more: object = {}): Promise<Answer> {
  return ask(cloud, organization_id === gulf.id ? gulf : nile, '/functions/v1/web-push-send', {
    conversation_id: id,
    message,
    ...more,
  });
}

async function pushed(conversation: Row, message: string, more?: object): Promise<Row> {
  const answer = await push(conversation, message, more);
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return answer.body['message'] as Row;
}

function change(body: object): Promise<Answer> {
  const path = `/rest/v1/channel_accounts?id=eq.${renewing.id}`;
  return ask(cloud, gulf, path, undefined, { method: 'PATCH', body: JSON.stringify(body) });
}

async function askedSoFar(): Promise<number> {
  return (await requestsOf(cloud, channel)).length;
}

function reasonOf(row: Row): unknown[] {
  const error = Object(row['error']) as Row;
  return [error['class'], error['code']];
}
