import type { ConnectedAccount } from '../../domain/channel-account.ts';
import type { Outgoing, Receipt } from '../contract.ts';
import { readAs } from '../shared/read.ts';
import { never, receiptOfSilence, refusal, unclear } from '../shared/receipt.ts';
import { conversationIn } from './address.ts';
import { sent } from './api.ts';
import { callTiktok } from './call.ts';
import type { Credentials } from './credentials.ts';
import { isTaken, receiptOfRefusal } from './errors.ts';
import { requestOf } from './request.ts';
import { takesPictures, upload } from './upload.ts';

type Account = ConnectedAccount<Credentials>;

/** There is no idempotency key: a lost answer stays unknown until the echo of the message comes. A picture is uploaded first. */
export async function send(outgoing: Outgoing, account: Account): Promise<Receipt> {
  if (outgoing.body.type !== 'image') return ask(outgoing, account);
  if (!requestOf(outgoing, account.externalId, 'later')) return notSendable();
  if (!(await takesPictures(conversationIn(outgoing.to) ?? '', account))) return refusal(noPictures);
  const picture = await upload(outgoing, account);
  return picture.ok ? ask(outgoing, account, picture.id) : picture.receipt;
}

/** Only a text, a picture or a post can be quoted, and only of this conversation: what is refused with a quote is asked once more without it. */
async function ask(outgoing: Outgoing, account: Account, picture?: string): Promise<Receipt> {
  const request = requestOf(outgoing, account.externalId, picture);
  if (!request) return notSendable();
  const receipt = await attempt(request, account);
  const { referenced_message_info: quoted, ...plain } = request;
  if (quoted === undefined || receipt.outcome !== 'refused' || !ofParameter.has(receipt.error.code)) return receipt;
  const second = await attempt(plain, account);
  return second.outcome === 'accepted'
    ? { ...second, detail: 'Sent without the quote, which TikTok refused.' }
    : second;
}

const ofParameter = new Set(['invalid_parameter', 'not_found']);

async function attempt(request: object, account: Account): Promise<Receipt> {
  const answer = await callTiktok(account, 'business/message/send/', request);
  if (answer.kind !== 'answer') return receiptOfSilence(answer, 'TikTok');
  if (!isTaken(answer)) return receiptOfRefusal(answer);
  const id = readAs(sent, answer.json)?.data.message.message_id;
  return id === undefined ? unclear('TikTok', answer.status) : { outcome: 'accepted', providerMessageId: id };
}

const noPictures = never(
  'media_problem',
  'no_pictures_here',
  'TikTok takes no pictures in this conversation: where the customer or the account is, they are not to be had.',
);

function notSendable(): Receipt {
  return refusal(
    never(
      'recipient_unavailable',
      'not_sendable',
      'On TikTok this can not be sent here: the customer has to write first, and not from Europe unseen.',
    ),
  );
}
