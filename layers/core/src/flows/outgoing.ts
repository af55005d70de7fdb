import { buffer } from 'node:stream/consumers';
import type { Channel, FileBytes, Outgoing } from '../channels/contract.ts';
import type { Body } from '../domain/body.ts';
import { isMedia } from '../domain/body.ts';
import type { ChannelAccount } from '../domain/channel-account.ts';
import { urlNameOf } from '../domain/channel.ts';
import type { Message } from '../domain/message.ts';
import { referenceOf } from '../domain/reference.ts';
import { download } from '../store/download.ts';
import { setting } from '../store/environment.ts';
import { findMessage } from '../store/messages.ts';

/** A stored message as its channel gets it to send. */
export async function toOutgoing(channel: Channel, message: Message, account: ChannelAccount): Promise<Outgoing> {
  const quoted = message.replyToId && (await findMessage(message.organizationId, message.replyToId));
  return {
    reference: referenceOf(message),
    to: message.counterparty,
    body: message.body,
    webhookUrl: `${setting('PUBLIC_URL')}/functions/v1/${urlNameOf(channel.manifest.name)}-webhook/${account.id}`,
    readFile: (mostBytes) => readFile(message.body, account, mostBytes),
    ...(quoted?.providerMessageId ? { replyTo: { providerMessageId: quoted.providerMessageId } } : {}),
  };
}

async function readFile(body: Body, account: ChannelAccount, mostBytes: number): Promise<FileBytes> {
  const link = isMedia(body) ? body.media.link : undefined;
  if (link === undefined) return { ok: false, permanent: true, reason: 'the message has no link to a file' };
  const file = await download(link, { headers: {}, trustedOrigin: new URL(account.baseUrl).origin, mostBytes });
  if (!file.ok) return file;
  try {
    return { ok: true, bytes: new Uint8Array(await buffer(file.stream)), mime: file.mime };
  } catch (error) {
    return { ok: false, permanent: false, reason: error instanceof Error ? error.message : 'the file broke off' };
  }
}
