import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import test from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { FileBytes, Outgoing, Receipt } from '@parley/core/channels/contract.ts';
import { channel } from '@parley/core/channels/email/index.ts';
import { conversationIn, messageIdOf, referenceIn } from '@parley/core/channels/email/ids.ts';
import { serverOf } from '@parley/core/channels/email/transport.ts';
import type { Body } from '@parley/core/domain/body.ts';
import { listenOn } from '../../support/loopback.ts';
import { SECRET } from './reading.ts';
import { outgoing, REFERENCE, startServer, type Says, type TestServer } from './server.ts';

const ours = messageIdOf(REFERENCE, SECRET, 'nile.example');

async function using<T>(says: Says, work: (server: TestServer) => Promise<T>, credentials = {}): Promise<T> {
  const server = await startServer(says, credentials);
  try {
    return await work(server);
  } finally {
    await server.close();
  }
}

function sending(says: Says, more: Parameters<typeof outgoing>[0] = {}): Promise<Receipt> {
  return using(says, (server) => channel.send(outgoing(more), server.account));
}

/** Begun at once, because it is waited for as long as for any server: that is while the others are tested. */
const neverGreeted = sendToMute();

async function sendToMute(): Promise<{ receipt: Receipt; took: number }> {
  const mute = createServer(() => {});
  const port = await listenOn(mute);
  const server = await startServer();
  const began = Date.now();
  const baseUrl = `smtp://127.0.0.1:${port}`;
  const receipt = await channel.send(outgoing(), { ...server.account, baseUrl });
  const took = Date.now() - began;
  await server.close();
  mute.close();
  return { receipt, took };
}

test('a mail goes out over STARTTLS, signed in, under an id of ours', async () => {
  await using({}, async ({ account, mails, signIns }) => {
    assert.deepEqual(await channel.send(outgoing(), account), { outcome: 'accepted', providerMessageId: ours });
    assert.deepEqual(signIns, ['support@nile.example:pass word']);
    const [got] = mails;
    assert.equal(got?.mail.messageId, `<${ours}>`);
    assert.deepEqual(
      [got?.mail.subject, got?.mail.text?.trim(), got?.to],
      ['Order 17', 'Ready', ['mona@customers.example']],
    );
    assert.deepEqual([got?.mail.from?.name, got?.mail.from?.address], ['Nile Coffee', 'support@nile.example']);
    assert.equal(got?.mail.html?.trim(), '<div dir="auto" style="white-space:normal">Ready</div>');
    assert.equal(got?.envelopeId, ours);
    assert.equal(referenceIn(ours, SECRET), REFERENCE);
    assert.doesNotMatch(got?.raw ?? '', /X-Mailer|List-Unsubscribe|Auto-Submitted|Reply-To/i);
  });
});

test('one connection serves many mails, and one that the server closed meanwhile is opened anew, without a second copy', async () => {
  await using({}, async ({ account, mails, signIns, hangUp }) => {
    for (let count = 0; count < 3; count++) await channel.send(outgoing(), account);
    assert.equal(signIns.length, 1);
    hangUp();
    assert.equal((await channel.send(outgoing(), account)).outcome, 'accepted');
    assert.deepEqual([mails.length, signIns.length], [4, 2]);
  });
});

test('an answer names what it answers, has an address of its own, formatting, copies and files', async () => {
  const bytes = new TextEncoder().encode('%PDF-1.4 عربي');
  const body: Body = {
    type: 'email',
    subject: 'Re: طلب',
    text: 'مرحبا <b> & link',
    entities: [
      { type: 'bold', offset: 0, length: 5 },
      { type: 'text_link', offset: 12, length: 4, url: 'https://nile.example/?a="b' },
    ],
    references: ['first@x', 'last@x'],
    cc: ['omar@x.example'],
    attachments: [{ status: 'ready', key: 'k', filename: 'فاتورة.pdf', mime: 'application/pdf' }],
  };
  const readFile = async () => ({ ok: true as const, bytes, mime: 'application/pdf' });
  await using(
    {},
    async ({ account, mails }) => {
      await channel.send(outgoing({ body, readFile, replyTo: { providerMessageId: 'last@x' } }), account);
      const mail = mails[0]?.mail;
      assert.deepEqual([mail?.inReplyTo, mail?.references], ['<last@x>', '<first@x> <last@x>']);
      assert.equal(
        conversationIn(mail?.replyTo?.[0]?.address ?? '', SECRET),
        'conv_019aa000-0000-5000-8000-000000000002',
      );
      assert.match(
        mail?.html ?? '',
        /<strong>مرحبا<\/strong> &lt;b&gt; &amp; <a href="https:\/\/nile\.example\/\?a=&quot;b">link<\/a>/,
      );
      assert.deepEqual(mails[0]?.to, ['mona@customers.example', 'omar@x.example']);
      assert.deepEqual(
        mail?.attachments.map(({ filename, mimeType }) => [filename, mimeType]),
        [['فاتورة.pdf', 'application/pdf']],
      );
    },
    { inbound_address: 'in+0000000000000000000000001@in.parley.example' },
  );
});

