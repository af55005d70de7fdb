import type { Body, Choice } from '../../domain/body.ts';
import type { Outgoing } from '../contract.ts';
import type { Json } from '../shared/http.ts';
import { compact } from '../shared/read.ts';
import { conversationIn } from './address.ts';
import { buttonsOf, postIdOf } from './content.ts';
import { commentIdOf } from './event.ts';
import type { Options } from './options.ts';

/**
 * The body of `POST /business/message/send/`, or undefined when it can't be sent or the conversation is not known. `picture`: an uploaded file's id.
 * What replies to a comment goes by the comment, for there may be no conversation to write into yet.
 */
export function requestOf(
  { to, body, replyTo, options }: Outgoing,
  business: string,
  picture?: string,
): Json | undefined {
  const recipient = conversationIn(to);
  const content = contentOf(body, options ?? {}, picture);
  if (recipient === undefined || !content) return undefined;
  const comment_id = replyTo && commentIdOf(replyTo.providerMessageId);
  if (comment_id !== undefined) {
    const direct_reply = { reply_type: 'COMMENT_REPLY', comment_reply: { comment_id } };
    return { business_id: business, direct_reply, ...content };
  }
  const quoted = replyTo && body.type === 'text' ? { referenced_message_id: replyTo.providerMessageId } : undefined;
  const place = { business_id: business, recipient_type: 'CONVERSATION', recipient };
  return { ...place, ...content, ...compact({ referenced_message_info: quoted }) };
}

function contentOf(body: Body, { template_type, item_id }: Options, picture: string | undefined): Json | undefined {
  switch (body.type) {
    case 'text':
      return { message_type: 'TEXT', text: { body: body.text } };
    case 'image':
      return picture === undefined ? undefined : { message_type: 'IMAGE', image: { media_id: picture } };
    case 'video': {
      const post = item_id ?? postIdOf(body.media.link);
      return post === undefined ? undefined : { message_type: 'SHARE_POST', share_post: { item_id: post } };
    }
    case 'interactive': {
      const buttons = buttonsOf(body.interactive);
      return buttons && { message_type: 'TEMPLATE', template: cardOf(body.text ?? '', buttons, template_type) };
    }
    default:
      return undefined;
  }
}

function cardOf(title: string, choices: Choice[], wanted: Options['template_type']): Json {
  const type = wanted ?? (choices.every(fitsButtonCard) ? 'QA_BUTTON_CARD' : 'QA_LINK_CARD');
  return { type, title, buttons: choices.map((choice) => ({ type: 'REPLY', title: choice.title, id: choice.id })) };
}

/** A button card has room for 20 characters in a button, a link card for 40. */
export function fitsButtonCard({ title }: Choice): boolean {
  return title.length <= 20;
}
