import type { Body, HeaderFile, Media, MediaKind } from '../../domain/body.ts';
import type { ConnectedAccount } from '../../domain/channel-account.ts';
import { plainType } from '../../domain/media-types.ts';
import type { FileBytes, Outgoing, Receipt } from '../contract.ts';
import { nameOf } from '../shared/file.ts';
import { encodeForm } from '../shared/http.ts';
import { callGraph } from '../shared/meta-api.ts';
import { compact, readAs } from '../shared/read.ts';
import { again, never, refusal, type Failure } from '../shared/receipt.ts';
import { uploaded } from './api.ts';
import { pathOf } from './call.ts';
import { capabilities } from './capabilities.ts';
import type { Credentials } from './credentials.ts';
import { receiptOfRefusal } from './errors.ts';

/** Meta's ids of the files that it was given. */
export type MediaIds = Map<Media, string>;

/** Where Meta has a file from: by the id of an upload, else by its link. */
export function sourceOf(media: Media, ids: MediaIds): Record<string, unknown> {
  const id = ids.get(media);
  return id === undefined ? compact({ link: media.link }) : { id };
}

/** A file shown above a text; only a document has a name there. */
export function headerFileOf({ type, media }: HeaderFile, ids: MediaIds): Record<string, unknown> {
  const name = type === 'document' ? compact({ filename: media.filename }) : {};
  return { type, [type]: { ...sourceOf(media, ids), ...name } };
}

type Uploads = { ok: true; ids: MediaIds } | { ok: false; receipt: Receipt };

interface File {
  kind: MediaKind;
  media: Media;
}

const TIMEOUT_MS = 45_000;

/**
 * A file of our bucket goes to Meta as bytes, so that nothing of the bucket is public for longer than it takes; a
 * caller's link goes as it is, and Meta fetches it. Until the message itself is asked for, every failure may be tried again.
 */
export async function uploadFiles(outgoing: Outgoing, account: ConnectedAccount<Credentials>): Promise<Uploads> {
  const ids: MediaIds = new Map();
  for (const file of filesOf(outgoing.body).filter(({ media }) => media.key !== undefined)) {
    const bytes = await outgoing.readFile?.(capabilities.media[file.kind]?.maxBytes ?? 0, file.media);
    if (!bytes?.ok) return refused(bytes?.permanent === false ? unreachable : unreadable);
    const id = await upload(file.media, bytes, account);
    if (typeof id !== 'string') return { ok: false, receipt: id };
    ids.set(file.media, id);
  }
  return { ok: true, ids };
}

/** The file of a message, and the one above the text of an offer or a template. */
function filesOf(body: Body): File[] {
  if (body.type === 'template') {
    const { header } = body.template;
    return header && 'media' in header ? [{ kind: header.type, media: header.media }] : [];
  }
  if (body.type === 'interactive') {
    const file = 'file' in body.interactive ? body.interactive.file : undefined;
    return file ? [{ kind: file.type, media: file.media }] : [];
  }
  return 'media' in body ? [{ kind: body.type, media: body.media }] : [];
}

/** `POST /{phone_number_id}/media`: kept by Meta for 30 days. */
async function upload(
  media: Media,
  file: Extract<FileBytes, { ok: true }>,
  account: ConnectedAccount<Credentials>,
): Promise<string | Receipt> {
  const type = typeOf(media.mime ?? file.mime);
  const form = new FormData();
  form.set('messaging_product', 'whatsapp');
  form.set('type', type);
  form.set('file', new Blob([file.bytes], { type }), nameOf(media));
  const answer = await callGraph(
    { baseUrl: account.baseUrl, token: account.credentials.access_token },
    {
      method: 'POST',
      path: pathOf(account.externalId, 'media'),
      ...(await encodeForm(form)),
      timeoutMs: TIMEOUT_MS,
    },
  );
  if (answer.kind !== 'answer') return refusal(unreachable);
  const id = answer.status === 200 ? readAs(uploaded, answer.json)?.id : undefined;
  const receipt = id ?? receiptOfRefusal(answer);
  return typeof receipt === 'string' || receipt.outcome === 'refused' ? receipt : refusal(unreachable);
}

/** By its one name; of texts Meta knows the plain one. */
function typeOf(mime: string | undefined): string {
  const type = plainType(mime) ?? 'application/octet-stream';
  return type.startsWith('text/') ? 'text/plain' : type;
}

const unreachable = again('provider_down', 'upload', 'The file could not be brought to WhatsApp.');
const unreadable = never('media_problem', 'file', 'The file could not be read, or is larger than WhatsApp takes.');

function refused(failure: Failure): Uploads {
  return { ok: false, receipt: refusal(failure) };
}
