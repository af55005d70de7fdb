import { buffer } from 'node:stream/consumers';
import type { Channel, FileBytes, Outgoing } from '../../channels/contract.ts';
import { filesOf, isMedia } from '../../domain/body.ts';
import type { Body, Media } from '../../domain/body.ts';
import type { ChannelAccount } from '../../domain/channel-account.ts';
import { urlNameOf } from '../../domain/channel.ts';
import type { Message } from '../../domain/message.ts';
import { referenceOf } from '../../domain/reference.ts';
import { setting } from '../../store/environment.ts';
import { signMedia } from '../../store/media-bucket.ts';
import { findMessage } from '../../store/messages.ts';

/** A sender has a minute for everything. */
const SENDER_MS = 30_000;

/** A stored message as its channel gets it to send. */
export async function toOutgoing(channel: Channel, message: Message, account: ChannelAccount): Promise<Outgoing> {
  const quoted = message.replyToId && (await findMessage(message.organizationId, message.replyToId));
  const forwarded = await forwardOf(message);
  return {
    reference: referenceOf(message),
    to: message.counterparty,
    body: withLinks(message.body),
    webhookUrl: `${setting('PUBLIC_URL')}/functions/v1/${urlNameOf(channel.manifest.name)}-webhook/${account.id}`,
    readFile: (mostBytes, file) => readFile(file ?? filesOf(message.body)[0], account, mostBytes),
    linkTo: ({ key }) => (key === undefined ? undefined : signMedia(key)),
    ...replyTo(quoted || undefined),
    ...(forwarded ? { forwardOf: forwarded } : {}),
    ...(message.options ? { options: message.options } : {}),
    ...(message.byPerson ? { byPerson: true } : {}),
  };
}

function replyTo(quoted: Message | undefined): Pick<Outgoing, 'replyTo'> {
  if (quoted?.providerMessageId === undefined) return {};
  const { providerMessageId, direction } = quoted;
  return { replyTo: { providerMessageId, ...(direction === 'OUTBOUND' ? { own: true } : {}) } };
}

/** A file in our bucket goes by a link that is good for an hour, for a provider that fetches it. */
function withLinks(body: Body): Body {
  return isMedia(body) && body.media.key !== undefined
    ? { ...body, media: { ...body.media, link: signMedia(body.media.key) } }
    : body;
}

/** The message passed on, where the same account knows it. */
async function forwardOf({ organizationId, forwardOfId, channelAccountId }: Message): Promise<Outgoing['forwardOf']> {
  const original = forwardOfId && (await findMessage(organizationId, forwardOfId));
  if (!original?.providerMessageId || original.channelAccountId !== channelAccountId) return undefined;
  return { providerMessageId: original.providerMessageId, from: original.counterparty };
}

async function readFile(file: Media | undefined, account: ChannelAccount, mostBytes: number): Promise<FileBytes> {
  const link = file?.key === undefined ? file?.link : signMedia(file.key);
  if (link === undefined) return { ok: false, permanent: true, reason: 'the message has no link to a file' };
  const trustedOrigin = new URL(file?.key === undefined ? account.baseUrl : link).origin;
  const { download } = await import('../../store/download.ts');
  const found = await download(link, { headers: {}, trustedOrigin, mostBytes, mostMs: SENDER_MS });
  if (!found.ok) return found;
  try {
    return { ok: true, bytes: new Uint8Array(await buffer(found.stream)), mime: found.mime };
  } catch (error) {
    return { ok: false, permanent: false, reason: error instanceof Error ? error.message : 'the file broke off' };
  }
}
