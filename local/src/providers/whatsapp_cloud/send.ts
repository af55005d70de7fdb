import { hasVariants, personsNumber, sameNumber } from '@parley/core/domain/phone-number.ts';
import type { WhatsappCloudAccount } from '../account.ts';
import type { Fault } from '../faults.ts';
import { json, type Answer } from '../http.ts';
import type { Json } from '../../json.ts';
import { recordAt, textAt } from '../json.ts';
import type { GraphProblem } from '../meta/check.ts';
import { newMessage, type Phone } from '../phones.ts';
import type { Outcome } from '../provider.ts';
import { advance } from '../receipts.ts';
import { tell, type Cloud } from './cloud.ts';
import { displayOf } from './display.ts';
import { graphError } from './errors.ts';
import { bsuid, digitsOf, wamid } from './ids.ts';
import { checkLinks, checkMediaIds } from './media-api.ts';
import { report } from './phone.ts';
import type { Template } from './templates.ts';
import { checkMessage, checkRead } from './validate.ts';
import { statusHook, type Sent } from './webhooks.ts';

/** `POST /{phone_number_id}/messages` with a message in it. */
export function send(
  cloud: Cloud,
  account: WhatsappCloudAccount,
  message: Json,
  base: string,
  fault: Fault | undefined,
): Outcome {
  const wrong = checkMessage(message, cloud.templates.of(account.waba_id)) ?? checkMediaIds(cloud, account, message);
  if (wrong) return { answer: graphError(wrong) };
  const sent = sentOf(cloud, account, message);
  const refused = refusal(cloud, account, message, sent);
  if (refused) return { answer: graphError(refused) };
  const closed = closedWindow(cloud, account, message, sent);
  if (closed && !fault?.asynchronous) return { answer: graphError(closed) };
  const tooMany = cloud.rates.take(account.external_id, sent.to);
  if (tooMany) return { answer: graphError(tooMany) };
  const late =
    fault?.asynchronous && fault.code ? { code: fault.code } : (closed ?? lateProblem(cloud, account, message, sent));
  return {
    answer: accepted(message, sent, account),
    after: () => deliver(cloud, account, message, sent, { base, late }),
  };
}

/** `POST /{phone_number_id}/messages` with `status: 'read'`: this message and the ones before it. */
export function markRead(cloud: Cloud, account: WhatsappCloudAccount, message: Json): Answer {
  const wrong = checkRead(message);
  if (wrong) return graphError(wrong);
  const id = String(message['message_id']);
  const found = cloud.phones.find(account.external_id, id);
  if (found?.message.from !== 'customer')
    return graphError({ code: 131009, details: 'message_id is not a received message' });
  const thread = cloud.phones.thread(found.phone, account.external_id);
  const read = thread.slice(0, thread.findIndex((one) => one.id === id) + 1).filter(({ from }) => from === 'customer');
  for (const one of read) advance(cloud.phones, found.phone, account.external_id, one.id, 'read');
  if (message['typing_indicator']) {
    cloud.events.emit({ type: 'typing', phone: found.phone.id, account: account.external_id, action: 'typing' });
  }
  return json(200, { success: true });
}

function sentOf(cloud: Cloud, account: WhatsappCloudAccount, message: Json): Sent {
  const to = textAt(message, 'to');
  const phone = to === undefined ? byUserId(cloud, account, message['recipient']) : byNumber(cloud, to);
  const address = phone?.address ?? to ?? '';
  return {
    id: wamid('out', address),
    to: address,
    phone,
    byNumber: to !== undefined,
    reference: textAt(message, 'biz_opaque_callback_data'),
    category: templateOf(cloud, account, message)?.category.toLowerCase() ?? 'service',
  };
}

/** Meta knows by which digits somebody is on WhatsApp, however their number is written. */
function byNumber({ phones }: Cloud, to: string): Phone | undefined {
  const digits = `+${digitsOf(to)}`;
  const exact = phones.at(digits);
  return (
    exact ??
    (hasVariants(personsNumber(digits) ?? '')
      ? phones.list().find(({ address }) => sameNumber(address, digits))
      : undefined)
  );
}

function byUserId(cloud: Cloud, account: WhatsappCloudAccount, userId: unknown): Phone | undefined {
  return cloud.phones.list().find((phone) => bsuid(account.waba_id, phone.address) === userId);
}

