import type { Body } from '../../domain/body.ts';
import { fileIdOf, type FilePlace } from './file-id.ts';
import type { Content } from './wire.ts';

/** What a message says. A type we don't know, or one without its block, is kept raw. */
export function bodyOf(content: Content, raw: unknown): Body {
  return read(content) ?? unsupported(content.type ?? 'message', raw);
}

/** What there is no body for, kept raw; `text`: what of it can be read. */
export function unsupported(providerType: string, raw: unknown, text?: string): Body {
  return { type: 'unsupported', providerType: providerType.slice(0, 60), raw, ...(text ? { text } : {}) };
}

function read(content: Content): Body | undefined {
  switch (content.type) {
    case 'text':
      return textOf(content);
    case 'image':
      return fileOf('image', content, content.image?.media_id);
    case 'video':
      return fileOf('video', content, content.video?.media_id);
    case 'sticker':
      return pictureAt(content.sticker?.url);
    case 'emoji':
      return pictureAt(content.emoji?.url);
    case 'share_post':
      return postOf(content);
    case 'template':
      return cardOf(content);
    default:
      return undefined;
  }
}

/** A tap on a button comes as its words, beside the id that the button was given. */
function textOf({ text, reply_source_payload: tapped }: Content): Body | undefined {
  if (!text?.body) return undefined;
  const id = tapped?.reply_source_unique_id;
  return id === undefined
    ? { type: 'text', text: text.body }
    : { type: 'interactive', interactive: { kind: 'reply', id, title: text.body } };
}

function fileOf(type: 'image' | 'video', content: Content, media: string | undefined): Body | undefined {
  const { conversation_id: conversation, message_id: message } = content;
  if (media === undefined || conversation === undefined || message === undefined) return undefined;
  const kind: FilePlace['kind'] = type === 'image' ? 'IMAGE' : 'VIDEO';
  return {
    type,
    media: { status: 'pending', providerMediaId: fileIdOf({ kind, conversation, message, media }) },
  };
}

function pictureAt(link: string | undefined): Body | undefined {
  return link ? { type: 'sticker', media: { status: 'pending', link } } : undefined;
}

/** The link is what an agent can open; the player inside of it is TikTok's. */
function postOf({ share_post: post }: Content): Body | undefined {
  if (post?.embed_url) return { type: 'text', text: post.embed_url };
  const id = post?.video_id;
  return id === undefined
    ? undefined
    : { type: 'text', text: `https://www.tiktok.com/player/v1/${encodeURIComponent(id)}` };
}

function cardOf({ template }: Content): Body | undefined {
  const [card] = template?.elements ?? [];
  const buttons = (card?.buttons ?? []).flatMap(({ id, text, title }) => {
    const words = text ?? title;
    return words ? [{ id: id ?? words, title: words }] : [];
  });
  if (buttons.length === 0) return card?.title ? { type: 'text', text: card.title } : undefined;
  return {
    type: 'interactive',
    interactive: { kind: 'buttons', buttons },
    ...(card?.title ? { text: card.title } : {}),
  };
}
