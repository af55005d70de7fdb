import * as v from 'valibot';
import type { Channel } from '../../channels/contract.ts';
import { isMedia } from '../../domain/body.ts';
import type { Body, RichText } from '../../domain/body.ts';
import { inPlainWords } from '../../domain/degrade.ts';
import type { Message } from '../../domain/message.ts';
import { readOrRefuse } from '../../domain/misfit.ts';
import { ok, refuse } from '../../domain/problem.ts';
import type { Result } from '../../domain/problem.ts';
import { statusOf } from '../../domain/status.ts';
import { reviseMessage } from '../../store/message-changes.ts';
import { findMessage } from '../../store/messages.ts';
import { act } from './act.ts';
import type { LoadChannel } from '../../channels/registry.ts';
import type { Principal } from '../access/authenticate.ts';
import { ownMessage } from '../send/own-message.ts';
import { wordFields } from '../send/fields.ts';
import { readWords } from '../send/words.ts';
import { rewrite } from '../schedule/scheduled.ts';

type Sent = Message & { providerMessageId: string };

/** Changes the words of a message, formatted as those of a send are: of one that waits for its time here, of one that was sent at the provider first. */
export async function editMessage(
  load: LoadChannel,
  principal: Principal,
  body: Record<string, unknown>,
): Promise<Result<Message>> {
  const found = await ownMessage(principal, body);
  if (!found.ok) return found;
  const words = wordsIn(body);
  if (!words.ok) return words;
  const message = found.value;
  if (message.deletedAt !== undefined) return gone();
  if (!isMedia(message.body) && !['text', 'interactive'].includes(message.body.type))
    return refuse(422, 'not_editable', `A message of type '${message.body.type}' has no words to change`);
  const { entities: _, ...rest } = message.body as Extract<Body, { type: 'text' }>;
  const channel = await load(message.channel);
  const { body: next } = inPlainWords({ ...rest, ...words.value }, await channel.capabilities());
  return isScheduled(message) ? rewriteWithin(channel, message, next) : revise(load, principal, message, next);
}

/** A file that is still being made ready has been held against the limits as what it will become, and may not be within them yet. */
async function rewriteWithin(channel: Channel, message: Message, body: Body): Promise<Result<Message>> {
  const problem = message.preparing ? undefined : await channel.check(body, message.options);
  return problem ? { ok: false, problem } : rewrite(message, body);
}

const newWords = v.object(wordFields, 'must be an object');

function wordsIn(body: Record<string, unknown>): Result<RichText> {
  const read = readOrRefuse(newWords, body);
  if (!read.ok) return read;
  const words = readWords(read.value);
  if (!words.ok) return words;
  if (words.value && words.value.text.trim() !== '') return ok(words.value);
  return refuse(400, 'missing_field', `'message' is required: what it is to say`, { details: 'message' });
}

/** Takes a message back that was sent. */
export async function deleteMessage(
  load: LoadChannel,
  principal: Principal,
  body: Record<string, unknown>,
): Promise<Result<Message>> {
  const found = await ownMessage(principal, body);
  return found.ok ? revise(load, principal, found.value, null) : found;
}

function isScheduled({ scheduledAt, claimedAt, progress }: Message): boolean {
  return scheduledAt !== undefined && claimedAt === undefined && statusOf(progress) === 'PENDING';
}

function sentMessage(message: Message): Result<Sent> {
  if (message.direction === 'OUTBOUND' && message.providerMessageId !== undefined && !message.deletedAt)
    return ok(message as Sent);
  return gone();
}

function gone() {
  return refuse(409, 'not_sent', `'message_id': only a message that was sent, and is still there, can be changed`, {
    details: 'message_id',
  });
}

async function revise(
  load: LoadChannel,
  principal: Principal,
  message: Message,
  body: Body | null,
): Promise<Result<Message>> {
  const sent = sentMessage(message);
  if (!sent.ok) return sent;
  const channel = await load(message.channel);
  const problem = body && (await channel.check(body));
  if (problem) return { ok: false, problem };
  const { counterparty: to, providerMessageId, channelAccountId } = sent.value;
  const done = await act(
    channel,
    principal,
    channelAccountId,
    body ? { kind: 'edit', to, providerMessageId, body } : { kind: 'delete', to, providerMessageId },
  );
  if (!done.ok) return done;
  await reviseMessage(message, { body, at: Date.now() });
  const revised = await findMessage(principal.organizationId, message.id, { consistent: true });
  return ok(revised ?? message);
}
