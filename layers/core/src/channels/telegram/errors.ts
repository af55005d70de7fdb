import type { Receipt } from '../contract.ts';
import { retryAfterMs, type ProviderAnswer } from '../shared/http.ts';
import { readAs } from '../shared/read.ts';
import { again, mend, never, refusal, unclear, type Failure } from '../shared/receipt.ts';
import { refused } from './api.ts';

const token = mend('auth', 'token_invalid', 'Telegram does not accept the bot token. Connect the bot again.');

/** By `error_code`, which is also the HTTP status. */
const failures: Record<number, Failure> = {
  400: never('invalid', 'bad_request', 'Telegram found a part of the message invalid.'),
  401: token,
  403: never('recipient_unavailable', 'forbidden', 'The customer blocked the bot, never started it, or left.'),
  /** the answer to a token of the wrong form */
  404: token,
  409: mend('account_restricted', 'conflict', 'Another program uses the same bot.'),
  413: never('media_problem', 'too_large', 'The file is too large for Telegram.'),
  420: again('rate_limited', 'flood', 'The bot sends faster than Telegram allows.', 1000),
  429: again('rate_limited', 'flood', 'The bot sends faster than Telegram allows.', 1000),
};

const moved = never('recipient_unavailable', 'group_moved', 'The group has a new chat id. Write to the new chat.');
const chatMissing = never('recipient_unavailable', 'chat_not_found', 'Telegram does not know this chat.');
const fileProblem = never('media_problem', 'file', 'Telegram could not take the file: check its link, type and size.');

/** One code covers many mistakes: Telegram tells them apart only in its description (part of it, in lower case). */
const described: [string, Failure][] = [
  ['chat not found', chatMissing],
  ['user not found', chatMissing],
  ['wrong file identifier', fileProblem],
  ['wrong http url', fileProblem],
  ['failed to get http url content', fileProblem],
  ['wrong type of the web page content', fileProblem],
  ['file is too big', fileProblem],
  ['file must be non-empty', fileProblem],
  ["can't parse entities", never('invalid', 'entities', 'Telegram could not read the formatting.')],
  ['message is too long', never('invalid', 'too_long', 'The text is too long for Telegram.')],
  ['message text is empty', never('invalid', 'empty', 'The text is empty.')],
  ['button_data_invalid', never('invalid', 'buttons', 'A button is invalid.')],
  ['reply markup is too long', never('invalid', 'buttons', 'The buttons are too many or too long.')],
  ['not enough rights', never('invalid', 'rights', 'The bot has not the right to write here.')],
  ['reaction_invalid', never('invalid', 'reaction', 'Telegram does not take this emoji as a reaction.')],
];

/** For an answer that is not a success. 5xx: the message may have gone out, and nothing would stop a second one. */
export function receiptOfRefusal(answer: ProviderAnswer): Receipt {
  const said = readAs(refused, answer.json);
  const code = said?.error_code ?? answer.status;
  if (code < 400 || code >= 500) return unclear('Telegram', answer.status);
  const wait = said?.parameters?.retry_after;
  const failure = said?.parameters?.migrate_to_chat_id === undefined ? failureOf(code, said?.description) : moved;
  return refusal(failure, String(code), wait === undefined ? retryAfterMs(answer.headers) : Math.ceil(wait * 1000));
}

function failureOf(code: number, description = ''): Failure {
  const words = description.toLowerCase();
  const known = code === 400 ? described.find(([part]) => words.includes(part))?.[1] : undefined;
  return known ?? failures[code] ?? never('invalid', 'refused', 'Telegram refused the message.');
}
