import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { accountOf, ask, eventually, rows, testCloud } from '../support/cloud.ts';
import type { Answer, Organization, Row } from '../support/cloud.ts';
import { addPhone, requestsOf, write } from '../support/phones.ts';
import { sendText, whenMessage } from '../support/sends.ts';

const cloud = await testCloud();
const [nile, gulf] = cloud.access.organizations as [Organization, Organization];
const bot = accountOf(nile, 'telegram');
const credentials = { bot_token: bot.bot_token, secret_token: 'a-new-secret' };
const accounts = '/rest/v1/channel_accounts';

suite('channel accounts', () => {
  after(() => cloud.close());

  test('a connected account is written to and answered, and its row says nothing of its credentials', async () => {
    await disconnect(bot.id);
    const made = await connect(nile, { channel: 'telegram', credentials });
    assert.equal(made.status, 201, JSON.stringify(made.body));
    const row = made.body;
    assert.equal(row['external_id'], bot.external_id);
    assert.equal(row['status'], 'Active');
    assert.equal((row['health'] as Row)['state'], 'healthy');
    const phone = await addPhone(cloud, 'telegram', '612000001');
    await write(cloud, bot, phone, 'Hello');
    const conversation = await eventually('the conversation', async () => {
      const found = await rows(cloud, nile, `conversations?channel_account_id=eq.${row.id}`);
      return found[0];
    });
    const sent = await sendText(cloud, nile, { channel: 'telegram', to: '612000001', message: 'Hi' });
    assert.equal(sent['conversation_id'], conversation.id);
    await whenMessage(cloud, nile, sent, 'SENT');
    await eventually('what went through it', async () => {
      const [health] = (await rows(cloud, nile, `channel_accounts?id=eq.${row.id}`)).map((one) => one['health'] as Row);
      return typeof health?.['last_inbound_at'] === 'string';
    });
    const listed = JSON.stringify(await rows(cloud, nile, 'channel_accounts'));
    for (const secret of secretsOf(nile)) assert.ok(!listed.includes(secret), 'a secret is shown');
  });

  test('an address is one account in the whole deployment', async () => {
    const twice = await connect(nile, {
      channel: 'telegram',
      credentials: { ...credentials, secret_token: 'another' },
    });
    assert.deepEqual([twice.status, twice.body['code']], [409, 'account_taken']);
    const foreign = await connect(gulf, {
      channel: 'telegram',
      credentials: { ...credentials, secret_token: 'third' },
    });
    assert.deepEqual([foreign.status, foreign.body['code']], [409, 'account_taken']);
    assert.match(String(foreign.body['message']), /another organization/);
    assert.ok(!JSON.stringify(foreign.body).includes(nile.id));
    assert.equal((await rows(cloud, gulf, `channel_accounts?channel=eq.telegram`)).length, 1);
  });

  test('two organizations that connect the same account at once: one has it', async () => {
    await disconnect((await telegramOf(nile)).id);
    const both = await Promise.all(
      [nile, gulf].map((organization, index) =>
        connect(organization, { channel: 'telegram', credentials: { ...credentials, secret_token: `race-${index}` } }),
      ),
    );
    assert.deepEqual(
      both.map(({ status }) => status).toSorted((a, b) => a - b),
      [201, 409],
    );
    const winner = both[0]?.status === 201 ? nile : gulf;
    const won = both.find(({ status }) => status === 201);
    await disconnect(String(won?.body.id), winner);
    assert.equal((await connect(nile, { channel: 'telegram', credentials })).status, 201);
  });

  test('what is wrong is named', async () => {
    const refusals: [body: object, status: number, details: string][] = [
      [{ credentials }, 400, 'channel'],
      [{ channel: 'pigeon', credentials }, 400, 'channel'],
      [{ channel: 'telegram' }, 400, 'credentials'],
      [{ channel: 'telegram', credentials: { ...credentials, bot_token: 'x' } }, 400, 'credentials.bot_token'],
      [
        { channel: 'telegram', credentials: { bot_token: bot.bot_token, secret_token: 'ä' } },
        400,
        'credentials.secret_token',
      ],
      [{ channel: 'telegram', credentials, base_url: 'https://example.com' }, 400, 'base_url'],
      [{ channel: 'telegram', credentials, settings: { per_second: 0 } }, 400, 'settings.per_second'],
      [{ channel: 'telegram', credentials, name: '' }, 400, 'name'],
      [{ channel: 'whatsapp_lite', credentials: { kind: 'pigeon' } }, 400, 'credentials.kind'],
      [{ channel: 'instagram', credentials: { login: 'pigeon', access_token: 't' } }, 400, 'credentials.login'],
      [{ channel: 'instagram', credentials: { login: 'facebook', access_token: 't' } }, 400, 'credentials.page_id'],
      [{ channel: 'whatsapp_lite', credentials: { kind: 'gateway', session: 's' } }, 400, 'credentials.api_key'],
      [{ channel: 'telegram', credentials: { ...credentials, bot_token: '1:no' } }, 422, 'credentials'],
    ];
    for (const [body, status, details] of refusals) {
      const answer = await connect(nile, body);
      const said = JSON.stringify(answer.body);
      assert.deepEqual([answer.status, answer.body['details']], [status, details], said);
      assert.ok(!said.includes(bot.bot_token), said);
    }
    assert.deepEqual((await ask(cloud, nile, accounts, 7)).status, 400);
    assert.deepEqual((await ask(cloud, nile, accounts, [{}, {}])).status, 400);
  });

  test('an account is renamed, set up, switched off and on', async () => {
    const { id } = await telegramOf(nile);
    const settings = { daily_limit: 1000, timezone: 'Africa/Cairo' };
    const changed = await patch(id, { name: 'The bot', settings }, { Prefer: 'return=representation' });
    const [row] = changed.body as unknown as Row[];
    assert.deepEqual([row?.['name'], row?.['settings']], ['The bot', settings]);
    assert.equal((await patch(id, { status: 'Inactive' })).status, 204);
    const refused = await ask(cloud, nile, '/functions/v1/telegram-send', { to: '612000001', message: 'Off' });
    assert.deepEqual([refused.status, refused.body['code']], [409, 'channel_inactive']);
    assert.equal((await patch(id, { status: 'Active' })).status, 204);
    assert.equal((await patch(id, { status: 'Asleep' })).status, 400);
    assert.equal((await ask(cloud, nile, accounts, { name: 'All' }, { method: 'PATCH' })).status, 400);
  });

  test('new credentials take the place of the old at once, for both directions', async () => {
    const { id } = await telegramOf(nile);
    const bad = await patch(id, { credentials: { ...credentials, bot_token: '1:no' } });
    assert.equal(bad.status, 422);
    const foreign = accountOf(gulf, 'telegram');
    const other = await patch(id, { credentials: { bot_token: foreign.bot_token, secret_token: 'x' } });
    assert.deepEqual([other.status, other.body['code']], [409, 'other_account']);
    assert.equal((await patch(id, { credentials: { ...credentials, secret_token: 'newest' } })).status, 204);
    assert.equal((await hook('newest')).status, 200);
    assert.equal((await hook('a-new-secret')).status, 401);
  });

  test('testing an account asks its provider now', async () => {
    const { id } = await telegramOf(nile);
    const tested = await ask(cloud, nile, '/rest/v1/rpc/test_channel_account', { id });
    assert.deepEqual([tested.status, tested.body['ok'], tested.body['external_id']], [200, true, bot.external_id]);
    assert.ok((await requestsOf(cloud, 'telegram')).some(({ path }) => path.toLowerCase().endsWith('/getme')));
    assert.equal((await ask(cloud, nile, '/rest/v1/rpc/test_channel_account', {})).status, 400);
    assert.equal((await ask(cloud, nile, '/rest/v1/rpc/test_channel_account', { id: 'acc_no' })).status, 404);
    assert.equal((await ask(cloud, nile, '/rest/v1/rpc/pair_channel_account', { id })).status, 422);
  });

  test('a disconnected account is gone, its conversations stay, and nothing is received for it', async () => {
    const { id } = await telegramOf(nile);
    const before = await rows(cloud, nile, `conversations?channel=eq.telegram`);
    assert.equal((await ask(cloud, nile, accounts, undefined, { method: 'DELETE' })).status, 400);
    await disconnect(id);
    assert.deepEqual(await rows(cloud, nile, `channel_accounts?id=eq.${id}`), []);
    assert.deepEqual(await rows(cloud, nile, `conversations?channel=eq.telegram`), before);
    const refused = await ask(cloud, nile, '/functions/v1/telegram-send', { to: '612000001', message: 'Gone' });
    assert.deepEqual([refused.status, refused.body['code']], [404, 'no_channel_account']);
    const answer = { conversation_id: before[0]?.id, message: 'Gone' };
    const { status, body } = await ask(cloud, nile, '/functions/v1/telegram-send', answer);
    assert.deepEqual([status, body['code'], body['details']], [404, 'no_channel_account', 'conversation_id']);
  });

  test('every channel says how it is connected', async () => {
    const answer = await ask(cloud, nile, '/rest/v1/rpc/list_connectable_channels', {});
    const channels = answer.body as unknown as {
      channel: string;
      credentials: { kind: string | null; fields: Row[] }[];
    }[];
    const telegram = channels.find(({ channel }) => channel === 'telegram');
    assert.deepEqual(telegram?.credentials, [
      {
        kind: null,
        fields: [
          { name: 'bot_token', required: true },
          { name: 'secret_token', required: true },
        ],
      },
    ]);
    const lite = channels.find(({ channel }) => channel === 'whatsapp_lite');
    const kinds = lite?.credentials.map(({ kind }) => kind) ?? [];
    assert.ok(kinds.includes('notify') && kinds.includes('gateway'));
    const logins = channels.find(({ channel }) => channel === 'instagram')?.credentials.map(({ fields }) => fields[0]);
    assert.deepEqual(logins, [
      { name: 'login', required: true, choices: ['instagram'] },
      { name: 'login', required: true, choices: ['facebook'] },
    ]);
    for (const { channel, credentials: forms } of channels)
      assert.ok(forms.length > 0 && forms.every(({ fields }) => fields.length > 0), channel);
  });

  test('no secret was logged', () => {
    const logged = cloud.logs.join('\n');
    for (const secret of [...secretsOf(nile), 'a-new-secret', 'newest']) assert.ok(!logged.includes(secret));
  });
});

