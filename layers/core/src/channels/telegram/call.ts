import type { Media } from '../../domain/body.ts';
import type { ConnectedAccount } from '../../domain/channel-account.ts';
import type { FileBytes } from '../contract.ts';
import { nameOf } from '../shared/file.ts';
import { callProvider, encodeForm, type Json, type ProviderAnswer, type Silence } from '../shared/http.ts';
import { methodUrl } from './api.ts';
import type { Credentials } from './credentials.ts';

/** One call of the Bot API. */
export interface Call {
  method: string;
  parameters: Json;
  /** files that go along as bytes, by the name of their part */
  uploads?: Upload[];
}

/** A file that is to go along. */
export interface Upload {
  part: string;
  media: Media;
  /** what Telegram takes of it at most */
  maxBytes: number;
}

/** A file that goes along, with its bytes. */
export type Part = { part: string; media: Media } & Extract<FileBytes, { ok: true }>;

/** Longer than for other channels: Telegram fetches a file's link before it answers. */
const TIMEOUT_MS = 20_000;

/** One POST in the name of the bot: JSON, or a form where bytes go along. */
export async function callBot(
  account: ConnectedAccount<Credentials>,
  { method, parameters }: Call,
  parts: Part[] = [],
): Promise<ProviderAnswer | Silence> {
  const content = parts.length > 0 ? await encodeForm(formOf(parameters, parts)) : { body: JSON.stringify(parameters) };
  return callProvider({ method: 'POST', url: methodUrl(account, method), ...content, timeoutMs: TIMEOUT_MS });
}

/** In a form, what is no text is JSON. */
function formOf(parameters: Json, parts: Part[]): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(parameters)) {
    form.set(name, typeof value === 'string' ? value : JSON.stringify(value));
  }
  for (const { part, media, bytes, mime } of parts) {
    form.set(part, new Blob([bytes], { type: media.mime ?? mime ?? 'application/octet-stream' }), nameOf(media));
  }
  return form;
}
