import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import type { Outgoing } from '@parley/core/channels/contract.ts';
import type { Credentials } from '@parley/core/channels/email/credentials.ts';
import { channel } from '@parley/core/channels/email/index.ts';
import { disconnect } from '@parley/core/channels/email/transport.ts';
import { certificateIn, type Certificate } from '@parley/local/mail/certificate.ts';
import { account as base } from '../channels/mail/reading.ts';
import { outgoing } from '../channels/mail/server.ts';
import { accountOf, ask, eventually, testCloud } from '../support/cloud.ts';
import type { Organization, Row } from '../support/cloud.ts';
import { emailOf } from '../support/mail.ts';
import { historyOf, sendText, whenMessage } from '../support/sends.ts';
import { startCut } from './cut.ts';
import { startDestination, type Destination } from './destination.ts';
import { startPostfix } from './postfix.ts';
import type { MailServer } from './server.ts';

const user = 'support@nile.example';
const password = 'pass word';

/** What the destination says of these, and Postfix itself of the ones behind. */
const away = { recipient: (address: string) => (address.startsWith('nobody') ? '550 5.1.1 no such user' : undefined) };
const restrictions =
  'check_recipient_access inline:{ { grey@customers.example = 450 4.2.0 Greylisted } }, permit_sasl_authenticated, reject';

const cloud = await testCloud();
const [nile] = cloud.access.organizations as [Organization];

