import * as z from 'zod/mini';
import type { TiktokAccount } from '../account.ts';
import type { Json } from '../../json.ts';
import { keptUrl } from '../media.ts';
import type { PhoneBody } from '../phone-body.ts';
import type { Outcome } from '../provider.ts';
import { advance } from '../receipts.ts';
import { deliver } from './deliver.ts';
import { isRefusal, ok, refuse, refused, type Refusal } from './envelope.ts';
import { brokenRule, placeOf, quotedBy, type Place } from './rules.ts';
import { message, type Saying } from './send-schema.ts';
import type { Tiktok } from './world.ts';

/** `POST /business/message/send/` */
export function send(world: Tiktok, account: TiktokAccount, input: unknown, base: string): Outcome {
  const parsed = message.safeParse(input);
  if (!parsed.success) return { answer: refused(refuse(40002, z.prettifyError(parsed.error))) };
  const { data } = parsed;
  const place = placeOf(world, account, data);
  if (isRefusal(place)) return { answer: refused(place) };
  if (data.message_type === 'SENDER_ACTION') return actIn(world, account, place, data.sender_action);
  const problem = brokenRule(account, place, data, world.now());
  const content = problem ?? contentOf(world, account, data, base);
  if (isRefusal(content)) return { answer: refused(content) };
  if (place.comment) place.comment.answered = true;
  const sent = deliver(world, account, { phone: place.phone, ...content, source: 'API', replyTo: quotedBy(data) });
  return { answer: ok({ message: { message_id: sent.message.id } }), after: sent.after };
}

/** What the customer is shown beside messages. */
function actIn(
  world: Tiktok,
  account: TiktokAccount,
  { phone, thread }: Place,
  action: 'TYPING' | 'MARK_READ',
): Outcome {
  const { external_id } = account;
  if (action === 'TYPING')
    world.events.emit({ type: 'typing', phone: phone.id, account: external_id, action: 'typing' });
  else
    for (const { from, id } of thread) if (from === 'customer') advance(world.phones, phone, external_id, id, 'read');
  return { answer: ok({ message: { message_id: '' } }) };
}

interface Content {
  body: PhoneBody;
  block: Json;
  media?: string;
  post?: string;
}

/** As a phone shows it, and as the echo has it, where the names of types are in lower case and a button's label is `text`. */
function contentOf(world: Tiktok, account: TiktokAccount, data: Saying, base: string): Content | Refusal {
  switch (data.message_type) {
    case 'TEXT':
      return { body: { type: 'text', text: data.text.body }, block: { type: 'text', text: data.text } };
    case 'IMAGE': {
      const kept = world.media.get(data.image.media_id);
      if (kept?.account !== account.external_id) return refuse(40002, 'Param media_id is invalid.');
      const body = { type: 'image', url: keptUrl(base, kept.id) } as const;
      return { body, block: { type: 'image', image: data.image }, media: kept.id };
    }
    case 'SHARE_POST': {
      const { item_id: post } = data.share_post;
      const embed_url = `https://www.tiktok.com/player/v1/${post}`;
      const share_post = { embed_url, video_id: post };
      return { body: { type: 'text', text: embed_url }, block: { type: 'share_post', share_post }, post };
    }
    case 'TEMPLATE': {
      const { type, title, buttons } = data.template;
      const choices = buttons.map((one) => ({ id: one.id ?? one.title, title: one.title }));
      const labels = choices.map((one) => ({ text: one.title, type: 'REPLY', id: one.id }));
      const template = { type: type.toLowerCase(), elements: [{ title, buttons: labels }] };
      return { body: { type: 'interactive', text: title, choices, links: [] }, block: { type: 'template', template } };
    }
  }
}
