import { sha256Hex } from './secrets.ts';
import { compact, readAs, type Reading } from './read.ts';
import * as wire from './meta-events-wire.ts';
import { cameFrom } from './meta-message.ts';
import { messageOf, revisionOf, type About, type Others } from './meta-webhook.ts';

/** What both products tell alike, beside messages. Who leads a conversation is settled between apps: the events themselves come as they always do. */
export const others: Others = {
  events: {
    message_edit: readEdit,
    postback: readPostback,
    reaction: readReaction,
    referral: readReferral,
    optin: readOptin,
  },
  ofAccount: { policy_enforcement: readPolicy },
  ignored: [
    'pass_thread_control',
    'take_thread_control',
    'request_thread_control',
    'app_roles',
    'account_linking',
    'response_feedback',
    'messaging_feedback',
  ],
};

/** A tap on a button, the menu or an icebreaker. Old versions and standby copies leave members out. */
function readPostback(raw: unknown, about: About): Reading[] {
  const postback = readAs(wire.postback, raw);
  if (!postback) return ['postback is malformed'];
  const { mid, title, payload, referral } = postback;
  const id = mid ?? ownId('postback', about, payload ?? title);
  const answer = payload ?? title;
  if (answer === undefined) return ['postback that says nothing'];
  return [
    ...cameFrom(referral, id, about),
    messageOf(about, {
      id,
      body: { type: 'interactive', interactive: { kind: 'reply', id: answer, title: title ?? answer } },
    }),
  ];
}

/** An emoji may be missing beside the reaction's name. */
function readReaction(raw: unknown, about: About): Reading[] {
  const given = readAs(wire.reaction, raw);
  if (!given) return ['reaction is malformed'];
  const { mid, action, reaction = '', emoji } = given;
  const sign = emoji || (Object.hasOwn(emojis, reaction) ? emojis[reaction] : undefined);
  const shown = action === 'unreact' ? null : action === 'react' ? sign : undefined;
  if (shown === undefined) return [`reaction that can't be shown`];
  const id = [mid, 'reaction', about.customer.value, action, shown ?? '', about.at ?? ''].join(':');
  return [messageOf(about, { id, body: { type: 'reaction', emoji: shown, target: mid } })];
}

const emojis: Record<string, string> = {
  love: '❤',
  like: '👍',
  dislike: '👎',
  smile: '😆',
  laugh: '😂',
  wow: '😮',
  sad: '😢',
  angry: '😠',
};

function readEdit(raw: unknown, about: About): Reading[] {
  const edit = readAs(wire.edit, raw);
  return [edit ? revisionOf(about, edit.mid, { type: 'text', text: edit.text }) : 'edit is malformed'];
}

/** The customer agreed to be told of something, or wants to hear no more of it. */
function readOptin(raw: unknown, about: About): Reading[] {
  const optin = readAs(wire.optin, raw);
  if (!optin) return ['opt-in is malformed'];
  const { title, payload, ref, notification_messages_status: status = '' } = optin;
  const { event, words } = (Object.hasOwn(optins, status) && optins[status]) || { event: 'optin', words: 'Opted in' };
  const text = [words, title ?? payload ?? ref].filter(Boolean).join(': ');
  return [messageOf(about, { id: ownId('optin', about, text), body: { type: 'system', event, text } })];
}

const optins: Record<string, { event: string; words: string }> = {
  STOP_NOTIFICATIONS: { event: 'notifications_stopped', words: 'Stopped notifications' },
  RESUME_NOTIFICATIONS: { event: 'notifications_resumed', words: 'Resumed notifications' },
};

/** What Meta thinks of the account's behavior. It names no customer. */
function readPolicy(raw: unknown): Reading[] {
  const policy = readAs(wire.policy, raw);
  if (!policy) return ['policy enforcement is malformed'];
  const detail = [`Policy: ${policy.action}`, policy.reason].filter(Boolean).join(': ');
  return [{ kind: 'account', news: { about: 'quality', detail } }];
}

/** The customer came back into the thread through an ad or a link, without writing. */
function readReferral(raw: unknown, about: About): Reading[] {
  const referral = readAs(wire.opened, raw);
  if (!referral) return ['referral is malformed'];
  const { ref, source, ad_id: ad } = referral;
  return cameFrom(referral, ownId('referral', about, JSON.stringify(compact({ ref, source, ad }))), about);
}

/** For an event that brings no id of its own: the same for every redelivery. */
function ownId(what: string, { customer, at }: About, content = ''): string {
  return `${what}:${sha256Hex([customer.value, at ?? '', content].join('\n'))}`;
}