function connect(organization: Organization, body: object): Promise<Answer> {
  return ask(cloud, organization, accounts, body);
}

function patch(id: string, body: object, headers: Record<string, string> = {}): Promise<Answer> {
  return ask(cloud, nile, `${accounts}?id=eq.${id}`, body, { method: 'PATCH', headers });
}

async function disconnect(id: string, organization = nile): Promise<void> {
  const answer = await ask(cloud, organization, `${accounts}?id=eq.${id}`, undefined, { method: 'DELETE' });
  assert.equal(answer.status, 204, JSON.stringify(answer.body));
}

function hook(secret: string): Promise<Response> {
  return fetch(`${cloud.access.url}/functions/v1/telegram-webhook`, {
    method: 'POST',
    headers: { 'X-Telegram-Bot-Api-Secret-Token': secret },
    body: '{"update_id":1}',
  });
}

async function telegramOf(organization: Organization): Promise<Row> {
  const [row] = await rows(cloud, organization, 'channel_accounts?channel=eq.telegram');
  assert.ok(row);
  return row;
}

/** The secrets of an organization's accounts, by what the demo calls them. */
function secretsOf(organization: Organization): string[] {
  const names = ['access_token', 'bot_token', 'api_key', 'webhook_secret', 'refresh_token', 'private_key', 'password'];
  return organization.channel_accounts.flatMap((account) =>
    Object.entries(account).flatMap(([name, value]) => (names.includes(name) ? [String(value)] : [])),
  );
}
