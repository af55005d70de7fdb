import * as v from 'valibot';
import { filledText, maybe, number, numeric, object } from '../shared/read.ts';

const text = maybe(v.string());
const flag = maybe(v.boolean());

/** What Evolution wraps around an event. It also holds the API key, which is not to be kept. */
export const event = object({ event: v.string(), instance: v.string(), data: v.optional(v.unknown()) });

/** Baileys' name of a message. `Alt` is the other name of the same person: the number beside the privacy id, or the reverse. */
export const key = object({
  id: filledText,
  remoteJid: filledText,
  fromMe: flag,
  participant: text,
  remoteJidAlt: text,
  senderPn: text,
  senderLid: text,
  participantAlt: text,
  participantPn: text,
});
export type Key = v.InferOutput<typeof key>;

const context = maybe(object({ stanzaId: text }));
const file = maybe(
  object({
    url: text,
    mimetype: text,
    caption: text,
    fileName: text,
    title: text,
    ptt: flag,
    gifPlayback: flag,
    seconds: maybe(number),
    contextInfo: context,
  }),
);
const place = maybe(object({ degreesLatitude: numeric, degreesLongitude: numeric, name: text, address: text }));
const card = object({ displayName: text, vcard: v.string() });

/** What a message says, in Baileys' words. `mediaUrl` is where Evolution put the file. */
export const content = object({
  conversation: text,
  extendedTextMessage: maybe(object({ text, contextInfo: context })),
  imageMessage: file,
  videoMessage: file,
  ptvMessage: file,
  audioMessage: file,
  documentMessage: file,
  documentWithCaptionMessage: maybe(object({ message: maybe(object({ documentMessage: file })) })),
  stickerMessage: file,
  locationMessage: place,
  liveLocationMessage: place,
  contactMessage: maybe(card),
  contactsArrayMessage: maybe(object({ contacts: maybe(v.array(card)) })),
  reactionMessage: maybe(object({ key: maybe(key), text })),
  mediaUrl: text,
});
export type Content = v.InferOutput<typeof content>;

export const message = object({
  key,
  pushName: text,
  message: maybe(content),
  messageType: text,
  messageTimestamp: v.optional(v.unknown()),
  contextInfo: context,
});
export type Message = v.InferOutput<typeof message>;

/** What became of a message. The number of a status is one more than WAHA's, so only names are read. */
export const update = object({
  keyId: filledText,
  remoteJid: text,
  fromMe: flag,
  participant: text,
  status: text,
});

/** An edit or a revocation: `type` 0 or REVOKE, 14 or MESSAGE_EDIT. */
export const protocol = object({
  key,
  type: maybe(v.union([v.string(), number])),
  editedMessage: maybe(content),
  timestampMs: v.optional(v.unknown()),
});

export const connection = object({ state: v.string(), statusReason: maybe(number) });

/** Without a code there are none left. */
export const qrCode = object({ qrcode: maybe(object({ code: text })), message: text });

/** A person with both their names. */
export const person = object({ remoteJid: text, id: text, remoteJidAlt: text, lid: text, phoneNumber: text });
