import type { GatewayAccount } from '../account.ts';
import type { Json } from '../../json.ts';
import { textAt } from '../json.ts';
import { follow, keptUrl } from '../media.ts';
import type { MediaBody, PhoneBody } from '../phone-body.ts';
import type { Lite } from './chats.ts';
import type { ContactsBody, FileBody, gatewayBodies } from './validate.ts';

type Verb = keyof typeof gatewayBodies;
type Result = { ok: true; body: PhoneBody } | { ok: false; reason: string };

const kinds: Partial<Record<Verb, MediaBody['type']>> = {
  sendImage: 'image',
  sendVideo: 'video',
  sendFile: 'document',
  sendVoice: 'audio',
};

/** What a checked send shows on the phone. The gateway opens links itself, so a dead one fails the call. */
export async function bodyOf(
  lite: Lite,
  account: GatewayAccount,
  verb: Verb,
  data: Json,
  base: string,
): Promise<Result> {
  const kind = kinds[verb];
  if (kind) return fileBody(lite, account, kind, data as unknown as FileBody, base);
  if (verb === 'sendText') return { ok: true, body: { type: 'text', text: textAt(data, 'text') ?? '' } };
  if (verb === 'sendContactVcard') return { ok: true, body: contactsBody(data as unknown as ContactsBody) };
  const title = textAt(data, 'title');
  const at = { latitude: Number(data['latitude']), longitude: Number(data['longitude']) };
  return { ok: true, body: { type: 'location', ...at, ...(title && { name: title }) } };
}

async function fileBody(
  lite: Lite,
  account: GatewayAccount,
  kind: MediaBody['type'],
  { file, caption }: FileBody,
  base: string,
): Promise<Result> {
  const found =
    'url' in file
      ? await follow(file.url)
      : { ok: true as const, bytes: Buffer.from(file.data, 'base64'), mime: file.mimetype };
  if (found && !found.ok) return { ok: false, reason: `Request failed: ${found.reason}` };
  const filename = file.filename ?? undefined;
  const kept =
    found && lite.media.put({ mime: file.mimetype, filename, bytes: found.bytes, account: account.external_id });
  const url = kept ? keptUrl(base, kept.id) : 'url' in file ? file.url : undefined;
  return {
    ok: true,
    body: {
      type: kind,
      mime: file.mimetype,
      ...(url && { url }),
      ...(filename && { filename }),
      ...(caption && { caption }),
      ...(kind === 'audio' && { voice: true }),
    },
  };
}

function contactsBody({ contacts }: ContactsBody): PhoneBody {
  return {
    type: 'contacts',
    contacts: contacts.map((contact) => {
      if (!('vcard' in contact)) return { name: contact.fullName, phones: [contact.phoneNumber] };
      const name = /^FN[^:]*:(.+)$/m.exec(contact.vcard)?.[1]?.trim() ?? '';
      return {
        name: name || 'Contact',
        phones: [...contact.vcard.matchAll(/^TEL[^:]*:(.+)$/gm)].map((match) => (match[1] ?? '').trim()),
      };
    }),
  };
}
