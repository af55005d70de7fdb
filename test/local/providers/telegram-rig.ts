import assert from 'node:assert/strict';
import { at, ownRig, startRig, type Answered, type Rig } from './rig.ts';

/** The pretend Bot API, with a bot that customers write to. */
interface BotRig extends Rig {
  /** a method of the Bot API, asked as the bot */
  ask(method: string, parameters?: unknown): Promise<Answered>;
  /** What such a call gives; it must be taken. */
  result(method: string, parameters?: unknown): Promise<unknown>;
  /** A phone does something in its chat with the bot. */
  write(body: object, phone?: string): Promise<Answered>;
  /** what that phone shows */
  thread(phone?: string): Promise<unknown[]>;
  lastUpdate(): unknown;
}

/** For one file's tests. */
export async function startBotRig(): Promise<BotRig> {
  const rig = ownRig(await startRig());
  const { bot, received, call } = rig;
  const ask: BotRig['ask'] = (method, parameters) =>
    call(parameters === undefined ? 'GET' : 'POST', `/telegram/bot${bot.token}/${method}`, parameters);
  return {
    ...rig,
    ask,
    result: async (method, parameters) => {
      const answer = await ask(method, parameters);
      assert.equal(answer.status, 200, JSON.stringify(answer.body));
      return at(answer.body, 'result');
    },
    write: (body, phone = 'mona') => call('POST', messagesOf(phone), { account: bot.external_id, ...body }),
    thread: async (phone = 'mona') =>
      (await call('GET', `${messagesOf(phone)}?account=${bot.external_id}`)).body as unknown[],
    lastUpdate: () => received.at(-1)?.body,
  };
}

function messagesOf(phone: string): string {
  return `/telegram/phones/${phone}/messages`;
}
