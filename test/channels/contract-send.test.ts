import assert from 'node:assert/strict';
import test from 'node:test';
import type { Receipt } from '@parley/core/channels/contract.ts';
import type { Body } from '@parley/core/domain/body.ts';
import type { Counterparty } from '@parley/core/domain/contact.ts';
import { accountOf, REFERENCE, type SendCase } from './cases/cases.ts';
import { startProvider, withProvider, type Captured, type Reply } from './provider.ts';
import { plain, registered, type Registered } from './registered.ts';

interface Asked {
  receipt: Receipt;
  requests: Captured[];
}

const hello: Body = { type: 'text', text: 'hello' };
const nobody: Counterparty = { identities: [{ kind: 'email', value: 'a@example.com' }] };

for (const one of registered.filter(({ cases }) => !cases.overSmtp)) {
  const { name, channel, cases } = one;

  for (const sent of cases.sends) {
    test(`${name}: sends ${sent.name}`, async () => {
      const { answer, providerMessageId } = sent.taken ?? cases.taken;
      const { receipt, requests } = await send(one, answer, sent);
      assert.deepEqual(
        { ...receipt, detail: undefined },
        { outcome: 'accepted', providerMessageId, detail: undefined },
      );
      assert.equal(requests.length, 1);
      const { method, path, headers, body } = sent.request;
      const used = requests[0] as Captured;
      const usedBody = cases.opened ? cases.opened(used) : used.body;
      assert.deepEqual({ method: used.method, path: used.path, body: usedBody }, { method, path, body: plain(body) });
      for (const [header, value] of Object.entries(headers ?? {})) assert.equal(used.headers[header], value);
    });
  }

  test(`${name}: asks nobody about what it can't send`, async () => {
    for (const body of cases.impossible) refusedUnasked(await send(one, cases.taken.answer, { body }));
  });

  test(`${name}: sends nothing to who has no address here`, async () => {
    refusedUnasked(await send(one, cases.taken.answer, { body: hello, to: nobody }));
  });

  const lost: [string, Reply][] = [
    ['an answer that is lost', 'drop'],
    ['a server error without a word', { status: 502, text: '<html>Bad gateway</html>' }],
    ['a redirect, which is not followed,', { status: 302, headers: { location: '/elsewhere' } }],
  ];
  for (const [what, reply] of lost) {
    test(`${name}: ${what} leaves the outcome unknown`, async () => {
      const { receipt, requests } = await send(one, reply);
      assert.equal(receipt.outcome, 'unknown');
      assert.equal(requests.length, 1);
    });
  }

  test(`${name}: 429 waits as long as the provider asks`, async () => {
    const { receipt } = await send(one, { status: 429, headers: { 'retry-after': '37' }, text: 'slow down' });
    assert.equal(receipt.outcome, 'refused');
    assert.deepEqual([receipt.error.class, receipt.retryable, receipt.retryAfterMs], ['rate_limited', true, 37_000]);
  });

  test(`${name}: 429 to what is no message says how long the provider asks to wait`, async () => {
    if (!(await channel.capabilities()).actions.includes('typing')) return;
    const reply: Reply = { status: 429, headers: { 'retry-after': '37' }, text: 'slow down' };
    await withProvider(reply, async ({ url, requests }) => {
      const typing = { kind: 'typing', to: cases.to, providerMessageId: 'theirs' } as const;
      const done = await channel.act?.(typing, accountOf(cases, url));
      // a provider that has no such thing is not asked, and all is well
      const told = done?.ok === false ? [done.error.class, done.error.retryAfterMs] : [requests.length];
      assert.deepEqual(told, done?.ok ? [0] : ['rate_limited', 37_000]);
    });
  });

  test(`${name}: a refused credential says so and is not tried again`, async () => {
    const { receipt } = await send(one, { status: 401, text: '' });
    assert.equal(receipt.outcome, 'refused');
    const kind = cases.keysOfRecipient ? 'recipient_unavailable' : 'auth';
    assert.deepEqual([receipt.error.class, receipt.retryable], [kind, false]);
  });

  test(`${name}: a provider that can't be reached is tried again`, async () => {
    const provider = await startProvider(() => 'hang');
    await provider.close();
    const receipt = await channel.send(
      { reference: REFERENCE, to: cases.to, body: hello },
      accountOf(cases, provider.url),
    );
    assert.equal(receipt.outcome, 'refused');
    assert.deepEqual([receipt.error.class, receipt.retryable], ['provider_down', true]);
  });
}

function refusedUnasked({ receipt, requests }: Asked): void {
  assert.equal(receipt.outcome, 'refused');
  assert.equal(receipt.retryable, false);
  assert.equal(requests.length, 0);
}

async function send(
  { channel, cases }: Registered,
  reply: Reply,
  { body = hello, to = cases.to, replyTo, options, forwardOf, credentials = cases.credentials }: Partial<SendCase> = {},
): Promise<Asked> {
  return withProvider(reply, async ({ url, requests }) => {
    const account = accountOf({ ...cases, credentials }, url);
    const original = replyTo === undefined ? {} : { replyTo: { providerMessageId: replyTo } };
    const more = { ...original, ...(options && { options }), ...(forwardOf && { forwardOf }) };
    const receipt = await channel.send({ reference: REFERENCE, to, body, ...more }, account);
    return { receipt, requests };
  });
}
