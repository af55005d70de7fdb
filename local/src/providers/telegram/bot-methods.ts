import { isLoopback } from '../media.ts';
import { botJson, inboxUpdates, type Bot } from './bot.ts';
import { chatJson, chatOf } from './chat.ts';
import { pathOf, storedFile } from './files.ts';
import { isGiven, nestedOf, numberOf, textOf, type Params } from './params.ts';
import { bad, isRefusal, refusalOf, type Refusal, type Reply } from './reply.ts';
import type { Method } from './send.ts';

/** The methods about the bot itself, its webhook, files and taps, by their names in lower case. */
export const botMethods: Record<string, Method> = {
  getme: ({ account }) => ({
    result: {
      ...botJson(account),
      can_join_groups: true,
      can_read_all_group_messages: false,
      supports_inline_queries: false,
      can_connect_to_business: true,
      has_main_web_app: false,
    },
  }),
  setwebhook: setWebhook,
  deletewebhook: (bot) => {
    Object.assign(bot.webhook, { url: '' });
    return { result: true };
  },
  getwebhookinfo: webhookInfo,
  getupdates: ({ webhook }) => (webhook.url === '' ? { result: [] } : refusalOf(409, 0)),
  getchat: getChat,
  getfile: getFile,
  answercallbackquery: answerQuery,
};

/** HTTPS on Telegram's four ports; plain http only to this machine. */
function setWebhook(bot: Bot, params: Params): Reply {
  const url = textOf(params, 'url') ?? '';
  const secret = textOf(params, 'secret_token') ?? '';
  const refusal = url === '' ? undefined : checkUrl(url);
  if (refusal) return refusal;
  if (!/^[\w-]{0,256}$/.test(secret)) return bad('secret token contains unallowed characters');
  const connections = numberOf(params, 'max_connections') ?? 40;
  if (connections < 1 || connections > 100) return bad('max_connections must be between 1 and 100');
  const allowed = allowedOf(params);
  Object.assign(bot.webhook, { url, secret, maxConnections: connections, ...(allowed && { allowed }) });
  return { result: true };
}

function checkUrl(url: string): Refusal | undefined {
  if (isLoopback(url)) return undefined;
  if (!URL.canParse(url) || new URL(url).protocol !== 'https:')
    return bad('bad webhook: An HTTPS URL must be provided for webhook');
  const { port } = new URL(url);
  return ['', '443', '80', '88', '8443'].includes(port)
    ? undefined
    : bad('bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443');
}

/** Telegram's default set has no reactions; a list without a known name falls back to it. */
function allowedOf(params: Params): readonly string[] | undefined {
  if (!isGiven(params, 'allowed_updates')) return undefined;
  const asked = nestedOf(params, 'allowed_updates');
  const known = Array.isArray(asked) ? inboxUpdates.filter((name) => asked.includes(name)) : [];
  return known.length > 0 ? known : inboxUpdates.filter((name) => name !== 'message_reaction');
}

function webhookInfo({ world, account, webhook }: Bot): Reply {
  const own = world.deliveries.list().filter((delivery) => delivery.account === account.external_id);
  const failed = own.flatMap(({ attempts }) => attempts).findLast(({ status }) => status === null || status >= 300);
  const result = {
    url: webhook.url,
    has_custom_certificate: false,
    pending_update_count: own.filter(({ state }) => state === 'pending' || state === 'held').length,
    ...(failed && {
      last_error_date: Math.floor(Date.parse(failed.at) / 1000),
      last_error_message:
        failed.status === null ? 'Connection refused' : `Wrong response from the webhook: ${failed.status}`,
    }),
    max_connections: webhook.maxConnections,
    allowed_updates: webhook.allowed,
  };
  return { result };
}

const largestDownload = 20 * 1024 * 1024;

function getFile(bot: Bot, params: Params): Reply {
  const id = textOf(params, 'file_id') ?? '';
  const media = storedFile(bot, id);
  if (!media) return bad('wrong file_id or the file is temporarily unavailable');
  if (media.bytes.length > largestDownload) return bad('file is too big');
  return {
    result: {
      file_id: id,
      file_unique_id: `AQAD${media.id.slice(0, 12)}`,
      file_size: media.bytes.length,
      file_path: pathOf(media),
    },
  };
}

/** A tap can be answered for as long as Telegram would still deliver it. */
const queryMs = 150_000;

function answerQuery({ world, account, queries }: Bot, params: Params): Reply {
  const query = queries.get(textOf(params, 'callback_query_id') ?? '');
  if (query === undefined || query.at + queryMs < world.now()) {
    return bad('query is too old and response timeout expired or query ID is invalid');
  }
  const text = textOf(params, 'text') ?? '';
  if (text.length > 200) return bad('MESSAGE_TOO_LONG');
  const phone = world.phones.get(query.phone);
  const tapped = world.phones.find(account.external_id, query.message)?.message;
  const remark = [`✔ ${query.title}`, text].filter(Boolean).join(': ');
  if (phone && tapped) world.phones.replace(phone, account.external_id, { ...tapped, remark });
  return { result: true };
}

function getChat(bot: Bot, params: Params): Reply {
  const phone = chatOf(bot, params);
  if (isRefusal(phone)) return phone;
  return { result: { ...chatJson(phone), accent_color_id: 3, max_reaction_count: 11, accepted_gift_types: {} } };
}
