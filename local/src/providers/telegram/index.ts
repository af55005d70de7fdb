import type { TelegramAccount } from '../account.ts';
import type { Provider } from '../provider.ts';
import { advance } from '../receipts.ts';
import { faultAnswer } from '../serve.ts';
import { createWorld, type WorldOptions } from '../world.ts';
import { callBot } from './api.ts';
import { createBots } from './bot.ts';
import { act } from './phone.ts';
import { envelope, refusalOf } from './reply.ts';

const phones = [
  { id: 'mona', name: 'Mona Hassan', address: '700000001', started: ['*'] },
  { id: 'omar', name: 'عمر علي', address: '700000002', started: ['*'] },
];

/** Telegram's Bot API. */
export function createTelegram(options: WorldOptions): Provider {
  const world = createWorld<TelegramAccount>('telegram', phones, options);
  const bots = createBots(world);
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
      return account ? act(bots.of(account, one.base), one) : { ok: false, reason: 'unknown account' };
    },
    // Bots get no receipts: only the phone knows.
    seen: async (account, phone, message) => void advance(world.phones, phone, account.external_id, message.id, 'read'),
    control: async () => undefined,
  };
}
