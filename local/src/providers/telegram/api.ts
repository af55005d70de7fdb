import type { TelegramAccount } from '../account.ts';
import { file, type Answer, type Call } from '../http.ts';
import type { World } from '../world.ts';
import type { Bot, Bots } from './bot.ts';
import { botMethods } from './bot-methods.ts';
import { editMethods } from './edits.ts';
import { mediaAt } from './files.ts';
import { paramsOf } from './params.ts';
import { bad, envelope, refusalOf, type Reply } from './reply.ts';
import { sendMethods, type Method } from './send.ts';

const methods: Record<string, Method> = { ...botMethods, ...sendMethods, ...editMethods };

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

async function callMethod(bot: Bot, name: string, call: Call): Promise<Reply> {
  const key = name.toLowerCase();
  const method = Object.hasOwn(methods, key) ? methods[key] : undefined;
  if (!method) return { error_code: 404, description: 'Not Found: method not found' };
  if (call.method !== 'GET' && call.method !== 'POST') return { error_code: 405, description: 'Method Not Allowed' };
  const params = await paramsOf(call);
  return params ? method(bot, params) : bad("can't parse JSON object");
}

function download(bot: Bot, path: string): Answer {
  const media = mediaAt(bot, path);
  return media ? file('application/octet-stream', media.bytes) : envelope(refusalOf(404, 0));
}
