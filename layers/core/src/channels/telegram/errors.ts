import type { Done, Receipt } from '../contract.ts';
import { retryAfterMs, type ProviderAnswer, type Silence } from '../shared/http.ts';
import { readAs } from '../shared/read.ts';
import {
  again,
  mend,
  never,
  receiptOfSilence,
  refusal,
  errorOfRefusal,
  sendErrorOf,
  slower,
  unclear,
  type Failure,
} from '../shared/receipt.ts';
import { refused } from './api.ts';

const token = mend('auth', 'token_invalid', 'Telegram does not accept the bot token. Connect the bot again.');

/** Telegram does not tell whether it is the chat that gets too much, or the bot that sends too much. */
const flood = slower('unclear', 'flood', 'The bot sends faster than Telegram allows.', 1000);

/** By `error_code`, which is also the HTTP status. */
const failures: Record<number, Failure> = {
  400: never('invalid', 'bad_request', 'Telegram found a part of the message invalid.'),
  401: token,
  403: never('recipient_unavailable', 'forbidden', 'The customer blocked the bot, never started it, or left.'),
  /** the answer to a token of the wrong form */
  404: token,
  409: mend('account_restricted', 'conflict', 'Another program uses the same bot.'),
  413: never('media_problem', 'too_large', 'The file is too large for Telegram.'),
  420: flood,
  429: flood,
};

const moved = never('recipient_unavailable', 'group_moved', 'The group has a new chat id. Write to the new chat.');
const chatMissing = never('recipient_unavailable', 'chat_not_found', 'Telegram does not know this chat.');
const fileProblem = never('media_problem', 'file', 'Telegram could not take the file: check its link, type and size.');
const rights = never('invalid', 'rights', 'The bot has not the right to write here.');
const tooMany = never('invalid', 'buttons', 'The buttons are too many or too long.');
const unknownMessage = never('invalid', 'message_not_found', 'Telegram does not know this message, or it was deleted.');
const removed = never('recipient_unavailable', 'removed', 'The bot is not a member of this group or channel any more.');
const gone = never('recipient_unavailable', 'deactivated', 'The account or group was deleted.');

/** One code covers many mistakes: Telegram tells them apart only in its description (part of it, in lower case). */
const described: [code: number, part: string, failure: Failure][] = [
  [400, 'chat not found', chatMissing],
  [400, 'user not found', chatMissing],
  [400, 'message thread not found', never('recipient_unavailable', 'topic_not_found', 'The topic was deleted.')],
  [400, 'topic_closed', never('recipient_unavailable', 'topic_closed', 'The topic is closed.')],
  [400, 'business_connection', mend('account_restricted', 'business', 'The business account is not connected now.')],
  [400, 'business_peer', never('window_closed', 'business', 'The customer has not written for 24 hours.')],
  [400, 'wrong file identifier', fileProblem],
  [400, 'wrong http url', fileProblem],
  [400, 'failed to get http url content', fileProblem],
  [400, 'wrong type of the web page content', fileProblem],
  [400, 'webpage_', fileProblem],
  [400, 'file is too big', fileProblem],
  [400, 'file must be non-empty', fileProblem],
  [400, 'image_process_failed', fileProblem],
  [400, 'photo_invalid', fileProblem],
  [400, 'voice_messages_forbidden', never('invalid', 'voice', 'The customer takes no voice or video notes.')],
  [400, "can't parse entities", never('invalid', 'entities', 'Telegram could not read the formatting.')],
  [400, 'message is too long', never('invalid', 'too_long', 'The text is too long for Telegram.')],
  [400, 'message text is empty', never('invalid', 'empty', 'The text is empty.')],
  [400, 'button_', never('invalid', 'buttons', 'A button is invalid.')],
  [400, 'reply markup is too long', tooMany],
  [400, 'not enough rights', rights],
  [400, 'chat_write_forbidden', rights],
  [400, 'reaction_invalid', never('invalid', 'reaction', 'Telegram does not take this emoji as a reaction.')],
  [400, 'poll', never('invalid', 'poll', 'Telegram found the poll invalid.')],
  [400, 'message to edit not found', unknownMessage],
  [400, 'message to delete not found', unknownMessage],
  [400, 'message to forward not found', unknownMessage],
  [400, 'message to react not found', unknownMessage],
  [400, "message can't be edited", never('invalid', 'not_editable', 'Telegram lets this message be as it is.')],
  [
    400,
    "message can't be deleted",
    never('invalid', 'not_deletable', 'Telegram deletes no message of this age or kind.'),
  ],
  [400, "message can't be forwarded", never('invalid', 'not_forwardable', 'This message may not be forwarded.')],
  [403, 'blocked by the user', never('recipient_unavailable', 'blocked', 'The customer blocked the bot.')],
  [403, "can't initiate", never('recipient_unavailable', 'not_started', 'The customer has not started the bot yet.')],
  [403, 'deactivated', gone],
  [403, 'group chat was deleted', gone],
  [403, 'kicked', removed],
  [403, 'not a member', removed],
];

/** For an answer that is not a success. 5xx: the message may have gone out, and nothing would stop a second one. */
export function receiptOfRefusal(answer: ProviderAnswer): Receipt {
  const said = readAs(refused, answer.json);
  const code = said?.error_code ?? answer.status;
  if (code < 400 || code >= 500) return unclear('Telegram', answer.status);
  const failure = failureOf(answer);
  const wait = said?.parameters?.retry_after;
  const after = wait === undefined ? retryAfterMs(answer.headers) : Math.ceil(wait * 1000);
  const receipt = refusal(failure, String(code), after);
  return receipt.outcome === 'refused' && failure === gone ? { ...receipt, gone: true } : receipt;
}

/** Telegram could not take the file as it was given. */
export function isAboutFile(answer: ProviderAnswer): boolean {
  return failureOf(answer) === fileProblem;
}

/** Of what is no message. To be changed into what it is already, is done. */
export function doneOf(answer: ProviderAnswer | Silence): Done {
  if (answer.kind === 'answer' && (answer.status === 200 || isUnchanged(answer))) return { ok: true };
  const receipt = answer.kind === 'answer' ? receiptOfRefusal(answer) : receiptOfSilence(answer, 'Telegram');
  return { ok: false, error: receipt.outcome === 'refused' ? errorOfRefusal(receipt) : unanswered };
}

/** Nothing can be told from the answer. */
export const unanswered = sendErrorOf(again('unknown_outcome', 'unknown_outcome', 'Telegram gave no clear answer.'));

function isUnchanged({ json }: ProviderAnswer): boolean {
  return wordsIn(json).includes('message is not modified');
}

function failureOf({ json, status }: ProviderAnswer): Failure {
  const said = readAs(refused, json);
  if (said?.parameters?.migrate_to_chat_id !== undefined) return moved;
  const code = said?.error_code ?? status;
  const words = wordsIn(json);
  const known = described.find(([of, part]) => of === code && words.includes(part))?.[2];
  return known ?? failures[code] ?? never('invalid', 'refused', 'Telegram refused the message.');
}

function wordsIn(json: unknown): string {
  return readAs(refused, json)?.description?.toLowerCase() ?? '';
}
