import { compact } from '../domain/compact.ts';
import { fieldsOf, textIn } from '../domain/json-value.ts';

/**
 * What Amazon SES publishes of mail. Sources: "Contents of notifications for Amazon SES email receiving" and "Amazon SNS notification
 * contents for Amazon SES" in the SES developer guide.
 */
export type SesNotification =
  | {
      kind: 'received';
      key: string;
      /** as the last server was told, which is what a receipt rule goes by: headers may name others */
      envelope: { from: string; to: string[] };
      suspect?: 'spam' | 'forged';
      infected: boolean;
    }
  | {
      kind: 'feedback';
      /** the sending address */
      source: string;
      /** Message-IDs that the mail may be known by: ours, and SES's own in its place */
      ids: string[];
      verdicts: Feedback[];
    }
  /** SES tells that a rule or a topic works, and of mail that is still on its way */
  | { kind: 'nothing' };

export interface Feedback {
  address: string;
  outcome: 'delivered' | 'bounced' | 'complained';
  /** the enhanced status code and what the other server said */
  status?: string;
  words?: string;
  /** it may be tried again later */
  passing?: boolean;
}

/** Undefined when it is no notification of SES's. */
export function readSesNotification(value: unknown): SesNotification | undefined {
  const notification = fieldsOf(value);
  const kind = textIn(notification['notificationType']) ?? textIn(notification['eventType']);
  const mail = fieldsOf(notification['mail']);
  if (kind === undefined || Object.keys(mail).length === 0) return undefined;
  if (kind === 'Received') return received(mail, fieldsOf(notification['receipt']));
  const verdicts = feedbackOf(kind, notification);
  if (!verdicts) return { kind: 'nothing' };
  return { kind: 'feedback', source: textIn(mail['source']) ?? '', ids: idsOf(mail), verdicts };
}

function received(mail: Fields, receipt: Fields): SesNotification {
  const action = fieldsOf(receipt['action']);
  const key = textIn(action['objectKey']);
  if (key === undefined || key.endsWith('AMAZON_SES_SETUP_NOTIFICATION')) return { kind: 'nothing' };
  const failed = (verdict: string) => fieldsOf(receipt[verdict])['status'] === 'FAIL';
  return {
    kind: 'received',
    key,
    envelope: { from: textIn(mail['source']) ?? '', to: texts(receipt['recipients']) },
    infected: failed('virusVerdict'),
    ...(failed('spamVerdict') ? { suspect: 'spam' } : failed('dmarcVerdict') ? { suspect: 'forged' } : {}),
  };
}

function feedbackOf(kind: string, notification: Fields): Feedback[] | undefined {
  const delivery = fieldsOf(notification['delivery']);
  const complaint = fieldsOf(notification['complaint']);
  const bounce = fieldsOf(notification['bounce']);
  switch (kind) {
    case 'Delivery':
      return texts(delivery['recipients']).map((address) => ({ address, outcome: 'delivered' }));
    case 'Complaint':
      return NO_COMPLAINTS.has(textIn(complaint['complaintFeedbackType']) ?? '')
        ? undefined
        : records(complaint['complainedRecipients']).flatMap(named('complained'));
    case 'Reject':
      return texts(fieldsOf(notification['mail'])['destination']).map((address) => ({ address, ...rejected }));
    case 'Bounce':
      return records(bounce['bouncedRecipients'])
        .flatMap(named('bounced'))
        .map((each) => ({ ...each, passing: bounce['bounceType'] === 'Transient' }));
    default:
      return undefined;
  }
}

/** Feedback of the same kind that complains of nothing: that it was no spam, and that a signature did not hold. */
const NO_COMPLAINTS = new Set(['not-spam', 'auth-failure']);

/** SES took the mail, found a virus in it and sent it to nobody. */
const rejected = {
  outcome: 'bounced',
  status: '5.6.0',
  words: 'Amazon SES found a virus in the mail',
  passing: true,
} as const;

function named(outcome: Feedback['outcome']): (recipient: Fields) => Feedback[] {
  return ({ emailAddress, status, diagnosticCode }) => {
    const address = textIn(emailAddress);
    if (address === undefined) return [];
    const [code, words] = [textIn(status), textIn(diagnosticCode)];
    return [{ address, outcome, ...compact({ status: code, words }) }];
  };
}

/** SES writes its own Message-ID: `<id>@email.amazonses.com` in us-east-1, with the region's name elsewhere. */
function idsOf(mail: Fields): string[] {
  const own = records(mail['headers']).find(({ name }) => String(name).toLowerCase() === 'message-id');
  const given = textIn(own?.['value']) ?? textIn(fieldsOf(mail['commonHeaders'])['messageId']);
  const id = textIn(mail['messageId']);
  const region = /^arn:[^:]*:ses:([a-z0-9-]+):/.exec(textIn(mail['sourceArn']) ?? '')?.[1];
  const hosts = ['email', ...(region === undefined ? [] : [region])];
  return [
    ...(given === undefined ? [] : [given.replaceAll(/[<>\s]/g, '')]),
    ...(id === undefined ? [] : hosts.map((host) => `${id}@${host}.amazonses.com`)),
  ];
}

type Fields = Record<string, unknown>;

function records(value: unknown): Fields[] {
  return Array.isArray(value) ? value.map(fieldsOf) : [];
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];
}
