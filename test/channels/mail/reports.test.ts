import assert from 'node:assert/strict';
import test from 'node:test';
import { messageIdOf } from '@parley/core/channels/email/ids.ts';
import { readSesNotification } from '@parley/core/store/ses.ts';
import { bounce } from '@parley/core/channels/email/mail/report.ts';
import { read, SECRET } from './reading.ts';

const reference = 'msg_019aa000-0000-7000-8000-000000000001_019aa000-0000-5000-8000-000000000002.1';
const ours = messageIdOf(reference, SECRET, 'nile.example');

interface Told {
  action?: string;
  status?: string;
  words?: string;
  original?: string;
  envelopeId?: string;
}

/** As Postfix writes it. */
function dsn({
  action = 'failed',
  status = '5.1.1',
  words = '550 5.1.1 user unknown',
  original = ours,
  envelopeId,
}: Told = {}): string {
  return `From: MAILER-DAEMON@mx.customers.example
To: support@nile.example
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: text/plain

It could not be delivered.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.customers.example
${envelopeId === undefined ? '' : `Original-Envelope-Id: ${envelopeId}\n`}
Final-Recipient: rfc822; mona@customers.example
Action: ${action}
Status: ${status}
Diagnostic-Code: smtp;
    ${words}
--b
Content-Type: text/rfc822-headers

Subject: Order
Message-ID:
 <${original}>
--b--
`;
}

async function report(raw: string) {
  const { mail } = await read(raw, { from: '', to: ['support@nile.example'] });
  if (mail.kind !== 'report') throw new Error(`read as ${mail.kind}`);
  return mail;
}

test('a bounce says which message failed, why, and that nobody is there', async () => {
  const { about, verdicts } = await report(dsn());
  assert.deepEqual(about, [{ reference }]);
  assert.deepEqual(verdicts, [
    {
      address: 'mona@customers.example',
      status: 'FAILED',
      detail: 'bounced',
      unreachable: 'gone',
      error: {
        code: 'no_such_address',
        class: 'recipient_unavailable',
        message: 'There is nobody at this address.',
        permanent: true,
        providerCode: '5.1.1',
      },
    },
  ]);
});

for (const [what, told, kind, code, gone] of [
  [
    'a full mailbox',
    { status: '5.2.2', words: '552 5.2.2 mailbox full' },
    'recipient_unavailable',
    'mailbox_full',
    false,
  ],
  [
    'a refusal by policy',
    { status: '5.7.1', words: '550 5.7.1 blocked: spam' },
    'account_restricted',
    'refused_by_policy',
    false,
  ],
  ['a mail that is too large', { status: '5.3.4', words: '552 too large' }, 'media_problem', 'too_large', false],
  [
    'a host that is not there',
    { status: '5.4.4', words: 'Host or domain name not found' },
    'recipient_unavailable',
    'no_such_address',
    true,
  ],
  [
    'a vague code and clear words',
    { status: '5.0.0', words: '550 no such user here' },
    'recipient_unavailable',
    'no_such_address',
    true,
  ],
  [
    'a vague code and words of policy',
    { status: '5.1.1', words: '550 rejected by spam policy' },
    'recipient_unavailable',
    'address_refused',
    false,
  ],
  ['time that ran out', { action: 'expired', status: '4.4.1', words: 'timed out' }, 'provider_down', 'deferred', false],
] as const) {
  test(`${what} is ${code}`, async () => {
    const [verdict] = (await report(dsn(told))).verdicts;
    assert.deepEqual([verdict?.error?.class, verdict?.error?.code, verdict?.error?.permanent], [kind, code, true]);
    assert.equal(verdict?.unreachable, gone ? 'gone' : undefined);
  });
}

test('a delay is no bounce, and a delivery is one of another kind', async () => {
  assert.deepEqual((await report(dsn({ action: 'delayed', status: '4.4.1' }))).verdicts, []);
  const [verdict] = (await report(dsn({ action: 'delivered', status: '2.0.0' }))).verdicts;
  assert.equal(verdict?.status, 'DELIVERED');
});

test("the id we gave the envelope comes first, another server's Message-ID is looked up, a forged one of ours is not ours", async () => {
  assert.deepEqual((await report(dsn({ envelopeId: ours, original: 'x@ses' }))).about, [
    { reference },
    { providerMessageId: 'x@ses' },
  ]);
  const forged = messageIdOf(reference, 'another secret', 'nile.example');
  assert.deepEqual((await report(dsn({ original: forged }))).about, [{ providerMessageId: forged }]);
});

test('a bounce in words alone is read as one, and may also be a mail', async () => {
  const mail = await report(
    `From: Mail Delivery System <mailer-daemon@mx.example>\nTo: support@nile.example\nX-Failed-Recipients: mona@customers.example\nSubject: Mail delivery failed\n\nmona@customers.example\n  550 5.1.1 user unknown\n\nMessage-ID: <${ours}>\n`,
  );
  assert.deepEqual(
    [mail.about, mail.verdicts[0]?.unreachable, mail.verdicts[0]?.address],
    [[{ reference }], 'gone', 'mona@customers.example'],
  );
  const otherwise = await mail.otherwise();
  assert.equal(
    otherwise.kind === 'message' && otherwise.event.body.type === 'email' && otherwise.event.body.automatic,
    true,
  );
});

