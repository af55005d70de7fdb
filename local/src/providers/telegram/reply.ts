import { json, type Answer } from '../http.ts';

/** A refusal in the Bot API's own words. */
export interface Refusal {
  error_code: number;
  description: string;
  parameters?: { retry_after?: number; migrate_to_chat_id?: number };
}

/** What a method comes to. */
export type Reply = { result: unknown } | Refusal;

/** 400, in Telegram's words. */
export function bad(description: string): Refusal {
  return { error_code: 400, description: `Bad Request: ${description}` };
}

export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && 'error_code' in value;
}

/** The envelope: the HTTP status is the error code, and a 429 also says when in Retry-After. */
export function envelope(reply: Reply): Answer {
  if (!isRefusal(reply)) return json(200, { ok: true, result: reply.result });
  const after = reply.parameters?.retry_after;
  const headers: Record<string, string> = after === undefined ? {} : { 'retry-after': String(after) };
  return json(reply.error_code, { ok: false, ...reply }, headers);
}

const words: Record<number, string> = {
  401: 'Unauthorized',
  403: 'Forbidden: bot was blocked by the user',
  404: 'Not Found',
  409: "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
  500: 'Internal Server Error',
  502: 'Bad Gateway',
};

/** How Telegram puts an HTTP status when nothing more is known. */
export function refusalOf(status: number, retryAfter: number): Refusal {
  if (status !== 429) return { error_code: status, description: words[status] ?? 'Bad Request' };
  const description = `Too Many Requests: retry after ${retryAfter}`;
  return { error_code: 429, description, parameters: { retry_after: retryAfter } };
}
