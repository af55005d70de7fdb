import type { InferOutput } from 'valibot';
import { isMedia, type Body, type MediaKind } from '../../domain/body.ts';
import { parseReference } from '../../domain/reference.ts';
import { cameFrom } from './meta-events.ts';
import { bodyOfTemplate } from './meta-template.ts';
import { messageOf, type About, type Reader } from './meta-webhook.ts';
import * as wire from './meta-wire.ts';
import { compact, readAs, type Reading } from './read.ts';

/** What an attachment is, or undefined when it is malformed. */
export type AttachmentReader = (attachment: wire.Attachment) => Body | undefined;
export type Attachments = Record<string, AttachmentReader>;

/** Reads messages whose attachments are of these types. Others are kept raw. */
export function messageReader(attachments: Attachments): Reader {
  return (raw, about) => {
    const message = readAs(wire.message, raw);
    if (!message) return ['message without an id'];
    return message.is_deleted ? [deletionOf(message, about)] : partsOf(message, about, attachments);
  };
}

/** What both products have. */
export const commonAttachments: Attachments = {
  image: (attachment) => mediaOf(stickerIn(attachment) === undefined ? 'image' : 'sticker', attachment),
  video: (attachment) => mediaOf('video', attachment),
  audio: (attachment) => mediaOf('audio', attachment),
  file: (attachment) => mediaOf('document', attachment),
  template: ({ payload }) => {
    const template = readAs(wire.template, payload);
    return template && bodyOfTemplate(template);
  },
  reel: readReel,
  ig_reel: readReel,
  post: readShare,
  ig_post: readShare,
  share: readShare,
};

export function mediaOf(type: MediaKind, { payload }: wire.Attachment): Body | undefined {
  const link = fileIn(payload).url;
  return link ? { type, media: { status: 'pending', link } } : undefined;
}

/** Something public that the customer points to: its title and address. */
export function readShare({ payload, url, title }: wire.Attachment): Body | undefined {
  const file = fileIn(payload);
  const words = [file.title ?? title, file.url ?? url].filter(Boolean);
  return words.length > 0 ? { type: 'text', text: words.join('\n') } : undefined;
}

export function stickerIn({ payload }: wire.Attachment): string | undefined {
  return fileIn(payload).sticker_id;
}

/** A reel on Meta's file servers is a video, whose link ends; elsewhere it is a page. */
function readReel(attachment: wire.Attachment): Body | undefined {
  const { url, title } = fileIn(attachment.payload);
  const host = URL.parse(url ?? '')?.hostname ?? '';
  if (!/(^|\.)(fbcdn\.net|fbsbx\.com|cdninstagram\.com)$/.test(host)) return readShare(attachment);
  const video = mediaOf('video', attachment);
  return video && { ...video, ...compact({ text: title || undefined }) };
}

function fileIn(payload: unknown): Partial<InferOutput<typeof wire.file>> {
  return readAs(wire.file, payload) ?? {};
}

/** The original's id names it, so the news of its deletion gets one of its own. */
function deletionOf({ mid }: wire.Message, about: About): Reading {
  const body: Body = { type: 'system', event: 'message_deleted', text: 'The message was deleted' };
  return messageOf(about, { id: `${mid}:deleted`, body, replyTo: mid });
}

/**
 * The first part keeps the message's id, for it is what replies and reactions point to. What we sent ourselves is one message,
 * in however many parts it comes back.
 */
function partsOf(message: wire.Message, about: About, attachments: Attachments): Reading[] {
  const { mid, reply_to: quoted, metadata: reference } = message;
  const bodies = bodiesOf(message, attachments);
  const ours = reference !== undefined && parseReference(reference) !== undefined;
  const parts = (ours ? bodies.slice(0, 1) : bodies).map((body, shift) =>
    messageOf(about, { id: shift === 0 ? mid : `${mid}:${shift}`, body, replyTo: quoted?.mid, reference, shift }),
  );
  return [...cameFrom(message.referral, mid, about), ...storyOf(message, about), ...parts];
}

/** A reply to a story has no message of ours to point to. */
function storyOf({ mid, reply_to: quoted }: wire.Message, about: About): Reading[] {
  if (!quoted?.story) return [];
  const text = ['Replied to your story', quoted.story.url].filter(Boolean).join(': ');
  return [messageOf(about, { id: `${mid}:story`, body: { type: 'system', event: 'story_reply', text }, shift: -1 })];
}

/** Words go with the first file as its caption, otherwise before what is attached. */
function bodiesOf(message: wire.Message, attachments: Attachments): Body[] {
  const { text, quick_reply: choice } = message;
  if (choice) return [reply(choice.payload, text || choice.payload)];
  const [first, ...rest] = attachedTo(message, attachments);
  if (!text) return first ? [first, ...rest] : [unsupported(message.is_unsupported ? 'unsupported' : 'empty', message)];
  if (!first) return [{ type: 'text', text }];
  return isMedia(first) && !first.text ? [{ ...first, text }, ...rest] : [{ type: 'text', text }, first, ...rest];
}

function reply(id: string, title: string): Body {
  return { type: 'interactive', interactive: { kind: 'reply', id, title } };
}

/** A sticker may come a second time as an image. A link's preview adds nothing to a text that has the link. */
function attachedTo(message: wire.Message, attachments: Attachments): Body[] {
  const all = (message.attachments ?? []).map((raw) => ({ raw, attachment: readAs(wire.attachment, raw) }));
  const stickers = all.flatMap(({ attachment }) => (attachment?.type === 'sticker' ? [attachment] : []));
  return all.flatMap(({ raw, attachment }) => {
    if (!attachment) return [unsupported('attachment', raw)];
    const { type } = attachment;
    if (message.text && type === 'fallback') return [];
    if (type === 'image' && stickers.some((sticker) => isSame(sticker, attachment))) return [];
    const reader = Object.hasOwn(attachments, type) ? attachments[type] : undefined;
    return [reader?.(attachment) ?? unsupported(type, raw)];
  });
}

function isSame(sticker: wire.Attachment, image: wire.Attachment): boolean {
  const [one, other] = [fileIn(sticker.payload), fileIn(image.payload)];
  return (
    (one.url !== undefined && one.url === other.url) ||
    (one.sticker_id !== undefined && one.sticker_id === other.sticker_id)
  );
}

function unsupported(providerType: string, raw: unknown): Body {
  return { type: 'unsupported', providerType: providerType.slice(0, 60), raw };
}
