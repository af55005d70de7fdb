import type { InferOutput } from 'valibot';
import type { Body, MediaKind } from '../../domain/body.ts';
import * as wire from './meta-attachments-wire.ts';
import { unsupported, type AttachedReader } from './meta-message.ts';
import { bodyOfTemplate } from './meta-template.ts';
import type { Message } from './meta-wire.ts';
import { compact, readAs } from './read.ts';

/** What an attachment is, or undefined when it is malformed. */
export type AttachmentReader = (attachment: wire.Attachment) => Body | undefined;

/** Reads attachments of these types, and those that both products have. Others are kept raw. */
export function attachedReader(own: Record<string, AttachmentReader>): AttachedReader {
  const readers = { ...alike, ...own };
  return (message) => attachedTo(message, readers);
}

const alike: Record<string, AttachmentReader> = {
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

/** A file behind a link; undefined without one. */
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

function stickerIn({ payload }: wire.Attachment): string | undefined {
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

/** A sticker may come a second time as an image. A link's preview adds nothing to a text that has the link. */
function attachedTo(message: Message, readers: Record<string, AttachmentReader>): Body[] {
  const all = (message.attachments ?? []).map((raw) => ({ raw, attachment: readAs(wire.attachment, raw) }));
  const stickers = all.flatMap(({ attachment }) => (attachment?.type === 'sticker' ? [attachment] : []));
  return all.flatMap(({ raw, attachment }) => {
    if (!attachment) return [unsupported('attachment', raw)];
    const { type } = attachment;
    if (message.text && type === 'fallback') return [];
    if (type === 'image' && stickers.some((sticker) => isSame(sticker, attachment))) return [];
    const reader = Object.hasOwn(readers, type) ? readers[type] : undefined;
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
