import type { Channel } from '../../channels/contract.ts';
import { isMedia } from '../../domain/body.ts';
import type { Body } from '../../domain/body.ts';
import { degrade } from '../../domain/degrade.ts';
import type { ChannelAccount } from '../../domain/channel-account.ts';
import { readFields } from '../../domain/fields.ts';
import { parseMessageId } from '../../domain/id.ts';
import type { MessageId } from '../../domain/id.ts';
import type { Message } from '../../domain/message.ts';
import { refuseMisfit } from '../../domain/misfit.ts';
import { ok, refuse } from '../../domain/problem.ts';
import type { Problem, Result } from '../../domain/problem.ts';
import { findMessage } from '../../store/messages.ts';
import { checkStandIn, checkTemplate } from './check-template.ts';
import { planMedia } from '../media/plan.ts';
import { shorten } from './shorten.ts';
import type { Unstored } from './shorten.ts';
import type { Target } from './find-target.ts';
import type { SendRequest } from './request.ts';

/** What a message is to say and how, as it is stored. */
export type Content = Pick<
  Unstored,
  'body' | 'replyToId' | 'forwardOfId' | 'options' | 'degraded' | 'preparing' | 'links' | 'shortLinks'
>;

/** Reads what a send is to say, and refuses what the channel would not take, naming the field. */
export async function readContent(
  channel: Channel,
  target: Target,
  account: ChannelAccount,
  request: SendRequest,
): Promise<Result<Content>> {
  const written = await readBody(target, account, request);
  if (!written.ok) return written;
  const short = await shorten(channel, request, written.value);
  if (!short.ok) return short;
  const { links } = short.value;
  const shaped = degrade(short.value.body, await channel.capabilities(), channel.manifest.label);
  const composed = await compose(channel, account, target, request, shaped.body);
  if (!composed.ok) return composed;
  const { body } = composed.value;
  const file = { uploadId: request.uploadId, kind: request.mediaKind, kept: request.kept };
  const planned = await planMedia(channel, account.organizationId, body, file);
  if (!planned.ok) return planned;
  const { checked, ...plan } = planned.value;
  const degraded = [shaped.degraded, plan.degraded].filter((note) => note !== undefined).join(' ');
  if (degraded !== '' && request.degrade === false)
    return refuseDegraded(fieldOf(written.value, shaped.degraded), degraded);
  const options = await readOptions(channel, request.options);
  if (!options.ok) return options;
  const instead = await checkStandIn(channel, request.onWindowClosed);
  if (!instead.ok) return instead;
  const problem = await channel.check(checked, options.value);
  if (problem) return { ok: false, problem: ofFile(withHint(problem, shaped.degraded), request) };
  const fitting = await checkTemplate(channel, account, plan.body);
  if (!fitting.ok) return fitting;
  const { forwardOfId } = request;
  const replyToId = request.replyToId ?? composed.value.replyToId;
  if (request.replyToId !== undefined && !(await isIn(target, account, request.replyToId)))
    return refuse(422, 'invalid_reply', `'reply_to' is no message of this conversation`, { details: 'reply_to' });
  return ok({
    ...plan,
    body: fitting.value,
    ...(links.length === 0 ? {} : { links: links.map(({ code }) => code), shortLinks: links }),
    ...(degraded === '' ? {} : { degraded }),
    ...(replyToId === undefined ? {} : { replyToId: replyToId as MessageId }),
    ...(forwardOfId === undefined ? {} : { forwardOfId: forwardOfId as MessageId }),
    ...(options.value === undefined ? {} : { options: options.value }),
  });
}

/** An answer to a message that there is not would leave as if it were none. */
async function isIn({ conversationId }: Target, { organizationId }: ChannelAccount, id: string): Promise<boolean> {
  if (parseMessageId(id)?.conversationId !== conversationId) return false;
  return (await findMessage(organizationId, id as MessageId, { consistent: true })) !== undefined;
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

/** A channel speaks of a file as the `media_url` that most are. */
function ofFile(problem: Problem, { uploadId }: SendRequest): Problem {
  return problem.details === 'media_url' && uploadId !== undefined ? { ...problem, details: 'upload_id' } : problem;
}

/** What was too much may be so only in the form it was given here. */
function withHint(problem: Problem, degraded: string | undefined): Problem {
  const hint = [degraded, problem.hint].filter((words) => words !== undefined).join(' ');
  return hint === '' ? problem : { ...problem, hint };
}

/** On the channel whose messages are mail, what is written becomes one. */
async function compose(
  channel: Channel,
  account: ChannelAccount,
  target: Target,
  request: SendRequest,
  body: Body,
): Promise<Result<Pick<Message, 'body' | 'replyToId'>>> {
  const [field] = Object.keys(request.mail ?? {});
  if (channel.manifest.mail)
    return (await import('../mail/compose.ts')).composeMail({ channel, account, target }, request, body);
  if (field === undefined) return ok({ body });
  return refuse(422, 'unsupported_field', `'${field}': ${channel.manifest.label} has none`, { details: field });
}

async function readBody(target: Target, account: ChannelAccount, request: SendRequest): Promise<Result<Body>> {
  if (request.forwardOfId !== undefined) return bodyOf(account, request.forwardOfId);
  const body = request.body as Body;
  return body.type === 'reaction' ? reactionTo(target, account, body) : ok(body);
}

/** A message passed on says what it said. What only its own conversation understands can't be passed on. */
async function bodyOf({ organizationId }: ChannelAccount, id: string): Promise<Result<Body>> {
  const message = await findMessage(organizationId, id as MessageId);
  if (!message)
    return refuse(404, 'no_message', `'forward_of' names no message of this organization`, { details: 'forward_of' });
  const { body } = message;
  if (!['reaction', 'system', 'unsupported', 'template'].includes(body.type)) return ok(body);
  return refuse(422, 'not_forwardable', `'forward_of': a message of type '${body.type}' can't be passed on`, {
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

async function readOptions(
  channel: Channel,
  options: Record<string, unknown> | undefined,
): Promise<Result<Record<string, unknown> | undefined>> {
  if (options === undefined) return ok(undefined);
  const { label } = channel.manifest;
  if (!channel.options) return refuse(422, 'unsupported_field', `'options': ${label} has none`, { details: 'options' });
  const read = readFields(await channel.options(), options);
  if (read.ok) return ok(read.value);
  const { problem } = refuseMisfit(read.misfit, ['options']);
  if (read.misfit.code !== 'unknown_field') return { ok: false, problem };
  return { ok: false, problem: { ...problem, status: 422, code: 'unsupported_field' } };
}
