import type * as z from 'zod/mini';
import { personsNumber } from '@parley/core/domain/phone-number.ts';
import type { EvolutionAccount } from '../account.ts';
import { json } from '../http.ts';
import { follow, keptUrl } from '../media.ts';
import type { PhoneBody } from '../phone-body.ts';
import type { Outcome } from '../provider.ts';
import { chatNamed, type Chat, type Lite } from './chats.ts';
import { sendTo } from './deliver.ts';
import { badRequest, type Asked } from './evolution-asked.ts';
import { messageOf } from './evolution-hooks.ts';
import type * as bodies from './evolution-validate.ts';
import { complaints } from './validate.ts';
import { waDigits } from './ids.ts';

/** Checks a send, and sends what is made of it. */
export async function send<
  Schema extends
    | typeof bodies.text
    | typeof bodies.media
    | typeof bodies.audio
    | typeof bodies.location
    | typeof bodies.contact,
>(
  { lite, call, account, body }: Asked,
  schema: Schema,
  make: (data: z.infer<Schema>) => PhoneBody | Promise<PhoneBody | string>,
): Promise<Outcome> {
  const parsed = schema.safeParse(body);
  if (!parsed.success) return { answer: badRequest(complaints(parsed.error)) };
  const { number, quoted } = parsed.data;
  const chat = chatOf(lite, account, number);
  if (!chat) return { answer: badRequest([{ jid: number, exists: false, number }]) };
  if (lite.sessions.of(account).status !== 'WORKING') return { answer: badRequest(['Error: Connection Closed']) };
  const made = await make(parsed.data as z.infer<Schema>);
  if (typeof made === 'string') return { answer: badRequest([made]) };
  const replyTo = quoted?.key.id;
  const sent = sendTo(lite, account, { to: chat.id, body: made, source: 'api', replyTo, base: call.base });
  return { answer: json(201, messageOf(sent.told)), after: sent.after };
}

/** It knows by itself by which digits WhatsApp knows a number. */
export function chatOf(lite: Lite, account: EvolutionAccount, number: string): Chat | undefined {
  const digits = /^\d+(@s\.whatsapp\.net)?$/.test(number) ? personsNumber(number) : undefined;
  return chatNamed(lite, account, digits === undefined ? number : `${waDigits(digits)}@c.us`);
}

/** A file by its link, which is opened before the answer. */
export async function mediaOf(
  { lite, account, call }: Asked,
  data: {
    mediatype: 'image' | 'video' | 'audio' | 'document';
    media: string;
    mimetype?: string | undefined;
    fileName?: string | undefined;
    caption?: string | undefined;
    voice?: boolean;
  },
): Promise<PhoneBody | string> {
  const { mediatype: type, media: link, mimetype, fileName: filename, caption, voice } = data;
  const found = await follow(link);
  if (found && !found.ok) return `Error: ${found.reason}`;
  const mime = mimetype ?? found?.mime ?? 'application/octet-stream';
  const kept = found && lite.media.put({ mime, filename, bytes: found.bytes, account: account.external_id });
  const url = kept ? keptUrl(call.base, kept.id) : link;
  return { type, mime, url, ...(filename && { filename }), ...(caption && { caption }), ...(voice && { voice }) };
}
