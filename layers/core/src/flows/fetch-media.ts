import type { Channel } from '../channels/contract.ts';
import { isMedia } from '../domain/body.ts';
import type { Media } from '../domain/body.ts';
import type { ConnectedAccount } from '../domain/channel-account.ts';
import type { Message } from '../domain/message.ts';
import { download } from '../store/download.ts';
import { findMessage, recordMedia } from '../store/messages.ts';
import { storeFile } from '../store/media-files.ts';
import type { MessageTask } from '../store/queues.ts';
import { currentAccount } from './renew.ts';

/** WhatsApp documents, the largest files any of the channels brings, have at most 100 MB. */
const MOST_BYTES = 100 * 1024 * 1024;

export type Fetched = 'done' | { tryAgain: string };

/**
 * Brings a received file into our bucket. The message has been visible all along; this ends its media's `pending`. `last`: there will be no further
 * try, so what can't be had now is `failed`, with the reason.
 */
export async function fetchMedia(
  load: (channel: string) => Promise<Channel>,
  task: MessageTask,
  last: boolean,
): Promise<Fetched> {
  const message = await findMessage(task.organizationId, task.messageId, { consistent: true });
  if (!message || !isMedia(message.body) || message.body.media.status !== 'pending') return 'done';
  const channel = await load(message.channel);
  const account = await currentAccount(channel, message.organizationId, message.channelAccountId);
  if (!account) return fail(message, message.body.media, 'the channel account no longer exists');
  const fetched = await fetchFile(channel, message, message.body.media, account);
  if (!fetched.ok && !fetched.permanent && !last) return { tryAgain: fetched.reason };
  if (!fetched.ok) return fail(message, message.body.media, fetched.reason);
  await recordMedia(message, fetched.media, Date.now());
  return 'done';
}

type File = { ok: true; media: Media } | { ok: false; permanent: boolean; reason: string };

async function fetchFile(channel: Channel, message: Message, media: Media, account: ConnectedAccount): Promise<File> {
  const located = await channel.locateMedia(media, account);
  if (!located.ok) return located;
  const file = await download(located.url, {
    headers: located.headers,
    trustedOrigin: new URL(account.baseUrl).origin,
    mostBytes: MOST_BYTES,
  });
  if (!file.ok) return file;
  const key = `${message.organizationId}/${message.conversationId}/${message.id}`;
  const stored = await storeFile(key, file.stream, media.mime ?? file.mime);
  const { link: _, ...rest } = media;
  return {
    ok: true,
    media: { ...rest, status: 'ready', key, ...stored, ...(media.mime || !file.mime ? {} : { mime: file.mime }) },
  };
}

async function fail(message: Message, media: Media, reason: string): Promise<Fetched> {
  await recordMedia(message, { ...media, status: 'failed', error: reason }, Date.now());
  return 'done';
}
