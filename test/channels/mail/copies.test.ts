import assert from 'node:assert/strict';
import test from 'node:test';
import { channel } from '@parley/core/channels/email/index.ts';
import { reader } from '@parley/core/channels/email/mail/reader.ts';
import type { Body } from '@parley/core/domain/body.ts';
import { outgoing, startServer, type Says, type TestServer } from './server.ts';

const MONA = 'mona@customers.example';
const OMAR = 'omar@x.example';

function mail(more: Partial<Extract<Body, { type: 'email' }>> = {}): Body {
  return { type: 'email', subject: 's', text: 't', attachments: [], ...more };
}

async function using<T>(says: Says, work: (server: TestServer) => Promise<T>): Promise<T> {
  const server = await startServer(says);
  try {
    return await work(server);
  } finally {
    await server.close();
  }
}

function refusing(bad: string, words: string): Says {
  return { rcpt: (address) => (address === bad ? words : undefined) };
}

test('a report of a copy can not be taken for one of the customer', async () => {
  await using({ options: { hideDSN: false } }, async ({ account, mails }) => {
    await channel.send(outgoing({ body: mail() }), account);
    await channel.send(outgoing({ body: mail({ cc: [OMAR] }) }), account);
    assert.deepEqual(mails[0]?.originalRecipients, [`rfc822;${MONA}`]);
    assert.deepEqual(mails[1]?.originalRecipients, [undefined, undefined]);
  });
});

test('a copy that is refused is told of beside what became of the mail', async () => {
  await using(refusing(OMAR, '550 5.1.1 user unknown'), async ({ account }) => {
    const receipt = await channel.send(outgoing({ body: mail({ cc: [OMAR, 'b@x.example'] }) }), account);
    assert.equal(receipt.outcome === 'accepted' && receipt.detail, `The mail server took no copy for ${OMAR}.`);
  });
});

test('a customer who is refused for now, while others have their copy, is not tried again by itself', async () => {
  await using(refusing(MONA, '450 4.2.0 come back later'), async ({ account, mails }) => {
    const alone = await channel.send(outgoing({ body: mail() }), account);
    assert.equal(alone.outcome === 'refused' && alone.retryable, true);
    const copied = await channel.send(outgoing({ body: mail({ cc: [OMAR] }) }), account);
    assert.deepEqual(copied.outcome === 'refused' && [copied.retryable, copied.error.code], [false, 'deferred']);
    assert.deepEqual(
      mails.map(({ to }) => to),
      [[OMAR]],
    );
  });
});

test('a link keeps its address for those who read words alone', async () => {
  const text = 'Pay here or at https://nile.example';
  const entities = [
    { type: 'text_link' as const, offset: 4, length: 4, url: 'https://nile.example/pay' },
    { type: 'text_link' as const, offset: 15, length: 20, url: 'https://nile.example/' },
    { type: 'bold' as const, offset: 0, length: 3 },
  ];
  await using({}, async ({ account, mails }) => {
    await channel.send(outgoing({ body: mail({ text, entities }) }), account);
    assert.equal(mails[0]?.mail.text?.trim(), 'Pay here (https://nile.example/pay) or at https://nile.example');
    assert.match(mails[0]?.mail.html ?? '', /<a href="https:\/\/nile\.example\/pay">here<\/a>/);
  });
});

test('the words made of HTML keep the addresses of its links', () => {
  const html =
    '<h1>Sale</h1><p>See <a href=" https://nile.example/s?a=1&amp;b=2 ">our <b>offers</b></a> or <a href="mailto:hi@nile.example">hi@nile.example</a>.</p>' +
    '<a href="https://nile.example/x"><img src="x"></a><a href="#top">Top</a><a>Bare</a><p><a href="https://a.example">Open<p>Next';
  assert.equal(
    reader.textOfHtml(html),
    'Sale\nSee our offers (https://nile.example/s?a=1&b=2) or hi@nile.example.\n\nTopBare\nOpen\nNext\n\n(https://a.example)',
  );
});
