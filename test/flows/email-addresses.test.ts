import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { accountOf, ask, rows, testCloud } from '../support/cloud.ts';
import type { Answer, Organization } from '../support/cloud.ts';
import { mailIn, messagesOf, plainMail } from '../support/mail.ts';
import { storedItems } from '../support/table.ts';

const cloud = await testCloud();
const [nile, gulf] = cloud.access.organizations as [Organization, Organization];
const { inbound_address: alias } = accountOf(nile, 'email');

/** What one organization has, what another names, and the address that it is told. */
const taken: [what: string, has: object, names: object, told: string][] = [
  ['in other letters', { external_id: 'One@Shop.example' }, { external_id: 'one@SHOP.EXAMPLE' }, 'one@shop.example'],
  [
    'with its domain in its own script and in ASCII',
    { external_id: 'info@قهوة.example' },
    { external_id: 'info@xn--ogb3cpe.example' },
    'info@xn--ogb3cpe.example',
  ],
  [
    'with another full stop',
    { external_id: 'info@两.example' },
    { external_id: 'info@两。example' },
    'info@xn--5hq.example',
  ],
  [
    'with letters put together',
    { external_id: 'café@shop.example' },
    { external_id: 'cafe\u0301@shop.example' },
    'café@shop.example',
  ],
  [
    'as who mail is from',
    { external_id: 'two@shop.example' },
    { external_id: 'own2@shop.example', credentials: { from: 'two@shop.example' } },
    'two@shop.example',
  ],
  [
    'for mail to come in',
    { external_id: 'three@shop.example' },
    { external_id: 'own3@shop.example', credentials: { inbound_address: 'Three@shop.example' } },
    'three@shop.example',
  ],
  [
    'for bounces',
    { external_id: 'four@shop.example', credentials: { bounce_address: 'b4@shop.example' } },
    { external_id: 'own4@shop.example', credentials: { bounce_address: 'b4@shop.example' } },
    'b4@shop.example',
  ],
  ['with a tag', { external_id: 'five@shop.example' }, { external_id: 'five+sales@shop.example' }, 'five@shop.example'],
  [
    'without its tag',
    { external_id: 'six+sales@shop.example' },
    { external_id: 'six@shop.example' },
    'six@shop.example',
  ],
  [
    'with another tag',
    { external_id: 'seven+a@shop.example' },
    { external_id: 'seven+b@shop.example' },
    'seven@shop.example',
  ],
];

