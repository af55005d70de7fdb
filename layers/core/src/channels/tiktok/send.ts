import type { ConnectedAccount } from '../../domain/channel-account.ts';
import type { Outgoing, Receipt } from '../contract.ts';
import { readAs } from '../shared/read.ts';
import { never, receiptOfSilence, refusal, unclear } from '../shared/receipt.ts';
import { answer as envelope, sent } from './api.ts';
import { callTiktok } from './call.ts';
import type { Credentials } from './credentials.ts';
import { receiptOfRefusal } from './errors.ts';
import { requestOf } from './request.ts';
import { upload } from './upload.ts';

/** There is no idempotency key: a lost answer stays unknown until the echo of the message comes. A picture is uploaded first. */
export async function send(outgoing: Outgoing, account: ConnectedAccount<Credentials>): Promise<Receipt> {
  if (outgoing.body.type !== 'image') return ask(outgoing, account);
  if (!requestOf(outgoing, account.externalId, 'later')) return notSendable();
  const picture = await upload(outgoing, account);
  return picture.ok ? ask(outgoing, account, picture.id) : picture.receipt;
}

async function ask(outgoing: Outgoing, account: ConnectedAccount<Credentials>, picture?: string): Promise<Receipt> {
  const request = requestOf(outgoing, account.externalId, picture);
  if (!request) return notSendable();
  const answer = await callTiktok(account, 'business/message/send/', request);
  if (answer.kind !== 'answer') return receiptOfSilence(answer, 'TikTok');
  if (answer.status !== 200 || readAs(envelope, answer.json)?.code !== 0) return receiptOfRefusal(answer);
  const id = readAs(sent, answer.json)?.data.message.message_id;
  return id === undefined ? unclear('TikTok', answer.status) : { outcome: 'accepted', providerMessageId: id };
}

function notSendable(): Receipt {
  return refusal(
    never(
      'recipient_unavailable',
      'not_sendable',
      'On TikTok this can not be sent here: the customer has to write first, and not from Europe.',
    ),
  );
}