test('HTML of its own goes as it is; mail to many can be ended at a click', async () => {
  const html = { status: 'ready' as const, key: 'h', mime: 'text/html' };
  const body: Body = { type: 'email', subject: 's', text: 'plain', html, attachments: [] };
  const readFile = fileOf(new TextEncoder().encode('<h1>Sale</h1>'));
  await using({}, async ({ account, mails }) => {
    await channel.send(outgoing({ body, readFile, options: { list_unsubscribe: true, automatic: true } }), account);
    const header = (name: string) => mails[0]?.mail.headers.find(({ key }) => key === name)?.value ?? '';
    assert.equal(mails[0]?.mail.html?.trim(), '<h1>Sale</h1>');
    assert.match(
      header('list-unsubscribe'),
      /^<https:\/\/parley\.example\/functions\/v1\/email-unsubscribe\/acc_1\?u=[\w-]+\.[0-9a-f]{32}>$/,
    );
    assert.equal(header('list-unsubscribe-post'), 'List-Unsubscribe=One-Click');
    assert.deepEqual([header('auto-submitted'), header('x-auto-response-suppress')], ['auto-generated', 'All']);
  });
});

test('nothing that is written can add a header or a recipient', async () => {
  const evil = 'x\r\nBcc: spy@x.example\r\n\r\nbody';
  const body: Body = {
    type: 'email',
    subject: evil,
    text: 'x',
    references: [evil],
    attachments: [{ status: 'ready', key: 'k', filename: evil }],
  };
  const readFile = fileOf(new Uint8Array(1));
  await using({}, async ({ account, mails }) => {
    const to = {
      identities: [{ kind: 'email', value: 'mona@customers.example' }] as [{ kind: string; value: string }],
      name: evil,
    };
    await channel.send(outgoing({ body, to, readFile, replyTo: { providerMessageId: evil } }), account);
    assert.deepEqual(mails[0]?.to, ['mona@customers.example']);
    assert.equal(mails[0]?.mail.bcc, undefined);
    assert.doesNotMatch(mails[0]?.raw.split('\r\n\r\n')[0] ?? '', /^Bcc:/im);
  });
});

function fileOf(bytes: Uint8Array<ArrayBuffer>): NonNullable<Outgoing['readFile']> {
  return async () => ({ ok: true, bytes, mime: undefined });
}

async function unreadFile(): Promise<FileBytes> {
  return { ok: false, permanent: false, reason: 'the host answered 503' };
}

function refusing(bad: string): Says {
  return { rcpt: (address) => (address === bad ? '550 5.1.1 user unknown' : undefined) };
}

/** What a server says, and what becomes of the message. */
const refusals: [string, Says, { class: string; retryable: boolean; gone?: true; code?: string }][] = [
  ['a wrong password', { auth: '535 5.7.8 no' }, { class: 'auth', retryable: false, code: 'not_authenticated' }],
  ['a sign-in that has to wait', { auth: '454 4.7.0 later' }, { class: 'rate_limited', retryable: true }],
  [
    'a server that wants a sign-in first',
    { mail: '530 5.7.0 authenticate first' },
    { class: 'auth', retryable: false },
  ],
  [
    'an address that is nobody’s',
    { rcpt: '550 5.1.1 user unknown' },
    { class: 'recipient_unavailable', retryable: false, gone: true },
  ],
  ['an address refused by policy', { rcpt: '550 5.7.1 blocked' }, { class: 'account_restricted', retryable: false }],
  ['an address without a reason', { rcpt: '550 no' }, { class: 'recipient_unavailable', retryable: false }],
  ['a full mailbox', { rcpt: '452 4.2.2 full' }, { class: 'recipient_unavailable', retryable: true }],
  ['greylisting', { rcpt: '450 4.7.1 come back later' }, { class: 'rate_limited', retryable: true }],
  ['a session out of step', { rcpt: '503 5.5.1 bad sequence' }, { class: 'provider_down', retryable: true }],
  [
    'mail that comes too fast',
    { rcpt: '454 Throttling failure: Maximum sending rate exceeded' },
    { class: 'rate_limited', retryable: true },
  ],
  [
    'a day that is used up',
    { rcpt: '454 Throttling failure: Daily message quota exceeded' },
    { class: 'rate_limited', retryable: true },
  ],
  [
    'a server that wants us to come later',
    { rcpt: '421 4.7.0 try again later' },
    { class: 'rate_limited', retryable: true },
  ],
  ['a server about to close', { rcpt: '421 4.3.2 closing' }, { class: 'provider_down', retryable: true }],
  ['a connection that ends before the mail', { rcpt: 'drop' }, { class: 'provider_down', retryable: true }],
  ['a mail that is too large', { data: '552 5.3.4 too large' }, { class: 'media_problem', retryable: false }],
  ['a mail that is spam', { data: '554 5.7.1 spam' }, { class: 'account_restricted', retryable: false }],
  ['trouble over there', { data: '451 4.3.0 try later' }, { class: 'provider_down', retryable: true }],
  [
    'a server without encryption',
    { options: { disabledCommands: ['STARTTLS'] } },
    { class: 'auth', retryable: false, code: 'no_tls' },
  ],
];

