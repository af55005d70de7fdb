import type { Counterparty, Identity } from '../../domain/contact.ts';
import type { InboundEvent } from '../contract.ts';
import { fieldsOf, readAs, textIn, type Reading } from '../shared/read.ts';
import { bsuidOf, phonesOf } from './message.ts';
import * as wire from './news-wire.ts';
import { templateCategory, templateComponents, templateQuality, templateStatus } from './template-news.ts';

/** A change that is about no message. `account` is the number it names, `business` the business account it is for. */
export interface Change {
  field: string;
  value: Record<string, unknown>;
  account: string | undefined;
  business: string | undefined;
}

/** What it means, and for whom: a number, or the business account, which one of the connected accounts stands for. */
interface News {
  account: string | undefined;
  is: Reading;
}

type Reader = (change: Change) => News[];

const readers: Record<string, Reader> = {
  message_template_status_update: ofBusiness(templateStatus),
  message_template_quality_update: ofBusiness(templateQuality),
  template_category_update: ofBusiness(templateCategory),
  message_template_components_update: ofBusiness(templateComponents),
  account_update: ofBusiness(accountUpdate),
  account_review_update: ofBusiness(accountReview),
  account_alerts: ofBusiness(accountAlert),
  business_capability_update: ofBusiness(capability),
  phone_number_quality_update: ofNumber(numberQuality),
  phone_number_name_update: ofNumber(numberName),
  user_preferences: ofEach('user_preferences', preference),
  user_id_update: ofEach('user_id_update', userId),
  group_lifecycle_update: ofEach('groups', groupName),
  group_settings_update: ofEach('groups', groupName),
};

/** What a field other than messages tells of templates, the account, or who wants no marketing. */
export function readNews(change: Change): News[] {
  const reader = Object.hasOwn(readers, change.field) ? readers[change.field] : undefined;
  if (reader) return reader(change);
  return [{ account: change.account, is: { kind: 'ignored', why: `field ${change.field.slice(0, 60)}` } }];
}

type Read = (value: Record<string, unknown>) => Reading;

function ofBusiness(read: Read): Reader {
  return ({ value, account, business }) => [{ account: account ?? business, is: read(value) }];
}

/** Named by the number as it is shown, for want of its id. */
function ofNumber(read: Read): Reader {
  return ({ value, account, business }) => {
    const shown = textIn(value['display_phone_number'])?.replaceAll(/\D/g, '');
    return [{ account: account ?? (shown || business), is: read(value) }];
  };
}

function ofEach(member: string, read: (item: unknown) => Reading[]): Reader {
  return ({ field, value, account, business }) => {
    const items = Array.isArray(value[member]) ? value[member] : [];
    const readings = items.flatMap(read);
    return (readings.length > 0 ? readings : [`${field} with nothing in it`]).map((is) => ({
      account: account ?? business,
      is,
    }));
  };
}

/** Events that take the right to send, or give it back, and those that only concern the account's standing. */
const rights: Record<string, boolean> = {
  ACCOUNT_DELETED: false,
  ACCOUNT_OFFBOARDED: false,
  PARTNER_REMOVED: false,
  PARTNER_APP_UNINSTALLED: false,
  ACCOUNT_RECONNECTED: true,
};

function accountUpdate(value: unknown): Reading {
  const news = readAs(wire.accountUpdate, value);
  if (!news) return 'account update without an event';
  const { event, ban_info, violation_info, restriction_info } = news;
  const more = [
    ban_info?.waba_ban_state,
    violation_info?.violation_type,
    ...(restriction_info ?? []).map((one) => one.restriction_type),
  ];
  const detail = [event, ...more].filter(Boolean).join(' ');
  const banned = ban_info?.waba_ban_state;
  const ok = banned === 'DISABLE' ? false : banned === 'REINSTATE' ? true : rights[event];
  return ok === undefined
    ? quality(detail)
    : { kind: 'account', news: { about: 'auth', ok, detail, code: banned ? 'account_banned' : event.toLowerCase() } };
}

function accountReview(value: Record<string, unknown>): Reading {
  const decision = textIn(value['decision']);
  if (!decision) return 'account review without a decision';
  return {
    kind: 'account',
    news: {
      about: 'auth',
      ok: decision === 'APPROVED',
      code: 'account_review',
      detail: `Account review: ${decision}`,
    },
  };
}

function accountAlert(value: Record<string, unknown>): Reading {
  const alert = fieldsOf(value['alert_info'] ?? value);
  const words = [alert['alert_type'], alert['alert_description']].flatMap((each) => textIn(each) ?? []);
  return words.length > 0 ? quality(words.join(': ')) : 'account alert without words';
}

/** The second is what the limit was called until 2026. */
function capability(value: Record<string, unknown>): Reading {
  const limit = value['max_daily_conversations_per_business'] ?? value['max_daily_conversation_per_phone'];
  if (typeof limit !== 'string' && typeof limit !== 'number') return 'business capability without a limit';
  return quality(`Messaging limit: ${limit === -1 ? 'unlimited' : limit}`);
}

function numberQuality(value: Record<string, unknown>): Reading {
  const event = textIn(value['event']);
  const limit = textIn(value['max_daily_conversations_per_business']) ?? textIn(value['current_limit']);
  const words = [event, limit].filter(Boolean).join(', ');
  return words ? quality(`Number: ${words}`) : 'number quality without an event';
}

function numberName(value: Record<string, unknown>): Reading {
  const [decision, name] = [textIn(value['decision']), textIn(value['requested_verified_name'])];
  return decision ? quality(`Display name ${name ?? ''}: ${decision}`) : 'name review without a decision';
}

function quality(detail: string): InboundEvent {
  return { kind: 'account', news: { about: 'quality', detail: detail.slice(0, 500) } };
}

/** The customer stops, or takes again, what is marketing; answers reach them still. */
function preference(raw: unknown): Reading[] {
  const given = readAs(wire.preference, raw);
  const [first, ...rest]: Identity[] = [...phonesOf(given?.wa_id), ...bsuidOf(given?.user_id)];
  if (!given || !first) return ['preference that names no customer'];
  const { category = 'marketing_messages', value } = given;
  if (category !== 'marketing_messages' || (value !== 'stop' && value !== 'resume'))
    return [{ kind: 'ignored', why: `preference ${category} ${value}`.slice(0, 60) }];
  const counterparty: Counterparty = { identities: [first, ...rest] };
  return [{ kind: 'reachability', counterparty, reachable: value === 'resume', why: 'no_marketing' }];
}

/** What a group is called that was made or changed. */
function groupName(raw: unknown): Reading[] {
  const { group_id: value, subject, group_subject } = readAs(wire.group, raw) ?? {};
  const name = (group_subject?.update_successful === false ? undefined : group_subject?.text) ?? subject;
  if (value === undefined) return ['group without an id'];
  return name
    ? [{ kind: 'name', counterparty: { identities: [{ kind: 'group', value }], name }, renamed: true }]
    : [{ kind: 'ignored', why: 'nothing new of a group' }];
}

/** A business-scoped id is made anew when the customer changes their number. */
function userId(raw: unknown): Reading[] {
  const ids = readAs(wire.userId, raw)?.user_id;
  const [from, to] = [bsuidOf(ids?.previous)[0], bsuidOf(ids?.current)[0]];
  if (!from || !to) return ['user id update without both ids'];
  return from.value === to.value
    ? [{ kind: 'ignored', why: 'the user id is the same' }]
    : [{ kind: 'identity', from, to }];
}
