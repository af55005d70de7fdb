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
  /** of a bot; a second's messages unless told otherwise */
  burst?: number | undefined;
  chat_burst: number;
  group_per_minute: number;
}

/**
 * "My bot is hitting limits" (core.telegram.org/bots/faq): 30 a second, one a second into a chat, with short bursts, and 20 a minute into a group. How short
 * the bursts are is not told.
 */
const usual: Limits = { per_second: 30, chat_burst: 20, group_per_minute: 20 };

const MINUTE_MS = 60_000;

export function createRates(now: () => number): Rates {
  const buckets = createBuckets(now);
  const own = new Map<string, Limits>();
  /** when the messages of the last minute went into each group */
  const groups = new Map<string, number[]>();
  const rulesOf = (bot: string, chat: string): [string, Rule][] => {
    const { per_second, burst = per_second, chat_burst } = own.get(bot) ?? usual;
    return [
      [bot, { burst, each: 1000 / per_second }],
      [`${bot} ${chat}`, { burst: chat_burst, each: 1000 }],
    ];
  };
  const inLastMinute = (group: string) => (groups.get(group) ?? []).filter((at) => at > now() - MINUTE_MS);
  const waitOfGroup = (bot: string, group: string): number | undefined => {
    const { group_per_minute } = own.get(bot) ?? usual;
    const [first, ...others] = inLastMinute(group).slice(-group_per_minute);
    return first === undefined || others.length + 1 < group_per_minute ? undefined : first + MINUTE_MS - now();
  };
  return {
    take: (bot, chat) => {
      const group = isGroup(chat) ? `${bot} ${chat}` : undefined;
      const ofGroup = group === undefined ? undefined : waitOfGroup(bot, group);
      const wait = ofGroup ?? buckets.take(rulesOf(bot, chat))?.afterMs;
      if (wait !== undefined) return refusalOf(429, Math.max(1, Math.ceil(wait / 1000)));
      if (group) groups.set(group, [...inLastMinute(group), now()]);
      return undefined;
    },
    giveBack: (bot, chat) => {
      buckets.giveBack(rulesOf(bot, chat));
      groups.get(`${bot} ${chat}`)?.pop();
    },
    change: (bot, { per_second, burst, chat_burst, group_per_minute }) => {
      const before = own.get(bot) ?? usual;
      own.set(bot, {
        per_second: per_second ?? before.per_second,
        burst: burst ?? before.burst,
        chat_burst: chat_burst ?? before.chat_burst,
        group_per_minute: group_per_minute ?? before.group_per_minute,
      });
    },
  };
}

/** The ids of groups and channels are below 0. */
function isGroup(chat: string): boolean {
  return chat.startsWith('-');
}
