import { isRecord, type Json } from '../../json.ts';
import { listAt, recordsAt, textAt } from '../json.ts';
import type { Phone, PhoneMessage } from '../phones.ts';
import type { Written } from '../provider.ts';
import type { Bot } from './bot.ts';
import { chatOf, typeOf, userJson } from './chat.ts';
import { keptMessage, type Content } from './message.ts';
import { isGiven, nestedOf, numberOf, textOf, type Params } from './params.ts';
import { bad, isRefusal, type Refusal } from './reply.ts';
import { updateHook } from './webhooks.ts';

/** What `sendPoll` sends. */
export function poll(bot: Bot, params: Params): Content | Refusal {
  const question = textOf(params, 'question') ?? '';
  const options = listAt({ options: nestedOf(params, 'options') }, 'options').map(
    (one) => (isRecord(one) ? textAt(one, 'text') : String(one)) ?? '',
  );
  const refusal = checkWords(question, options) ?? checkQuiz(params, options.length) ?? checkPlace(bot, params);
  if (refusal) return refusal;
  const fields = {
    id: String(bot.world.next('poll', 5_000_000)),
    question,
    options: options.map((text, index) => ({ persistent_id: String(index), text, voter_count: 0 })),
    total_voter_count: 0,
    is_closed: false,
    is_anonymous: isSet(params, 'is_anonymous', true),
    type: textOf(params, 'type') ?? 'regular',
    allows_multiple_answers: isSet(params, 'allows_multiple_answers', false),
    allows_revoting: true,
    members_only: false,
  };
  return { fields: { poll: fields }, body: { type: 'poll', question, options } };
}

/** The customer chooses an option by its place; who votes in an anonymous poll nobody is told. */
export function vote(bot: Bot, phone: Phone, message: PhoneMessage, id: string): Written {
  const kept = keptMessage(message)['poll'];
  const asked: Json = isRecord(kept) ? kept : {};
  const option = recordsAt(asked, 'options').find((one) => one['persistent_id'] === id);
  if (!option) return { ok: false, reason: `the poll has no option ${id}` };
  bot.world.phones.replace(phone, bot.account.external_id, { ...message, remark: `✔ ${textAt(option, 'text') ?? ''}` });
  if (asked['is_anonymous'] === true) return { ok: true };
  const answer = {
    poll_id: asked['id'],
    user: userJson(phone),
    option_ids: [Number(id)],
    option_persistent_ids: [id],
  };
  return { ok: true, hook: updateHook(bot, 'poll_answer', answer, String(asked['id'])) };
}

function checkWords(question: string, options: string[]): Refusal | undefined {
  if (question === '') return bad('poll question must be non-empty');
  if (question.length > 300) return bad('poll question length must not exceed 300');
  if (options.length < 1 || options.length > 12) return bad('poll must have between 1 and 12 options');
  const isWrong = options.some((option) => option.length < 1 || option.length > 100);
  return isWrong ? bad('poll options length must not exceed 100') : undefined;
}

function checkQuiz(params: Params, count: number): Refusal | undefined {
  const type = textOf(params, 'type') ?? 'regular';
  if (type !== 'regular' && type !== 'quiz') return bad('unsupported poll type specified');
  const period = numberOf(params, 'open_period');
  if (period !== undefined && (period < 5 || period > 2_628_000)) return bad('wrong poll open period specified');
  if ((textOf(params, 'explanation') ?? '').length > 200) return bad('poll explanation is too long');
  if (type === 'regular') return undefined;
  const ids = nestedOf(params, 'correct_option_ids');
  const isGood =
    Array.isArray(ids) && ids.length > 0 && ids.every((id) => Number.isInteger(id) && id >= 0 && id < count);
  return isGood ? undefined : bad('wrong correct option ID specified');
}

function checkPlace(bot: Bot, params: Params): Refusal | undefined {
  const phone = chatOf(bot, params);
  if (isRefusal(phone)) return phone;
  return typeOf(phone) === 'channel' && !isSet(params, 'is_anonymous', true)
    ? bad("non-anonymous polls can't be sent to channel chats")
    : undefined;
}

/** A flag, as JSON or as a form's word. */
function isSet(params: Params, name: string, unless: boolean): boolean {
  return isGiven(params, name) ? [true, 'true', '1', 'True'].includes(params.values[name] as string) : unless;
}
