import { randomBytes } from 'node:crypto';
import type { SMTPServerSession } from 'smtp-server';
import type { MailRulePlan } from '../template/plan/mail.ts';
import type { Certificate } from './certificate.ts';
import { answer, bytesOf, listen, refusal, type RunningSmtp } from './smtp.ts';
import type { Publish } from './topics.ts';

export interface IntakeOptions {
  rules: readonly MailRulePlan[];
  /** endpoint of S3 */
  bucketsUrl: string;
  publish: Publish;
  certificate: Certificate;
  port: number;
}

/** SES takes mail of up to 40 MB in. */
const MOST_BYTES = 40 * 1024 * 1024;

/**
 * Amazon SES's inbound servers: mail that a receipt rule is for is put into its bucket, then its topic is told, and only then the sender.
 * What SES does of itself is here: who may be written to, its size, its id, its notification. Whether the mail is spam is not judged.
 */
export function startMailIntake(options: IntakeOptions): Promise<RunningSmtp> {
  const { certificate, rules, port } = options;
  return listen(
    {
      ...certificate,
      authOptional: true,
      disabledCommands: ['AUTH'],
      size: MOST_BYTES,
      onRcptTo: ({ address }, _session, callback) =>
        callback(ruleFor(rules, address) ? null : refusal(550, '5.1.1 mailbox unavailable')),
      onData: (stream, session, callback) => {
        const taken = bytesOf(stream).then((bytes) => {
          if (!bytes) throw refusal(552, '5.3.4 message too large');
          return take(options, session, bytes);
        });
        answer(taken, callback);
      },
    },
    port,
  );
}

/** The first rule, in order, that is for this address: none named is any; a domain is all of its addresses. */
function ruleFor(rules: readonly MailRulePlan[], address: string): MailRulePlan | undefined {
  const lower = address.toLowerCase();
  const domain = lower.slice(lower.lastIndexOf('@') + 1);
  return rules.find(
    ({ recipients }) =>
      recipients.length === 0 ||
      recipients.some((each) => [lower, domain].includes(each) || (each.startsWith('.') && domain.endsWith(each))),
  );
}

async function take(
  { rules, bucketsUrl, publish }: IntakeOptions,
  session: SMTPServerSession,
  bytes: Buffer,
): Promise<string> {
  const { mailFrom, rcptTo } = session.envelope;
  const source = mailFrom === false ? '' : mailFrom.address;
  const messageId = randomBytes(20)
    .toString('base64url')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '0');
  const groups = Map.groupBy(rcptTo, ({ address }) => ruleFor(rules, address));
  for (const [rule, recipients] of groups) {
    if (!rule) continue;
    const key = rule.prefix + messageId;
    await put(`${bucketsUrl}/${rule.bucket}/${key}`, bytes);
    const addresses = recipients.map(({ address }) => address);
    const notification = notificationOf({ rule, key, messageId, source, addresses, bytes });
    if (rule.topicArn !== undefined) await publish(rule.topicArn, JSON.stringify(notification));
  }
  return `2.0.0 OK ${messageId}`;
}

async function put(url: string, bytes: Buffer): Promise<void> {
  const response = await fetch(url, {
    method: 'PUT',
    headers: { Authorization: 'local' },
    body: new Uint8Array(bytes),
  });
  if (!response.ok) throw refusal(451, '4.3.0 the mail could not be kept');
}

interface Taken {
  rule: MailRulePlan;
  key: string;
  messageId: string;
  source: string;
  addresses: string[];
  bytes: Buffer;
}

const passed = { status: 'PASS' };

/** "Contents of notifications for Amazon SES email receiving". `destination` is what the headers say, `recipients` the envelope. */
function notificationOf({ rule, key, messageId, source, addresses, bytes }: Taken): unknown {
  const timestamp = new Date().toISOString();
  const headers = headersOf(bytes);
  const valueOf = (name: string) => headers.find((header) => header.name.toLowerCase() === name)?.value;
  const forged = valueOf('x-pretend-dmarc') === 'fail';
  return {
    notificationType: 'Received',
    receipt: {
      timestamp,
      processingTimeMillis: 1,
      recipients: addresses,
      spamVerdict: valueOf('x-pretend-spam') === 'yes' ? { status: 'FAIL' } : passed,
      virusVerdict: valueOf('x-pretend-virus') === 'yes' ? { status: 'FAIL' } : passed,
      spfVerdict: passed,
      dkimVerdict: passed,
      dmarcVerdict: forged ? { status: 'FAIL' } : passed,
      ...(forged && { dmarcPolicy: 'none' }),
      action: {
        type: 'S3',
        topicArn: rule.topicArn,
        bucketName: rule.bucket,
        objectKeyPrefix: rule.prefix,
        objectKey: key,
      },
    },
    mail: {
      timestamp,
      source,
      messageId,
      destination: (valueOf('to') ?? '').split(',').map((each) => each.trim()),
      headersTruncated: false,
      headers,
      commonHeaders: {
        returnPath: source,
        from: [valueOf('from')],
        messageId: valueOf('message-id'),
        subject: valueOf('subject'),
      },
    },
  };
}

function headersOf(bytes: Buffer): { name: string; value: string }[] {
  const [head = ''] = bytes.toString('latin1').split(/\r?\n\r?\n/, 1);
  const lines = head.replaceAll(/\r?\n[ \t]+/g, ' ').split(/\r?\n/);
  return lines.flatMap((line) => {
    const colon = line.indexOf(':');
    return colon < 1 ? [] : [{ name: line.slice(0, colon), value: line.slice(colon + 1).trim() }];
  });
}
