import * as z from 'zod/mini';
import type { TelegramAccount } from '../account.ts';
import { json, problem, type Answer } from '../http.ts';
import type { Provider } from '../provider.ts';
import { advance } from '../receipts.ts';
import { faultAnswer } from '../serve.ts';
import { createWorld, type WorldOptions } from '../world.ts';
import { callBot, callFromAnswer } from './api.ts';
import { createBots, type Bot, type Bots } from './bot.ts';
import { connect } from './business.ts';
import { migrate, openTopic } from './groups.ts';
import { act as actOnPhone } from './phone.ts';
import { envelope, refusalOf } from './reply.ts';

const phones = [
  { id: 'mona', name: 'Mona Hassan', address: '700000001', started: ['*'] },
  { id: 'omar', name: 'عمر علي', address: '700000002', started: ['*'] },
];

/** What happens at Telegram without a bot's doing. */
const verbs: Record<string, typeof connect> = { business: connect, topic: openTopic, migrate, rate };

const above = z.number().check(z.positive());
const rateSchema = z.strictObject({
  per_second: z.optional(above),
  burst: z.optional(above),
  chat_burst: z.optional(above),
  group_per_minute: z.optional(above),
});

/** The bot has other limits from now on: `{per_second, burst, chat_burst, group_per_minute}`. */
async function rate(bot: Bot, body: unknown): Promise<Answer> {
  const parsed = rateSchema.safeParse(body);
  if (!parsed.success) return problem(400, 'bad_rate', z.prettifyError(parsed.error));
  bot.rates.change(bot.account.external_id, parsed.data);
  return json(200, parsed.data);
}

/** Telegram's Bot API. */
export function createTelegram(options: WorldOptions): Provider {
  const world = createWorld<TelegramAccount>('telegram', phones, options, (hook, answer) => {
    const account = world.accounts.get(hook.account);
    if (account) void callFromAnswer(bots.of(account, ''), answer);
  });
  const bots: Bots = createBots(world);
  return {
    world,
    call: async (call) => ({ answer: await callBot(world, bots, call) }),
    fail: (fault) => {
      const retryAfter =
        fault.retry_after ?? Number(fault.headers?.['retry-after'] ?? fault.headers?.['Retry-After'] ?? 1);
      const status = fault.status ?? (fault.retry_after === undefined ? 500 : 429);
      return faultAnswer(fault, status, (code) => envelope(refusalOf(code, retryAfter)));
    },
    act: async (one) => {
      const account = world.accounts.get(one.account.external_id);
      return account ? actOnPhone(bots.of(account, one.base), one) : { ok: false, reason: 'unknown account' };
    },
    // Bots get no receipts: only the phone knows.
    seen: async (account, phone, message) => void advance(world.phones, phone, account.external_id, message.id, 'read'),
    control: async ({ external_id }, verb, body) => {
      const account = world.accounts.get(external_id);
      const act = verbs[verb];
      return account && act?.(bots.of(account, ''), body);
    },
  };
}
