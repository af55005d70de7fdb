import type { Body } from '../../domain/body.ts';
import type { ConnectedAccount } from '../../domain/channel-account.ts';
import { plainOf } from '../../domain/rich-text/plain.ts';
import type { Outgoing, Receipt } from '../contract.ts';
import type { ProviderAnswer } from '../shared/http.ts';
import { compact, readAs } from '../shared/read.ts';
import { again, never, receiptOfSilence, refusal, unclear } from '../shared/receipt.ts';
import { messageIdOf } from './address.ts';
import { newChatIn, sent } from './api.ts';
import { callBot, type Call, type Part, type Upload } from './call.ts';
import type { Credentials } from './credentials.ts';
import { isAboutFile, receiptOfRefusal } from './errors.ts';
import { requestOf } from './request.ts';
import { messageRef } from './wire.ts';

type Account = ConnectedAccount<Credentials>;

/**
 * There is no idempotency and no delivery report: the answer is all there ever is. Asked again is only what was refused:
 * with the file itself where Telegram could not fetch it by link, without formatting where it could not read that.
 */
export async function send(outgoing: Outgoing, account: Account): Promise<Receipt> {
  const receipt = await sendAsItIs(outgoing, account);
  const plain = receipt.outcome === 'refused' && receipt.error.code === 'entities' && withoutFormatting(outgoing.body);
  if (!plain) return receipt;
  const second = await sendAsItIs({ ...outgoing, body: plain }, account);
  const detail = 'Sent without its formatting, which Telegram refused.';
  return second.outcome === 'accepted' ? { ...second, detail } : second;
}

/** A link keeps its address, behind its words. Undefined: there is no formatting. */
function withoutFormatting(body: Body): Body | undefined {
  if (!('entities' in body) || body.text === undefined) return undefined;
  const { entities, ...rest } = body;
  return { ...rest, text: plainOf({ text: body.text, ...compact({ entities }) }, []).text };
}

async function sendAsItIs(outgoing: Outgoing, account: Account): Promise<Receipt> {
  const call = requestOf(outgoing);
  if (!call) return refusal(never('invalid', 'not_sendable', 'Telegram can not send this to this recipient.'));
  const first = await ask(call, outgoing, account);
  if (first.receipt.outcome !== 'refused' || !first.aboutFile) return first.receipt;
  const withBytes = outgoing.readFile && requestOf(outgoing, true);
  const byLink = (withBytes?.uploads?.length ?? 0) > (call.uploads?.length ?? 0);
  if (!withBytes?.uploads || !byLink) return first.receipt;
  const parts = await read(withBytes.uploads, outgoing);
  return parts.ok ? (await attempt(withBytes, account, parts.parts)).receipt : first.receipt;
}

interface Attempt {
  receipt: Receipt;
  /** the file was the reason of a refusal */
  aboutFile?: boolean;
}

async function ask(call: Call, outgoing: Outgoing, account: Account): Promise<Attempt> {
  const parts = await read(call.uploads ?? [], outgoing);
  return parts.ok ? attempt(call, account, parts.parts) : { receipt: parts.receipt };
}

/** A group that has become a supergroup is written to under its new id, which the refusal names. */
async function attempt(call: Call, account: Account, parts: Part[], isSecond = false): Promise<Attempt> {
  const answer = await callBot(account, call, parts);
  if (answer.kind !== 'answer') return { receipt: receiptOfSilence(answer, 'Telegram') };
  const chat_id = newChatIn(answer);
  if (chat_id === undefined || isSecond) return concluded(answer);
  return attempt({ ...call, parameters: { ...call.parameters, chat_id } }, account, parts, true);
}

function concluded(answer: ProviderAnswer): Attempt {
  if (answer.status !== 200) return { receipt: receiptOfRefusal(answer), aboutFile: isAboutFile(answer) };
  const taken = readAs(sent, answer.json);
  return { receipt: taken ? accepted(taken.result) : unclear('Telegram', answer.status) };
}

/** A reaction is answered with `true`, as it becomes no message of its own; an album with a list, called by its first. */
function accepted(result: unknown): Receipt {
  const message = readAs(messageRef, Array.isArray(result) ? result[0] : result);
  return { outcome: 'accepted', ...compact({ providerMessageId: message && messageIdOf(message) }) };
}

async function read(
  uploads: Upload[],
  { readFile }: Outgoing,
): Promise<{ ok: true; parts: Part[] } | { ok: false; receipt: Receipt }> {
  const parts: Part[] = [];
  for (const { part, media, maxBytes } of uploads) {
    const file = await readFile?.(maxBytes, media);
    if (!file?.ok) return { ok: false, receipt: refusal(file?.permanent === false ? unreachable : unreadable) };
    parts.push({ part, media, ...file });
  }
  return { ok: true, parts };
}

const unreachable = again('provider_down', 'file', 'The file could not be read.');
const unreadable = never('media_problem', 'file', 'The file could not be read, or is too large for Telegram.');
