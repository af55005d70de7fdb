import type { ConnectedAccount } from '../../domain/channel-account.ts';
import type { Outgoing, Receipt } from '../contract.ts';
import { callProvider } from '../shared/http.ts';
import { compact, readAs } from '../shared/read.ts';
import { never, receiptOfSilence, refusal, unclear } from '../shared/receipt.ts';
import { notifyAnswer, victoryLinkAnswer } from './api.ts';
import type { Credentials } from './credentials.ts';
import { receiptOfCode, receiptOfFailedStatus, receiptOfHttp } from './refusal.ts';
import { requestOf } from './request.ts';
import { smsIdOf } from './sms-id.ts';

const TIMEOUT_MS = 20_000;

/** Accepted, and queued at VictoryLink «do not send again». */
const TAKEN = new Set([0, -10]);

/** One call per attempt. Neither provider is known to recognise a second one, so a lost answer stays unknown. */
export async function send(outgoing: Outgoing, account: ConnectedAccount<Credentials>): Promise<Receipt> {
  const call = requestOf(outgoing, account);
  if (!call) return refusal(never('invalid', 'not_sendable', 'SMS takes text only, to a phone number.'));
  const answer = await callProvider({
    method: 'POST',
    url: `${account.baseUrl.replace(/\/+$/, '')}/${call.path}`,
    headers: call.headers,
    body: JSON.stringify(call.body),
    timeoutMs: TIMEOUT_MS,
  });
  if (answer.kind !== 'answer') return receiptOfSilence(answer, 'The SMS provider');
  if (answer.status < 200 || answer.status > 299) return receiptOfHttp(answer);
  return account.credentials.kind === 'notify'
    ? answerOfNotify(answer.json)
    : answerOfVictoryLink(answer, outgoing.reference);
}

/** The body of Notify's success is not published, so an answer without an id is a success too. */
function answerOfNotify(json: unknown): Receipt {
  const answer = readAs(notifyAnswer, json);
  if (answer?.status?.toLowerCase() === 'failed') return receiptOfFailedStatus();
  return { outcome: 'accepted', ...compact({ providerMessageId: answer?.messageId ?? answer?.id }) };
}

function answerOfVictoryLink({ status, json }: { status: number; json: unknown }, reference: string): Receipt {
  const code = readAs(victoryLinkAnswer, json);
  if (code === undefined) return unclear('VictoryLink', status);
  return TAKEN.has(code)
    ? { outcome: 'accepted', providerMessageId: smsIdOf(reference) }
    : receiptOfCode(code, reference);
}
