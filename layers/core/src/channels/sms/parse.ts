import type { WebhookRequest } from '../contract.ts';
import { fieldsOf, parseJson } from '../shared/read.ts';
import { readQuery } from './callback.ts';

/** A delivery report, however it comes: in the query, as a form, as JSON, or as the receipt text of SMPP. */
export function parse({ headers, query, body }: WebhookRequest): unknown {
  const { reference, fields } = readQuery(query);
  return { reference, fields: { ...fields, ...fieldsOfBody(headers['content-type'] ?? '', body) } };
}

function fieldsOfBody(type: string, body: Uint8Array): Record<string, string> {
  const text = new TextDecoder().decode(body).trim();
  const json = parseJson(text);
  if (typeof json === 'object') return flat(fieldsOf(Array.isArray(json) ? json[0] : json));
  const isForm = type.includes('x-www-form-urlencoded') || /^[\w.-]+=[^\s:]*(&|$)/.test(text);
  if (isForm) return Object.fromEntries(new URLSearchParams(text));
  return text === '' ? {} : { text };
}

function flat(fields: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) =>
      typeof value === 'string' || typeof value === 'number' ? [[name, String(value)]] : [],
    ),
  );
}
