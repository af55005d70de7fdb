import * as v from 'valibot';
import type { ConnectedAccount } from '../../domain/channel-account.ts';
import { urlAt, type ProviderAnswer } from '../shared/http.ts';
import { maybe, number, object, readAs, whole } from '../shared/read.ts';
import type { Credentials } from './credentials.ts';

/** The token is part of the address: such a URL is never stored or shown. */
export function methodUrl(account: ConnectedAccount<Credentials>, method: string): string {
  return urlAt(account.baseUrl, `bot${account.credentials.bot_token}/${method}`);
}

/** Where a file's bytes lie; it has the token, too. */
export function fileUrl(account: ConnectedAccount<Credentials>, path: string): string {
  return urlAt(account.baseUrl, `file/bot${account.credentials.bot_token}/${encodeURI(path)}`);
}

const text = maybe(v.string());

/** Answer to a send that was taken: the message, or `true`. */
export const sent = object({ ok: v.literal(true), result: v.optional(v.unknown()) });

/** Answer to anything refused. */
export const refused = object({
  ok: v.literal(false),
  error_code: number,
  description: text,
  parameters: maybe(object({ retry_after: maybe(number), migrate_to_chat_id: maybe(whole) })),
});

/** Where a group has gone to, from the refusal of what was sent to its old id. */
export function newChatIn({ json }: ProviderAnswer): number | undefined {
  return readAs(refused, json)?.parameters?.migrate_to_chat_id;
}

/** `getFile`: where the file lies. */
export const fileAnswer = object({ ok: v.literal(true), result: object({ file_path: v.string() }) });

/** `getMe`: the bot itself. */
export const botAnswer = object({
  ok: v.literal(true),
  result: object({
    id: whole,
    first_name: text,
    username: text,
    can_join_groups: maybe(v.boolean()),
    can_read_all_group_messages: maybe(v.boolean()),
    can_connect_to_business: maybe(v.boolean()),
  }),
});

/** `getWebhookInfo`: an empty `url` is no webhook. */
export const webhookAnswer = object({
  ok: v.literal(true),
  result: object({
    url: v.string(),
    pending_update_count: maybe(number),
    last_error_date: maybe(number),
    last_error_message: text,
  }),
});

/** `getChat`: a person, group or channel. */
export const chatAnswer = object({
  ok: v.literal(true),
  result: object({ title: text, first_name: text, last_name: text, username: text }),
});
