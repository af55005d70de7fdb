import type { Channel } from '../../channels/contract.ts';
import { isMedia, isUnseen } from '../../domain/body.ts';
import type { Media } from '../../domain/body.ts';
import type { ConnectedAccount } from '../../domain/channel-account.ts';
import type { Message } from '../../domain/message.ts';
import { BrokenOff, download } from '../../store/download.ts';
import type { Download } from '../../store/download.ts';
import { storeFile } from '../../store/media-files.ts';
import type { StoredFile } from '../../store/media-files.ts';
import { removeFiles } from '../../store/media-removal.ts';
import { recordMedia } from '../../store/message-changes.ts';
import { inParallel } from '../parallel.ts';
import { lookAt } from './look-at-picture.ts';
import type { Pictures } from './pictures.ts';
import { currentAccount } from '../accounts/renew.ts';

/** WhatsApp documents, the largest files any of the channels brings, have at most 100 MB. */
export const MOST_BYTES = 100 * 1024 * 1024;

export type Fetched = 'done' | { tryAgain: string };

/**
 * Brings the file of a received message into our bucket. The message has been visible all along; this ends its file's `pending`. `last`: there will
 * be no further try, so what can't be had now is `failed`, with the reason. Of a mail, whose files came with it, the pictures are looked at.
 */
export async function fetchMedia(
  channel: Channel,
  message: Message,
  { pictures, last }: { pictures: Pictures; last: boolean },
): Promise<Fetched> {
  const { body } = message;
  if (body.type === 'email') return lookAtAll(message, body.attachments, pictures);
  if (!isMedia(body) || body.media.status !== 'pending') return 'done';
  const account = await currentAccount(channel, message.organizationId, message.channelAccountId);
  const file = account ? await fetchFile(channel, message, body.media, account, pictures) : NO_ACCOUNT;
  if (!file.ok && !file.permanent && !last) return { tryAgain: file.reason };
  const ended: Media = file.ok ? file.media : { ...body.media, status: 'failed', error: file.reason };
  const isRecorded = await recordMedia(message, '#body.#media', ended, Date.now());
  // taken back while it was on its way
  if (!isRecorded && ended.key !== undefined) await removeFiles(ended.key);
  return 'done';
}

async function lookAtAll(message: Message, files: Media[], pictures: Pictures): Promise<Fetched> {
  if (!files.some(isUnseen)) return 'done';
  const seen = await inParallel(files, async (file) =>
    isUnseen(file) && file.key !== undefined ? { ...file, ...(await lookAt(pictures, file.key, sizeOf(file))) } : file,
  );
  await recordMedia(message, '#body.#attachments', seen, Date.now());
  return 'done';
}

function sizeOf({ mime = '', size = 0 }: Media): { mime: string; size: number } {
  return { mime, size };
}

type File = { ok: true; media: Media } | { ok: false; permanent: boolean; reason: string };

const NO_ACCOUNT: File = { ok: false, permanent: true, reason: 'the channel account no longer exists' };

async function fetchFile(
  channel: Channel,
  message: Message,
  media: Media,
  account: ConnectedAccount,
  pictures: Pictures,
): Promise<File> {
  const found = await openAtProvider(channel, media, account);
  if (!found.ok) return found;
  const key = `${message.organizationId}/${message.conversationId}/${message.id}`;
  const stored = await takeIn(key, found, media);
  if (!stored.ok) return stored;
  const { ok: _, ...facts } = stored;
  const { link: __, ...rest } = media;
  return { ok: true, media: { ...rest, status: 'ready', key, ...facts, ...(await lookAt(pictures, key, facts)) } };
}

/** A link that has run out is asked for anew, once, from the provider's own name of the file. */
async function openAtProvider(channel: Channel, media: Media, account: ConnectedAccount): Promise<Download> {
  const { providerMediaId } = media;
  const first = await openLocated(channel, media, account);
  if (first.ok || !first.expired || providerMediaId === undefined) return first;
  return openLocated(channel, { providerMediaId }, account);
}

async function openLocated(
  channel: Channel,
  media: Pick<Media, 'link' | 'providerMediaId'>,
  account: ConnectedAccount,
): Promise<Download> {
  const located = await channel.locateMedia(media, account);
  if (!located.ok) return located;
  const trustedOrigin = new URL(account.baseUrl).origin;
  return download(located.url, { headers: located.headers, trustedOrigin, mostBytes: MOST_BYTES });
}

/** Stores what is being downloaded; what the download ends with is an answer, what our own bucket says is a surprise. */
export async function takeIn(
  key: string,
  { stream, mime }: Extract<Download, { ok: true }>,
  { mime: said, filename }: Pick<Media, 'mime' | 'filename'>,
): Promise<({ ok: true } & StoredFile) | { ok: false; permanent: boolean; reason: string }> {
  try {
    return { ok: true, ...(await storeFile(key, stream, { declared: said ?? mime, filename })) };
  } catch (error) {
    if (!(error instanceof BrokenOff)) throw error;
    return { ok: false, permanent: error.permanent, reason: error.message };
  }
}