test('a server that gives no address of its own is read as well', async () => {
  for (const from of ['Mail Delivery Subsystem <MAILER-DAEMON>', '<>']) {
    const raw = dsn().replace(/^From: .*/m, `From: ${from}`);
    assert.equal((await report(raw)).verdicts[0]?.error?.code, 'no_such_address', from);
  }
});

test('a postmaster who writes an answer is a person', async () => {
  const raw = `From: postmaster@customers.example\nTo: support@nile.example\nIn-Reply-To: <${ours}>\n\nPlease call me, room 550 - thanks\n`;
  const { mail } = await read(raw, { from: 'postmaster@customers.example', to: ['support@nile.example'] });
  assert.equal(mail.kind, 'message');
  assert.equal((await report(raw.replace('Please call me', '550 5.1.1 no such user'))).verdicts.length, 1);
});

test('a bounce that a customer attaches to a question is no bounce', async () => {
  const raw = dsn()
    .replace(/^From: .*/m, 'From: mona@customers.example')
    .replace('Auto-Submitted: auto-replied\n', '')
    .replace('multipart/report; report-type=delivery-status;', 'multipart/mixed;');
  const { mail } = await read(raw, { from: 'mona@customers.example', to: ['support@nile.example'] });
  assert.ok(mail.kind === 'message' && mail.event.body.type === 'email');
  assert.equal(mail.event.body.attachments.length, 2);
});

test('a complaint (ARF) is of the person, not of the delivery', async () => {
  const mail = await report(`From: feedback@isp.example
To: support@nile.example
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary=b

--b
Content-Type: text/plain

Complaint
--b
Content-Type: message/feedback-report

Feedback-Type: abuse
Original-Rcpt-To: <mona@customers.example>
--b
Content-Type: message/rfc822

Message-ID: <${ours}>
Subject: x

words
--b--
`);
  assert.deepEqual(mail.verdicts, [{ unreachable: 'complained', address: 'mona@customers.example' }]);
  assert.deepEqual(mail.about, [{ reference }]);
});

test('a mail of our own that comes back is nobody else’s', async () => {
  const { mail } = await read(`From: support@nile.example\nTo: x@y.example\nMessage-ID: <${ours}>\n\nwords\n`);
  assert.equal(mail.kind, 'ignored');
});

const ses = (more: object) => ({
  mail: {
    timestamp: '2026-11-22T10:00:00.000Z',
    source: 'support@nile.example',
    sourceArn: 'arn:aws:ses:eu-west-1:123456789012:identity/nile.example',
    messageId: '0102-abc',
    destination: ['mona@customers.example'],
    headers: [{ name: 'Message-ID', value: `<${ours}>` }],
  },
  ...more,
});

test("SES's feedback names the mail by our Message-ID and by SES's own", () => {
  const bounced = readSesNotification(
    ses({
      notificationType: 'Bounce',
      bounce: {
        bounceType: 'Permanent',
        bouncedRecipients: [
          {
            emailAddress: 'mona@customers.example',
            action: 'failed',
            status: '5.1.1',
            diagnosticCode: 'smtp; 550 user unknown',
          },
        ],
      },
    }),
  );
  assert.deepEqual(bounced, {
    kind: 'feedback',
    source: 'support@nile.example',
    ids: [ours, '0102-abc@email.amazonses.com', '0102-abc@eu-west-1.amazonses.com'],
    verdicts: [
      {
        address: 'mona@customers.example',
        outcome: 'bounced',
        status: '5.1.1',
        words: 'smtp; 550 user unknown',
        passing: false,
      },
    ],
  });
  const complained = readSesNotification(
    ses({ eventType: 'Complaint', complaint: { complainedRecipients: [{ emailAddress: 'mona@customers.example' }] } }),
  );
  assert.deepEqual(complained?.kind === 'feedback' && complained.verdicts, [
    { address: 'mona@customers.example', outcome: 'complained' },
  ]);
  assert.deepEqual(readSesNotification(ses({ eventType: 'Open' })), { kind: 'nothing' });
  assert.equal(readSesNotification({ hello: 'world' }), undefined);
});

test('what SES calls transient does not end an address', () => {
  const why = { status: '5.1.1', words: 'smtp; 550 user unknown' };
  assert.equal(bounce('mona@customers.example', why).unreachable, 'gone');
  assert.equal(bounce('mona@customers.example', { ...why, passing: true }).unreachable, undefined);
});

test("SES's mail is read where SES put it, for whom the envelope says", () => {
  const received = {
    notificationType: 'Received',
    receipt: {
      recipients: ['support@nile.example'],
      spamVerdict: { status: 'PASS' },
      virusVerdict: { status: 'PASS' },
      dmarcVerdict: { status: 'FAIL' },
      action: { type: 'S3', bucketName: 'b', objectKeyPrefix: 'mail/', objectKey: 'mail/abc' },
    },
    mail: { source: 'mona@customers.example', messageId: 'abc', destination: ['someone@else.example'] },
  };
  assert.deepEqual(readSesNotification(received), {
    kind: 'received',
    key: 'mail/abc',
    envelope: { from: 'mona@customers.example', to: ['support@nile.example'] },
    suspect: 'forged',
    infected: false,
  });
  const setup = { ...received, receipt: { action: { objectKey: 'mail/AMAZON_SES_SETUP_NOTIFICATION' } } };
  assert.deepEqual(readSesNotification(setup), { kind: 'nothing' });
});
