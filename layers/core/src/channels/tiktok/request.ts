import type { Body, Choice } from '../../domain/body.ts';
import type { Outgoing } from '../contract.ts';
import { buttonsOf, postIdOf } from './content.ts';

type Json = Record<string, unknown>;

/** The body of `POST /business/message/send/`, or undefined when it can't be sent or the conversation is not known. `picture`: an uploaded file's id. */
export function requestOf({ to, body, replyTo }: Outgoing, business: string, picture?: string): Json | undefined {
  const conversation = to.identities.find(({ kind }) => kind === 'tiktok_conversation')?.value;
  const content = contentOf(body, picture);
  if (conversation === undefined || !content) return undefined;
  const quoted = replyTo && body.type === 'text' && { referenced_message_id: replyTo.providerMessageId };
  return {
    business_id: business,
    recipient_type: 'CONVERSATION',
    recipient: conversation,
    ...content,
    ...(quoted && { referenced_message_info: quoted }),
  };
}

function contentOf(body: Body, picture: string | undefined): Json | undefined {
  switch (body.type) {
    case 'text':
      return { message_type: 'TEXT', text: { body: body.text } };
    case 'image':
      return picture === undefined ? undefined : { message_type: 'IMAGE', image: { media_id: picture } };
    case 'video': {
      const item_id = postIdOf(body.media.link);
      return item_id === undefined ? undefined : { message_type: 'SHARE_POST', share_post: { item_id } };
    }
    case 'interactive': {
      const buttons = buttonsOf(body.interactive);
      return buttons && { message_type: 'TEMPLATE', template: cardOf(body.text ?? '', buttons) };
    }
    default:
      return undefined;
  }
}

/** A button card has room for 20 characters in a button, a link card for 40. */
function cardOf(title: string, choices: Choice[]): Json {
  const type = choices.every((choice) => choice.title.length <= 20) ? 'QA_BUTTON_CARD' : 'QA_LINK_CARD';
  return { type, title, buttons: choices.map((choice) => ({ type: 'REPLY', title: choice.title, id: choice.id })) };
}
