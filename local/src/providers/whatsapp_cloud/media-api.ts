import type { WhatsappCloudAccount } from '../account.ts';
import { parseForm } from '../form.ts';
import { bearer, file, header, json, problem, type Answer, type Call } from '../http.ts';
import type { Json } from '../../json.ts';
import { shown } from '../json.ts';
import { follow, type StoredMedia } from '../media.ts';
import { invalid, noSuchObject, required, type Check, type GraphProblem } from '../meta/check.ts';
import { linkSignature } from '../meta/link-signature.ts';
import { mayUse, type Cloud } from './cloud.ts';
import { graphError } from './errors.ts';
import { mediaOf } from './media-params.ts';

const megabyte = 1024 * 1024;
const documents = [
  'text/plain',
  'application/pdf',
  'application/msword',
  'application/vnd.ms-excel',
  'application/vnd.ms-powerpoint',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation',
];

/** Which files each kind of message takes, and how large in bytes. */
const rules: Record<string, { types: readonly string[]; max: number }> = {
  audio: { types: ['audio/aac', 'audio/amr', 'audio/mpeg', 'audio/mp4', 'audio/ogg'], max: 16 * megabyte },
  document: { types: documents, max: 100 * megabyte },
  image: { types: ['image/jpeg', 'image/png'], max: 5 * megabyte },
  sticker: { types: ['image/webp'], max: 500 * 1024 },
  video: { types: ['video/mp4', 'video/3gpp'], max: 16 * megabyte },
};

const customerFileMs = 7 * 86_400_000;
const linkMs = 5 * 60_000;

/** `POST /{phone_number_id}/media` */
export async function upload(cloud: Cloud, account: WhatsappCloudAccount, call: Call): Promise<Answer> {
  const form = await parseForm(header(call, 'content-type') ?? '', call.body);
  const given = form?.files['file'];
  if (form?.values['messaging_product'] !== 'whatsapp') return graphError(required('messaging_product'));
  if (!given) return graphError(required('file'));
  const mime = form.values['type'] ?? given.type;
  const fit = Object.values(rules).find(({ types, max }) => types.includes(mime) && given.bytes.length <= max);
  if (!fit) return graphError(fileProblem(mime));
  const stored = cloud.media.put({ mime, filename: given.filename, bytes: given.bytes, account: account.external_id });
  return json(200, { id: stored.id });
}

/** `GET /{media_id}`: where the bytes are for the next five minutes. */
export function describe(cloud: Cloud, media: StoredMedia, call: Call): Answer {
  return json(200, {
    messaging_product: 'whatsapp',
    url: linkTo(call.base, media, cloud.now()),
    mime_type: media.mime,
    sha256: media.sha256,
    file_size: String(media.bytes.length),
    id: media.id,
  });
}

export function linkTo(base: string, media: StoredMedia, now: number): string {
  const ext = String(Math.floor((now + linkMs) / 1000));
  return `${base}/lookaside/whatsapp_business/attachments/?mid=${media.id}&ext=${ext}&hash=${linkSignature(media, ext)}`;
}

/** `GET` of such a link, with the same token. */
export function download(cloud: Cloud, call: Call): Answer {
  const media = cloud.media.get(call.query.get('mid') ?? '');
  const ext = call.query.get('ext') ?? '';
  if (!media || call.query.get('hash') !== linkSignature(media, ext)) return problem(404, 'not_found', 'no such file');
  const account = cloud.accounts.get(media.account);
  if (!account || !mayUse(cloud, bearer(call) ?? '', account)) return graphError({ code: 190 });
  return Number(ext) * 1000 < cloud.now()
    ? problem(404, 'not_found', 'URL signature expired')
    : file(media.mime, media.bytes);
}

/** The file, if this token may see it. Customers' files live for 7 days. */
export function visibleMedia(
  cloud: Cloud,
  id: string,
  token: string,
  phoneNumberId: string | null,
): StoredMedia | undefined {
  const media = cloud.media.get(id);
  const account = media && cloud.accounts.get(media.account);
  if (!account || !mayUse(cloud, token, account)) return undefined;
  if (phoneNumberId !== null && media.account !== phoneNumberId) return undefined;
  return media.at + customerFileMs < cloud.now() ? undefined : media;
}

export function remove(cloud: Cloud, media: StoredMedia | undefined, id: string): Answer {
  if (!media) return graphError(noSuchObject(id, 'delete'));
  cloud.media.remove(media.id);
  return json(200, { success: true });
}

/** Ids have to be files of this number, of a type the message's kind takes. */
export function checkMediaIds(cloud: Cloud, account: WhatsappCloudAccount, message: Json): Check {
  for (const { kind, media } of mediaOf(message)) {
    if (media['id'] === undefined) continue;
    const stored = cloud.media.get(shown(media['id']));
    if (stored?.account !== account.external_id)
      return { code: 100, details: `Invalid media attachment ID: ${shown(media['id'])}` };
    const wrong = misfit(kind, stored.mime, stored.bytes.length);
    if (wrong) return wrong;
  }
  return undefined;
}

/** Links are opened only after Meta has taken the message, so what is wrong with one comes as a failed status. */
export async function checkLinks(
  cloud: Cloud,
  account: WhatsappCloudAccount,
  message: Json,
): Promise<GraphProblem | undefined> {
  for (const { kind, media } of mediaOf(message)) {
    const found = typeof media['link'] === 'string' ? await follow(media['link']) : undefined;
    if (!found) continue;
    if (!found.ok) return { code: 131053, details: `Downloading media from weblink failed: ${found.reason}` };
    const wrong = misfit(kind, found.mime, found.bytes.length);
    if (wrong) return wrong;
    media['id'] = cloud.media.put({ mime: found.mime, bytes: found.bytes, account: account.external_id }).id;
  }
  return undefined;
}

function misfit(kind: string, mime: string, size: number): Check {
  const rule = rules[kind];
  const fits = rule && (kind === 'document' || rule.types.includes(mime)) && size <= rule.max;
  return fits
    ? undefined
    : { code: 131053, details: `${kind} file of type ${mime} and ${size} bytes is not supported` };
}

function fileProblem(mime: string): GraphProblem {
  const types = Object.values(rules).flatMap((rule) => rule.types);
  return types.includes(mime)
    ? { code: 131053, details: `The file is larger than ${mime} may be` }
    : invalid(
        `Param file must be a file with one of the following types: ${types.join(', ')}. Received file of type '${mime}'.`,
      );
}
