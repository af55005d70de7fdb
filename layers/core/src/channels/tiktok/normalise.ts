import * as v from 'valibot';
import type { Identity } from '../../domain/contact.ts';
import type { Element } from '../contract.ts';
import { compact, elementOf, parseJson, reasonOf, type Reading } from '../shared/read.ts';
import { momentOf } from '../shared/time.ts';
import { counterpartyOf } from './address.ts';
import { unsupported } from './body.ts';
import { commentRef, type Told } from './event.ts';
import { readMessage } from './message.ts';
import { readReaction } from './reaction.ts';
import * as wire from './wire.ts';

const readers: Record<string, (told: Told) => Reading> = {
  im_receive_msg: (told) => readMessage(told, 'INBOUND'),
  im_send_msg: (told) => readMessage(told, 'OUTBOUND'),
  im_receive_msg_eu: readHidden,
  im_mark_read_msg: readMark,
  im_referral_msg: readReferral,
  im_receive_high_intent_comment: readComment,
  'authorization.removed': readLoss,
};

/** About auto messages, and the other products of the same app. */
const IGNORED = /^(im_auto_message_|comment\.|video\.|brand_mention|post\.)/;

/** One event per webhook; several reactions may be in one. */
export function normalise(payload: unknown): Element[] {
  const parsed = v.safeParse(wire.envelope, payload);
  if (!parsed.success) return [{ ok: false, reason: reasonOf(parsed.issues, 'webhook'), raw: payload }];
  const { event, user_openid: business, content } = parsed.output;
  return readingsOf(event, business, content).map((reading) => elementOf(payload, business, reading));
}

function readingsOf(event: string, business: string, text: string): (() => Reading)[] {
  if (IGNORED.test(event)) return [() => ({ kind: 'ignored', why: `event ${event.slice(0, 60)}` })];
  const reader = Object.hasOwn(readers, event) ? readers[event] : undefined;
  if (!reader) return [() => `unknown event ${event.slice(0, 60)}`];
  const raw = parseJson(text);
  const parsed = v.safeParse(wire.content, raw);
  if (!parsed.success) return [() => reasonOf(parsed.issues, 'content')];
  const told = { business, content: parsed.output, raw };
  const reactions = told.content.type === 'reaction' ? told.content.reaction : undefined;
  return reactions?.length ? reactions.map((reaction) => () => readReaction(told, reaction)) : [() => reader(told)];
}

/**
 * Of a customer in the EEA, Switzerland or the UK TikTok tells only when they wrote. Its lists know more; where they can't be had, a note is left, in one
 * thread with all such notes unless the conversation is named.
 */
function readHidden({ content, raw }: Told): Reading {
  const [at, conversation] = [momentOf(content.timestamp), content.conversation_id];
  if (at === undefined) return 'hidden message without a time';
  const place: Identity =
    conversation === undefined
      ? { kind: 'tiktok_user', value: 'hidden' }
      : { kind: 'tiktok_conversation', value: conversation };
  const otherwise = {
    kind: 'message',
    direction: 'INBOUND',
    providerMessageId: `im_receive_msg_eu:${String(content.timestamp)}`,
    providerAt: at,
    counterparty: { identities: [place], name: 'TikTok user in Europe' },
    body: unsupported(
      'im_receive_msg_eu',
      raw,
      'A customer in Europe wrote. TikTok shows the message only in its app.',
    ),
  } as const satisfies Reading;
  return { kind: 'withheld', at, otherwise, ...compact({ conversation }) };
}

/** The account's owner took the app's leave back, or the account is no more ("Webhook events", authorization.removed). */
function readLoss(): Reading {
  const detail = 'The leave that the account’s owner gave at TikTok has ended. Connect the account again.';
  return { kind: 'account', news: { about: 'auth', ok: false, code: 'consent_ended', detail } };
}

function readMark({ business, content }: Told): Reading {
  const counterparty = counterpartyOf(business, content);
  const at = momentOf(content.read?.last_read_timestamp);
  if (!counterparty || at === undefined) return 'read mark without a customer or a time';
  return { kind: 'watermark', status: 'READ', counterparty, upTo: { at } };
}

function readReferral({ business, content }: Told): Reading {
  const { ad, short_link: link } = content.referral ?? {};
  const from = ad ? `the ad ${ad.ad_name ?? ad.ad_id ?? ''}` : `a link ${link?.ref ?? ''}`;
  return readNotice(business, content, {
    id: 'referral',
    body: { type: 'system', event: 'referral', text: `Came through ${from.trim()}` },
  });
}

function readComment({ business, content, raw }: Told): Reading {
  const id = commentRef(content.comment_id);
  return readNotice(business, content, { id, body: unsupported('high_intent_comment', raw, content.comment_text) });
}

/** What has no message id is known by its time. */
function readNotice(
  business: string,
  content: wire.Content,
  { id, body }: { id: string; body: Extract<Reading, { kind: 'message' }>['body'] },
): Reading {
  const counterparty = counterpartyOf(business, content);
  const at = momentOf(content.timestamp);
  if (!counterparty || at === undefined) return 'event without a customer or a time';
  const providerMessageId = `${id}:${counterparty.identities[0].value}:${String(content.timestamp)}`;
  return { kind: 'message', direction: 'INBOUND', providerMessageId, providerAt: at, counterparty, body };
}
