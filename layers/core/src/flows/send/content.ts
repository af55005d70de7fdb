import type { Channel } from '../../channels/contract.ts';
import { compact } from '../../domain/compact.ts';
import type { ChannelAccount } from '../../domain/channel-account.ts';
import { readFields } from '../../domain/fields.ts';
import { parseMessageId } from '../../domain/id.ts';
import type { MessageId } from '../../domain/id.ts';
import { refuseMisfit } from '../../domain/misfit.ts';
import { ok, refuse } from '../../domain/problem.ts';
import type { Problem, Result } from '../../domain/problem.ts';
import { findMessage } from '../../store/messages.ts';
import { checkStandIn, checkTemplate } from './check-template.ts';
import { shape } from './shape.ts';
import type { Asked, Shaped } from './shape.ts';
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
  const asked = { channel, target, account, request };
  const shaped = await shape(asked);
  if (!shaped.ok) return shaped;
  const checked = await check(asked, shaped.value);
  if (!checked.ok) return checked;
  const { links, degraded, replyToId, preparing } = shaped.value;
  return ok({
    ...checked.value,
    ...(links.length === 0 ? {} : { links: links.map(({ code }) => code), shortLinks: links }),
    ...(degraded === '' ? {} : { degraded }),
    ...compact({ preparing, replyToId, forwardOfId: request.forwardOfId as MessageId | undefined }),
  });
}

/** Holds a message against all that its channel takes, and its template against what the provider has. */
async function check(
  { channel, target, account, request }: Asked,
  { body, limited, reshaped }: Shaped,
): Promise<Result<Pick<Content, 'body' | 'options'>>> {
  const options = await readOptions(channel, request.options);
  if (!options.ok) return options;
  const instead = await checkStandIn(channel, request.onWindowClosed);
  if (!instead.ok) return instead;
  const problem = await channel.check(limited, options.value);
  if (problem) return { ok: false, problem: ofFile(withHint(problem, reshaped), request) };
  const fitting = await checkTemplate(channel, account, body);
  if (!fitting.ok) return fitting;
  if (request.replyToId !== undefined && !(await isIn(target, account, request.replyToId)))
    return refuse(422, 'invalid_reply', `'reply_to' is no message of this conversation`, { details: 'reply_to' });
  return ok({ body: fitting.value, ...compact({ options: options.value }) });
}

/** An answer to a message that there is not would leave as if it were none. */
async function isIn({ conversationId }: Target, { organizationId }: ChannelAccount, id: string): Promise<boolean> {
  if (parseMessageId(id)?.conversationId !== conversationId) return false;
  return (await findMessage(organizationId, id as MessageId, { consistent: true })) !== undefined;
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
