import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { createTransport } from 'nodemailer';
import type { NodemailerError, SendMailOptions } from 'nodemailer';
import { certificateIn } from '@parley/local/mail/certificate.ts';
import { startMailIntake } from '@parley/local/mail/intake.ts';
import type { RunningSmtp } from '@parley/local/mail/smtp.ts';
import { startSubmission, type Submission } from '@parley/local/providers/email/submission.ts';
import { createTopics } from '@parley/local/mail/topics.ts';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { listenAt } from '../../support/loopback.ts';
import { startRig, until, type Received, type Rig } from './rig.ts';

const folder = mkdtempSync(join(tmpdir(), 'parley-email-'));
let submission: Submission;
let inbound: RunningSmtp;
let rig: Rig;
let bucket: Server;
/** objects of the bucket, and what the queue was told of them */
const objects = new Map<string, string>();
const told: Record<string, never>[] = [];

suite('the pretend mail provider', () => {
  before(start);
  after(stop);

  test('a mail of an account reaches the mailbox, over STARTTLS and signed in', async () => {
    await send({
      to: 'mona@customers.example',
      subject: 'طلبك',
      text: 'جاهز',
      html: '<p>جاهز</p>',
      attachments: [{ filename: 'a.txt', content: 'abc' }],
    });
    const [mail] = await mailbox('mona');
    assert.deepEqual([mail?.text, mail?.from, mail?.status], ['جاهز', 'business', 'delivered']);
    assert.deepEqual([mail?.mail.subject, mail?.mail.html], ['طلبك', true]);
    const [file] = mail?.mail.attachments ?? [];
    assert.deepEqual([file?.filename, file?.size], ['a.txt', 3]);
    assert.equal(await (await fetch(new URL(file?.url ?? '', rig.url))).text(), 'abc');
  });

  const wrong: [string, SendMailOptions, object, string][] = [
    ['a wrong password', {}, { auth: { user: 'support@nile.example', pass: 'wrong' } }, 'EAUTH 535 5.7.8'],
    ['nobody signed in', {}, { auth: undefined }, 'EENVELOPE 530'],
    ['somebody else’s address', { from: 'boss@bank.example' }, {}, 'EENVELOPE 553 5.7.1'],
    ['an address without a mailbox', { to: 'nobody@elsewhere.example' }, {}, 'EENVELOPE 550 5.1.1'],
    ['a mail beyond 25 MB', { text: 'x'.repeat(26 * 1024 * 1024) }, {}, 'EMESSAGE'],
  ];
  for (const [what, mail, transport, expected] of wrong) {
    test(`refuses ${what}`, async () => {
      const error = await send(mail, transport).then(
        () => assert.fail('it was taken'),
        (reason: NodemailerError) => reason,
      );
      assert.ok(`${error.code} ${error.response ?? ''}`.startsWith(expected), `${error.code} ${error.response}`);
    });
  }

  test('says no to a password before the connection is encrypted', async () => {
    await assert.rejects(send({}, { ignoreTLS: true, requireTLS: false }), /538|530|503|STARTTLS/);
  });

  test('what could not be delivered comes back as a report, through the servers that take mail in', async () => {
    const before = told.length;
    await send({
      to: 'gone@elsewhere.example',
      messageId: '<sent-1@nile.example>',
      dsn: { id: 'envelope-1', return: 'headers' },
    });
    await until(() => told.length > before);
    const { receipt, mail } = told.at(-1) as unknown as Notification;
    assert.deepEqual([receipt.recipients, mail.source], [['support@nile.example'], '']);
    const report = objects.get(`/files/${receipt.action.objectKey}`) ?? '';
    for (const line of [
      'report-type=delivery-status',
      'Original-Envelope-Id: envelope-1',
      'Action: failed',
      'Status: 5.1.1',
      'Message-ID: <sent-1@nile.example>',
    ])
      assert.ok(report.includes(line), line);
  });

  test('a customer writes through the webhook, signed, or by SMTP', async () => {
    const written = await rig.call('POST', '/email/phones/omar/messages', {
      account: 'support@nile.example',
      text: 'مرحبا',
      subject: 'سؤال',
    });
    assert.deepEqual([written.status, (written.body as { webhook_status: number }).webhook_status], [201, 200]);
    const [hook] = await rig.webhooks(1);
    const [, time, signature] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(hook?.headers['x-parley-signature'])) ?? [];
    assert.equal(signature, createHmac('sha256', 'secret-1').update(`${time}.${hook?.raw}`).digest('hex'));
    const { envelope, raw } = bodyOf(hook);
    assert.deepEqual(envelope, { from: 'omar@customers.example', to: ['support@nile.example'] });
    assert.match(Buffer.from(raw, 'base64').toString(), /^Subject: =\?UTF-8\?/m);
    const before = told.length;
    await rig.call('POST', '/email/phones/omar/messages', {
      account: 'support@nile.example',
      text: 'By SMTP',
      via: 'smtp',
    });
    assert.equal(told.length, before + 1);
  });

  test('an answer names what it answers and goes where answers are wanted', async () => {
    await send({
      to: 'mona@customers.example',
      subject: 'Order',
      messageId: '<m-1@nile.example>',
      references: '<m-0@nile.example>',
      replyTo: 'in+x@in.example',
      text: 'a',
    });
    const before = rig.received.length;
    await rig.call('POST', '/email/phones/mona/messages', { account: 'support@nile.example', text: 'Yes' });
    const { envelope, raw } = bodyOf((await rig.webhooks(before + 1)).at(-1));
    assert.deepEqual(envelope.to, ['in+x@in.example']);
    const mime = Buffer.from(raw, 'base64').toString();
    assert.match(mime, /^Subject: Re: Order\r$/m);
    assert.match(mime, /^In-Reply-To: <m-1@nile\.example>\r$/m);
    assert.match(mime, /^References: <m-0@nile\.example> <m-1@nile\.example>\r$/m);
  });

  test('faults: a code at a stage, and an answer that is lost', async () => {
    await rig.call('POST', '/email/faults', { path: '/rcpt', status: 450, body: '4.2.1 later' });
    await assert.rejects(send({}), /450 4\.2\.1 later/);
    await rig.call('POST', '/email/faults', { status: 554, body: '5.7.1 spam' });
    await assert.rejects(send({}), /554 5\.7\.1 spam/);
    const before = (await mailbox('mona')).length;
    await rig.call('POST', '/email/faults', { lose_answer: true });
    await assert.rejects(send({}), /closed|socket/i);
    assert.equal((await mailbox('mona')).length, before + 1);
    const requests = (await rig.call('GET', '/email/requests')).body as { status: number; lost?: true }[];
    assert.deepEqual([requests.at(-2)?.status, requests.at(-1)?.lost], [554, true]);
  });
});

