import type { Channel } from '../../channels/contract.ts';
import type { Body, Media, MediaKind } from '../../domain/body.ts';
import { isMedia } from '../../domain/body.ts';
import { fit } from '../../domain/media-fit.ts';
import type { Fit, KnownFile } from '../../domain/media-fit.ts';
import { kindOfType, nameWithEnding } from '../../domain/media-types.ts';
import type { Message } from '../../domain/message.ts';
import type { SendError } from '../../domain/status.ts';
import { download } from '../../store/download.ts';
import type { Download } from '../../store/download.ts';
import { openFile, readFile, storeBytes } from '../../store/media-files.ts';
import type { StoredFile } from '../../store/media-files.ts';
import { recordPrepared } from '../../store/message-changes.ts';
import { MOST_BYTES, takeIn } from './fetch.ts';
import type { Fetched } from './fetch.ts';
import { lookAt } from './look-at-picture.ts';
import type { Picture, Pictures } from './pictures.ts';
import { currentAccount } from '../accounts/renew.ts';

type MediaBody = Extract<Body, { type: MediaKind }>;
type Prepared = { ok: true; body: MediaBody; degraded?: string } | { ok: false; permanent: boolean; reason: string };

/** A picture above this is not converted. */
const MOST_PICTURE_BYTES = 50 * 1024 * 1024;

/**
 * Makes the file of a message ready to be sent: brings it into the bucket, finds out what it really is, and converts it if its channel would not take
 * it. Its sender waits for that. `last`: what can't be done now is the message's failure.
 */
export async function prepareMedia(
  channel: Channel,
  message: Message,
  { pictures, last }: { pictures: Pictures; last: boolean },
): Promise<Fetched> {
  const { body } = message;
  if (!isMedia(body)) return 'done';
  const prepared = await prepare(channel, message, body, pictures);
  if (!prepared.ok && !prepared.permanent && !last) return { tryAgain: prepared.reason };
  const end = prepared.ok
    ? { body: prepared.body, degraded: prepared.degraded }
    : { body: { ...body, media: failedMedia(body.media, prepared.reason) }, error: failure(prepared.reason) };
  await recordPrepared(message, end, Date.now());
  return 'done';
}

async function prepare(channel: Channel, message: Message, body: MediaBody, pictures: Pictures): Promise<Prepared> {
  const source = await openSource(channel, message, body.media);
  if (!source.ok) return source;
  const filename = nameOf(body.media);
  const key = keyOf(message, filename);
  const stored = await takeIn(key, source, body.media);
  if (!stored.ok) return stored;
  const { ok: _, ...facts } = stored;
  const file = await toFit(channel, body.type, { key, filename, ...facts }, pictures);
  if (!file.ok) return { ...file, permanent: true };
  const sent: MediaBody = { ...body, type: file.kind, media: await readyMedia(body.media, file, pictures) };
  const problem = await channel.check(sent);
  if (problem) return { ok: false, permanent: true, reason: problem.message };
  const degraded = [message.degraded, file.degraded].filter((note) => note !== undefined).join(' ');
  return { ok: true, body: sent, ...(degraded && { degraded }) };
}

async function readyMedia(known: Media, file: StoredAt, pictures: Pictures): Promise<Media> {
  const { link: _, ...media } = known;
  const { key, mime, size, sha256, filename } = file;
  return { ...media, status: 'ready', key, mime, size, sha256, filename, ...(await lookAt(pictures, key, file)) };
}

/** Providers show the last part of a link's path where a file has no other name. */
function nameOf({ filename, link = '', mime = '' }: Media): string {
  const last = URL.parse(link)?.pathname.split('/').at(-1);
  return filename ?? (last || nameWithEnding('file', mime));
}

/** S3 takes keys of 1,024 bytes. */
function keyOf({ organizationId, conversationId, id }: Message, name: string): string {
  return `${organizationId}/${conversationId}/${id}/${name.replaceAll(/[/\\\p{C}]/gu, '_').slice(-80)}`;
}

async function openSource(channel: Channel, message: Message, { key, link }: Media): Promise<Download> {
  if (key !== undefined) {
    const file = await openFile(key);
    return file ? { ok: true, ...file } : { ok: false, permanent: true, reason: 'the file is no longer there' };
  }
  const account = await currentAccount(channel, message.organizationId, message.channelAccountId);
  if (!account) return { ok: false, permanent: true, reason: 'the channel account no longer exists' };
  return download(link ?? '', { headers: {}, trustedOrigin: new URL(account.baseUrl).origin, mostBytes: MOST_BYTES });
}

type StoredAt = StoredFile & { key: string; filename: string };
type Fitted = ({ ok: true; kind: MediaKind; degraded?: string } & StoredAt) | { ok: false; reason: string };

/** The file as the channel takes it. A picture that can't be converted after all is held against the limits once more, as what it is. */
async function toFit(channel: Channel, kind: MediaKind, file: StoredAt, pictures: Pictures): Promise<Fitted> {
  const limits = (await channel.capabilities()).media;
  const { label } = channel.manifest;
  const known: KnownFile = { kind, mime: file.mime, size: file.size };
  const bytes = isPicture(file) ? await readFile(file.key) : undefined;
  const seen = bytes && (await pictures.look(bytes));
  const fixed = !seen || seen.animated;
  const fitted = fit({ ...known, ...(seen && { width: seen.width, height: seen.height }), fixed }, limits, label);
  if (!fitted.ok || !fitted.convert || !bytes) return withKind(fitted, file);
  const picture = await pictures.convert(bytes, fitted.convert);
  if (!picture) return withKind(fit({ ...known, fixed: true }, limits, label), file);
  return withKind(fitted, await storeConverted(file, picture));
}

function withKind(fitted: Fit, file: StoredAt): Fitted {
  if (!fitted.ok) return fitted;
  return { ok: true, kind: fitted.kind, ...(fitted.degraded && { degraded: fitted.degraded }), ...file };
}

function isPicture({ mime, size }: StoredAt): boolean {
  return kindOfType(mime) === 'image' && size <= MOST_PICTURE_BYTES;
}

async function storeConverted({ key, filename }: StoredAt, { bytes, mime }: Picture): Promise<StoredAt> {
  const name = nameWithEnding(filename, mime);
  const converted = nameWithEnding(key.replace(/[^/]*$/, 'converted/$&'), mime);
  return { ...(await storeBytes(converted, bytes, mime, name)), key: converted, filename: name };
}

function failedMedia(media: Media, reason: string): Media {
  return { ...media, status: 'failed', error: reason };
}

function failure(reason: string): SendError {
  const message = `The file could not be sent: ${reason}.`;
  return { code: 'media_problem', class: 'media_problem', message, permanent: true };
}
