import type { WhatsappCloudAccount } from '../account.ts';
import type { Hook } from '../deliveries.ts';
import type { Json } from '../../json.ts';
import type { GraphProblem } from '../meta/check.ts';
import type { Phone } from '../phones.ts';
import { hookOf, type Cloud } from './cloud.ts';
import { titleOf } from './errors.ts';
import { bsuid, conversationId, digitsOf } from './ids.ts';

/** One message of a customer. System messages carry no `contacts`. */
export function messageHook(
  cloud: Cloud,
  account: WhatsappCloudAccount,
  phone: Phone,
  message: Json,
): Hook | undefined {
  const contacts = message['type'] === 'system' ? {} : { contacts: [contactOf(account, phone)] };
  return numberHook(cloud, account, 'messages', { ...contacts, messages: [message] });
}

/** A message that the business wrote in its phone's app ("Coexistence"). */
export function echoHook(cloud: Cloud, account: WhatsappCloudAccount, phone: Phone, message: Json): Hook | undefined {
  const contacts = [contactOf(account, phone)];
  return numberHook(cloud, account, 'smb_message_echoes', { contacts, message_echoes: [message] });
}

/** A change of a field that names its number. */
export function numberHook(cloud: Cloud, account: WhatsappCloudAccount, field: string, value: Json): Hook | undefined {
  const metadata = {
    display_phone_number: digitsOf(account.display_phone_number),
    phone_number_id: account.phone_number_id,
  };
  return hookOf(cloud, account, field, { messaging_product: 'whatsapp', metadata, ...value });
}

/** What a status is about. */
export interface Sent {
  id: string;
  /** the customer's number */
  to: string;
  /** undefined for numbers nobody has */
  phone?: Phone | undefined;
  /** sent to the number rather than to the user id */
  byNumber: boolean;
  reference?: string | undefined;
  category: string;
}

type Status = { status: 'sent' | 'delivered' | 'read' | 'played' } | { status: 'failed'; problem: GraphProblem };

export function statusHook(
  cloud: Cloud,
  account: WhatsappCloudAccount,
  sent: Sent,
  state: Status,
  at = cloud.now(),
): Hook | undefined {
  const userId = bsuid(account.waba_id, sent.to);
  const failed = state.status === 'failed';
  const status = {
    id: sent.id,
    status: state.status,
    timestamp: seconds(at),
    recipient_id: digitsOf(sent.to),
    ...((!failed || !sent.byNumber) && { recipient_user_id: userId }),
    ...(sent.reference !== undefined && { biz_opaque_callback_data: sent.reference }),
    ...(state.status === 'sent' && { ...conversation(account, sent, at, true), ...pricing(sent) }),
    ...(state.status === 'delivered' && { ...conversation(account, sent, at, false), ...pricing(sent) }),
    ...(failed && { errors: [errorOf(state.problem)] }),
  };
  const contacts = failed || !sent.phone ? {} : { contacts: [contactOf(account, sent.phone)] };
  return numberHook(cloud, account, 'messages', { ...contacts, statuses: [status] });
}

export function seconds(at: number): string {
  return String(Math.floor(at / 1000));
}

export function contactOf(account: WhatsappCloudAccount, phone: Phone): Json {
  return {
    profile: { name: phone.name },
    wa_id: digitsOf(phone.address),
    user_id: bsuid(account.waba_id, phone.address),
  };
}

const windowMs = 24 * 3_600_000;

function conversation(account: WhatsappCloudAccount, sent: Sent, at: number, isFirst: boolean): Json {
  const id = conversationId(account.phone_number_id, sent.to, at);
  return {
    conversation: {
      id,
      ...(isFirst && { expiration_timestamp: seconds(at + windowMs) }),
      origin: { type: sent.category },
    },
  };
}

function pricing({ category }: Sent): Json {
  const isService = category === 'service';
  return {
    pricing: {
      billable: !isService,
      pricing_model: 'PMP',
      type: isService ? 'free_customer_service' : 'regular',
      category,
    },
  };
}

function errorOf({ code, details, message }: GraphProblem): Json {
  const title = message ?? titleOf(code);
  return {
    code,
    title,
    message: title,
    error_data: { details: details ?? title },
    href: 'https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/',
  };
}
