import type { ConnectedAccount } from '../../domain/channel-account.ts';
import type { Outgoing, Receipt } from '../contract.ts';
import { callGraph } from '../shared/meta-api.ts';
import { compact, readAs } from '../shared/read.ts';
import { never, receiptOfSilence, refusal, unclear } from '../shared/receipt.ts';
import { sent } from './api.ts';
import { pathOf } from './call.ts';
import type { Credentials } from './credentials.ts';
import { receiptOfRefusal } from './errors.ts';
import { requestOf } from './request.ts';
import { uploadFiles } from './upload.ts';

const TIMEOUT_MS = 15_000;

/** Meta's 200 means accepted; everything later comes as a status webhook that carries our reference. */
export async function send(outgoing: Outgoing, account: ConnectedAccount<Credentials>): Promise<Receipt> {
  if (!requestOf(outgoing, new Map()))
    return refusal(never('invalid', 'not_sendable', 'WhatsApp Cloud can not send this to this recipient.'));
  const uploads = await uploadFiles(outgoing, account);
  if (!uploads.ok) return uploads.receipt;
  const answer = await callGraph(
    { baseUrl: account.baseUrl, token: account.credentials.access_token },
    {
      method: 'POST',
      path: pathOf(account.externalId, 'messages'),
      body: JSON.stringify(requestOf(outgoing, uploads.ids)),
      timeoutMs: TIMEOUT_MS,
    },
  );
  if (answer.kind !== 'answer') return receiptOfSilence(answer, 'WhatsApp');
  if (answer.status !== 200) return receiptOfRefusal(answer);
  const message = readAs(sent, answer.json)?.messages[0];
  if (!message) return unclear('WhatsApp', answer.status);
  const { message_status: status = '' } = message;
  const detail = Object.hasOwn(held, status) ? held[status] : undefined;
  return { outcome: 'accepted', providerMessageId: message.id, ...compact({ detail }) };
}

/** Messages of a template that is new to customers: they go on, or fail with 132015, once Meta has judged it ("Template pacing"). */
const held: Record<string, string> = {
  held_for_quality_assessment: 'WhatsApp holds it back until it has judged the template',
  paused: 'WhatsApp has paused its delivery',
};