suite('addresses of email accounts', () => {
  after(() => cloud.close());

  for (const [what, has, names, told] of taken) {
    test(`an address of another organization is refused ${what}`, async () => {
      const first = await connect(nile, has);
      assert.equal(first.status, 201, JSON.stringify(first.body));
      const second = await connect(gulf, names);
      assert.deepEqual([second.status, second.body['code']], [409, 'account_taken'], JSON.stringify(second.body));
      assert.match(String(second.body['message']), new RegExp(`'${told}' is connected by another organization`));
    });
  }

  test('tags of one address are of one organization, each its own account', async () => {
    for (const external_id of ['eight@shop.example', 'eight+a@shop.example', 'eight+b@shop.example'])
      assert.equal((await connect(nile, { external_id })).status, 201, external_id);
    assert.equal((await connect(nile, { external_id: 'EIGHT+A@shop.example' })).status, 409);
  });

  test('the alias of an account is nobody else’s, and neither is an answer address made of it', async () => {
    for (const inbound_address of [alias, alias.toUpperCase(), alias.replace('@', '.more@')]) {
      const answer = await connect(gulf, { external_id: 'nine@shop.example', credentials: { inbound_address } });
      assert.equal(answer.status, 409, inbound_address);
    }
  });

  test('of two that name one address, with a tag and without, at the same moment, never both have it', async () => {
    for (let index = 0; index < 8; index++) {
      const both = await Promise.all([
        connect(nile, { external_id: `race${index}@shop.example` }),
        connect(gulf, { external_id: `race${index}+tag@shop.example` }),
      ]);
      const statuses = both.map(({ status }) => status);
      assert.ok(statuses.includes(409), `both were answered ${statuses.join(' and ')}`);
      for (const [at, organization] of [nile, gulf].entries()) {
        const there = await rows(cloud, organization, `channel_accounts?external_id=like.race${index}*`);
        assert.equal(
          there.length,
          statuses[at] === 201 ? 1 : 0,
          `who was answered ${statuses[at]} has ${there.length}`,
        );
      }
    }
  });

  test('new credentials take no address of another organization', async () => {
    const own = await connect(gulf, { external_id: 'ten@shop.example' });
    for (const inbound_address of ['one@shop.example', 'one+x@shop.example', alias]) {
      const changed = await change(gulf, own, { inbound_address });
      assert.equal(changed.status, 409, JSON.stringify(changed.body));
    }
  });

  test('of two whose addresses are changed into tags of one at the same moment, never both have it', async () => {
    const [one, two] = [
      await connect(nile, { external_id: 'eleven@shop.example' }),
      await connect(gulf, { external_id: 'twelve@shop.example' }),
    ];
    for (let index = 0; index < 8; index++) {
      const both = await Promise.all([
        change(nile, one, { inbound_address: `new${index}+a@shop.example` }),
        change(gulf, two, { inbound_address: `new${index}+b@shop.example` }),
      ]);
      const statuses = both.map(({ status }) => status);
      assert.equal(statuses.filter((status) => status < 300).length, 1, `they were answered ${statuses.join(' and ')}`);
      assert.ok(statuses.includes(409));
    }
  });

  test('an account that is changed twice at the same moment is found by what it has, and by nothing else', async () => {
    const own = await connect(nile, { external_id: 'thirteen@shop.example' });
    for (let index = 0; index < 4; index++) {
      const to = ['x', 'y'].map((letter) => `${letter}${index}@shop.example`);
      const both = await Promise.all(to.map((inbound_address) => change(nile, own, { inbound_address })));
      const last = both.findLastIndex(({ status }) => status < 300);
      assert.notEqual(last, -1);
      if (both.some(({ status }) => status === 409)) assert.equal(await isFree(to[1 - last]), true);
    }
    await remove(nile, own);
    const routes = (await storedItems(cloud)).filter((item) => item['account'] === own.body.id);
    assert.deepEqual(routes, [], 'nothing leads to an account that is gone');
  });

  test('an address stays its organization’s until the last account with a tag of it is gone', async () => {
    const made = await Promise.all(
      ['a', 'b'].map((tag) => connect(nile, { external_id: `fourteen+${tag}@shop.example` })),
    );
    for (const account of made) {
      assert.equal((await connect(gulf, { external_id: 'fourteen@shop.example' })).status, 409);
      await remove(nile, account);
    }
    assert.equal((await connect(gulf, { external_id: 'fourteen@shop.example' })).status, 201);
  });

  test('mail to a tag goes to the account that has it, else to the one without', async () => {
    for (const [id, to] of [
      ['tag-1@x', 'eight+a@shop.example'],
      ['tag-2@x', 'eight+c@shop.example'],
    ] as const) {
      const raw = plainMail({ from: 'x@customers.example', to, subject: 's', id, text: 'Hi' });
      await mailIn(cloud, { envelope: { from: 'x@customers.example', to }, raw });
    }
    await cloud.drain();
    const [[one], [two]] = [await messagesOf(cloud, nile, 'tag-1@x'), await messagesOf(cloud, nile, 'tag-2@x')];
    assert.ok(one && two);
    assert.notEqual(one['channel_account_id'], two['channel_account_id']);
  });
});

function connect(organization: Organization, account: { external_id?: string; credentials?: object }): Promise<Answer> {
  const { credentials = {}, ...rest } = account;
  const body = {
    channel: 'email',
    probe: false,
    ...rest,
    credentials: { ...credentialsOf(rest.external_id ?? ''), ...credentials },
  };
  return ask(cloud, organization, '/rest/v1/channel_accounts', body);
}

function change(organization: Organization, { body }: Answer, credentials: object): Promise<Answer> {
  const change = { credentials: { ...credentialsOf(body.id), ...credentials }, probe: false };
  return ask(cloud, organization, `/rest/v1/channel_accounts?id=eq.${body.id}`, change, { method: 'PATCH' });
}

async function remove(organization: Organization, { body }: Answer): Promise<void> {
  const path = `/rest/v1/channel_accounts?id=eq.${body.id}`;
  assert.equal((await ask(cloud, organization, path, undefined, { method: 'DELETE' })).status, 204);
}

/** Whether an address leads to no account. */
async function isFree(address: string | undefined): Promise<boolean> {
  return !(await storedItems(cloud)).some(({ pk }) => pk === `route#email#address:${address}`);
}

function credentialsOf(name: string): { auth: string; webhook_secret: string } {
  return { auth: 'none', webhook_secret: `the secret of ${name}` };
}
