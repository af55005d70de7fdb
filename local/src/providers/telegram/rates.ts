import { createBuckets, type Rule } from '../buckets.ts';
import { refusalOf, type Refusal } from './reply.ts';

/** How fast a bot may send, and how fast into one chat. */
export interface Rates {
  /** Counts one message; the refusal when it is too many. */
  take(bot: string, chat: string): Refusal | undefined;
  /** What was counted was no message in the end. */
  giveBack(bot: string, chat: string): void;
  /** Gives a bot another rate, in messages per second, and its chats another burst. */
  change(bot: string, changed: { [name in keyof Limits]?: number | undefined }): void;
}

interface Limits {
  per_second: number;
  chat_burst: number;
}

/** "My bot is hitting limits" (core.telegram.org/bots/faq): 30 a second, and one a second into a chat, with short bursts. How short is not told. */
const usual: Limits = { per_second: 30, chat_burst: 20 };

export function createRates(now: () => number): Rates {
  const buckets = createBuckets(now);
  const own = new Map<string, Limits>();
  const rulesOf = (bot: string, chat: string): [string, Rule][] => {
    const { per_second, chat_burst } = own.get(bot) ?? usual;
    return [
      [bot, { burst: per_second, each: 1000 / per_second }],
      [`${bot} ${chat}`, { burst: chat_burst, each: 1000 }],
    ];
  };
  return {
    take: (bot, chat) => {
      const wait = buckets.take(rulesOf(bot, chat));
      return wait && refusalOf(429, Math.max(1, Math.ceil(wait.afterMs / 1000)));
    },
    giveBack: (bot, chat) => buckets.giveBack(rulesOf(bot, chat)),
    change: (bot, { per_second, chat_burst }) => {
      const before = own.get(bot) ?? usual;
      own.set(bot, { per_second: per_second ?? before.per_second, chat_burst: chat_burst ?? before.chat_burst });
    },
  };
}
