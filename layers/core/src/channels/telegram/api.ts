import * as v from 'valibot';
import type { ConnectedAccount } from '../../domain/channel-account.ts';
import { maybe, number, object } from '../shared/read.ts';
import type { Credentials } from './credentials.ts';

/** The token is part of the address: such a URL is never stored or shown. */
export function methodUrl(account: ConnectedAccount<Credentials>, method: string): string {
  return `${account.baseUrl.replace(/\/+$/, '')}/bot${account.credentials.bot_token}/${method}`;
}

export function fileUrl(account: ConnectedAccount<Credentials>, path: string): string {
  return `${account.baseUrl.replace(/\/+$/, '')}/file/bot${account.credentials.bot_token}/${encodeURI(path)}`;
}

const text = maybe(v.string());

/** Answer to a send that was taken: the message, or `true`. */
export const sent = object({ ok: v.literal(true), result: v.optional(v.unknown()) });

export const refused = object({
  ok: v.literal(false),
  error_code: number,
  description: text,
  parameters: maybe(object({ retry_after: maybe(number), migrate_to_chat_id: maybe(number) })),
});

export const fileAnswer = object({ ok: v.literal(true), result: object({ file_path: v.string() }) });
