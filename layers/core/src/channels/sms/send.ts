import type { ConnectedAccount } from '../../domain/channel-account.ts';
import { segmentsOf, type SmsPlan } from '../../domain/sms-encoding.ts';
import type { Outgoing, Receipt } from '../contract.ts';
import { callProvider } from '../shared/http.ts';
import { compact, readAs } from '../shared/read.ts';
import { never, receiptOfSilence, refusal, unclear } from '../shared/receipt.ts';
import { notifyAnswer, victoryLinkAnswer } from './api.ts';
import type { Credentials } from './credentials.ts';
import { receiptOfCode, receiptOfFailedStatus, receiptOfHttp } from './errors.ts';
import { options as optionsSchema } from './options.ts';
import { requestOf, wordsOf, type Planned } from './request.ts';
import { serverOf } from './server.ts';
import { smsIdOf } from './sms-id.ts';

const TIMEOUT_MS = 20_000;

/** Accepted, and queued at VictoryLink «do not send again». */
const TAKEN = new Set([0, -10]);

const noText = never('invalid', 'not_sendable', 'SMS takes text only, to a phone number.');
const noSender = never('invalid', 'sender', 'Appgain Notify sends under its own name: leave out the option ‘sender’.');
const notGsm = never(
  'invalid',
  'not_gsm',
  'The text has signs that GSM-7 lacks, and the option ‘encoding’ allows no other way.',
);

/** One call per attempt. Neither provider is known to recognise a second one, so a lost answer stays unknown. */
export async function send(outgoing: Outgoing, account: ConnectedAccount<Credentials>): Promise<Receipt> {
  const text = wordsOf(outgoing.body);
  if (text === undefined) return refusal(noText);
  const options = readAs(optionsSchema, outgoing.options ?? {}) ?? {};
  if (options.sender !== undefined && account.credentials.kind === 'notify') return refusal(noSender);
  const plan = segmentsOf(text, options);
  if (options.encoding === 'gsm' && plan.encoding !== 'GSM-7') return refusal(notGsm);
  return ask({ outgoing, plan, options }, account);
}

async function ask(planned: Planned, account: ConnectedAccount<Credentials>): Promise<Receipt> {
  const call = requestOf(planned, account);
  if (!call) return refusal(noText);
  const answer = await callProvider({
    method: 'POST',
    url: `${serverOf(account)}/${call.path}`,
    headers: call.headers,
    body: JSON.stringify(call.body),
    timeoutMs: TIMEOUT_MS,
  });
  if (answer.kind !== 'answer') return receiptOfSilence(answer, 'The SMS provider');
  if (answer.status < 200 || answer.status > 299) return receiptOfHttp(answer);
  const receipt =
    account.credentials.kind === 'notify'
      ? answerOfNotify(answer.json)
      : answerOfVictoryLink(answer, planned.outgoing.reference);
  return receipt.outcome === 'accepted' ? { ...receipt, detail: partsIn(planned.plan) } : receipt;
}

/** What the message costs its sender, who pays by the part. */
function partsIn({ segments, encoding, isPlainer }: SmsPlan): string {
  const parts = `${segments} ${segments === 1 ? 'segment' : 'segments'}, ${encoding}`;
  return isPlainer ? `${parts}, with plain signs for typographic ones` : parts;
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
