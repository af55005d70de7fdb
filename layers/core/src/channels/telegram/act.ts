import { isMedia, type Body } from '../../domain/body.ts';
import type { ConnectedAccount } from '../../domain/channel-account.ts';
import type { Action, Done } from '../contract.ts';
import { compact } from '../shared/read.ts';
import { never, sendErrorOf } from '../shared/receipt.ts';
import { callBot, type Call } from './call.ts';
import type { Credentials } from './credentials.ts';
import { entitiesOf } from './entities.ts';
import { doneOf } from './errors.ts';
import { withKeyboard } from './request.ts';
import { numberOf, targetOf, type Target } from './target.ts';

/** What Telegram has no way to do is refused; that the business has read can be told only in the name of a business account. */
export async function act(action: Action, account: ConnectedAccount<Credentials>): Promise<Done> {
  const target = targetOf(action.to);
  const call = target && callOf(action, target);
  if (call === 'nothing to do') return { ok: true };
  return call ? doneOf(await callBot(account, call)) : { ok: false, error: sendErrorOf(impossible) };
}

const impossible = never('invalid', 'not_possible', 'Telegram can not do this with this message.');

function callOf(action: Action, target: Target): Call | 'nothing to do' | undefined {
  const { chat_id, business_connection_id, message_thread_id } = target;
  const connection = compact({ business_connection_id });
  if (action.kind === 'typing') {
    const parameters = { chat_id, ...connection, ...compact({ message_thread_id }), action: 'typing' };
    return { method: 'sendChatAction', parameters };
  }
  const message_id = numberOf(action.providerMessageId);
  if (action.kind === 'read') {
    if (business_connection_id === undefined || message_id === undefined) return 'nothing to do';
    return { method: 'readBusinessMessage', parameters: { business_connection_id, chat_id, message_id } };
  }
  if (message_id === undefined) return undefined;
  if (action.kind === 'edit') return editOf(action.body, { ...connection, chat_id, message_id });
  return business_connection_id === undefined
    ? { method: 'deleteMessage', parameters: { chat_id, message_id } }
    : { method: 'deleteBusinessMessages', parameters: { business_connection_id, message_ids: [message_id] } };
}

/** Of a file only the words beside it change. */
function editOf(body: Body, message: object): Call | undefined {
  if (body.type === 'interactive') {
    const whole = withKeyboard(body, {});
    const call = whole && editOf(whole.content, message);
    return call && { ...call, parameters: { ...call.parameters, reply_markup: whole.reply_markup } };
  }
  if (body.type === 'text') {
    const parameters = { ...message, text: body.text, ...entitiesOf('entities', body.entities) };
    return { method: 'editMessageText', parameters };
  }
  if (!isMedia(body) || body.type === 'sticker') return undefined;
  const parameters = { ...message, caption: body.text ?? '', ...entitiesOf('caption_entities', body.entities) };
  return { method: 'editMessageCaption', parameters };
}
