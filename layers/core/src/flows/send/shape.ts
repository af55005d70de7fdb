import type { Channel } from '../../channels/contract.ts';
import { isMedia } from '../../domain/body.ts';
import type { Body } from '../../domain/body.ts';
import type { ChannelAccount } from '../../domain/channel-account.ts';
import { compact } from '../../domain/compact.ts';
import { degrade } from '../../domain/degrade.ts';
import type { MessageId } from '../../domain/id.ts';
import type { Message } from '../../domain/message.ts';
import { ok, refuse } from '../../domain/problem.ts';
import type { Result } from '../../domain/problem.ts';
import type { ShortLink } from '../../domain/short-links.ts';
import { findMessage } from '../../store/messages.ts';
import { planMedia } from '../media/plan.ts';
import type { Target } from './find-target.ts';
import type { SendRequest } from './request.ts';
import { bodyToPassOn, shorten } from './shorten.ts';

/** Who asks for what to be sent to whom. */
export interface Asked {
  channel: Channel;
  target: Target;
  account: ChannelAccount;
  request: SendRequest;
}

/** What is sent, in a form that the channel has. */
export interface Shaped {
  body: Body;
  /** what the channel's limits are held against: of a file that has to be made ready, what it will become */
  limited: Body;
  preparing?: true;
  links: ShortLink[];
  replyToId?: MessageId;
  /** how the form differs from what was asked for: but for the file, and in all (empty: it does not) */
  reshaped: string | undefined;
  degraded: string;
}

/** Brings what a send says into the form that it has on its channel: with short links, as a mail, its file planned. Refused where it may not be another. */
export async function shape(asked: Asked): Promise<Result<Shaped>> {
  const { channel, account, request } = asked;
  const written = await readBody(asked);
  if (!written.ok) return written;
  const short = await shorten(channel, request, written.value);
  if (!short.ok) return short;
  const { body, degraded: reshaped } = degrade(short.value.body, await channel.capabilities(), channel.manifest.label);
  const composed = await compose(asked, body);
  if (!composed.ok) return composed;
  const file = { uploadId: request.uploadId, kind: request.mediaKind, kept: request.kept };
  const planned = await planMedia(channel, account.organizationId, composed.value.body, file);
  if (!planned.ok) return planned;
  const { checked: limited, degraded: refitted, ...plan } = planned.value;
  const degraded = [reshaped, refitted].filter((note) => note !== undefined).join(' ');
  if (degraded !== '' && request.degrade === false) return refuseDegraded(fieldOf(written.value, reshaped), degraded);
  const replyToId = (request.replyToId as MessageId | undefined) ?? composed.value.replyToId;
  return ok({ ...plan, limited, links: short.value.links, reshaped, degraded, ...compact({ replyToId }) });
}

async function readBody({ target, account, request }: Asked): Promise<Result<Body>> {
  if (request.forwardOfId !== undefined) return bodyOf(account, request.forwardOfId);
  const body = request.body as Body;
  return body.type === 'reaction' ? reactionTo(target, account, body) : ok(body);
}

/** A message passed on says what it said. What only its own conversation understands can't be passed on. */
async function bodyOf({ organizationId }: ChannelAccount, id: string): Promise<Result<Body>> {
  const message = await findMessage(organizationId, id as MessageId);
  if (!message)
    return refuse(404, 'no_message', `'forward_of' names no message of this organization`, { details: 'forward_of' });
  const { type } = message.body;
  if (!['reaction', 'system', 'unsupported', 'template'].includes(type)) return ok(await bodyToPassOn(message));
  return refuse(422, 'not_forwardable', `'forward_of': a message of type '${type}' can't be passed on`, {
    details: 'forward_of',
  });
}

/** The caller names our message; the provider knows it by its own id. */
async function reactionTo(
  target: Target,
  { organizationId }: ChannelAccount,
  body: Extract<Body, { type: 'reaction' }>,
): Promise<Result<Body>> {
  const message = await findMessage(organizationId, body.target as MessageId);
  if (message?.conversationId === target.conversationId && message.providerMessageId !== undefined)
    return ok({
      ...body,
      target: message.providerMessageId,
      ...(message.direction === 'OUTBOUND' ? { own: true } : {}),
    });
  return refuse(422, 'invalid_reaction', `'reaction.message_id' is no message of this conversation that was sent`, {
    details: 'reaction.message_id',
  });
}

/** On the channel whose messages are mail, what is written becomes one. */
async function compose(
  { channel, account, target, request }: Asked,
  body: Body,
): Promise<Result<Pick<Message, 'body' | 'replyToId'>>> {
  const [field] = Object.keys(request.mail ?? {});
  if (channel.manifest.mail)
    return (await import('../mail/compose.ts')).composeMail({ channel, account, target }, request, body);
  if (field === undefined) return ok({ body });
  return refuse(422, 'unsupported_field', `'${field}': ${channel.manifest.label} has none`, { details: field });
}

function refuseDegraded(field: string, why: string) {
  return refuse(422, 'would_degrade', `'${field}' can't go as it is`, {
    details: field,
    hint: `Without 'degrade: false': ${why}`,
  });
}

/** The field that asks for what the channel has no form for. Of a file itself only its plan has something to say, but for a sticker. */
function fieldOf(body: Body, reshaped: string | undefined): string {
  if (isMedia(body)) return reshaped === undefined || body.type === 'sticker' ? 'media_url' : 'message';
  return body.type === 'text' || body.type === 'email' ? 'message' : body.type;
}