function templateOf(cloud: Cloud, account: WhatsappCloudAccount, message: Json): Template | undefined {
  const template = recordAt(message, 'template');
  return message['type'] === 'template'
    ? cloud.templates.of(account.waba_id)(template['name'], recordAt(template, 'language')['code'])
    : undefined;
}

function refusal(cloud: Cloud, account: WhatsappCloudAccount, message: Json, sent: Sent): GraphProblem | undefined {
  if (!cloud.standing.isRegistered(account.external_id))
    return { code: 133010, details: 'The phone number is not registered on the Cloud API.' };
  if (digitsOf(sent.to) === digitsOf(account.display_phone_number))
    return { code: 131021, details: 'Sender and recipient are the same' };
  const isCode = templateOf(cloud, account, message)?.category === 'AUTHENTICATION';
  return isCode && !sent.byNumber
    ? { code: 131062, details: 'Authentication templates need a phone number' }
    : undefined;
}

const windowMs = 24 * 3_600_000;

/** Only templates may be sent when the customer has not written for 24 hours. */
function closedWindow(
  cloud: Cloud,
  account: WhatsappCloudAccount,
  message: Json,
  { phone }: Sent,
): GraphProblem | undefined {
  const thread = phone ? cloud.phones.thread(phone, account.external_id) : [];
  const last = thread.findLast(({ from }) => from === 'customer');
  const isOpen = last !== undefined && Date.parse(last.at) + windowMs > cloud.now();
  if (isOpen || message['type'] === 'template') return undefined;
  const details =
    'Message failed to send because more than 24 hours have passed since the customer last replied to this number.';
  return { code: 131047, details };
}

/** What Meta finds out only after it has taken the message. */
function lateProblem(
  cloud: Cloud,
  account: WhatsappCloudAccount,
  message: Json,
  { phone, category }: Sent,
): GraphProblem | undefined {
  if (!phone) return { code: 131026, details: 'Message Undeliverable.' };
  if (category === 'marketing' && cloud.standing.isOptedOut(account.waba_id, phone.id))
    return { code: 131050, details: 'The customer has stopped marketing messages from this business.' };
  const target = recordAt(message, 'reaction')['message_id'];
  const isLost = message['type'] === 'reaction' && !cloud.phones.find(account.external_id, String(target));
  return isLost ? { code: 131009, details: 'The message reacted to is not known' } : undefined;
}

function accepted(message: Json, sent: Sent, account: WhatsappCloudAccount): Answer {
  const id = sent.byNumber ? { wa_id: digitsOf(sent.to) } : { user_id: bsuid(account.waba_id, sent.to) };
  return json(200, {
    messaging_product: 'whatsapp',
    contacts: [{ input: textAt(message, 'to') ?? textAt(message, 'recipient'), ...id }],
    messages: [{ id: sent.id, ...(message['type'] === 'template' && { message_status: 'accepted' }) }],
  });
}

interface Way {
  base: string;
  late: GraphProblem | undefined;
}

async function deliver(
  cloud: Cloud,
  account: WhatsappCloudAccount,
  message: Json,
  sent: Sent,
  { base, late }: Way,
): Promise<void> {
  const problem = late ?? (await checkLinks(cloud, account, message));
  const reportState = (state: Parameters<typeof statusHook>[3]): Promise<void> =>
    cloud.receipts.report(async () => void (await tell(cloud, statusHook(cloud, account, sent, state))));
  if (problem || !sent.phone) return reportState({ status: 'failed', problem: problem ?? { code: 131026 } });
  const isBlocked = sent.phone.blocked.includes(account.external_id);
  const shown = isBlocked ? undefined : show(cloud, account, message, sent, base);
  await reportState({ status: 'sent' });
  if (!shown) return;
  await report(cloud, account, sent.phone, shown, 'delivered');
  if (sent.phone.open === account.external_id) await report(cloud, account, sent.phone, shown, 'read');
}

function show(
  cloud: Cloud,
  account: WhatsappCloudAccount,
  message: Json,
  sent: Sent,
  base: string,
): ReturnType<typeof newMessage> | undefined {
  if (!sent.phone) return undefined;
  const { byNumber, reference, category } = sent;
  const shown = newMessage({
    id: sent.id,
    from: 'business',
    body: displayOf(message, base, cloud.templates.of(account.waba_id)),
    at: cloud.now(),
    replyTo: textAt(recordAt(message, 'context'), 'message_id'),
    note: { byNumber, reference, category },
  });
  cloud.phones.append(sent.phone, account.external_id, shown);
  return shown;
}
