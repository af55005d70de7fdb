import type { Capabilities, Channel, Wording } from '../../channels/contract.ts';
import { channelNamed, manifests } from '../../channels/manifests.ts';
import { isMedia, textOf } from '../../domain/body.ts';
import type { Body } from '../../domain/body.ts';
import type { ChannelAccount } from '../../domain/channel-account.ts';
import type { ChannelName } from '../../domain/channel.ts';
import { contactIdOf, conversationIdOf } from '../../domain/id.ts';
import type { Message } from '../../domain/message.ts';
import { ok, refuse } from '../../domain/problem.ts';
import type { Problem, Result } from '../../domain/problem.ts';
import { lengthOf } from '../../domain/text-length.ts';
import type { TextLimit } from '../../domain/text-length.ts';
import type { LoadChannel } from '../../channels/registry.ts';
import type { Principal } from '../access/authenticate.ts';
import { checkAtAccept } from '../send/check-at-accept.ts';
import { lookingOnce } from '../send/look.ts';
import type { Look } from '../send/look.ts';
import type { Target } from '../send/find-target.ts';
import { findTarget } from '../send/find-willing.ts';
import { inNameOf, prepare } from '../send/send.ts';
import { asWritten } from '../send/field-names.ts';
import { parseSendRequest } from '../send/request.ts';
import type { SendRequest } from '../send/request.ts';
import { windowFor } from '../deliver/window.ts';

/** What a channel would send, or why it would not. */
export type Preview = { channel: ChannelName } & (
  | { ok: false; problem: Problem }
  | {
      ok: true;
      message: Message;
      wording: Wording;
      length: { count: number; limit: TextLimit };
      warnings: Warning[];
    }
);

/** What does not stop a message now, but may. */
export interface Warning {
  code: 'window_closed' | 'quiet_hours';
  message: string;
}

/** What a send would come to on each of the channels it names, or on all of them. Nothing is stored, and no provider is asked. */
export async function previewMessage(
  load: LoadChannel,
  principal: Principal,
  { channels, ...body }: Record<string, unknown>,
): Promise<Result<Preview[]>> {
  const names = channelsOf(channels);
  if (!names.ok) return names;
  const parsed = parseSendRequest(body);
  if (!parsed.ok) return parsed;
  if (parsed.value.recipients)
    return refuse(400, 'invalid_field', `'to': a preview is for one recipient`, { details: 'to' });
  const request: SendRequest = { ...parsed.value, dry: true };
  const previews = await Promise.all(names.value.map(async (name) => previewOn(await load(name), principal, request)));
  return ok(previews.map((each) => (each.ok ? each : { ...each, problem: asWritten(each.problem, body) })));
}

function channelsOf(written: unknown): Result<ChannelName[]> {
  const all = manifests.filter(({ outbound }) => outbound).map(({ name }) => name);
  if (written === undefined || written === null || written === 'all') return ok(all);
  const names = Array.isArray(written) ? written.map((each) => channelNamed(String(each))) : [];
  if (names.length > 0 && names.every((name) => name !== undefined)) return ok([...new Set(names)]);
  return refuse(400, 'invalid_field', `'channels': must be a list of ${all.join(', ')}, or left out for all`, {
    details: 'channels',
  });
}

/** What a request would come to on a channel. `account`: the one it is to leave from, where that is settled. */
export async function previewOn(
  channel: Channel,
  principal: Principal,
  request: SendRequest,
  account?: ChannelAccount,
): Promise<Preview> {
  const { name } = channel.manifest;
  const targetOf = isAddressed(request) ? findTarget : nobody;
  const look = lookingOnce(principal.organizationId);
  const prepared = await prepare(channel, principal, request, { targetOf, look, ...(account && { account }) });
  if (!prepared.ok) return { channel: name, ok: false, problem: prepared.problem };
  const accepted = await checkAtAccept(channel, inNameOf(principal, prepared.value), look);
  if (!accepted.ok) return { channel: name, ok: false, problem: accepted.problem };
  const message = accepted.value;
  const can = await channel.capabilities();
  const wording = await wordingOf(channel, message);
  const limit = limitOf(message.body, can);
  const length = { count: lengthOf(wording.text, limit.unit), limit };
  return {
    channel: name,
    ok: true,
    message,
    wording,
    length,
    warnings: await warningsOf(channel, prepared.value, message, look),
  };
}

function isAddressed({ to, contactId, conversationId }: SendRequest): boolean {
  return (to ?? contactId ?? conversationId) !== undefined;
}

/** Whom a preview is for that names nobody. */
async function nobody(channel: Channel, account: ChannelAccount): Promise<Result<Target>> {
  return ok({
    conversationId: conversationIdOf(account.id, 'nobody'),
    contactId: contactIdOf(account.organizationId, 'nobody'),
    counterparty: { identities: [{ kind: channel.manifest.address, value: '' }] },
  });
}

async function wordingOf(channel: Channel, { body, options }: Message): Promise<Wording> {
  return (await channel.wording?.(body, options)) ?? { text: textOf(body) ?? '' };
}

function limitOf(body: Body, { text, caption = text, interactive }: Capabilities): TextLimit {
  if (isMedia(body)) return caption;
  if (body.type !== 'interactive' || body.interactive.kind === 'reply') return text;
  return interactive[body.interactive.kind]?.text ?? text;
}

async function warningsOf(channel: Channel, asked: Message, leaving: Message, look: Look): Promise<Warning[]> {
  const { isOpen } = await windowFor(channel, leaving, Date.now(), look);
  return [...(isOpen ? [] : [closed]), ...(leaving.scheduledAt === asked.scheduledAt ? [] : [quiet])];
}

const closed: Warning = {
  code: 'window_closed',
  message: 'The customer wrote too long ago: unless they write again before it leaves, the policy for that decides.',
};

const quiet: Warning = { code: 'quiet_hours', message: 'It waits for the end of the quiet hours.' };
