import { parseForm, type Upload } from '../form.ts';
import { header, type Call } from '../http.ts';
import { isRecord, parseJson, type Json } from '../../json.ts';

/** The parameters of a call, from query, form, multipart or JSON. Nested values of forms are JSON in a string. */
export interface Params {
  values: Json;
  files: Record<string, Upload>;
}

/** Undefined when the body is neither a form nor a JSON object. */
export async function paramsOf(call: Call): Promise<Params | undefined> {
  const type = header(call, 'content-type') ?? '';
  const query = Object.fromEntries(call.query);
  if (call.body.length === 0) return { values: query, files: {} };
  const form = await parseForm(type, call.body);
  if (form) return { values: { ...query, ...form.values }, files: form.files };
  const body = type.includes('json') ? parseJson(call.body.toString('utf8')) : undefined;
  return isRecord(body) ? { values: { ...query, ...body }, files: {} } : undefined;
}

export function textOf({ values }: Params, name: string): string | undefined {
  const value = values[name];
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined;
}

export function numberOf(params: Params, name: string): number | undefined {
  const text = textOf(params, name);
  const number = text === undefined || text.trim() === '' ? Number.NaN : Number(text);
  return Number.isFinite(number) ? number : undefined;
}

/** A nested value: as it is in JSON bodies, parsed from its string in forms. Undefined when absent or no JSON. */
export function nestedOf({ values }: Params, name: string): unknown {
  const value = values[name];
  return typeof value === 'string' ? parseJson(value) : value;
}

export function isGiven({ values }: Params, name: string): boolean {
  return values[name] !== undefined && values[name] !== null && values[name] !== '';
}

/** The same parameters with others in place. */
export function withValues(params: Params, values: Json): Params {
  return { ...params, values: { ...params.values, ...values } };
}
