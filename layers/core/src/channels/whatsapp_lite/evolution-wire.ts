import * as v from 'valibot';
import { fieldsOf, filledText, maybe, number, numeric, object } from '../shared/read.ts';

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
  }),
);
const place = maybe(object({ degreesLatitude: numeric, degreesLongitude: numeric, name: text, address: text }));
const card = object({ displayName: text, vcard: v.string() });

const poll = maybe(object({ name: filledText, options: maybe(v.array(object({ optionName: text }))) }));

/** What a message says, in Baileys' words. `mediaUrl` is where Evolution put the file. */
const said = object({
  conversation: text,
  extendedTextMessage: maybe(object({ text })),
  imageMessage: file,
  videoMessage: file,
  ptvMessage: file,
  audioMessage: file,
  documentMessage: file,
  stickerMessage: file,
  locationMessage: place,
  liveLocationMessage: place,
  contactMessage: maybe(card),
  contactsArrayMessage: maybe(object({ contacts: maybe(v.array(card)) })),
  reactionMessage: maybe(object({ key: maybe(key), text })),
  buttonsResponseMessage: maybe(object({ selectedButtonId: filledText, selectedDisplayText: text })),
  templateButtonReplyMessage: maybe(object({ selectedId: filledText, selectedDisplayText: text })),
  listResponseMessage: maybe(object({ title: text, singleSelectReply: object({ selectedRowId: filledText }) })),
  pollCreationMessage: poll,
  pollCreationMessageV2: poll,
  pollCreationMessageV3: poll,
  mediaUrl: text,
});
/** Around what is said there may be something: it disappears, is seen once, or is a file with words. */
export const content = v.pipe(
  v.unknown(),
  v.transform((message) => unwrapped(message)),
  said,
);
export type Content = v.InferOutput<typeof content>;

export const message = object({
  key,
  pushName: text,
  message: maybe(content),
  messageType: text,
  messageTimestamp: v.optional(v.unknown()),
  contextInfo: maybe(object({ stanzaId: text })),
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

const wrappers = [
  'ephemeralMessage',
  'viewOnceMessage',
  'viewOnceMessageV2',
  'viewOnceMessageV2Extension',
  'documentWithCaptionMessage',
];

/** One wrapper may lie in another (Baileys' `normalizeMessageContent`). Where Evolution put the file stands outside of all. */
function unwrapped(content: unknown, most = 5): unknown {
  const { mediaUrl, ...members } = fieldsOf(content);
  const inner = wrappers.map((wrapper) => fieldsOf(members[wrapper])['message']).find((each) => each !== undefined);
  if (inner === undefined || most === 0) return content;
  return unwrapped({ ...fieldsOf(inner), ...(mediaUrl === undefined ? {} : { mediaUrl }) }, most - 1);
}
