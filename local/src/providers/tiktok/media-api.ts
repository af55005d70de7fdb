import * as z from 'zod/mini';
import type { TiktokAccount } from '../account.ts';
import { parseForm } from '../form.ts';
import { file, header, json, type Answer, type Call } from '../http.ts';
import { ok, refuse, refused } from './envelope.ts';
import { mediaOf } from './phone.ts';
import { conversationIdOf } from './webhooks.ts';
import type { Tiktok } from './world.ts';

const mostBytes = 3 * 1024 * 1024;

/** `POST /business/message/media/upload/`: multipart, JPG or PNG. */
export async function upload(world: Tiktok, account: TiktokAccount, call: Call): Promise<Answer> {
  const form = await parseForm(header(call, 'content-type') ?? '', call.body);
  const given = form?.files['file'];
  if (form?.values['business_id'] !== account.external_id || form.values['media_type'] !== 'IMAGE' || !given)
    return refused(refuse(40002, 'Params business_id, media_type and file are required.'));
  const mime = pictureType(given.bytes);
  if (!mime || given.bytes.length > mostBytes) return refused(refuse(40908, 'The file type or size is not supported.'));
  const kept = world.media.put({ mime, filename: given.filename, bytes: given.bytes, account: account.external_id });
  return ok({ media_id: kept.id });
}

const place = z.strictObject({
  business_id: z.string(),
  conversation_id: z.string(),
  message_id: z.string(),
  media_id: z.string(),
  media_type: z.enum(['IMAGE', 'VIDEO']),
});

/** `POST /business/message/media/download/`: where the file of a customer's message can be fetched. */
export function locate(world: Tiktok, account: TiktokAccount, input: unknown, base: string): Answer {
  const parsed = place.safeParse(input);
  if (!parsed.success) return refused(refuse(40002, z.prettifyError(parsed.error)));
  const { conversation_id, message_id, media_id, media_type } = parsed.data;
  const found = world.phones.find(account.external_id, message_id);
  const fits =
    found &&
    conversationIdOf(account, found.phone) === conversation_id &&
    mediaOf(found.message) === media_id &&
    found.message.body.type.toUpperCase() === media_type;
  return fits ? ok({ download_url: `${base}/media/${media_id}` }) : refused(refuse(40007, 'The media does not exist.'));
}

/** The file itself, for whoever has the business's token in `x-user`. */
export function download({ media, tokens }: Tiktok, call: Call, id: string): Answer {
  const kept = media.get(id);
  const owner = tokens.owner(header(call, 'x-user') ?? '');
  return kept && owner?.external_id === kept.account
    ? file(kept.mime, kept.bytes)
    : json(403, { message: 'forbidden' });
}

function pictureType(bytes: Buffer): string | undefined {
  if (bytes.subarray(0, 8).toString('hex') === '89504e470d0a1a0a') return 'image/png';
  return bytes.subarray(0, 3).toString('hex') === 'ffd8ff' ? 'image/jpeg' : undefined;
}
