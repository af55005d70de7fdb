import type { Body, Media, MediaKind } from '../../domain/body.ts';
import { compact, fieldsOf, textIn } from '../shared/read.ts';
import { stableId } from './address.ts';
import { cardOf } from './body.ts';
import type { Content } from './evolution-wire.ts';

/** What a message says; what can't be told is kept raw. */
export function bodyOf(content: Content, type: string | undefined, raw: unknown): Body {
  const text = content.conversation ?? content.extendedTextMessage?.text;
  if (text) return { type: 'text', text };
  return (
    fileIn(content) ??
    placeIn(content) ??
    contactsIn(content) ??
    reactionIn(content) ??
    replyIn(content) ?? { type: 'unsupported', providerType: type ?? 'unknown', ...pollIn(content), raw }
  );
}

/** Which message this one answers: each kind of content says it in a place of its own. */
export function originalIn(content: Content): string | undefined {
  const contexts = Object.values(content).map((part) => fieldsOf(fieldsOf(part)['contextInfo']));
  return contexts.map(({ stanzaId }) => textIn(stanzaId)).find((id) => id !== undefined);
}

type File = NonNullable<Content['imageMessage']>;

function fileIn(content: Content): Body | undefined {
  const files: [MediaKind, File | undefined][] = [
    ['image', content.imageMessage],
    ['video', content.videoMessage ?? content.ptvMessage],
    ['audio', content.audioMessage],
    ['document', content.documentMessage],
    ['sticker', content.stickerMessage],
  ];
  const [type, file] = files.find(([, each]) => each !== undefined) ?? [];
  if (type === undefined || file === undefined) return undefined;
  return { type, media: mediaOf(file, content.mediaUrl), ...(file.caption ? { text: file.caption } : {}) };
}

/** `url` is WhatsApp's own, of the sealed file; only a copy that Evolution put somewhere can be opened. */
function mediaOf(file: File, link: string | undefined): Media {
  const more = {
    mime: file.mimetype,
    filename: file.fileName ?? file.title,
    duration: file.seconds,
    voice: file.ptt || undefined,
    animated: file.gifPlayback || undefined,
  };
  if (link !== undefined) return { status: 'pending', link, ...compact(more) };
  return { status: 'failed', error: 'the gateway gave no link to the file', ...compact(more) };
}

function placeIn({ locationMessage, liveLocationMessage }: Content): Body | undefined {
  const place = locationMessage ?? liveLocationMessage;
  if (!place) return undefined;
  const { degreesLatitude: latitude, degreesLongitude: longitude, name, address } = place;
  return {
    type: 'location',
    latitude,
    longitude,
    ...compact({ name: name || undefined, address: address || undefined }),
  };
}

function contactsIn({ contactMessage, contactsArrayMessage }: Content): Body | undefined {
  const cards = contactMessage ? [contactMessage] : (contactsArrayMessage?.contacts ?? []);
  return cards.length === 0 ? undefined : { type: 'contacts', contacts: cards.map(({ vcard }) => cardOf(vcard)) };
}

/** An empty text takes the reaction back. */
function reactionIn({ reactionMessage }: Content): Body | undefined {
  const target = reactionMessage?.key?.id;
  return target === undefined
    ? undefined
    : { type: 'reaction', emoji: reactionMessage?.text || null, target: stableId(target) };
}

/** A tap on a button or a row that some other sender gave the customer. */
function replyIn(content: Content): Body | undefined {
  const { buttonsResponseMessage: button, templateButtonReplyMessage: template, listResponseMessage: list } = content;
  const id = button?.selectedButtonId ?? template?.selectedId ?? list?.singleSelectReply.selectedRowId;
  if (id === undefined) return undefined;
  const title = button?.selectedDisplayText ?? template?.selectedDisplayText ?? list?.title ?? id;
  return { type: 'interactive', interactive: { kind: 'reply', id, title } };
}

/** What a poll asks, in lines that a person can read. */
function pollIn({ pollCreationMessage, pollCreationMessageV2, pollCreationMessageV3 }: Content): { text?: string } {
  const poll = pollCreationMessage ?? pollCreationMessageV2 ?? pollCreationMessageV3;
  if (!poll) return {};
  const options = (poll.options ?? []).flatMap(({ optionName }) => (optionName ? `• ${optionName}` : []));
  return { text: [poll.name, ...options].join('\n') };
}