interface Notification {
  receipt: { recipients: string[]; action: { objectKey: string } };
  mail: { source: string };
}

function bodyOf(hook: Received | undefined): { envelope: { from: string; to: string[] }; raw: string } {
  assert.ok(hook);
  return hook.body as ReturnType<typeof bodyOf>;
}

interface Shown {
  text: string;
  from: string;
  status: string;
  mail: { subject: string; html: boolean; attachments: { filename: string; size: number; url: string }[] };
}

async function start(): Promise<void> {
  const certificate = await certificateIn(join(folder, 'certificate.json'));
  bucket = createServer((request, response) => {
    void keep(request, response);
  });
  const topicArn = 'arn:aws:sns:us-east-1:000000000000:mail';
  const publish = createTopics(
    [{ topicArn, queue: 'mails', raw: true }],
    async (_queue, { body }) => void told.push(JSON.parse(body)),
  );
  const rules = [{ recipients: [], bucket: 'files', prefix: 'mail/', topicArn }];
  const bucketsUrl = await listenAt(bucket);
  inbound = await startMailIntake({ rules, bucketsUrl, publish, certificate, port: 0 });
  submission = await startSubmission(certificate, 0);
  rig = await startRig({ mail: { submission, inboundPort: inbound.port, base: 'http://127.0.0.1/providers/email' } });
  const webhook_url = rig.bot.webhook_url;
  rig.providers.register({
    channel: 'email',
    external_id: 'support@nile.example',
    name: 'Nile Coffee',
    organization: 'Nile Coffee',
    webhook_url,
    user: 'support@nile.example',
    password: 'pass word',
    webhook_secret: 'secret-1',
  });
}

async function keep(request: IncomingMessage, response: ServerResponse): Promise<void> {
  objects.set(request.url ?? '', (await buffer(request)).toString());
  response.end();
}

async function stop(): Promise<void> {
  await Promise.all([submission.close(), inbound.close(), rig.close()]);
  bucket.close();
  rmSync(folder, { recursive: true, force: true });
}

async function send(mail: SendMailOptions, more: object = {}): Promise<void> {
  const auth = { user: 'support@nile.example', pass: 'pass word' };
  const transport = createTransport({
    host: '127.0.0.1',
    port: submission.port,
    requireTLS: true,
    tls: { ca: submission.ca },
    auth,
    ...more,
  });
  try {
    await transport.sendMail({
      from: 'Nile <support@nile.example>',
      to: 'mona@customers.example',
      subject: 's',
      text: 't',
      ...mail,
    });
  } finally {
    transport.close();
  }
}

async function mailbox(phone: string): Promise<Shown[]> {
  return (await rig.call('GET', `/email/phones/${phone}/messages?account=support%40nile.example`)).body as Shown[];
}
