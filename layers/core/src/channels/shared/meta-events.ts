import { sha256Hex } from './secrets.ts';
import type { Body } from '../../domain/body.ts';
import { compact, readAs, type Reading } from './read.ts';
import { messageOf, type About } from './meta-webhook.ts';
import * as wire from './meta-wire.ts';

/** A tap on a button, the menu or an icebreaker. Old versions and standby copies leave members out. */
export function readPostback(raw: unknown, about: About): Reading[] {
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
export function readReaction(raw: unknown, about: About): Reading[] {
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

/** The new text stands as a message of its own that points to the edited one: what was said is never overwritten. */
export function readEdit(raw: unknown, about: About): Reading[] {
  const edit = readAs(wire.edit, raw);
  if (!edit) return ['edit is malformed'];
  const { mid, text, num_edit: count } = edit;
  const body: Body = { type: 'system', event: 'message_edited', text };
  return [messageOf(about, { id: `${mid}:edit:${count ?? about.at ?? ''}`, body, replyTo: mid })];
}

/** The customer came back into the thread through an ad or a link, without writing. */
export function readReferral(raw: unknown, about: About): Reading[] {
  const referral = readAs(wire.opened, raw);
  if (!referral) return ['referral is malformed'];
  const { ref, source, ad_id: ad } = referral;
  return cameFrom(referral, ownId('referral', about, JSON.stringify(compact({ ref, source, ad }))), about);
}

/** A line that says where the customer came from, just before what they wrote. */
export function cameFrom(referral: wire.Referral | undefined, id: string, about: About): Reading[] {
  if (!referral) return [];
  const body: Body = { type: 'system', event: 'referral', text: originOf(referral) };
  return [messageOf(about, { id: `${id}:referral`, body, shift: -1 })];
}

function originOf({ ref, source, ad_id, ads_context_data, product }: wire.Referral): string {
  if (product) return `Asks about the product ${product.id}`;
  const ad = ads_context_data?.ad_title ?? ad_id;
  const through = ad === undefined ? `a link${source ? ` (${source})` : ''}` : `the ad ${ad}`;
  return `Came through ${through}${ref ? `: ${ref}` : ''}`;
}

/** For an event that brings no id of its own: the same for every redelivery. */
function ownId(what: string, { customer, at }: About, content = ''): string {
  return `${what}:${sha256Hex([customer.value, at ?? '', content].join('\n'))}`;
}
