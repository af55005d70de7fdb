import type { TelegramAccount } from '../account.ts';
import { file, type Answer, type Call } from '../http.ts';
import { isRecord, parseJson } from '../../json.ts';
import type { World } from '../world.ts';
import type { Bot, Bots } from './bot.ts';
import { botMethods } from './bot-methods.ts';
import { businessMethods } from './business.ts';
import { editMethods } from './edits.ts';
import { mediaAt } from './files.ts';
import { forwardMethods } from './forward.ts';
import { paramsOf, textOf, type Params } from './params.ts';
import { bad, envelope, isRefusal, refusalOf, type Reply } from './reply.ts';
import { sendMethods, type Method } from './send.ts';

const methods: Record<string, Method> = {
  ...botMethods,
  ...sendMethods,
  ...editMethods,
  ...forwardMethods,
  ...businessMethods,
};

/** `/bot<token>/<method>` and `/file/bot<token>/<path>`. */
export async function callBot(world: World<TelegramAccount>, bots: Bots, call: Call): Promise<Answer> {
  const [, isFile, rawToken, rest = ''] = /^\/(file\/)?bot([^/]+)\/(.+)$/.exec(call.path) ?? [];
  const token = decodeURIComponent(rawToken ?? '');
  if (!/^\d+:[\w-]+$/.test(token)) return envelope(refusalOf(404, 0));
  const account = [...world.accounts.values()].find((one) => one.token === token);
  if (!account) return envelope(refusalOf(401, 0));
  const bot = bots.of(account, call.base);
  return isFile ? download(bot, rest) : envelope(await callMethod(bot, rest, call));
}

/** A webhook's answer may be a call: it is made, and nobody is told what came of it. */
export async function callFromAnswer(bot: Bot, answer: string): Promise<void> {
  const called = parseJson(answer);
  const { method: name, ...values } = isRecord(called) ? called : {};
  const key = typeof name === 'string' ? name.toLowerCase() : '';
  if (/^get|^(setwebhook|deletewebhook|close|logout)$/.test(key) || !Object.hasOwn(methods, key)) return;
  await methods[key]?.(bot, { values, files: {} });
}

async function callMethod(bot: Bot, name: string, call: Call): Promise<Reply> {
  const key = name.toLowerCase();
  const method = Object.hasOwn(methods, key) ? methods[key] : undefined;
  if (!method) return { error_code: 404, description: 'Not Found: method not found' };
  if (call.method !== 'GET' && call.method !== 'POST') return { error_code: 405, description: 'Method Not Allowed' };
  const params = await paramsOf(call);
  if (!params) return bad("can't parse JSON object");
  return Object.hasOwn(sendMethods, key) ? counted(bot, params, method) : method(bot, params);
}

/** A message counts if it is sent. */
async function counted({ rates, ...bot }: Bot, params: Params, method: Method): Promise<Reply> {
  const [sender, chat] = [bot.account.external_id, textOf(params, 'chat_id') ?? ''];
  const tooMany = rates.take(sender, chat);
  if (tooMany) return tooMany;
  const reply = await method({ rates, ...bot }, params);
  if (isRefusal(reply)) rates.giveBack(sender, chat);
  return reply;
}

function download(bot: Bot, path: string): Answer {
  const media = mediaAt(bot, path);
  return media ? file('application/octet-stream', media.bytes) : envelope(refusalOf(404, 0));
}