for (const [what, says, expected] of refusals) {
  test(`${what} is ${expected.class}, ${expected.retryable ? 'and tried again' : 'for good'}`, async () => {
    const receipt = await sending(says);
    assert.equal(receipt.outcome, 'refused', JSON.stringify(receipt));
    const { error, retryable, gone } = receipt;
    assert.deepEqual(
      { class: error.class, retryable, ...(gone && { gone }), ...(expected.code && { code: error.code }) },
      expected,
    );
  });
}

test('a connection that ends after the mail leaves the outcome unknown, and the mail is not sent again', async () => {
  await using({ data: 'drop' }, async ({ account, mails }) => {
    assert.equal((await channel.send(outgoing(), account)).outcome, 'unknown');
    await delay(500);
    assert.equal(mails.length, 1);
  });
});

test('a server that is not there is tried again', async () => {
  const server = await startServer();
  await server.close();
  const receipt = await channel.send(outgoing(), server.account);
  assert.equal(receipt.outcome === 'refused' && receipt.error.class, 'provider_down');
  assert.equal(receipt.outcome === 'refused' && receipt.retryable, true);
});

test('a server that never greets does not hold us up', async () => {
  const { receipt, took } = await neverGreeted;
  assert.equal(receipt.outcome === 'refused' && receipt.retryable, true);
  assert.ok(took < 20_000);
});

test('a certificate that nobody vouches for ends it before the password is told', async () => {
  await using({}, async ({ account, signIns }) => {
    const { ca: _, ...credentials } = account.credentials;
    const receipt = await channel.send(outgoing(), { ...account, credentials });
    assert.equal(receipt.outcome === 'refused' && receipt.error.code, 'certificate_untrusted');
    assert.deepEqual(signIns, []);
  });
});

test('a copy that is refused does not fail the mail; the recipient does', async () => {
  const body: Body = { type: 'email', subject: 's', text: 't', cc: ['gone@x.example'], attachments: [] };
  assert.equal((await sending(refusing('gone@x.example'), { body })).outcome, 'accepted');
  assert.equal((await sending(refusing('mona@customers.example'), { body })).outcome, 'refused');
});

test('files too large together, and one that can not be read, never leave', async () => {
  const attachments = [1, 2].map(() => ({ status: 'ready' as const, key: 'k' }));
  const body: Body = { type: 'email', subject: 's', text: 't', attachments };
  const tooLarge = await sending({}, { body, readFile: fileOf(new Uint8Array(10 * 1024 * 1024)) });
  assert.deepEqual(tooLarge.outcome === 'refused' && [tooLarge.error.class, tooLarge.retryable], [
    'media_problem',
    false,
  ]);
  const again = await sending({}, { body, readFile: unreadFile });
  assert.deepEqual(again.outcome === 'refused' && [again.error.class, again.retryable], ['media_problem', true]);
});

test('a token signs in where passwords are not taken', async () => {
  await using(
    { options: { authMethods: ['XOAUTH2'] } },
    async ({ account, signIns }) => {
      assert.equal((await channel.send(outgoing(), account)).outcome, 'accepted');
      assert.deepEqual(signIns, ['support@nile.example:ya29.token']);
    },
    { auth: 'oauth2', access_token: 'ya29.token' },
  );
});

test('a probe signs in and sends nothing', async () => {
  await using({}, async ({ account, mails, signIns }) => {
    assert.deepEqual(await channel.probe?.(account), { ok: true, externalId: 'support@nile.example' });
    assert.deepEqual([mails.length, signIns.length], [0, 1]);
  });
  await using({ auth: '535 5.7.8 no' }, async ({ account }) => {
    const probe = await channel.probe?.(account);
    assert.equal(probe?.ok === false && probe.error.class, 'auth');
  });
});

test('an account names its server', () => {
  assert.deepEqual(serverOf('smtp://mail.example.com'), { host: 'mail.example.com', port: 587, secure: false });
  assert.deepEqual(serverOf('smtps://mail.example.com/'), { host: 'mail.example.com', port: 465, secure: true });
  assert.deepEqual(serverOf('smtp://[::1]:2525'), { host: '::1', port: 2525, secure: false });
  for (const bad of ['https://mail.example.com', 'smtp://', 'smtp://a@b', 'smtp://a/b'])
    assert.equal(serverOf(bad), undefined);
});