suite('the product and a Postfix', () => {
  let postfix: MailServer;
  let certificate: Certificate;
  let customers: Destination;

  before(async () => {
    certificate = await certificateIn(join(cloud.data, 'mail-certificate.json'));
    customers = await startDestination(away);
    postfix = await startPostfix({
      certificate,
      hostname: 'mail.nile.example',
      user,
      password,
      routes: {
        'nile.example': Number(new URL(cloud.access.mail.inbound).port),
        'customers.example': customers.port,
      },
      settings: {
        smtpd_recipient_restrictions: restrictions,
        message_size_limit: '1000000',
        smtpd_soft_error_limit: '100',
      },
    });
    await connectTo(postfix.port);
  });

  after(async () => {
    disconnect();
    await postfix.close();
    customers.close();
    await cloud.close();
  });

  test('a mail goes out through it over STARTTLS, signed in, and arrives', async () => {
    const sent = await whenMessage(cloud, nile, await write('mona@customers.example'), 'SENT');
    const mail = await eventually('the mail', () =>
      customers.taken.find(({ to }) => to.includes('mona@customers.example')),
    );
    assert.match(mail.from, /^support\+[0-9a-z]{47}@nile\.example$/);
    assert.ok(mail.bytes.includes(String(sent['provider_message_id'])));
    assert.match(postfix.log(), /sasl_method=PLAIN, sasl_username=support@nile\.example/);
  });

  test('its bounce comes back into the product and fails the message', async () => {
    // a bounce may be quicker than the word that the mail was taken
    const failed = await whenMessage(cloud, nile, await write('nobody@customers.example'), isFailedAndSent);
    const { class: kind, code, provider_code } = failed['error'] as Row;
    assert.deepEqual([kind, code, provider_code], ['recipient_unavailable', 'no_such_address', '5.1.1']);
    assert.deepEqual(historyOf(failed).toSorted(), ['FAILED', 'PENDING', 'SENT']);
    const again = await ask(cloud, nile, '/functions/v1/email-send', { to: 'nobody@customers.example', message: 'x' });
    assert.ok(again.status >= 400 && again.status < 500, JSON.stringify(again.body));
  });

  test('an answer to an Arabic address goes as SMTPUTF8, and comes back where that is not taken', async () => {
    const sent = await write('منى@customers.example');
    const failed = await whenMessage(cloud, nile, sent, 'FAILED');
    assert.equal((failed['error'] as Row)['provider_code'], '5.6.7');
    assert.equal(emailOf(failed).subject, 'Order 17');
  });

  test('greylisting is for now, and tried again', async () => {
    const receipt = await sendDirectly('grey@customers.example');
    assert.ok(
      receipt.outcome === 'refused' && receipt.retryable && (receipt.error.providerCode ?? '').startsWith('450'),
    );
  });

  test('a mail that is too large is refused for good before a byte of it leaves', async () => {
    const receipt = await sendDirectly('mona@customers.example', { text: 'x'.repeat(60_000), files: 2_000_000 });
    assert.ok(receipt.outcome === 'refused' && !receipt.retryable);
    assert.deepEqual([receipt.error.class, receipt.error.code], ['media_problem', 'too_large']);
  });

  test('a wrong password, and a certificate that nobody vouches for, are told as such', async () => {
    const wrong = await sendDirectly('mona@customers.example', { credentials: { password: 'no' } });
    assert.deepEqual(wrong.outcome === 'refused' && [wrong.error.class, wrong.error.code], [
      'auth',
      'not_authenticated',
    ]);
    const other = await sendDirectly('mona@customers.example', { trusted: false });
    assert.deepEqual(other.outcome === 'refused' && [other.error.class, other.error.code], [
      'auth',
      'certificate_untrusted',
    ]);
  });

  test('a token signs in by XOAUTH2', async () => {
    const oauth = { auth: 'oauth2' as const, access_token: password };
    assert.equal((await sendDirectly('omar@customers.example', { credentials: oauth })).outcome, 'accepted');
    assert.match(postfix.log(), /sasl_method=XOAUTH2/);
  });

  test('where its last word is lost, the outcome is unknown, though it has the mail, and it has it once', async () => {
    const cut = await startCut(postfix.port, 30_000);
    const receipt = await sendDirectly('lost@customers.example', { text: 'word '.repeat(12_000), port: cut.port });
    cut.close();
    assert.equal(receipt.outcome, 'unknown', JSON.stringify(receipt));
    await eventually('the mail', () => customers.taken.some(({ to }) => to.includes('lost@customers.example')));
    assert.equal(customers.taken.filter(({ to }) => to.includes('lost@customers.example')).length, 1);
  });

  function sendDirectly(
    to: string,
    more: { text?: string; files?: number; port?: number; credentials?: Partial<Credentials>; trusted?: false } = {},
  ) {
    const { text = 'Hi', files = 0, port = postfix.port, credentials = {}, trusted = true } = more;
    const attachments = files === 0 ? [] : [{ status: 'ready' as const, key: 'k' }];
    const readFile: NonNullable<Outgoing['readFile']> = async () => ({
      ok: true,
      bytes: new Uint8Array(files),
      mime: 'application/pdf',
    });
    const ca = trusted ? { ca: certificate.cert } : {};
    const given = { ...base.credentials, user, password, ...ca, ...credentials };
    return channel.send(
      outgoing({
        to: { identities: [{ kind: 'email', value: to }] },
        body: { type: 'email', subject: 's', text, attachments },
        readFile,
      }),
      { ...base, baseUrl: `smtp://127.0.0.1:${port}`, credentials: given },
    );
  }
});

function write(to: string): Promise<Row> {
  return sendText(cloud, nile, { channel: 'email', to, message: 'It is ready', subject: 'Order 17' });
}

async function connectTo(port: number): Promise<void> {
  const { id, webhook_secret } = accountOf(nile, 'email');
  const { cert } = JSON.parse(readFileSync(join(cloud.data, 'mail-certificate.json'), 'utf8')) as Certificate;
  const credentials = { user, password, webhook_secret, ca: cert, bounce_address: user };
  const body = { credentials, base_url: `smtp://127.0.0.1:${port}` };
  const changed = await ask(cloud, nile, `/rest/v1/channel_accounts?id=eq.${id}`, body, { method: 'PATCH' });
  assert.equal(changed.status, 204, JSON.stringify(changed.body));
}

function isFailedAndSent(row: Row): boolean {
  return row['status'] === 'FAILED' && historyOf(row).includes('SENT');
}
