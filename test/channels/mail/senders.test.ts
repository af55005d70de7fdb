import assert from 'node:assert/strict';
import test from 'node:test';
import { replyAddressOf } from '@parley/core/channels/email/ids.ts';
import type { ConversationId } from '@parley/core/domain/id.ts';
import { account, message, SECRET } from './reading.ts';

function raw(headers: string): string {
  return `${headers}\nSubject: Hello\nMessage-ID: <a1@customers.example>\nMIME-Version: 1.0\n\nHi\n`;
}

async function writerOf(headers: string): Promise<[string, string | undefined, boolean]> {
  const { event, email } = await message(raw(headers));
  const { identities, name } = event.counterparty;
  return [identities[0].value, name, email.automatic ?? false];
}

for (const from of [
  'support@nile.example',
  'Support+web@nile.example',
  'noreply@nile.example',
  'wordpress@nile.example',
  'contact-form@nile.example',
]) {
  test(`${from} writes for whoever an answer goes to`, async () => {
    const written = await writerOf(`From: Site <${from}>\nTo: support@nile.example\nReply-To: Mona <mona@x.example>`);
    assert.deepEqual(written, ['mona@x.example', 'Mona', false]);
  });
}

for (const from of ['noreply@elsewhere.example', 'omar@nile.example', 'mona@customers.example']) {
  test(`${from} writes as itself, wherever an answer is to go`, async () => {
    const [address] = await writerOf(`From: ${from}\nTo: support@nile.example\nReply-To: victim@x.example`);
    assert.equal(address, from);
  });
}

test('a form that gives no address, or our own, writes as itself', async () => {
  for (const replyTo of ['', '\nReply-To: support@nile.example', '\nReply-To: in+x.tag@in.parley.example'])
    assert.equal(
      (await writerOf(`From: wordpress@nile.example\nTo: support@nile.example${replyTo}`))[0],
      'wordpress@nile.example',
    );
});

test('who else has the mail is told, written to or copied, and we and the writer are not among them', async () => {
  const own = replyAddressOf(
    account.credentials.inbound_address,
    'conv_019aa000-0000-5000-8000-000000000002' as ConversationId,
    SECRET,
  );
  const { email } = await message(
    raw(
      `From: mona@customers.example\nTo: Nile <support+orders@nile.example>, ${own}, Omar <omar@x.example>\nCc: a@x.example, Omar@x.example, mona@customers.example`,
    ),
  );
  assert.deepEqual(email.cc, ['omar@x.example', 'a@x.example']);
});
